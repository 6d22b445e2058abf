package numeric_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// TestAdaptiveAtAllScales: of functions whose scale is that of x, from 1e-8 to 1e8, 95 % of the derivatives are
// right to 1e-12, where none is near 0.
func TestAdaptiveAtAllScales(t *testing.T) {
	n, right, evals, worst, what := 0, 0, 0, 0.0, ""
	for e := -8.0; e <= 8; e += 0.25 {
		c := math.Pow(10, e)
		for name, f := range map[string][2]func(u float64) float64{
			"exp":      {math.Exp, math.Exp},
			"sin":      {math.Sin, math.Cos},
			"log":      {math.Log, func(u float64) float64 { return 1 / u }},
			"√":        {math.Sqrt, func(u float64) float64 { return 0.5 / math.Sqrt(u) }},
			"atan":     {math.Atan, func(u float64) float64 { return 1 / (1 + u*u) }},
			"tanh":     {math.Tanh, func(u float64) float64 { return 1 / math.Cosh(u) / math.Cosh(u) }},
			"1/(1+u²)": {func(u float64) float64 { return 1 / (1 + u*u) }, func(u float64) float64 { return -2 * u / (1 + u*u) / (1 + u*u) }},
		} {
			for _, u := range []float64{0.3, 0.7, 1.1, 1.3} {
				want := f[1](u) / c
				r := numeric.Adaptive.DerivativeResult(func(x float64) float64 { return f[0](x / c) }, u*c)
				off := math.Abs(r.Value-want) / math.Abs(want)
				n++
				evals += r.Evals
				if off <= 1e-12 {
					right++
				}
				if off > worst {
					worst, what = off, fmt.Sprintf("%s(x/%v) at %v: %+v, want %v", name, c, u*c, r, want)
				}
				if off*math.Abs(want) > honesty*r.Err+4e-16*math.Abs(want) {
					t.Errorf("%s(x/%v) at %v: %+v, want %v", name, c, u*c, r, want)
				}
			}
		}
	}
	t.Logf("%.2f %% of %d to 1e-12, with %.1f evaluations; worst %.2g: %s", percent(right, n), n, float64(evals)/float64(n), worst, what)
	if n != 1820 || right*100 < 95*n {
		t.Errorf("%.2f %% of %d are right to 1e-12, want 95 %% of 1820", percent(right, n), n)
	}
}

// TestAdaptiveAtAllPoints: at points from 1e-8 to 1e8, 95 % of the derivatives are right to 1e-12 wherever
// rounding in f lets 1e-13 of them be seen, over a step of a quarter of x or of 1.
func TestAdaptiveAtAllPoints(t *testing.T) {
	n, right, hidden := 0, 0, 0
	for name, f := range map[string][2]func(x float64) float64{
		"exp":          {math.Exp, math.Exp},
		"sin":          {math.Sin, math.Cos},
		"cos":          {math.Cos, func(x float64) float64 { return -math.Sin(x) }},
		"log":          {math.Log, func(x float64) float64 { return 1 / x }},
		"log1p":        {math.Log1p, func(x float64) float64 { return 1 / (1 + x) }},
		"√":            {math.Sqrt, func(x float64) float64 { return 0.5 / math.Sqrt(x) }},
		"x²·⁵":         {func(x float64) float64 { return x * x * math.Sqrt(x) }, func(x float64) float64 { return 2.5 * x * math.Sqrt(x) }},
		"1/x":          {func(x float64) float64 { return 1 / x }, func(x float64) float64 { return -1 / x / x }},
		"atan":         {math.Atan, func(x float64) float64 { return 1 / (1 + x*x) }},
		"asinh":        {math.Asinh, func(x float64) float64 { return 1 / math.Hypot(1, x) }},
		"tanh":         {math.Tanh, func(x float64) float64 { return 1 / math.Cosh(x) / math.Cosh(x) }},
		"(1+x)/(3+x²)": {func(x float64) float64 { return (1 + x) / (3 + x*x) }, func(x float64) float64 { return (1 - x) * (3 + x) / (3 + x*x) / (3 + x*x) }},
	} {
		for e := -8.0; e <= 8; e += 0.25 {
			for _, m := range []float64{1, 1.7, 2.9} {
				x := m * math.Pow(10, e)
				want := f[1](x)
				if !finite(want) || math.Abs(f[0](x))*0x1p-53 > 1e-13*math.Abs(want)*max(x, 1)/4 {
					hidden++
					continue
				}
				n++
				r := numeric.Adaptive.DerivativeResult(f[0], x)
				off := math.Abs(r.Value - want)
				if off <= 1e-12*math.Abs(want) {
					right++
				}
				if off > honesty*r.Err+4e-16*math.Abs(want) {
					t.Errorf("%s at %v: %+v, want %v", name, x, r, want)
				}
			}
		}
	}
	t.Logf("%.2f %% of %d to 1e-12; %d are hidden", percent(right, n), n, hidden)
	if n < 1800 || right*100 < 95*n {
		t.Errorf("%.2f %% of %d are right to 1e-12, want 95 %% of 1800 at least", percent(right, n), n)
	}
}
