// Package symbolic differentiates on paper: it rewrites a formula into the
// formula of its derivative.
//
// An expression is a graph, not a tree: equal expressions are the same node, so
// that what is shared is stored, differentiated and evaluated once. On such a
// graph the derivative of a formula is no longer than a small multiple of the
// formula; the swell that symbolic differentiation is known for is in the printed
// tree (Laue, arXiv:1904.02990).
//
//	x := symbolic.Var("x")
//	e, err := symbolic.Parse("x*exp(-x^2)")
//	d := symbolic.D(e, x)
//
// An Expr satisfies ad.Scalar: a generic function given symbols returns its own
// formula, and Eval runs a formula on every number type, float64 to tape. D
// differentiates in forward order and Grad in reverse order; the operators
// (Gradient, Hessian, …) trace a function, differentiate its formula and
// evaluate the result.
//
// The derivative of an elementary function comes from the Text of its row in the
// table, never from the Go code that the other packages read.
//
// Constructors simplify only where IEEE 754 gives the same value bit for bit: they
// fold arithmetic of constants, drop factors of 1 and move minus signs outwards.
// 0·x stays, since x may be infinite.
//
// The operators trace a function with variables of their own, x0, x1, …, which are
// not Var("x0"): a captured expression whose variables are none of the operator's has
// no value, and the operator panics.
//
// # Concurrency
//
// Expressions are immutable and may be shared between goroutines.
package symbolic
