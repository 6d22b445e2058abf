// Package precise differentiates with numbers of more than 200 bits: a referee for methods
// that compute with 53. It shares nothing with them but package ad's interface: values are
// those of package math/big, elementary functions are series, and slopes are written out here
// once more.
//
// It knows arithmetic and the elementary functions that a course has (Known). It refuses the
// others, and points where there is no value or no derivative, by a panic with a Refusal.
//
// # Files
//
//	number.go     numbers with a tangent, and their arithmetic
//	apply.go      elementary functions and their slopes
//	series.go     values of elementary functions
package precise

import (
	"fmt"
	"math"
	"math/big"

	"github.com/quartet-ad/ad"
)

// precision is that of all numbers, in bits. Results lose some of them where terms cancel.
const precision = 320

// A Refusal says why there is no result.
type Refusal string

func refuse(format string, args ...any) { panic(Refusal(fmt.Sprintf(format, args...))) }

// A Number is a value with the tangent in one direction. It satisfies ad.Ordered. The zero
// value is the constant 0.
type Number struct{ value, tangent *big.Float } // nil is 0

// New returns the number x whose tangent is t. It refuses NaN and infinities.
func New(x, t float64) Number { return Number{from(x), from(t)} }

// Value returns the value, which must not be changed.
func (x Number) Value() *big.Float { return x.v() }

// Tangent returns the tangent, which must not be changed.
func (x Number) Tangent() *big.Float { return x.t() }

func number() *big.Float { return new(big.Float).SetPrec(precision) }

func from(x float64) *big.Float {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		refuse("%v is no number of the referee's", x)
	}
	return number().SetFloat64(x)
}

func (x Number) v() *big.Float {
	if x.value == nil {
		return number()
	}
	return x.value
}

func (x Number) t() *big.Float {
	if x.tangent == nil {
		return number()
	}
	return x.tangent
}

func mul(x, y *big.Float) *big.Float { return number().Mul(x, y) }

// div refuses to divide by 0.
func div(x, y *big.Float) *big.Float {
	if y.Sign() == 0 {
		refuse("a division by 0")
	}
	return number().Quo(x, y)
}

// Add returns x + y.
func (x Number) Add(y Number) Number {
	return Number{number().Add(x.v(), y.v()), number().Add(x.t(), y.t())}
}

// Sub returns x - y.
func (x Number) Sub(y Number) Number {
	return Number{number().Sub(x.v(), y.v()), number().Sub(x.t(), y.t())}
}

// Mul returns x times y.
func (x Number) Mul(y Number) Number {
	return Number{mul(x.v(), y.v()), number().Add(mul(x.t(), y.v()), mul(x.v(), y.t()))}
}

// Div returns x / y. It refuses to divide by 0.
func (x Number) Div(y Number) Number {
	q := div(x.v(), y.v())
	return Number{q, div(number().Sub(x.t(), mul(q, y.t())), y.v())}
}

// Neg returns -x.
func (x Number) Neg() Number { return Number{number().Neg(x.v()), number().Neg(x.t())} }

// IfPos returns a where x is positive, and b where not.
func (x Number) IfPos(a, b Number) Number {
	if x.v().Sign() > 0 {
		return a
	}
	return b
}

// Const returns the constant c.
func (Number) Const(c float64) Number { return New(c, 0) }

// ApplyN returns the sum-like function op of x and y, spelt out.
func (Number) ApplyN(op ad.OpN, x, y []Number) Number { return ad.FoldN(op, x, y) }

// Float returns the value as a float64.
func (x Number) Float() float64 { f, _ := x.v().Float64(); return f }

// Less reports whether the value of x is less than that of y.
func (x Number) Less(y Number) bool { return x.v().Cmp(y.v()) < 0 }
