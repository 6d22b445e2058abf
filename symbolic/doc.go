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
// # To read, to rewrite, to take away
//
//	Parse                                       what people type, with errors that say what to write instead
//	Infix, Unicode, LaTeX, MathML               for people: spelled out, and what Println prints
//	String, SExpr, DOT                          exactly as it is computed; Parse reads String, ParseSExpr SExpr
//	Shared                                      names for what occurs more than once
//	D, Grad, Jac, Hess, Directional, Taylor     derivatives of formulas
//	Steps                                       how D came to its result
//	Simplify, SimplifyAll, Expand, Collect,      rewriting
//	Factor, Subst
//	Equal, Stable                               are they equal; is it accurate
//	Compile, Func, WriteGo                      a program, a Go function, its source
//
// The derivative of log(x) is invpos(x) as it is computed, 1/x where the logarithm has a
// value and NaN elsewhere. Printed for people it is 1/x.
//
// Constructors simplify only where IEEE 754 gives the same value bit for bit: they
// fold arithmetic of constants, drop factors of 1 and move minus signs outwards.
// 0·x stays, since x may be infinite.
//
// The operators trace a function with variables of their own, x0, x1, …, which are
// not Var("x0"): a captured expression whose variables are none of the operator's has
// no value, and the operator panics.
//
// # Files
//
//	expr.go, intern.go, functions.go, many.go       nodes, each of which there is once; functions of one, two and many
//	norm.go, softmax.go                             the norm of many; the softmax found again
//	numbers.go, ratio.go                            constants as people write them
//	lex.go, parse.go, parsename.go, parseerror.go   text to formulas
//	written.go                                      the operations as a text writes them
//	print.go, printers.go, layout.go, spell.go,     formulas to text
//	layproduct.go, coefficient.go, shared.go, sexpr.go,
//	parsesexpr.go, quote.go
//	text.go, forward.go, backward.go, guarded.go    slopes from the table's Text; D and Grad; where they hold
//	steps.go, calculus.go                           derivations; Jac, Hess, Taylor
//	derivative.go, gradient.go, jacobian.go,        the operators
//	jvp.go, vjp.go, hessian.go, hvp.go
//	trace.go, bind.go, problem.go                   from a function to its formula; gonum's optimize
//	eval.go, program.go                             values at a point, of any number type
//	compiled.go, short.go, shorten.go, draft.go,    programs of float64; Go source
//	batch.go, sincos.go, writego.go, gonames.go
//	simplify.go, rules.go, pattern.go, assume.go    Simplify, its identities, what they assume
//	sum.go, product.go, together.go, order.go       normal forms of sums, products, fractions
//	expand.go, equal.go, stable.go                  Expand, Collect, Factor; Equal; Stable
//	prove.go, provestep.go, proveangle.go,          the proofs of Equal: quotients of polynomials
//	proveroot.go, polynomial.go
//
// # Concurrency
//
// Expressions are immutable and may be shared between goroutines.
package symbolic
