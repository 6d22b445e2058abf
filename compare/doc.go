// Package compare is the judge: it differentiates one function by every method
// there is and says whether they agree, and if not, who is wrong.
//
//	fn := compare.New("rosenbrock", rosenbrock, rosenbrock, rosenbrock, rosenbrock, rosenbrock)
//	report := compare.Check(fn, []float64{-1.2, 1})
//
// The compiler infers the five instances of the generic function. In a test,
//
//	compare.Test(t, fn, []float64{-1.2, 1})
//
// Check compares value, gradient, Jacobian, JVP, VJP, Hessian and HVP by dual
// numbers, by the tape, on paper and by differences, each with each, and tests
// the dot-product identity wᵀ(Jv) = (Jᵀw)ᵀv.
//
// # Tolerances
//
// None is chosen. The exact methods execute the same operations, so that they
// may differ only by rounding. Check bounds how much that can come to by adjoints: a
// rounding error reaches a result times the adjoint of the operation that made it
// (Linnainmaa 1976), at first and second order. Differences come with an error
// estimate of their own.
//
// # Evidence
//
// An agreement within a limit that is wide beside what is compared proves nothing, and
// is counted as such, with its reason. Where nothing about derivatives is proved the
// verdict is undecided.
//
// # Kinks
//
// Where differences do not converge Check looks at the function from both sides.
// At a kink it accepts any slope between those of the two sides; where the
// function jumps or is not defined, the exact methods are compared with each
// other alone.
//
// # Verdicts
//
// The four methods share no statement of a rule that would let an error pass
// unseen: each row of the function table states value, slope, curve and formula separately, and
// "on paper" is package symbolic, "the tape" package reverse. So the pattern of who disagrees with whom
// names the culprit: one method alone is wrong by itself; dual and tape against
// the other two have a wrong Slope or Curve in common; symbolic alone may have
// a wrong Text. Check then takes the columns of every elementary function that
// occurs, at the arguments where it occurs, and names the row.
//
// # Derivatives by hand
//
// TestGradient, TestJacobian, TestHessian, TestProducts and TestProblem judge derivatives that
// somebody wrote over plain floats, by differences alone, and say which classic mistake a
// wrong entry looks like. Every test takes a TB: a *testing.T, a *rapid.T, or any type with Helper and
// Errorf.
//
// # Files
//
// A judgement goes from what is compared to who is wrong:
//
//	func.go, with.go, formula.go, method.go        what is compared, by which methods
//	evidence.go, form.go                           what every method says; the operations that occur
//	limits.go, guard.go                            how far rounding can move it
//	testimony.go, ground.go, resolve.go, sample.go what differences may testify, and are asked for
//	check.go, identity.go, referee.go              from call to report; identities; a reference
//	arrays.go, layer.go, custom.go                 the same of arrays, layers and operations of one's own
//	holomorphic.go                                 functions of a complex number
//	hand.go, handjudge.go, handtruth.go,           derivatives written by hand: their truth,
//	handproduct.go, handmistake.go, handterm.go    and the mistakes that they look like
//	culprit.go, columns.go, probe.go               who is wrong; a row over its whole box
//	divergence.go, place.go, smaller.go            where in the source, and at which simpler point
//	power.go, rounding.go                          what would be noticed; a tolerance for tests of one's own
//	verdict.go, reason.go, report.go, test.go      whether two results agree, and what is said of it
package compare
