package dual

import "math"

// The parts of a Hyper other than its value: +0 is absent, -0 is present and
// happens to be 0. These functions keep the two apart.

// absent reports whether nothing that is being differentiated went into e.
func absent(e float64) bool { return math.Float64bits(e) == 0 }

// present returns e marked as present.
func present(e float64) float64 {
	if e == 0 {
		return math.Copysign(0, -1)
	}
	return e
}

// plain reports whether all parts of a result are numbers other than 0. The
// formulas of arithmetic are then right as they stand: an absent part met no
// infinity on the way, and there is no zero to mark.
func (z Hyper) plain() bool {
	p := z.e1 * z.e2 * z.e12
	return p != 0 && p == p
}

// plus returns the sum of two parts.
func plus(a, b float64) float64 {
	s := a + b
	if s == 0 && !(absent(a) && absent(b)) {
		return math.Copysign(0, -1)
	}
	return s
}

// neg returns the negative of a part.
func neg(e float64) float64 {
	if e == 0 {
		return e
	}
	return -e
}

// times returns a part scaled by a slope.
func times(slope, e float64) float64 {
	if absent(e) {
		return 0
	}
	return present(slope * e)
}

// over returns a part divided by a value.
func over(e, v float64) float64 {
	if absent(e) {
		return 0
	}
	return present(e / v)
}

// product2 returns the product of two parts.
func product2(a, b float64) float64 {
	if absent(a) || absent(b) {
		return 0
	}
	return present(a * b)
}

// cross returns the product of two parts, scaled by a second derivative, with digits
// where the product of the first two has none.
func cross(curve, a, b float64) float64 {
	if absent(a) || absent(b) {
		return 0
	}
	p := curve * a
	if lossy(p) && finite(curve) && finite(a) && finite(b) && curve != 0 && a != 0 {
		return present(ratio{curve, a, b, 1, 0}.value())
	}
	return present(p * b)
}
