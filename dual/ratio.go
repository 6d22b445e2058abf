package dual

import "math"

// A ratio is a·b·c/y^k. The products of a quotient's derivatives may be subnormal, or
// overflow, where the derivatives are not and do not; then they are taken from ratios.
type ratio struct {
	a, b, c, y float64
	k          int
}

// value returns the ratio, rounded as if exponents had no limits. Its entries must be
// finite, and y other than 0.
func (r ratio) value() float64 {
	a, ea := math.Frexp(r.a)
	b, eb := math.Frexp(r.b)
	c, ec := math.Frexp(r.c)
	y, ey := math.Frexp(r.y)
	z := a * b * c
	for range r.k {
		z /= y
	}
	return math.Ldexp(z, ea+eb+ec-r.k*ey)
}

// lossy reports whether a product is not a normal number: it is 0 or subnormal, or not
// finite. Its digits are then not to be relied on.
func lossy(p float64) bool { return math.Float64bits(p)>>52&0x7ff-1 >= 0x7fe }

// middling reports whether x is 0, or of a size such that a product with another
// middling number is normal and far from overflow.
func middling(x float64) bool { return math.Float64bits(x)>>52&0x7ff-600 < 850 || x == 0 }

// finite reports whether x is neither infinite nor NaN.
func finite(x float64) bool { return x-x == 0 }
