package compare_test

import (
	"errors"
	"math"
	"math/cmplx"
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

func lift(v complex128) number { return number{}.Lift(dual.Complex(v)) }

// linear returns a function of z that is linear over the real numbers alone.
func linear(f func(v complex128) complex128) func(z number) number {
	return func(z number) number {
		return z.Linear(func(v dual.Complex) dual.Complex { return dual.Complex(f(complex128(v))) })
	}
}

// TestHolomorphicHidden: a function that obeys the equations of Cauchy and Riemann at a point, and
// is not holomorphic around it, is found.
func TestHolomorphicHidden(t *testing.T) {
	conj := linear(cmplx.Conj)
	re := linear(func(v complex128) complex128 { return complex(real(v), 0) })
	im := linear(func(v complex128) complex128 { return complex(imag(v), 0) })
	size := func(z number) float64 { return cmplx.Abs(complex128(z.Value())) }
	for name, test := range map[string]struct {
		f func(z number) number
		z complex128
	}{
		"z·z̄":                  {func(z number) number { return z.Mul(conj(z)) }, 0},
		"1+z·z̄":                {func(z number) number { return ad.Shift(z.Mul(conj(z)), 1) }, 0},
		"z·z̄²":                 {func(z number) number { return z.Mul(ad.Square(conj(z))) }, 0},
		"z+z²·z̄/10⁶":           {func(z number) number { return z.Add(ad.Scale(conj(z).Mul(z).Mul(z), 1e-6)) }, 0},
		"exp z + z̄²":           {func(z number) number { return ad.Exp(z).Add(ad.Square(conj(z))) }, 0},
		"exp z + |z-5|²":        {func(z number) number { w := ad.Shift(z, -5); return ad.Exp(z).Add(w.Mul(conj(w))) }, 5},
		"x⁸":                    {func(z number) number { return ad.PowInt(re(z), 8) }, 0},
		"z+x²⁰":                 {func(z number) number { return z.Add(ad.PowInt(re(z), 20)) }, 0},
		"x²⁰":                   {func(z number) number { return ad.PowInt(re(z), 20) }, 0},
		"x·y²":                  {func(z number) number { return re(z).Mul(ad.Square(im(z))) }, 0},
		"z²+i·y³":               {func(z number) number { return z.Mul(z).Add(lift(1i).Mul(ad.Cube(im(z)))) }, 1},
		"z·|z|":                 {func(z number) number { return z.Mul(lift(complex(size(z), 0))) }, 0},
		"a wrong slope, 0 at 0": {func(z number) number { return z.Mul(lift(complex128(z.Value()))) }, 0},
		"z+exp(-1/|z|²)":        {func(z number) number { a := size(z); return z.Add(lift(complex(math.Exp(-1/(a*a)), 0))) }, 0},
		"z²+|y|^2.5": {func(z number) number {
			return ad.Square(z).Add(lift(complex(math.Pow(math.Abs(imag(z.Value())), 2.5), 0)))
		}, 2},
	} {
		if err := compare.CheckHolomorphic(test.f, test.z); err == nil || errors.Is(err, compare.ErrUndecided) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestHolomorphicInnocents: cuts, poles and fast oscillations beside a point are no fault. Where they
// are too near for differences, nothing is said.
func TestHolomorphicInnocents(t *testing.T) {
	conj := linear(cmplx.Conj)
	for name, test := range map[string]struct {
		f         func(z number) number
		points    []complex128
		undecided bool
	}{
		"log":              {ad.Log[number], []complex128{-1 + 0.1i, -1 + 0.01i, -1 - 1e-3i, -1 + 1e-6i, 1e-3}, false},
		"log on its cut":   {ad.Log[number], []complex128{-1 - 1e-12i, -1}, true},
		"log log":          {func(z number) number { return ad.Log(ad.Log(z)) }, []complex128{0.5 + 0.01i}, false},
		"√":                {ad.Sqrt[number], []complex128{-4 + 0.01i, 1e-3 + 1e-3i, 1e8 + 1e8i}, false},
		"√z²":              {func(z number) number { return ad.Sqrt(ad.Square(z)) }, []complex128{1e-3 + 0.01i}, false},
		"cos √":            {func(z number) number { return ad.Cos(ad.Sqrt(z)) }, []complex128{-1 + 1e-3i}, false},
		"asin":             {ad.Asin[number], []complex128{0.999, 1.001 + 1e-3i}, false},
		"atan":             {ad.Atan[number], []complex128{1e-3 + 0.999i}, false},
		"z^z":              {func(z number) number { return ad.Pow(z, z) }, []complex128{-1 + 0.05i}, false},
		"1/z":              {ad.Reciprocal[number], []complex128{1e-3, 0.25i}, false},
		"exp(1/z)":         {func(z number) number { return ad.Exp(ad.Reciprocal(z)) }, []complex128{0.2, 0.02}, false},
		"tan":              {ad.Tan[number], []complex128{1.57}, false},
		"sin 1000z":        {func(z number) number { return ad.Sin(ad.Scale(z, 1000)) }, []complex128{1 + 1e-3i}, false},
		"z⁵⁰":              {func(z number) number { return ad.PowInt(z, 50) }, []complex128{1.1}, false},
		"exp":              {ad.Exp[number], []complex128{700, 1000i}, false},
		"conjugated twice": {func(z number) number { return conj(ad.Log(conj(z))) }, []complex128{-1 + 0.1i, 2}, false},
		"tiny":             {func(z number) number { return ad.Scale(ad.Sin(z), 1e-300) }, []complex128{1}, true},
	} {
		for _, z := range test.points {
			err := compare.CheckHolomorphic(test.f, z)
			if !test.undecided && err != nil || test.undecided && !errors.Is(err, compare.ErrUndecided) {
				t.Errorf("%s at %v: %v", name, z, err)
			}
		}
	}
}
