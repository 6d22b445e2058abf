package reverse

import "github.com/quartet-ad/ad/internal/check"

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: one evaluation of f on Vars and one sweep of its tape.
//
// VJP panics if w and the result of f differ in length.
func VJP(f func([]Var) []Var, x, w []float64) []float64 {
	dst := make([]float64, len(x))
	pullback("reverse.VJP", dst, f, x, w)
	return dst
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x). f must not keep its argument.
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func VJPTo(dst []float64, f func([]Var) []Var, x, w []float64) []float64 {
	check.Length("reverse.VJPTo", "dst", len(dst), len(x))
	return pullback("reverse.VJPTo", dst, f, x, w)
}

func pullback(op string, dst []float64, f func([]Var) []Var, x, w []float64) []float64 {
	t := borrow()
	defer t.release()
	y := f(t.start(x))
	check.Length(op, "w", len(w), len(y))
	values := t.ownAll(y)
	t.pull(y, w)
	copy(dst, t.adj[1:])
	return values
}
