package symbolic

import "github.com/quartet-ad/ad/internal/check"

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: tracing f, differentiating its formulas once in reverse order and
// evaluating the results.
//
// VJP panics if w and the result of f differ in length.
func VJP(f func([]Expr) []Expr, x, w []float64) []float64 {
	dst := make([]float64, len(x))
	pullback("symbolic.VJP", dst, f, x, w)
	return dst
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func VJPTo(dst []float64, f func([]Expr) []Expr, x, w []float64) []float64 {
	check.Length("symbolic.VJPTo", "dst", len(dst), len(x))
	return pullback("symbolic.VJPTo", dst, f, x, w)
}

func pullback(op string, dst []float64, f func([]Expr) []Expr, x, w []float64) []float64 {
	vars, e := traceAll(f, len(x))
	check.Length(op, "w", len(w), len(e))
	y := values(append(pull(compile(e...), vars, w), e...), vars, x)
	copy(dst, y)
	return y[len(x):]
}
