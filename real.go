package ad

import (
	"math"
	"strconv"
)

// Real is a plain float64 as a Scalar: the value of a function and no
// derivative. Differences evaluate functions over it.
type Real float64

// Add returns x + y.
func (x Real) Add(y Real) Real { return x + y }

// Sub returns x - y.
func (x Real) Sub(y Real) Real { return x - y }

// Mul returns x * y, rounded once: it is never fused with a later addition.
func (x Real) Mul(y Real) Real { return Real(x * y) }

// Div returns x / y.
func (x Real) Div(y Real) Real { return x / y }

// Neg returns -x.
func (x Real) Neg() Real { return -x }

// IfPos returns a where x > 0, b where x <= 0, and NaN where x is NaN.
func (x Real) IfPos(a, b Real) Real {
	switch {
	case x > 0:
		return a
	case x <= 0:
		return b
	}
	return Real(math.NaN())
}

// Const returns c.
func (Real) Const(c float64) Real { return Real(c) }

// Apply returns the elementary function op of x.
func (x Real) Apply(op Op) Real { return Real(op.row.Value(float64(x))) }

// Apply2 returns the elementary function op of x and y.
func (x Real) Apply2(op Op2, y Real) Real { return Real(op.row.Value(float64(x), float64(y))) }

// ApplyN returns the sum-like function op of x and y.
func (Real) ApplyN(op OpN, x, y []Real) Real { return FoldN(op, x, y) }

// Float returns x as a float64.
func (x Real) Float() float64 { return float64(x) }

// Less reports whether x < y.
func (x Real) Less(y Real) bool { return x < y }

// String returns x in the shortest form that reads back as x.
func (x Real) String() string { return strconv.FormatFloat(float64(x), 'g', -1, 64) }
