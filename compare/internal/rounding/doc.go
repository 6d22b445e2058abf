// Package rounding bounds how far apart two correct computations of a derivative may
// lie.
//
// A Trace is a function at a point, as a list of statements. A rounding error in one
// statement reaches a result times the statement's adjoint (Linnainmaa, "Taylor
// expansion of the accumulated rounding error", BIT 16, 1976), and so the bound of a
// result is the sum over all statements of |adjoint| · unit · |value|. A derivative is
// the result of a longer program, which carries tangents beside values; the adjoints of
// that program are the derivatives of the adjoints. They know of cancellation and of
// contraction, which sums of magnitudes do not.
//
//	trace.go    Trace, Number: records statements
//	partial.go  the partial derivatives of a statement, and how far two columns may be apart
//	sweep.go    tangents forwards, adjoints backwards, at first and second order
//	limit.go    Limit: the bounds of a value, a first and a second derivative
//	bound.go    Bound: running bounds, which tell where infinities meet
package rounding
