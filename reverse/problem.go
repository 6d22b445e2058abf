package reverse

import "gonum.org/v1/gonum/mat"

// Problem returns the objective f with its gradient and Hessian in the form that
// gonum's package optimize takes:
//
//	var p optimize.Problem
//	p.Func, p.Grad, p.Hess = reverse.Problem(f)
//	result, err := optimize.Minimize(p, x, nil, &optimize.Newton{})
//
// It returns three functions and no optimize.Problem so that programs which do not
// optimize are not linked with that package.
//
// At a minimum that is reached to rounding, gonum's methods cannot lower f any more and
// end with the error "linesearch: no change in location" or the like: the result that
// comes with it is the minimum. Look at the gradient, or set GradientThreshold in
// optimize.Settings so that they stop before.
//
// The first returns f(x); the second writes the gradient at x to dst, the third
// the Hessian. None of them changes or keeps x. They may be called from many
// goroutines at once if f may.
//
// Cost: of the first, one evaluation of f on constants, of which nothing is
// recorded; of the others, as GradientTo and HessianTo. The tape of a gradient
// is not kept for the Hessian at the same point.
//
// The second panics if dst and x differ in length, the third if dst is neither
// empty nor n×n or if f uses a function without a second derivative. A method
// that needs no Hessian never calls the third.
func Problem(f func([]Var) Var) (
	value func(x []float64) float64,
	gradient func(dst, x []float64),
	hessian func(dst *mat.SymDense, x []float64),
) {
	value = func(x []float64) float64 {
		constants := make([]Var, len(x))
		for i, v := range x {
			constants[i].value = v
		}
		t := borrow()
		defer t.release()
		return t.own(f(constants)).value
	}
	gradient = func(dst, x []float64) { GradientTo(dst, f, x) }
	hessian = func(dst *mat.SymDense, x []float64) { HessianTo(dst, f, x) }
	return value, gradient, hessian
}

// Problem returns f, which has one result, with its gradient and Hessian in the form that
// gonum's package optimize takes: what the function Problem returns, by replays. They may
// be called from many goroutines at once.
//
// Cost: of the first, a replay; of the others, as GradientTo and HessianTo.
//
// All three panic if f has another number of results, or x not as many entries as there
// are inputs, and the second and third as GradientTo and HessianTo do.
func (f *Func) Problem() (
	value func(x []float64) float64,
	gradient func(dst, x []float64),
	hessian func(dst *mat.SymDense, x []float64),
) {
	value = func(x []float64) float64 {
		r := f.scalarAt("reverse.Func.Problem", x)
		defer r.release()
		return r.result(0)
	}
	gradient = func(dst, x []float64) { f.GradientTo(dst, x) }
	hessian = func(dst *mat.SymDense, x []float64) { f.HessianTo(dst, x) }
	return value, gradient, hessian
}
