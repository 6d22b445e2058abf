package symbolic

import "github.com/quartet-ad/ad/internal/check"

// HVP returns the Hessian of f at x times the vector v, without forming the
// Hessian. An input whose entry in v is 0 does not move.
//
// Cost: tracing f, differentiating its formula in reverse order, the results
// once in forward order, and evaluating what comes of it.
//
// HVP panics if x and v differ in length.
func HVP(f func([]Expr) Expr, x, v []float64) []float64 {
	check.Length("symbolic.HVP", "v", len(v), len(x))
	dst := make([]float64, len(x))
	HVPTo(dst, f, x, v)
	return dst
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP.
//
// HVPTo panics if dst, x and v differ in length.
func HVPTo(dst []float64, f func([]Expr) Expr, x, v []float64) float64 {
	check.Length("symbolic.HVPTo", "dst", len(dst), len(x))
	check.Length("symbolic.HVPTo", "v", len(v), len(x))
	vars, e := trace(f, len(x))
	hv := push(compile(Grad(e, vars)...), vars, v)
	y := values(append(hv, e), vars, x)
	copy(dst, y)
	return y[len(x)]
}
