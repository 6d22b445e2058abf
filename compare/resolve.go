package compare

import (
	"math"

	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// unresolved reports whether some operation does more over the steps of a difference than
// they can follow: a branch goes another way, or the change of an elementary function is
// not that of its slopes in between. Differences see a line there that is not there, as
// they do of stairs finer than their steps.
func (q *testimony) unresolved(t *table, i int) (Reason, bool) {
	e := q.e
	if e.trace == nil || !(t.steps[i] > 0) {
		return 0, false
	}
	v, w := t.entry(i)
	directions := [][]float64{v}
	if t.order == 2 {
		directions = append(directions, w)
	}
	for _, d := range directions {
		for _, step := range [...]float64{t.steps[i], 8 * t.steps[i]} {
			for _, side := range [...]float64{step, -step} {
				if r, found := fine(e.trace, moved(e.x, d, side)); found {
					return r, true
				}
			}
		}
	}
	return 0, false
}

// moved returns x + h·d.
func moved(x, d []float64, h float64) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = x[i] + h*d[i]
	}
	return y
}

// fine reports whether a trace has more to it on the way to x than a difference sees.
func fine(t *rounding.Trace, x []float64) (Reason, bool) {
	values, parted := t.At(x)
	if parted {
		return NearKink, true
	}
	at := func(id int32, v float64) float64 {
		if id >= 0 {
			return values[id]
		}
		return v
	}
	for k := range t.Statements {
		s := &t.Statements[k]
		a, b := at(s.A, s.VA), at(s.B, s.VB)
		var change, slopes float64
		switch s.Kind {
		case rounding.Div:
			if r := b / s.VB; !(r > 0.25 && r < 4) {
				return Oscillation, true
			}
			continue
		case rounding.Apply:
			f := s.Op.Func()
			slope := func(x float64) float64 { return f.Slope(x, f.Value(x)) }
			m := s.VA + (a-s.VA)/2
			slopes = (a - s.VA) * (slope(s.VA) + 4*slope(m) + slope(a)) / 6
		case rounding.Apply2:
			f := s.Op2.Func()
			slope := func(x, y float64) float64 {
				z, d := f.Value(x, y), 0.0
				if a != s.VA {
					d = f.SlopeX(x, y, z) * (a - s.VA)
				}
				if b != s.VB {
					d += f.SlopeY(x, y, z) * (b - s.VB)
				}
				return d
			}
			slopes = (slope(s.VA, s.VB) + 4*slope(s.VA+(a-s.VA)/2, s.VB+(b-s.VB)/2) + slope(a, b)) / 6
		default:
			continue
		}
		change = values[k] - s.V
		rounding := 0x1p-48 * (math.Abs(s.V) + math.Abs(values[k])) // 32 units of both values
		if !(math.Abs(change-slopes) <= 0.05*(math.Abs(change)+math.Abs(slopes))+rounding) {
			if slopes == 0 {
				return Stairs, true
			}
			return Oscillation, true
		}
	}
	return 0, false
}
