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
// Number carries one tangent. Hyper carries two tangents and their cross term
// (Fike and Alonso, AIAA 2011-886), which makes second derivatives exact too.
//
// # Nested derivatives
//
// A derivative inside a function that is itself being differentiated must not
// mix the numbers of the two: d/dx [x · d/dy (x+y)] would quietly come out as 2
// instead of 1, the perturbation confusion of Siskind and Pearlmutter (2008).
// Numbers of different derivatives are told apart by a tag, or by what they
// leave behind, and the operator panics. For second derivatives use Hessian or
// HVP; to nest derivatives, use package symbolic for the inner one.
//
// # Concurrency
//
// The operators may be called from many goroutines at once.
package dual
