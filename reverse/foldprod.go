package reverse

import (
	"math"

	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// prodValue multiplies those before an element with those after it.
func prodValue(x, s []float64, _ float64) float64 {
	if wild(x) {
		return prodScaled(x, s)
	}
	p := factors{vector.AllFinite(x)}
	before, after := 1.0, 1.0
	for i, v := range x {
		s[i] = before
		before = p.times(before, v)
	}
	for i := len(x) - 1; i >= 0; i-- {
		s[i] = p.times(s[i], after)
		after = p.times(after, x[i])
	}
	return before
}

// wild reports whether a product of some of x, which are finite, may overflow or
// underflow.
func wild(x []float64) bool {
	least, most := 1.0, 1.0
	for _, v := range x {
		if a := math.Abs(v); a > most {
			most = a
		} else if a < least {
			least = a
		}
	}
	if bound := math.Exp2(900 / float64(len(x)+1)); least > 1/bound && most < bound {
		return false
	}
	if !vector.AllFinite(x) {
		return false
	}
	up, down := 0, 0
	for _, v := range x {
		if _, e := math.Frexp(v); e > 0 {
			up += e
		} else {
			down -= e - 1
		}
	}
	return up > 1000 || down > 1000
}

// prodScaled is prodValue for factors whose products may leave the range of float64 on
// the way.
func prodScaled(x, s []float64) float64 {
	before := make([]scaled, len(x)+1)
	before[0] = scaled{1, 0}
	for i, v := range x {
		before[i+1] = before[i].times(scaled{v, 0})
	}
	after := scaled{1, 0}
	for i := len(x) - 1; i >= 0; i-- {
		s[i] = before[i].times(after).float()
		after = after.times(scaled{x[i], 0})
	}
	return before[len(x)].float()
}

// scaled is the number m·2^e.
type scaled struct {
	m float64
	e int
}

func (a scaled) times(b scaled) scaled {
	x, i := math.Frexp(a.m)
	y, j := math.Frexp(b.m)
	return scaled{x * y, a.e + b.e + i + j}
}

func (a scaled) plus(b scaled) scaled {
	switch {
	case a.m == 0:
		return b
	case b.m == 0:
		return a
	}
	x, i := math.Frexp(a.m)
	y, j := math.Frexp(b.m)
	e := max(a.e+i, b.e+j)
	return scaled{math.Ldexp(x, a.e+i-e) + math.Ldexp(y, b.e+j-e), e}
}

func (a scaled) float() float64 { return math.Ldexp(a.m, a.e) }

// factors are those of a product.
type factors struct{ finite bool }

// times returns the product of two of their products. One that is 0 makes it 0, even
// if the other overflowed, unless a factor is infinite itself.
func (p factors) times(a, b float64) float64 {
	z := a * b
	if z != z && a == a && b == b && p.finite {
		return 0
	}
	return z
}

// prodCurve does so with the rates of these products: that of a before times an
// after is da·b + a·db.
func prodCurve(x, _ []float64, _, _ float64, v, c, before []float64) {
	if wild(x) && vector.AllFinite(v) {
		prodCurveScaled(x, v, c)
		return
	}
	p := factors{vector.AllFinite(x) && vector.AllFinite(v)}
	a, da := 1.0, 0.0
	for i, v := range v {
		before[i], c[i] = a, da
		a, da = p.times(a, x[i]), p.times(da, x[i])+p.times(a, v)
	}
	b, db := 1.0, 0.0
	for i := len(x) - 1; i >= 0; i-- {
		c[i] = p.times(c[i], b) + p.times(before[i], db)
		b, db = p.times(b, x[i]), p.times(db, x[i])+p.times(b, v[i])
	}
}

// prodCurveScaled is prodCurve for products that may leave the range of float64.
func prodCurveScaled(x, v, c []float64) {
	before, rates := make([]scaled, len(x)), make([]scaled, len(x))
	a, da := scaled{1, 0}, scaled{}
	for i, v := range v {
		before[i], rates[i] = a, da
		f := scaled{x[i], 0}
		a, da = a.times(f), da.times(f).plus(a.times(scaled{v, 0}))
	}
	b, db := scaled{1, 0}, scaled{}
	for i := len(x) - 1; i >= 0; i-- {
		c[i] = rates[i].times(b).plus(before[i].times(db)).float()
		f := scaled{x[i], 0}
		b, db = b.times(f), db.times(f).plus(b.times(scaled{v[i], 0}))
	}
}
