package dual

import "gonum.org/v1/gonum/mat"

// Problem returns the objective f with its gradient and Hessian in the form that gonum's
// package optimize takes. It is given twice, since the Hessian is over another number type;
// Go infers both of a generic function:
//
//	var p optimize.Problem
//	p.Func, p.Grad, p.Hess = dual.Problem(f, f)
//	result, err := optimize.Minimize(p, x, nil, &optimize.Newton{})
//
// A function with data goes in as Bind(f, data) and BindHyper(f, data).
//
// The first returns f(x); the second writes the gradient at x to dst, the third the
// Hessian. None of them changes or keeps x. They may be called from many goroutines at once
// if f may. See Problem of package reverse for what gonum says at the minimum, and for
// gradients of many inputs.
//
// Cost: of the first, one evaluation of f on constants; of the others, as GradientTo and
// HessianTo.
//
// The second panics if dst and x differ in length, the third if dst is neither empty nor
// n×n.
func Problem(f func([]Number) Number, second func([]Hyper) Hyper) (
	value func(x []float64) float64,
	gradient func(dst, x []float64),
	hessian func(dst *mat.SymDense, x []float64),
) {
	value = func(x []float64) float64 {
		vars := numbers.get(len(x))
		defer numbers.put(vars)
		for i, v := range x {
			(*vars)[i] = Number{v: v}
		}
		y := f(*vars)
		if !y.IsConst() {
			panic(confusion("Problem"))
		}
		return y.v
	}
	gradient = func(dst, x []float64) { GradientTo(dst, f, x) }
	hessian = func(dst *mat.SymDense, x []float64) { HessianTo(dst, second, x) }
	return value, gradient, hessian
}
