package numeric

import (
	"fmt"
	"slices"
)

// Bicomplex is the number A + B·j, where A and B are complex, j² = -1, and i and j
// commute. A function that is written over it has a second derivative by two steps,
// along i and along j, without a difference:
//
//	f″(x) = Im B / h², where A + B·j = f(x + h·i + h·j)
//
// (Lantoine, Russell and Dargent, Using Multicomplex Variables for Automatic Computation
// of High-Order Derivatives, ACM TOMS 38, 2012.) f must be analytic, and real for
// real arguments.
//
// The zero value is 0.
type Bicomplex struct{ A, B complex128 }

// bicomplexStep is h. Its square is far below the last place of anything.
const bicomplexStep = 0x1p-300

// BicomplexStep returns f(x), the first and the second derivative of f at x, right to the
// last places.
//
// Cost: one evaluation of f over Bicomplex.
func BicomplexStep(f func(Bicomplex) Bicomplex, x float64) (value, slope, curve float64) {
	y := guarded("numeric.BicomplexStep", f, Bicomplex{complex(x, bicomplexStep), complex(bicomplexStep, 0)}, Bicomplex.realPart)
	return real(y.A), imag(y.A) / bicomplexStep, imag(y.B) / bicomplexStep / bicomplexStep
}

// BicomplexMixed returns ∂²f/∂xᵢ∂xⱼ at x, for i equal to j too.
//
// Cost: one evaluation of f over Bicomplex.
//
// BicomplexMixed panics if i or j is not an input.
func BicomplexMixed(f func([]Bicomplex) Bicomplex, x []float64, i, j int) float64 {
	const op = "numeric.BicomplexMixed"
	for _, k := range [...]int{i, j} {
		if k < 0 || k >= len(x) {
			panic(fmt.Sprintf("%s: there is no input %d of %d", op, k, len(x)))
		}
	}
	z := make([]Bicomplex, len(x))
	for k, v := range x {
		z[k].A = complex(v, 0)
	}
	z[i].A += complex(0, bicomplexStep)
	z[j].B = complex(bicomplexStep, 0)
	y := guarded(op, f, z, func([]Bicomplex) []float64 { return slices.Clone(x) })
	return imag(y.B) / bicomplexStep / bicomplexStep
}

func (x Bicomplex) realPart() []float64 { return realPart(x.A) }

// Add returns x + y.
func (x Bicomplex) Add(y Bicomplex) Bicomplex { return Bicomplex{x.A + y.A, x.B + y.B} }

// Sub returns x - y.
func (x Bicomplex) Sub(y Bicomplex) Bicomplex { return Bicomplex{x.A - y.A, x.B - y.B} }

// Mul returns x·y.
func (x Bicomplex) Mul(y Bicomplex) Bicomplex {
	return Bicomplex{x.A*y.A - x.B*y.B, x.A*y.B + x.B*y.A}
}

// Div returns x/y.
func (x Bicomplex) Div(y Bicomplex) Bicomplex {
	size := y.A*y.A + y.B*y.B
	z := x.Mul(Bicomplex{y.A, -y.B})
	return Bicomplex{z.A / size, z.B / size}
}

// Neg returns -x.
func (x Bicomplex) Neg() Bicomplex { return Bicomplex{-x.A, -x.B} }

// Scale returns c·x.
func (x Bicomplex) Scale(c float64) Bicomplex {
	return Bicomplex{complex(c, 0) * x.A, complex(c, 0) * x.B}
}

// Shift returns x + c.
func (x Bicomplex) Shift(c float64) Bicomplex { return Bicomplex{x.A + complex(c, 0), x.B} }
