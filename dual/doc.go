// Package dual differentiates by pushing derivatives forward.
//
// A dual number carries a value and how fast it changes: x + ẋε with ε² = 0.
// Arithmetic on such numbers is the chain rule (Wengert 1964; Griewank and
// Walther, Evaluating Derivatives, 2008, chapter 3), and exact: nothing is
// approximated. One pass over a function gives its derivative in one direction,
// so this is the method for few inputs, and for directional derivatives (JVP)
// however many outputs there are.
//
//	g := dual.Gradient(rosenbrock, x) // rosenbrock is generic over ad.Scalar
//
// Number carries one tangent, and many at once where a gradient is asked for. Hyper
// carries two tangents and their cross term (Fike and Alonso, AIAA 2011-886), which makes
// second derivatives exact too. Jet carries a truncated Taylor series, for derivatives
// of any order. Of and JetOf are dual numbers and series over another number type.
//
// # Nested derivatives
//
// A derivative inside a function that is itself being differentiated must not
// mix the numbers of the two: d/dx [x · d/dy (x+y)] would quietly come out as 2
// instead of 1, the perturbation confusion of Siskind and Pearlmutter (2008).
// Numbers of different derivatives are told apart by a tag, or by what they
// leave behind, and the operator panics. To nest derivatives, take the inner one over the
// number type of the outer one, by DerivativeOf and its like: what the inner function
// captures is then lifted, and comes out right. For second derivatives use Hessian, HVP
// or Taylor.
//
// # Files
//
//	number.go, hyper.go, many.go, part.go, ratio.go    the number types of first and second order
//	trace.go, sweep.go, pass.go, second.go, tag.go     many tangents at once; passes; whose a number is
//	block.go, rows.go, rowmake.go, rowfit.go,          many points at once
//	rowrun.go
//	derivative.go, gradient.go, jacobian.go,
//	hessian.go, hvp.go, jvp.go, vjp.go                 the operators that all four packages have
//	new.go                                             dual numbers to calculate with by hand
//	field.go                                           Laplacian, Divergence, Curl, GaussNewton, vᵀHw
//	of.go                                              dual numbers over any number type, and operators
//	complex.go, complex_rows.go                        complex numbers, to differentiate over
//	jet.go, jetof.go, series.go, store.go              truncated Taylor series, their arithmetic and storage
//	recur.go, recur2.go, recur_*.go                    the next coefficient of each elementary function
//	taylor.go, partial.go                              Taylor, Derivatives, JetTo; mixed partials
//	sparse.go                                          Jacobians and Hessians by their patterns
//	root.go, implicit.go                               roots and fixed points, by the implicit function theorem
//	text.go, textof.go, gonum.go                       formats, texts; gonum's dual and hyperdual numbers
//	bind.go, batch.go, problem.go                      functions with data; many points; gonum's optimize
//
// # Concurrency
//
// The operators may be called from many goroutines at once.
package dual
