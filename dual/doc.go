// Package dual differentiates by pushing derivatives forward.
//
// A dual number carries a value and how fast it changes: x + ẋε with ε² = 0.
// Arithmetic on such numbers is the chain rule (Wengert 1964; Griewank and
// Walther, Evaluating Derivatives, 2008, chapter 3), and exact: nothing is
// approximated. One pass over a function gives its derivative in one direction,
// so this is the method for few inputs, and for directional derivatives (JVP)
// however many outputs there are.
//
//	func rosenbrock[T ad.Scalar[T]](x []T) T { … }
//
//	g := dual.Gradient(rosenbrock, x) // Go finds rosenbrock's instance
//	h := dual.Hessian(rosenbrock, x)
//
// # Which number
//
// What is wanted says which number type f is over:
//
//	Number       value and tangent         Derivative, Gradient, Jacobian, JVP, VJP
//	Hyper        two tangents, and their   Hessian, HVP, Laplacian, SecondDirectional
//	             cross term
//	Jet          a Taylor series           Taylor, Derivatives, Partial: any order
//	Of[T]        value and tangent of a    DerivativeOf, GradientOf, JVPOf: a derivative
//	             type T                    inside a function that is differentiated
//	JetOf[T]     a series over a type T    TaylorOf, JetAlong: the same, of any order
//	Of[Complex]  complex numbers           DerivativeOf at a complex argument
//
// Hyper is by Fike and Alonso (AIAA 2011-886). New makes a Number to calculate with by hand.
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
// # Jets beside jax.experimental.jet
//
//	                        Jet, JetOf                          jax.experimental.jet of JAX 0.5
//	elementary functions    all of package ad, activations      no tan, asin, acos, atan, cbrt, exp2, lgamma,
//	                        and polygamma too                   digamma; has erf_inv, which is missing here
//	near 0 and far out      recurrences begin with the row's    expm1 is exp(x)-1, log1p log(1+x), erfc 1-erf,
//	                        own value and slope                 asinh log(x+√(x²+1)); a power is exp(y·log x)
//	|x| at 0                slope 0                             slope 1
//	loops and branches      Go's own, IfPos                     select; no rule for scan, while, cond
//	rules of one's own      an ad.Func, to order 2              a custom derivative is passed over
//	arrays                  JetOf[reverse.Array]                dot_general, conv, gather, scatter_add, fft
//	results                 coefficients, or derivatives        derivatives, in float32 unless told otherwise
//	mixed partials          Partial, JetOf of a JetOf           by nesting
//	nesting                 over any number type; captured      jet of jet, jet of grad
//	                        numbers are told apart by tags
//
// Sources: jax/experimental/jet.py; jax-ml/jax#2431 lists what is outstanding there, #27699 asks for loops.
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
//	root.go, bracket.go, implicit.go                   roots and fixed points, by the implicit function theorem
//	text.go, textof.go, gonum.go                       formats, texts; gonum's dual and hyperdual numbers
//	bind.go, batch.go, problem.go                      functions with data; many points; gonum's optimize
//
// # Concurrency
//
// The operators may be called from many goroutines at once.
package dual
