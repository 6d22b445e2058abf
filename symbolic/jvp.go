package symbolic

import "github.com/quartet-ad/ad/internal/check"

// JVP returns the Jacobian of f at x times the vector v: the derivative of f in
// the direction v. An input whose entry in v is 0 is not differentiated.
//
// Cost: tracing f, differentiating its formulas once in forward order and
// evaluating the results.
//
// JVP panics if x and v differ in length.
func JVP(f func([]Expr) []Expr, x, v []float64) []float64 {
	_, tangents := pushforward("symbolic.JVP", f, x, v)
	return tangents
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func JVPTo(dst []float64, f func([]Expr) []Expr, x, v []float64) []float64 {
	y, tangents := pushforward("symbolic.JVPTo", f, x, v)
	check.Length("symbolic.JVPTo", "dst", len(dst), len(tangents))
	copy(dst, tangents)
	return y
}

func pushforward(op string, f func([]Expr) []Expr, x, v []float64) (y, tangents []float64) {
	check.Length(op, "v", len(v), len(x))
	vars, e := traceAll(f, len(x))
	all := values(append(push(compile(e...), vars, v), e...), vars, x)
	return all[len(e):], all[:len(e)]
}
