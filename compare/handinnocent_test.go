package compare_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// one makes a function of one variable, and its slope, those of a list.
func one(f, slope func(float64) float64) (func(x []float64) float64, func(g, x []float64)) {
	return func(x []float64) float64 { return f(x[0]) }, func(g, x []float64) { g[0] = slope(x[0]) }
}

// TestHandInnocents: right gradients at points where differences have a hard time. Nobody
// is accused, and each is judged.
func TestHandInnocents(t *testing.T) {
	zero := func(float64) float64 { return 0 }
	sign := func(x float64) float64 { return float64(min(max(x*math.Inf(1), -1), 1)) }
	for name, c := range map[string]struct {
		f, slope func(float64) float64
		x        []float64
	}{
		"relu": {func(x float64) float64 { return max(x, 0) }, func(x float64) float64 { return max(0, min(1, x*1e300)) }, []float64{0, 1e-8, -1e-8, 1e-3, 3, -1e8}},
		"abs": {math.Abs, func(x float64) float64 {
			if x == 0 {
				return 0
			}
			return sign(x)
		}, []float64{0, 1e-12, -1e-5, 0.3, 1e8}},
		"abs at 1/2": {func(x float64) float64 { return math.Abs(x - 0.5) }, func(x float64) float64 { return math.Copysign(1, x-0.5) }, []float64{0.5, 0.5 + 1e-9, 0.6}},
		"sqrt":       {math.Sqrt, func(x float64) float64 { return 0.5 / math.Sqrt(x) }, []float64{0, 1e-300, 1e-8, 1, 1e8, 1e300}},
		"log":        {math.Log, func(x float64) float64 { return 1 / x }, []float64{1e-300, 1e-8, 1e-3, 1, 1e8, 1e300}},
		"x log x": {func(x float64) float64 {
			if x == 0 {
				return 0
			}
			return x * math.Log(x)
		}, func(x float64) float64 { return math.Log(x) + 1 }, []float64{0, 1e-8, 1 / math.E, 2}},
		"acos":     {math.Acos, func(x float64) float64 { return -1 / math.Sqrt((1-x)*(1+x)) }, []float64{-1, -0.9999, 0, 1 - 1e-9, 1}},
		"cbrt":     {math.Cbrt, func(x float64) float64 { c := math.Cbrt(x); return 1 / (3 * c * c) }, []float64{0, 1e-8, -3}},
		"x^1.5":    {func(x float64) float64 { return x * math.Sqrt(x) }, func(x float64) float64 { return 1.5 * math.Sqrt(x) }, []float64{0, 1e-8, 2, 1e8}},
		"square":   {func(x float64) float64 { return x * x }, func(x float64) float64 { return 2 * x }, []float64{0, 1e-8, -1e-4, 1, 1e8}},
		"x^20":     {func(x float64) float64 { return math.Pow(x, 20) }, func(x float64) float64 { return 20 * math.Pow(x, 19) }, []float64{0, 1e-8, 0.5, 1, 7, 1e8}},
		"exp":      {math.Exp, math.Exp, []float64{-700, -30, 0, 1e-8, 1, 30, 700}},
		"steep":    {func(x float64) float64 { return math.Exp(1e8 * x) }, func(x float64) float64 { return 1e8 * math.Exp(1e8*x) }, []float64{-1e-8, 0, 1e-8, 3e-7}},
		"step":     {func(x float64) float64 { return math.Tanh(1e6 * x) }, func(x float64) float64 { c := math.Cosh(1e6 * x); return 1e6 / c / c }, []float64{0, 1e-7, -2e-6}},
		"constant": {func(float64) float64 { return 5 }, zero, []float64{0, 1e-8, 1, 1e8}},
		"zero":     {zero, zero, []float64{0, 1, 1e8}},
		"flat":     {func(x float64) float64 { return 1 + 1e-7*math.Sin(x) }, func(x float64) float64 { return 1e-7 * math.Cos(x) }, []float64{0, 1, 30}},
		"sine":     {math.Sin, math.Cos, []float64{0, math.Pi / 2, 1e-8, 100, 1e6}},
		"chirp":    {func(x float64) float64 { return math.Sin(1 / x) }, func(x float64) float64 { return -math.Cos(1/x) / x / x }, []float64{1e-3, 0.03, 1, 1e8}},
		"pole":     {func(x float64) float64 { return 1 / x }, func(x float64) float64 { return -1 / x / x }, []float64{1e-8, -1e-3, 1, 1e8}},
		"huber": {func(x float64) float64 {
			if a := math.Abs(x); a > 1 {
				return a - 0.5
			}
			return x * x / 2
		}, func(x float64) float64 { return max(-1, min(1, x)) }, []float64{-1, 1, 0, 0.999999, 5}},
		"parts":   {func(x float64) float64 { return math.Floor(x) + x }, func(float64) float64 { return 1 }, []float64{2, 2.5, -0.001}},
		"float32": {func(x float64) float64 { return float64(float32(math.Sin(x))) }, math.Cos, []float64{0.3, 1, 2}},
		"panics": {func(x float64) float64 {
			if x < 0 || x > 1 {
				panic("outside")
			}
			return x * x
		}, func(x float64) float64 { return 2 * x }, []float64{0, 1e-9, 0.5, 1}},
		"large offset": {func(x float64) float64 { return 1e10 + x*x }, func(x float64) float64 { return 2 * x }, []float64{1, 3, 1e4}},
		"cancelling":   {func(x float64) float64 { return (1 - math.Cos(x)) / x }, func(x float64) float64 { return math.Sin(x)/x - (1-math.Cos(x))/x/x }, []float64{1e-3, 0.1, 1}},
		"cosine":       {math.Cos, func(x float64) float64 { return -math.Sin(x) }, []float64{1e-8, 0, 1, 1e5}},
	} {
		f, grad := one(c.f, c.slope)
		for _, x := range c.x {
			var l errorList
			compare.TestGradient(&l, f, grad, []float64{x})
			if len(l) > 0 {
				t.Errorf("%s: %v", name, &l)
			}
			// The same, doubled, is wrong, but where it is an infinity, lost beside f, or allowed at a kink.
			l = nil
			compare.TestGradient(&l, f, func(g, x []float64) { grad(g, x); g[0] = 2*g[0] + 1e-300 }, []float64{x})
			s := c.slope(x)
			same := s == 0 || math.IsInf(s, 0) || name == "x^20" && x == 1e-8 || name == "sine" && x == math.Pi/2
			if len(l) == 0 && !same {
				t.Errorf("%s at %v: twice the slope %v passes", name, x, s)
			}
		}
	}
}

// TestHandInnocentsManyInputs: gradients and Hessians of a hundred inputs, of all sizes.
func TestHandInnocentsManyInputs(t *testing.T) {
	const n = 100
	f := func(x []float64) (y float64) {
		for i := range n - 1 {
			a, b := x[i+1]-x[i]*x[i], 1-x[i]
			y += 100*a*a + b*b
		}
		return y
	}
	grad := func(g, x []float64) {
		clear(g)
		for i := range n - 1 {
			a, b := x[i+1]-x[i]*x[i], 1-x[i]
			g[i] += -400*a*x[i] - 2*b
			g[i+1] += 200 * a
		}
	}
	hess := func(h *mat.SymDense, x []float64) {
		h.Zero()
		for i := range n - 1 {
			h.SetSym(i, i, h.At(i, i)+1200*x[i]*x[i]-400*x[i+1]+2)
			h.SetSym(i, i+1, -400*x[i])
			h.SetSym(i+1, i+1, h.At(i+1, i+1)+200)
		}
	}
	points := [][]float64{slices.Repeat([]float64{1}, n), make([]float64, n), make([]float64, n)}
	for i := range n {
		points[1][i] = math.Sin(float64(3 * i))
		points[2][i] = math.Pow(10, float64(i%9-4)/4)
	}
	compare.TestGradient(t, f, grad, points...)
	compare.TestProblem(t, optimize.Problem{Func: f, Grad: grad, Hess: hess}, points[1:]...)
	var l errorList
	compare.TestGradient(&l, f, func(g, x []float64) { grad(g, x); g[57] += 1e-3 }, points...)
	if len(l) != 3 || strings.Count(l.String(), "1 of 100 entries\n\tgrad[57]") != 3 || strings.Count(l.String(), "a missing term, -0.00") != 3 {
		t.Error(&l)
	}
}

// TestHandTies: of several inputs that tie, each convention of slopes is right.
func TestHandTies(t *testing.T) {
	most := func(x []float64) float64 { return slices.Max(x) }
	for _, g := range [][]float64{{1, 0, 0}, {0, 1, 0}, {0.5, 0.5, 0}} {
		compare.TestGradient(t, most, func(dst, x []float64) { copy(dst, g) }, []float64{2, 2, -1})
	}
	for want, g := range map[string][]float64{"grad[0] is -1": {-1, 1, 0}, "grad[2] is 0.3": {0.5, 0.5, 0.3}} {
		var l errorList
		compare.TestGradient(&l, most, func(dst, x []float64) { copy(dst, g) }, []float64{2, 2, -1})
		if !strings.Contains(l.String(), want) {
			t.Errorf("%v, want %q", &l, want)
		}
	}
	sizes := []float64{1e-8, 1e8, -1e-3}
	norm := func(x []float64) float64 { return math.Sqrt(x[0]*x[0] + x[1]*x[1] + x[2]*x[2]) }
	compare.TestGradient(t, norm, func(g, x []float64) {
		for i, v := range x {
			if r := norm(x); r > 0 {
				g[i] = v / r
			} else {
				g[i] = 0
			}
		}
	}, []float64{3, 4, 12}, []float64{0, 0, 0}, []float64{0, 1, 0}, sizes)
}

// TestHandUndecided: what cannot be judged is not passed.
func TestHandUndecided(t *testing.T) {
	nan := func(x []float64) float64 { return math.Log(x[0]) }
	jump := func(x []float64) float64 { return math.Copysign(1, x[0]-1) * float64(1+int(x[0])) }
	ones := func(g, x []float64) { g[0] = 1 }
	for want, check := range map[string]func(t compare.TB){
		"the function is NaN there":  func(t compare.TB) { compare.TestGradient(t, nan, ones, []float64{-1}) },
		"the function is -Inf there": func(t compare.TB) { compare.TestGradient(t, nan, ones, []float64{0}) },
		"at no points":               func(t compare.TB) { compare.TestGradient(t, nan, ones) },
		"without coordinates":        func(t compare.TB) { compare.TestGradient(t, nan, ones, nil) },
		"cannot be judged: diff":     func(t compare.TB) { compare.TestGradient(t, noise, ones, []float64{1}) },
		"grad[0] is 1":               func(t compare.TB) { compare.TestGradient(t, jump, ones, []float64{2}) },
	} {
		var l errorList
		check(&l)
		if len(l) != 1 || !strings.Contains(l[0], want) {
			t.Errorf("%v, want %q", &l, want)
		}
	}
}

// noise is another number for every point.
func noise(x []float64) float64 { return math.Sin(1e17 * x[0]) }

// printed is a TB of two methods, for where there is no test. What a processor rounds in its
// own way, the estimates of errors, is left out.
type printed struct{}

func (printed) Helper() {}

func (printed) Errorf(format string, args ...any) {
	fmt.Println(estimates.ReplaceAllString(fmt.Sprintf(format, args...), "± …"))
}

var estimates = regexp.MustCompile(`± [-+.e0-9]+`)
