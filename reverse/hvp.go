package reverse

import "github.com/quartet-ad/ad/internal/check"

// HVP returns the Hessian of f at x times the vector v, without forming the
// Hessian. An input whose entry in v is 0 does not move.
//
// Cost: one evaluation of f on Vars, one forward sweep and one second-order
// sweep of its tape, however long x is.
//
// HVP panics if x and v differ in length, or if f uses a function without a
// second derivative.
func HVP(f func([]Var) Var, x, v []float64) []float64 {
	check.Length("reverse.HVP", "v", len(v), len(x))
	dst := make([]float64, len(x))
	HVPTo(dst, f, x, v)
	return dst
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
// f must not keep its argument.
//
// Cost: as HVP, and no allocation in steady state.
//
// HVPTo panics if dst, x and v differ in length, or if f uses a function without
// a second derivative.
func HVPTo(dst []float64, f func([]Var) Var, x, v []float64) float64 {
	check.Length("reverse.HVPTo", "dst", len(dst), len(x))
	check.Length("reverse.HVPTo", "v", len(v), len(x))
	t := borrow()
	defer t.release()
	y := t.own(f(t.start(x)))
	t.pullSecondOne(y, v)
	copy(dst, t.dadj[1:])
	return y.value
}
