package numeric

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Second derivatives by the complex step are differences of first ones, which are right to
// the last places: one order less of rounding than differences of f.

// Hessian returns the Hessian of f at x: differences of its gradient by Richardson.
//
// Cost: that of Derivative times the number of inputs, for every input.
//
// Hessian panics if f has no inputs.
func (s ComplexScheme) Hessian(f func([]complex128) complex128, x []float64) *mat.SymDense {
	var h mat.SymDense
	s.HessianTo(&h, f, x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst is
// given its size.
//
// Cost: as Hessian.
//
// HessianTo panics if dst is neither empty nor n×n.
func (s ComplexScheme) HessianTo(dst *mat.SymDense, f func([]complex128) complex128, x []float64) float64 {
	check.Sym("numeric.ComplexStep.HessianTo", dst, len(x))
	p := newProbe(Richardson, "numeric.ComplexStep.HessianTo", fromComplex(f), x)
	defer p.release()
	n, columns := len(x), p.columns()
	for i := range n {
		for j := range i + 1 {
			dst.SetSym(i, j, columns[j*n+i].refined(columns[i*n+j]).Value)
		}
	}
	return p.f.(*slopes).value("numeric.ComplexStep.HessianTo", x)
}

// HessianResult returns the rows of the Hessian of f at x with estimates of the errors.
// Of an entry and the one across the diagonal, both get the better.
//
// Cost: as Hessian.
func (s ComplexScheme) HessianResult(f func([]complex128) complex128, x []float64) [][]Result {
	h := jacobianResult(Richardson, "numeric.ComplexStep.HessianResult", fromComplex(f), x)
	for i := range h {
		for j := range i {
			r := h[i][j].refined(h[j][i])
			h[i][j], h[j][i] = r, r
		}
	}
	return h
}

// HVP returns the Hessian of f at x times the vector v: the difference of its gradients in
// the direction v, by Richardson.
//
// Cost: that of Derivative times the number of inputs.
//
// HVP panics if x and v differ in length.
func (s ComplexScheme) HVP(f func([]complex128) complex128, x, v []float64) []float64 {
	dst := make([]float64, len(x))
	complexHVP("numeric.ComplexStep.HVP", dst, f, x, v)
	return dst
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP.
//
// HVPTo panics if dst, x and v differ in length.
func (s ComplexScheme) HVPTo(dst []float64, f func([]complex128) complex128, x, v []float64) float64 {
	return complexHVP("numeric.ComplexStep.HVPTo", dst, f, x, v)
}

func complexHVP(op string, dst []float64, f func([]complex128) complex128, x, v []float64) float64 {
	check.Length(op, "dst", len(dst), len(x))
	check.Length(op, "v", len(v), len(x))
	p := newProbe(Richardson, op, fromComplex(f), x)
	defer p.release()
	copyValues(dst, p.tangents(v))
	return p.f.(*slopes).value(op, p.x)
}

// slopes is the gradient of a function over complex128.
type slopes struct {
	f func([]complex128) complex128
	y []float64
}

func fromComplex(f func([]complex128) complex128) function {
	c := borrow[slopes]()
	c.f = f
	return c
}

func (c *slopes) fork() function { return fromComplex(c.f) }

func (c *slopes) release() {
	c.f = nil
	giveBack(c)
}

func (c *slopes) at(x []float64) []float64 {
	p := newPoint(x)
	defer giveBack(p)
	c.y = resized(c.y, len(x))
	for i := range x {
		c.y[i] = slopeOf(c.f(p.turned(i)), stepAt(x[i]))
	}
	return c.y
}

// value returns f(x).
func (c *slopes) value(op string, x []float64) float64 {
	p := newPoint(x)
	defer giveBack(p)
	return real(ask(p, op, c.f, p.turned(-1)))
}
