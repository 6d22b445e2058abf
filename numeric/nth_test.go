package numeric_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

func factorial(n int) float64 { return math.Gamma(float64(n + 1)) }

// series are functions with all of their derivatives.
var series = []struct {
	name string
	f    func(float64) float64
	x    float64
	d    func(n int) float64
}{
	{"exp", math.Exp, 1, func(int) float64 { return math.E }},
	{"exp", math.Exp, 1e-5, func(int) float64 { return math.Exp(1e-5) }},
	{"exp", math.Exp, -30, func(int) float64 { return math.Exp(-30) }},
	{"log", math.Log, 1, func(n int) float64 { return math.Pow(-1, float64(n-1)) * factorial(n-1) }},
	{"log", math.Log, 1e5, func(n int) float64 { return math.Pow(-1, float64(n-1)) * factorial(n-1) / math.Pow(1e5, float64(n)) }},
	{"sin", math.Sin, 1, func(n int) float64 { return math.Sin(1 + float64(n)*math.Pi/2) }},
	{"sin", math.Sin, 1000, func(n int) float64 { return math.Sin(1000 + float64(n)*math.Pi/2) }},
	{"1/(1-x)", func(x float64) float64 { return 1 / (1 - x) }, -0.5, func(n int) float64 { return factorial(n) / math.Pow(1.5, float64(n+1)) }},
	{"√x", math.Sqrt, 4, func(n int) float64 {
		p := math.Pow(4, 0.5-float64(n))
		for i := range n {
			p *= 0.5 - float64(i)
		}
		return p
	}},
	{"x⁵", func(x float64) float64 { return x * x * x * x * x }, 2, func(n int) float64 {
		if n > 5 {
			return 0
		}
		return factorial(5) / factorial(5-n) * math.Pow(2, float64(5-n))
	}},
}

func TestDerivativesToOrder10(t *testing.T) {
	tolerances := [11]float64{1e-14, 1e-11, 1e-10, 1e-8, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 1e-3, 1e-2}
	for _, c := range series {
		for n := 1; n <= 10; n++ {
			want := c.d(n)
			r := numeric.DerivativeNResult(c.f, c.x, n)
			if off := math.Abs(r.Value - want); off > honesty*r.Err || off > tolerances[n]*max(math.Abs(want), 1e-3) {
				t.Errorf("derivative %d of %s at %v: %+v, want %v", n, c.name, c.x, r, want)
			}
			optest.Equal(t, c.name, numeric.DerivativeN(c.f, c.x, n), r.Value)
			for _, s := range all {
				if s.name == "Stencil" && n > 3 || s.name == "FivePoint" && n > 4 || s.name == "SevenPoint" && n > 6 {
					continue
				}
				if r := s.scheme.DerivativeNResult(c.f, c.x, n); math.Abs(r.Value-want) > honesty*r.Err {
					t.Errorf("derivative %d of %s at %v by %s: %+v, want %v", n, c.name, c.x, s.name, r, want)
				}
			}
		}
		if got := numeric.DerivativeN(c.f, c.x, 0); got != c.f(c.x) {
			t.Errorf("derivative 0 of %s at %v is %v", c.name, c.x, got)
		}
	}
}

// Golden has a third derivative of each expression, along a direction.
func TestGoldenThirdDerivatives(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	s := shares{few: true}
	for _, c := range cases {
		if len(c.Third.Floats()) == 0 {
			continue
		}
		x, v := c.Inputs["x"].Floats(), c.Direction.Floats()
		g := compiled[Real](t, c.Params["tree"])
		f := func(u float64) float64 {
			z := make([]Real, len(x))
			for i := range z {
				z[i] = Real(x[i] + u*v[i])
			}
			return float64(g(z))
		}
		want := c.Third.Floats()[0]
		s.count(t, c.ID+" third derivative", numeric.DerivativeNResult(f, 0, 3), want, want != 0, 1e-6, false)
	}
	s.log(t, "third derivatives to 1e-6")
	s.check(t, 90, 1e-7, 120, 120)
}

// Where a derivative does not exist, or not of that order, there is no estimate.
func TestHighOrdersOfRoughFunctions(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(float64) float64
		n    int
	}{
		{"|x|", math.Abs, 3},
		{"x|x|", func(x float64) float64 { return x * math.Abs(x) }, 3},
		{"x²|x|", func(x float64) float64 { return x * x * math.Abs(x) }, 3},
		{"x²|x|", func(x float64) float64 { return x * x * math.Abs(x) }, 4},
		{"|x|^2.5", func(x float64) float64 { return math.Pow(math.Abs(x), 2.5) }, 3},
		{"|x|^3.5+sin", func(x float64) float64 { return math.Pow(math.Abs(x), 3.5) + math.Sin(x) }, 4},
		{"cbrt", math.Cbrt, 5},
		{"√x", math.Sqrt, 3},
	} {
		r := numeric.DerivativeNResult(c.f, 0, c.n)
		if !math.IsInf(r.Err, 1) && r.Status != numeric.Kinked {
			t.Errorf("derivative %d of %s at 0: %+v", c.n, c.name, r)
		}
	}
}

func TestHighOrdersInBounds(t *testing.T) {
	for n := 1; n <= 6; n++ {
		for _, x := range []float64{1e-3, 0.5, 1} {
			in := numeric.Richardson.With(numeric.Settings{Lower: []float64{0}, Upper: []float64{1}})
			r := in.DerivativeNResult(func(z float64) float64 {
				if z < 0 || z > 1 {
					panic(fmt.Sprint(z))
				}
				return math.Exp(z)
			}, x, n)
			if off := math.Abs(r.Value - math.Exp(x)); off > honesty*r.Err || off > math.Pow(10, float64(n)-9) {
				t.Errorf("derivative %d of exp at %v in [0, 1]: %+v, want %v", n, x, r, math.Exp(x))
			}
		}
	}
}

func TestOrdersMisuse(t *testing.T) {
	optest.Panics(t, "numeric.DerivativeN: the order is 11, want 0 to 10", func() { numeric.DerivativeN(math.Exp, 1, 11) })
	optest.Panics(t, "numeric.DerivativeN: the order is -1, want 0 to 10", func() { numeric.Central.DerivativeN(math.Exp, 1, -1) })
	optest.Panics(t, "numeric.DerivativeN: a derivative of order 5 by a stencil of 5 points, want more points", func() {
		numeric.FivePoint.DerivativeN(math.Exp, 1, 5)
	})
}

// TestOrdersFarOut: a derivative that is a number is found where powers of the step are none.
func TestOrdersFarOut(t *testing.T) {
	found := 0
	for _, e := range []int{-640, -500, -350, -200, 200, 350, 500, 640} {
		x := math.Ldexp(1.5, e)
		for _, c := range []struct {
			name  string
			f     func(float64) float64
			d     func(n int) float64 // in units of 2^e for x
			scale func(n int) int     // the exponent of that unit
		}{
			{"x^1.5", func(x float64) float64 { return math.Ldexp(math.Pow(math.Ldexp(x, -e), 1.5), e+e/2) }, func(n int) float64 {
				d := math.Pow(1.5, 1.5-float64(n))
				for i := range n {
					d *= 1.5 - float64(i)
				}
				return d
			}, func(n int) int { return e + e/2 - n*e }},
			{"log", math.Log, func(n int) float64 { return -factorial(n-1) / math.Pow(-1.5, float64(n)) }, func(n int) int { return -n * e }},
		} {
			for n := 2; n <= 6; n++ {
				want := math.Ldexp(c.d(n), c.scale(n))
				if math.Abs(want) < 0x1p-1000 || math.IsInf(want, 0) {
					continue
				}
				found++
				for _, s := range all {
					if s.name == "Stencil" && n > 3 || s.name == "FivePoint" && n > 4 || s.name == "SevenPoint" && n > 6 {
						continue
					}
					r := s.scheme.DerivativeNResult(c.f, x, n)
					if !(math.Abs(r.Value-want) <= 10*r.Err) || s.name == "Richardson" && !(r.Err <= 1e-3*math.Abs(want)) {
						t.Errorf("derivative %d of %s at %v by %s: %+v, want %v", n, c.name, x, s.name, r, want)
					}
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("%d derivatives", found)
	}
}
