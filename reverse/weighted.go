package reverse

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// WeightedHessianTo writes to dst the Hessian at x of Σ w[k]·y[k], the results of f with constant
// weights, and returns f(x). An empty dst is given its size. It is what the residuals of least
// squares add to JᵀJ. A weight of 0 leaves a result out.
//
// Cost: a replay, and for every input a forward sweep of its tape and one at second order.
//
// WeightedHessianTo panics if x has not as many entries as there are inputs, w not as many as there
// are results, if dst is neither empty nor n×n, or if f uses a function without a second derivative.
func (f *Func) WeightedHessianTo(dst *mat.SymDense, x, w []float64) []float64 {
	const name = "reverse.Func.WeightedHessianTo"
	check.Sym(name, dst, f.n)
	r := f.at(name, x)
	defer r.release()
	check.Length(name, "w", len(w), len(r.results))
	r.copyValues()
	t := r.t
	t.v = zeroed(t.v, f.n)
	for i := range f.n {
		t.v[i] = 1
		t.pullSecond(r.results, w, t.v)
		t.v[i] = 0
		for j, d := range t.dadj[1 : i+2] {
			dst.SetSym(i, j, d)
		}
	}
	return r.all()
}
