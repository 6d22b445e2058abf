package dual_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
)

func flat(m mat.Matrix) []float64 { return mat.DenseCopyOf(m).RawMatrix().Data }

// Where a planet is: Kepler's equation E - e·sin E = M has no solution in closed form.
func kepler[T ad.Ordered[T]](x []T) T {
	e, m := dual.Of[T]{}.Lift(x[0]), dual.Of[T]{}.Lift(x[1])
	anomaly, err := dual.RootOf(func(y dual.Of[T]) dual.Of[T] {
		return y.Sub(e.Mul(ad.Sin(y))).Sub(m)
	}, -10, 10)
	if err != nil {
		panic(err)
	}
	return anomaly
}

// TestRootOf: derivatives of Kepler's equation at first and second order, by every method.
func TestRootOf(t *testing.T) {
	for _, x := range [][]float64{{0.2, 1}, {0.9, 0.1}, {0.99, 6.2}, {0, 2}, {0.5, math.Pi}} {
		e, m := x[0], x[1]
		y := float64(kepler([]ad.Real{ad.Real(e), ad.Real(m)}))
		if r := y - e*math.Sin(y) - m; math.Abs(r) > 2e-15 {
			t.Errorf("at %v: %v is no root: %v", x, y, r)
		}
		s, c := math.Sincos(y)
		d := 1 - e*c
		ye, ym := s/d, 1/d
		gradient := []float64{ye, ym}
		ymm := -e * s * ym * ym / d
		yem := (c*ym - e*s*ye*ym) / d
		yee := (2*c*ye - e*s*ye*ye) / d
		hessian := []float64{yee, yem, yem, ymm}
		optest.Within(t, "dual.Gradient", dual.Gradient(kepler[dual.Number], x), gradient, 1e-13)
		optest.Within(t, "reverse.Gradient", reverse.Gradient(kepler[reverse.Var], x), gradient, 1e-13)
		optest.Within(t, "numeric.Gradient", numeric.Gradient(kepler[numeric.Real], x), gradient, 1e-7)
		optest.Within(t, "dual.Hessian", flat(dual.Hessian(kepler[dual.Hyper], x)), hessian, 1e-12)
		optest.Within(t, "reverse.Hessian", flat(reverse.Hessian(kepler[reverse.Var], x)), hessian, 1e-12)
	}
}

// TestRootOfJet: the Taylor series of Lambert's W, where w·exp(w) = x, is Σ (-n)^(n-1)/n! xⁿ.
func TestRootOfJet(t *testing.T) {
	const n = 20
	got := dual.Taylor(func(x dual.Jet) dual.Jet {
		w, err := dual.RootOf(func(w dual.Of[dual.Jet]) dual.Of[dual.Jet] {
			return w.Mul(ad.Exp(w)).Sub(dual.Of[dual.Jet]{}.Lift(x))
		}, -0.5, 1)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}, 0, n)
	want := make([]float64, n+1)
	for k := 1; k <= n; k++ {
		want[k] = math.Pow(float64(-k), float64(k-1)) / math.Gamma(float64(k+1))
	}
	for k := range want {
		if math.Abs(got[k]-want[k]) > 1e-12*math.Abs(want[k]) {
			t.Errorf("coefficient %d is %v, want %v", k, got[k], want[k])
		}
	}
}

// TestHalleyOf: derivatives are those of RootOf, up to the third for Kepler's equation and to the
// twentieth for Lambert's W.
func TestHalleyOf(t *testing.T) {
	type jet = dual.JetOf[dual.Jet]
	for _, x := range [][]float64{{0.2, 1}, {0.9, 0.1}, {0.99, 6.2}, {0, 2}} {
		halley := func(x []dual.Jet) dual.Jet {
			e, m := jet{}.Lift(x[0]), jet{}.Lift(x[1])
			y, err := dual.HalleyOf(func(y jet) jet { return y.Sub(e.Mul(ad.Sin(y))).Sub(m) }, -10, 10)
			if err != nil {
				t.Error(err)
			}
			return y
		}
		v := []float64{1, -2}
		optest.Within(t, fmt.Sprint("Kepler at ", x), dual.DirectionalDerivatives(halley, x, v, 3),
			dual.DirectionalDerivatives(kepler[dual.Jet], x, v, 3), 1e-13)
	}
	lambert := dual.Taylor(func(x dual.Jet) dual.Jet {
		w, err := dual.HalleyOf(func(w jet) jet { return w.Mul(ad.Exp(w)).Sub(jet{}.Lift(x)) }, -0.5, 1)
		if err != nil {
			t.Error(err)
		}
		return w
	}, 0, 20)
	for k, c := range lambert[1:] {
		n := float64(k + 1)
		optest.Within(t, "Lambert's W", []float64{c}, []float64{math.Pow(-n, n-1) / math.Gamma(n+1)}, 1e-12)
	}
	_, err := dual.HalleyOf(func(y dual.JetOf[ad.Real]) dual.JetOf[ad.Real] { return ad.Exp(y) }, 0, 1)
	if want := "dual.HalleyOf: f is 1 at 0 and 2.718281828459045 at 1: no change of sign"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestRootOfShapes: the root is found to the last bits whatever f is like on the way.
func TestRootOfShapes(t *testing.T) {
	type number = dual.Of[ad.Real]
	c := number{}.Const
	for name, test := range map[string]struct {
		f      func(y number) number
		lo, hi float64
		want   float64
	}{
		"steep":         {func(y number) number { return ad.Tanh(ad.Scale(y.Sub(c(0.3)), 1e9)) }, -5, 7, 0.3},
		"flat":          {func(y number) number { return ad.PowInt(y.Sub(c(0.25)), 9) }, -1, 3, 0.25},
		"turning":       {func(y number) number { return ad.PowInt(y, 3).Sub(ad.Scale(y, 2)).Add(c(2)) }, -3, 1, -1.7692923542386314},
		"infinite ends": {func(y number) number { return ad.Log(y) }, 0, 1e300, 1},
		"at an end":     {func(y number) number { return y }, 0, 1, 0},
		"huge":          {func(y number) number { return y.Sub(c(1e300)) }, -1e300, 1.5e300, 1e300},
		"far below":     {func(y number) number { return ad.Tanh(ad.Scale(y.Sub(c(1e-200)), 1e210)) }, -1e300, 1e305, 1e-200},
		"far":           {func(y number) number { return ad.Log(y.Neg()).Neg() }, -1e300, -5e-324, -1},
		"tiny":          {func(y number) number { return y.Sub(c(5e-324)) }, -1, 1, 5e-324},
		"a triple root": {func(y number) number { return ad.Cube(ad.Shift(y, -0.3)) }, 0, 2, 0.3},
		"a kink":        {func(y number) number { return ad.Abs(ad.Shift(y, -0.3)) }, 0.3, 2, 0.3},
		"0":             {func(y number) number { return c(0) }, 0.5, 2, 0.5},
		"steep at 0":    {func(y number) number { return ad.Cbrt(ad.Shift(y, -0.3)) }, -1, 2, 0.3},
		"jump":          {func(y number) number { return y.Sub(c(0.1)).IfPos(c(1), c(-1)) }, 0, 1, 0.1},
	} {
		evaluations := 0
		got, err := dual.RootOf(func(y number) number { evaluations++; return test.f(y) }, test.lo, test.hi)
		near := 1e-15 * math.Abs(test.want)
		if name == "flat" {
			near = 1e-15
		}
		if err != nil || !(math.Abs(float64(got)-test.want) <= near) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, test.want)
		}
		if evaluations > 140 {
			t.Errorf("%s: %d evaluations", name, evaluations)
		}
	}
}

// TestRootOfNoSlope: where the implicit function theorem has nothing to say, the value stays
// and its derivative is no number.
func TestRootOfNoSlope(t *testing.T) {
	type number = dual.Of[dual.Number]
	for name, test := range map[string]struct {
		f      func(p, y number) number
		lo, hi float64
	}{
		"a triple root":                    {func(p, y number) number { return ad.Cube(y.Sub(p)) }, 0, 2},
		"a kink":                           {func(p, y number) number { return ad.Abs(y.Sub(p)) }, 0.3, 2},
		"a jump between functions of p":    {func(p, y number) number { return y.Sub(p).IfPos(y.Add(p), y.Sub(ad.Scale(p, 4))) }, 0, 2},
		"what does not depend on y at all": {func(p, y number) number { return p.Sub(p) }, 0.3, 2},
	} {
		y := dual.JVP(func(x []dual.Number) []dual.Number {
			p := number{}.Lift(x[0])
			y, err := dual.RootOf(func(y number) number { return test.f(p, y) }, test.lo, test.hi)
			if v := y.Float(); err != nil || !(math.Abs(v-0.3) < 1e-4) {
				t.Errorf("%s: %v, %v", name, v, err)
			}
			return []dual.Number{y}
		}, []float64{0.3}, []float64{1})[0]
		if !math.IsNaN(y) && !math.IsInf(y, 0) {
			t.Errorf("%s: the derivative is %v", name, y)
		}
	}
	// Noise of f that is not small beside its root leaves the derivative as it is.
	noisy := dual.Derivative(func(p dual.Number) dual.Number {
		y, err := dual.RootOf(func(y number) number { return ad.Shift(ad.Shift(y, 1e8), -1e8).Sub(number{}.Lift(p)) }, -1, 1)
		if err != nil {
			t.Error(err)
		}
		return y
	}, 0.3)
	optest.Equal(t, "noisy", noisy, 1)
}

func TestRootErrors(t *testing.T) {
	type number = dual.Of[ad.Real]
	for want, run := range map[string]func() (ad.Real, error){
		"dual.RootOf: f is 1 at 0 and 2 at 1: no change of sign": func() (ad.Real, error) {
			return dual.RootOf(func(y number) number { return ad.Shift(y, 1) }, 0, 1)
		},
		"dual.RootOf: f is NaN at -1 and -1 at 1: no change": func() (ad.Real, error) {
			return dual.RootOf(func(y number) number { return ad.Shift(ad.Log(y), -1) }, -1, 1)
		},
		"dual.RootOf: f grows to ": func() (ad.Real, error) {
			return dual.RootOf(func(y number) number { return ad.Tan(y) }, 0.3, 2)
		},
		"dual.RootOf: f grows to -3.602879701896397e+16 at 0.24999999999999997: a pole and no root": func() (ad.Real, error) {
			return dual.RootOf(func(y number) number { return y.Const(1).Div(ad.Shift(y, -0.25)) }, -1, 1)
		},
		"dual.RootOf: f(0.5) is NaN": func() (ad.Real, error) {
			return dual.RootOf(func(y number) number {
				return ad.Scale(ad.Asin(ad.Shift(ad.Scale(ad.Square(ad.Shift(y, -0.5)), -8), 1.5)), 1).Mul(ad.Shift(y, -0.4))
			}, 0, 1)
		},
		"dual.RootOf: no interval from 1 to 0": func() (ad.Real, error) {
			return dual.RootOf(func(y number) number { return y }, 1, 0)
		},
		"dual.FixedPointOf: no fixed point from 1 in 10000": func() (ad.Real, error) {
			return dual.FixedPointOf(func(y number) number { return y.Neg() }, 1)
		},
		"dual.FixedPointOf: g(-1) is NaN": func() (ad.Real, error) {
			return dual.FixedPointOf(func(y number) number { return ad.Sqrt(y) }, -1)
		},
		"dual.FixedPointOf: g(1.3407807929942597e+154) is +Inf": func() (ad.Real, error) {
			return dual.FixedPointOf(func(y number) number { return ad.Square(y) }, 2)
		},
		"dual.FixedPointOf: no fixed point from 1.7976931348623157e+308 in 10000": func() (ad.Real, error) {
			return dual.FixedPointOf(func(y number) number { return y.Neg() }, math.MaxFloat64)
		},
		"dual.FixedPointOf: g(-Inf) is -Inf": func() (ad.Real, error) {
			return dual.FixedPointOf(func(y number) number { return ad.Cube(y) }, math.Inf(-1))
		},
	} {
		if y, err := run(); err == nil || !strings.HasPrefix(err.Error(), want) || y == y {
			t.Errorf("%v, %v, want %s", y, err, want)
		}
	}
}
