package reverse

// Derivative returns the derivative of f at x.
//
// Cost: one evaluation of f on a Var and one sweep of its tape.
func Derivative(f func(Var) Var, x float64) float64 {
	t := borrow()
	defer t.release()
	t.x = append(t.x[:0], x)
	t.pullOne(t.own(f(t.start(t.x)[0])))
	return t.adj[1]
}
