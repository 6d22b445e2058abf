// Package ad is the vocabulary that differentiable functions are written in.
//
// A function is written once, over any number type,
//
//	func rosenbrock[T ad.Scalar[T]](x []T) T {
//		one, hundred := ad.Const[T](1), ad.Const[T](100)
//		a := one.Sub(x[0])
//		b := x[1].Sub(x[0].Mul(x[0]))
//		return a.Mul(a).Add(hundred.Mul(b).Mul(b))
//	}
//
// and the four backends differentiate it: package dual pushes derivatives
// forward, package reverse pulls them back along a tape, package symbolic
// rewrites the formula, package numeric measures differences. They agree, and
// package compare checks that they do.
//
// Arithmetic is methods (x.Mul(y)), elementary functions are functions of this
// package (ad.Sin(x)), constants are made with Const. Every function's doc
// comment lists its special cases: value and slope at kinks, ties, poles and
// infinite arguments are agreed once and are the same in every mode. A NaN
// argument gives NaN, and so does its derivative.
//
// # Structural zero
//
// A constant, an input that is not differentiated, a branch not taken and a
// value that the result does not reach contribute nothing to a derivative, not
// even against an infinite or NaN slope: the derivative of √c at the constant
// c = 0 is 0. A derivative that merely happens to be 0 follows IEEE 754: at
// x = 0 the derivative of √(x·x) is Inf·0, NaN, in every mode.
//
// # Your own functions
//
// An elementary function of one's own is a Func literal given to NewOp; it
// needs no registration and works on every backend.
package ad
