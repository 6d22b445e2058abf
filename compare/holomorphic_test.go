package compare_test

import (
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
)

type number = dual.Of[dual.Complex]

func TestCheckHolomorphic(t *testing.T) {
	for name, f := range map[string]func(z number) number{
		"exp":        func(z number) number { return ad.Exp(z) },
		"sin of log": func(z number) number { return ad.Sin(ad.Log(z)) },
		"quotient":   func(z number) number { return ad.Tanh(z).Div(ad.Shift(ad.Square(z), 3)) },
		"power":      func(z number) number { return ad.Pow(z, z) },
		"steep":      func(z number) number { return ad.Scale(ad.Asinh(z), 1e9) },
		"tiny":       func(z number) number { return ad.Scale(ad.Acosh(z), 1e-200) },
	} {
		for _, z := range []complex128{0.3 + 0.4i, -1.7 + 0.2i, 2 - 3i, -0.5 - 0.5i, 1e-3 + 5i} {
			if err := compare.CheckHolomorphic(f, z); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestCheckHolomorphicFaults: a function that is not holomorphic, one with a wrong slope, and
// points at which there is no derivative are found.
func TestCheckHolomorphicFaults(t *testing.T) {
	conjugate := func(z number) number {
		v := complex128(z.Value())
		return z.Add(number{}.Lift(dual.Complex(complex(0, -2*imag(v)))))
	}
	half := func(z number) number { return ad.Scale(z.Mul(z), 0.5).Add(number{}.Lift(z.Value() * z.Value() / 2)) }
	for name, test := range map[string]struct {
		f    func(z number) number
		z    complex128
		want string
	}{
		"conjugate":   {conjugate, 1 + 2i, "∂v/∂y is -1"},
		"wrong slope": {half, 1 + 2i, "∂u/∂x is 2"},
		"cut":         {func(z number) number { return ad.Log(z) }, -1, "∂v/∂y is"},
		"pole":        {func(z number) number { return ad.Reciprocal(z) }, 0, "where f is"},
		"not a value": {func(z number) number { return z }, complex(math.NaN(), 0), "∂u/∂x is NaN"},
	} {
		if err := compare.CheckHolomorphic(test.f, test.z); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

// TestHolomorphicFlat: a derivative that is 0 is no reason for doubt.
func TestHolomorphicFlat(t *testing.T) {
	for name, f := range map[string]func(z number) number{
		"a square":   func(z number) number { return z.Mul(z) },
		"a cube":     func(z number) number { return z.Mul(z).Mul(z) },
		"a constant": func(z number) number { return z.Const(3) },
		"a fifth":    func(z number) number { return z.Mul(z).Mul(z).Mul(z).Mul(z) },
		"a cosine":   func(z number) number { return ad.Cos(z) },
		"shifted":    func(z number) number { return ad.Shift(z.Mul(z), 5) },
	} {
		if err := compare.CheckHolomorphic(f, 0); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
