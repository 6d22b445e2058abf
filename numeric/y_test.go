package numeric

import (
	"fmt"
	"math"
	"testing"
)

func hash(x float64) float64 {
	b := math.Float64bits(x) * 0x9e3779b97f4a7c15
	b ^= b >> 31
	b *= 0xbf58476d1ce4e5b9
	b ^= b >> 29
	return float64(b>>11)/(1<<53)*2 - 1
}

func TestY(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		n string
		f func(float64) float64
		x []float64
	}{
		{"sin+1e-6noise", func(x float64) float64 { return math.Sin(x) + 1e-6*hash(x) }, []float64{0, 1, 2, 3, 1e-3}},
		{"sin+1e-10noise", func(x float64) float64 { return math.Sin(x) + 1e-10*hash(x) }, []float64{0, 1, 2, 3, 1e-3}},
		{"noise", hash, []float64{0, 1, 2, 3, 1e-3}},
		{"float32 exp", func(x float64) float64 { return float64(float32(math.Exp(x))) }, []float64{0, 1, 2, 3, 1e-3}},
		{"(x+1e10)-1e10", func(x float64) float64 { return (x + 1e10) - 1e10 }, []float64{0, 1, 2.3, 3, 1e-3}},
		{"abs", math.Abs, []float64{0, 1e-300, 1e-10, -1e-5, 1, 1e200}},
		{"relu", func(x float64) float64 { return max(0, x) }, []float64{0, 1e-300, -1e-300, 1e-10, -1e-5, 1, -1}},
		{"abs(x-1)", func(x float64) float64 { return math.Abs(x - 1) }, []float64{1, 1.1, 1.01, 1.0001, 1 + 1e-6, 1 + 1e-8, 1 + 1e-10}},
		{"const", func(x float64) float64 { return 7 }, []float64{0, 1, 1e200, 1e-300}},
		{"3x+1", func(x float64) float64 { return 3*x + 1 }, []float64{0, 1, 1e200, 1e-300, 0.1, 1e5}},
		{"sqrt", math.Sqrt, []float64{0, 1e-3, 1e-300, 1}},
		{"x^1.5", func(x float64) float64 { return x * math.Sqrt(x) }, []float64{0, 1e-3, 1e-300, 1}},
		{"log", math.Log, []float64{1e-300, 1e-5, 1, 1e5, 1e200}},
		{"asin", math.Asin, []float64{.999, 1, .999999}},
		{"exp right only", func(x float64) float64 {
			if x < 1 {
				return nan
			}
			return math.Exp(x)
		}, []float64{1, 1 + 1e-10, 1.001}},
		{"exp left only", func(x float64) float64 {
			if x > 1 {
				return nan
			}
			return math.Exp(x)
		}, []float64{1, 1 - 1e-10, .999}},
		{"sin", math.Sin, []float64{0, 1, math.Pi, 1e5, 1e10, 1e15, math.Inf(1), nan}},
		{"x|x|", func(x float64) float64 { return x * math.Abs(x) }, []float64{0, 1e-5}},
		{"cbrt", math.Cbrt, []float64{0, 1e-5}},
		{"floor", math.Floor, []float64{0, 1e-5, .5, 1.5, 1}},
		{"atan inf", math.Atan, []float64{math.Inf(1), math.Inf(-1)}},
		{"sin(1e6x)", func(x float64) float64 { return math.Sin(1e6 * x) }, []float64{0, 1, .3}},
		{"x sin 1/x", func(x float64) float64 {
			if x == 0 {
				return 0
			}
			return x * math.Sin(1/x)
		}, []float64{0, .01}},
		{"x2 sin 1/x", func(x float64) float64 {
			if x == 0 {
				return 0
			}
			return x * x * math.Sin(1/x)
		}, []float64{0, .01}},
	} {
		for _, x := range c.x {
			r := DerivativeResult(c.f, x)
			h := HessianResult(func(x []float64) float64 { return c.f(x[0]) }, []float64{x})[0][0]
			a := RichardsonForward.DerivativeResult(c.f, x)
			b := RichardsonBackward.DerivativeResult(c.f, x)
			p := func(r Result) string {
				return fmt.Sprintf("%-22v ±%-8.2g ev %3d %-9v", r.Value, r.Err, r.Evals, r.Status.String()[:5])
			}
			fmt.Printf("%-15s %-8v %s 2nd %s\n   right %s left %s\n", c.n, x, p(r), p(h), p(a), p(b))
		}
	}
}
