package numeric

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/check"
)

// A box holds the points where f may be evaluated. A nil box holds all.
type box struct{ lower, upper []float64 }

// newBox returns the box of the settings around x.
func newBox(op string, set *Settings, x []float64) *box {
	if set.Lower == nil && set.Upper == nil && set.MaxStep == 0 {
		return nil
	}
	if set.Lower != nil {
		check.Length(op, "Settings.Lower", len(set.Lower), len(x))
	}
	if set.Upper != nil {
		check.Length(op, "Settings.Upper", len(set.Upper), len(x))
	}
	b := borrow[box]()
	b.lower, b.upper = resized(b.lower, len(x)), resized(b.upper, len(x))
	for i, v := range x {
		at := set.bounds(i)
		b.lower[i], b.upper[i] = at[0], at[1]
		if v < b.lower[i] || v > b.upper[i] {
			panic(fmt.Sprintf("%s: x[%d] is %v, outside of its bounds %v", op, i, v, set.bounds(i)))
		}
		if set.MaxStep > 0 {
			b.lower[i] = max(b.lower[i], v-set.MaxStep)
			b.upper[i] = min(b.upper[i], v+set.MaxStep)
		}
	}
	return b
}

// holds reports whether f may be evaluated at x.
func (b *box) holds(x []float64) bool {
	if b == nil {
		return true
	}
	for i, v := range x {
		if v < b.lower[i] || v > b.upper[i] {
			return false
		}
	}
	return true
}

// room returns how far f may be followed from x in the direction d times sign.
func (b *box) room(x []float64, d direction, sign float64) float64 {
	room := math.Inf(1)
	if b == nil {
		return room
	}
	one := func(i int, v float64) {
		far := b.upper[i] - x[i]
		if v < 0 {
			far = x[i] - b.lower[i]
		}
		room = min(room, far/math.Abs(v))
	}
	if d.v == nil {
		one(d.i, sign)
		return room
	}
	for i, v := range d.v {
		if v != 0 {
			one(i, sign*v)
		}
	}
	return room
}
