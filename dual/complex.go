package dual

import (
	"fmt"
	"strconv"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// Complex is a complex number that functions over ad.Scalar take. It carries no derivative
// of its own: DerivativeOf, GradientOf, JVPOf and TaylorOf differentiate over it, so that a
// function written once is differentiated at complex arguments too:
//
//	w, slope := dual.DerivativeOf(f[dual.Of[dual.Complex]], dual.Complex(1+2i))
//
// Elementary functions have their principal values and the branch cuts of C99, Annex G. On a
// cut the sign of a zero part says which side is meant, and value and derivative are those of
// that side: Sqrt of -1-0i is -i. Arithmetic is that of complex128, where a sum or a product
// with a real constant is one with a part +0, and may lose such a sign.
//
// A function without a derivative over the complex numbers, such as Abs, Max or IfPos, and
// one that has no complex value here, such as Gamma or a function of one's own, panics with
// its name.
type Complex complex128

// Add returns z + w.
func (z Complex) Add(w Complex) Complex { return z + w }

// Sub returns z - w.
func (z Complex) Sub(w Complex) Complex { return z - w }

// Mul returns z * w.
func (z Complex) Mul(w Complex) Complex { return z * w }

// Div returns z / w.
func (z Complex) Div(w Complex) Complex { return z / w }

// Neg returns -z.
func (z Complex) Neg() Complex { return -z }

// Const returns the number c. The receiver is not read.
func (Complex) Const(c float64) Complex { return Complex(complex(c, 0)) }

// IfPos panics: which numbers are positive is no holomorphic question.
func (z Complex) IfPos(a, b Complex) Complex { panic(notHolomorphic("ifpos")) }

// Apply returns the elementary function op of z.
func (z Complex) Apply(op ad.Op) Complex {
	f, ok := complexRows[(*rule.Func)(op.Func())]
	if !ok {
		panic(notHolomorphic(op.String()))
	}
	return Complex(f(complex128(z)))
}

// Apply2 returns the elementary function op of z and w.
func (z Complex) Apply2(op ad.Op2, w Complex) Complex {
	f, ok := complexRows2[(*rule.Func2)(op.Func())]
	if !ok {
		panic(notHolomorphic(op.String()))
	}
	return Complex(f(complex128(z), complex128(w)))
}

// ApplyN returns the sum-like function op of z and w.
func (Complex) ApplyN(op ad.OpN, z, w []Complex) Complex { return ad.FoldN(op, z, w) }

// String returns the number as "(1+2i)".
func (z Complex) String() string { return strconv.FormatComplex(complex128(z), 'g', -1, 128) }

func notHolomorphic(name string) string {
	return fmt.Sprintf("dual.Complex: %s has no derivative, or no value, over the complex numbers", name)
}
