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
	if right*100 < 95*n {
		t.Errorf("%.2f %% of %d are right to 1e-12, want 95 %%", percent(right, n), n)
	}
}
