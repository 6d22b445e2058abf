package numeric

import (
	"math"
	"math/bits"
)

// A grid is what the values of an output show of how coarsely they are rounded: in float32 no value has
// more than 24 significant bits, and differences that vanish are no evidence.
type grid struct {
	bits       int     // the most that a value has
	n          int     // values that differ from that at the point
	size, span float64 // the largest value, and difference from that at the point
}

// note adds a value of a function that is y at the point.
func (g *grid) note(v, y float64) {
	g.size = max(g.size, math.Abs(v))
	if v != y && v != 0 {
		g.n++
		g.bits = max(g.bits, significant(v))
		g.span = max(g.span, math.Abs(v-y))
	}
}

// rough returns how wrong values are by being rounded, 0 where they are float64s, or where the
// point itself, which moves by h in steps of grain, makes them no finer.
func (g *grid) rough(grain, h float64) float64 {
	const least, most = 8, 40
	if g.n < 3 || g.bits < least || g.bits > most {
		return 0
	}
	if e := math.Ldexp(g.size, -g.bits); e > 0x1p10*g.span*grain/h {
		return e
	}
	return 0
}

// significant returns how many bits of v are.
func significant(v float64) int {
	m := math.Float64bits(v) & (1<<52 - 1)
	if math.Abs(v) >= 0x1p-1022 {
		m |= 1 << 52
	}
	return bits.Len64(m) - bits.TrailingZeros64(m)
}
