package reverse

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// A Linearization is a recorded function at one point, evaluated once: derivatives in
// as many directions as are asked for cost sweeps of its tape and nothing else. It
// belongs to one goroutine; the Func may have many of them at once.
type Linearization struct {
	r *runner
	n int
}

// At returns the linearization of f at x.
//
// Cost: a replay. Release hands the memory to the next call.
//
// At panics if x has not as many entries as there are inputs.
func (f *Func) At(x []float64) *Linearization {
	r := f.at("reverse.Func.At", x)
	r.copyValues()
	return &Linearization{r, f.n}
}

// Release ends the use of l. It may be left out; the next At then allocates.
func (l *Linearization) Release() {
	if l.r != nil {
		l.r.release()
		l.r = nil
	}
}

// Value returns f(x).
func (l *Linearization) Value() []float64 { return l.open("reverse.Linearization.Value").all() }

// JVP returns the product of the Jacobian with v: the derivative in the direction v.
//
// Cost: a forward sweep.
//
// JVP panics if v has not as many entries as there are inputs.
func (l *Linearization) JVP(v []float64) []float64 {
	dst := make([]float64, len(l.open("reverse.Linearization.JVP").results))
	l.JVPTo(dst, v)
	return dst
}

// JVPTo writes the product of the Jacobian with v to dst.
//
// Cost: as JVP, and no allocation.
//
// JVPTo panics as JVP does, or if dst has not as many entries as there are results.
func (l *Linearization) JVPTo(dst, v []float64) {
	const name = "reverse.Linearization.JVPTo"
	r := l.open(name)
	check.Length(name, "dst", len(dst), len(r.results))
	check.Length(name, "v", len(v), l.n)
	r.push(dst, v)
}

// VJP returns the product of w with the Jacobian: the gradient of the results weighted
// with w.
//
// Cost: a sweep backwards.
//
// VJP panics if w has not as many entries as there are results.
func (l *Linearization) VJP(w []float64) []float64 {
	dst := make([]float64, l.n)
	l.VJPTo(dst, w)
	return dst
}

// VJPTo writes the product of w with the Jacobian to dst.
//
// Cost: as VJP, and no allocation.
//
// VJPTo panics as VJP does, or if dst has not as many entries as there are inputs.
func (l *Linearization) VJPTo(dst, w []float64) {
	const name = "reverse.Linearization.VJPTo"
	r := l.open(name)
	check.Length(name, "dst", len(dst), l.n)
	r.vjp(name, dst, w)
}

// HVP returns the Hessian of the results weighted with w, times v.
//
// Cost: a forward sweep and one at second order.
//
// HVP panics if w has not as many entries as there are results, v not as many as there
// are inputs, or if f uses a function without a second derivative.
func (l *Linearization) HVP(w, v []float64) []float64 {
	dst := make([]float64, l.n)
	l.HVPTo(dst, w, v)
	return dst
}

// HVPTo writes the Hessian of the results weighted with w, times v, to dst.
//
// Cost: as HVP, and no allocation.
//
// HVPTo panics as HVP does, or if dst has not as many entries as there are inputs.
func (l *Linearization) HVPTo(dst, w, v []float64) {
	const name = "reverse.Linearization.HVPTo"
	r := l.open(name)
	check.Length(name, "dst", len(dst), l.n)
	check.Length(name, "w", len(w), len(r.results))
	check.Length(name, "v", len(v), l.n)
	r.t.pullSecond(r.results, w, v)
	copy(dst, r.t.dadj[1:])
}

// GaussNewton returns JᵀJ·v, of the Jacobian J: the Hessian of half the sum of squares
// of the results, but for what their curvature adds.
//
// Cost: a forward sweep and one backwards.
//
// GaussNewton panics if v has not as many entries as there are inputs.
func (l *Linearization) GaussNewton(v []float64) []float64 {
	dst := make([]float64, l.n)
	l.GaussNewtonTo(dst, v)
	return dst
}

// GaussNewtonTo writes JᵀJ·v to dst.
//
// Cost: as GaussNewton, and no allocation.
//
// GaussNewtonTo panics as GaussNewton does, or if dst has not as many entries as there
// are inputs.
func (l *Linearization) GaussNewtonTo(dst, v []float64) {
	r := l.open("reverse.Linearization.GaussNewtonTo")
	l.JVPTo(r.seeds, v)
	l.VJPTo(dst, r.seeds)
}

// open returns the runner, which a released linearization has not.
func (l *Linearization) open(name string) *runner {
	if l.r == nil {
		panic(name + " after Release")
	}
	return l.r
}

// GaussNewton returns JᵀJ·v of the Jacobian J of f at x; see Linearization.
func (f *Func) GaussNewton(x, v []float64) []float64 {
	l := f.At(x)
	defer l.Release()
	return l.GaussNewton(v)
}

// GradientHessianTo writes the gradient of f, which has one result, at x to g and its
// Hessian to h, and returns f(x). An empty h is given its size.
//
// Cost: as HessianTo, and one sweep for the gradient.
//
// GradientHessianTo panics as HessianTo does, or if g and x differ in length.
func (f *Func) GradientHessianTo(g []float64, h *mat.SymDense, x []float64) float64 {
	const name = "reverse.Func.GradientHessianTo"
	check.Length(name, "g", len(g), f.n)
	check.Sym(name, h, f.n)
	r := f.scalarAt(name, x)
	defer r.release()
	r.t.pullOne(r.results[0])
	copy(g, r.t.adj[1:])
	r.copyValues()
	r.t.hessian(h, r.results[0])
	return r.result(0)
}
