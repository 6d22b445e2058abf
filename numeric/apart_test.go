package numeric_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// TestOutputsOfOtherDomains: outputs whose domains lie to different sides of the point do not spoil
// each other, nor those that are smooth.
func TestOutputsOfOtherDomains(t *testing.T) {
	nan := math.NaN()
	one := func(f func(x float64) []float64) func([]float64) []float64 {
		return func(x []float64) []float64 { return f(x[0] + x[1]) }
	}
	for _, c := range []struct {
		name  string
		f     func([]float64) []float64
		sided []float64 // what schemes that change sides find
		fixed []float64 // what Central finds without bounds
	}{
		{"x²√x, -x²√-x, exp", one(func(x float64) []float64 {
			return []float64{x * x * math.Sqrt(x), -x * x * math.Sqrt(-x), math.Exp(x)}
		}), []float64{0, 0, 1}, []float64{nan, nan, 1}},
		{"x²√x, sin, -x²√-x, 1/x, NaN", one(func(x float64) []float64 {
			return []float64{x * x * math.Sqrt(x), math.Sin(x), -x * x * math.Sqrt(-x), 1 / x, nan}
		}), []float64{0, 1, 0, nan, nan}, []float64{nan, 1, nan, nan, nan}},
		{"x²√x, cos", one(func(x float64) []float64 { return []float64{x * x * math.Sqrt(x), math.Cos(x)} }), []float64{0, 0}, []float64{nan, 0}},
		{"NaN but at 0, exp", one(func(x float64) []float64 {
			if x != 0 {
				return []float64{nan, math.Exp(x)}
			}
			return []float64{1, 1}
		}), []float64{nan, 1}, []float64{nan, 1}},
	} {
		for _, s := range all {
			if s.sided != 0 {
				continue
			}
			want := c.sided
			if s.second >= 1e-2 { // a formula, which changes sides at bounds only
				want = c.fixed
			}
			calls := 0
			f := func(x []float64) []float64 { calls++; return c.f(x) }
			check := func(what string, scale float64, results []numeric.Result) {
				for k, r := range results {
					name := fmt.Sprintf("%s.%s of %s, output %d", s.name, what, c.name, k)
					if math.IsNaN(want[k]) {
						if !math.IsInf(r.Err, 1) {
							t.Errorf("%s: %+v, and there is none", name, r)
						}
					} else if off := math.Abs(r.Value - scale*want[k]); off > honesty*r.Err || !(off <= 1e-3) || !(r.Err < 1e-2) {
						t.Errorf("%s: %+v, want %v", name, r, scale*want[k])
					}
				}
			}
			r := s.scheme.JVPResult(f, []float64{0, 0}, []float64{1, 2})
			if r[0].Evals != calls {
				t.Errorf("%s of %s: %d calls, and %d are reported", s.name, c.name, calls, r[0].Evals)
			}
			check("JVPResult", 3, r)
			var column []numeric.Result
			for _, row := range s.scheme.With(numeric.Settings{Workers: 2}).JacobianResult(c.f, []float64{0, 0}) {
				column = append(column, row[1])
			}
			check("JacobianResult", 1, column)
			for _, n := range []int{1, 3, 10, 30, 60} {
				calls = 0
				r := s.scheme.With(numeric.Settings{MaxEvals: n}).JVPResult(f, []float64{0, 0}, []float64{1, 2})
				if calls > n || r[0].Evals != calls {
					t.Errorf("%s of %s: %d calls of %d allowed, and %d are reported", s.name, c.name, calls, n, r[0].Evals)
				}
			}
		}
	}
}

// TestOutputsWithNearEdges: nor do outputs whose domains end close to the point, and the plain operators return
// the values of the Result forms.
func TestOutputsWithNearEdges(t *testing.T) {
	for _, e := range []float64{1e-3, 1e-6, 1e-12, 1e-18} {
		f := func(x []float64) []float64 {
			return []float64{math.Sqrt(x[0]), math.Exp(x[0]), math.Sqrt(3*e - x[0]), math.Sin(x[0])}
		}
		x := []float64{e}
		want := []float64{0.5 / math.Sqrt(e), math.Exp(e), -0.5 / math.Sqrt(2*e), math.Cos(e)}
		for _, s := range all {
			j := s.scheme.Jacobian(f, x)
			for k, row := range s.scheme.JacobianResult(f, x) {
				name := fmt.Sprintf("%s at %v, output %d", s.name, e, k)
				if off := math.Abs(row[0].Value - want[k]); off > honesty*row[0].Err || k%2 == 1 && !(off <= s.first*math.Abs(want[k])) {
					t.Errorf("%s: %+v, want %v", name, row[0], want[k])
				}
				if j.At(k, 0) != row[0].Value {
					t.Errorf("%s: %v without an estimate, and %v with one", name, j.At(k, 0), row[0].Value)
				}
			}
		}
	}
}

// TestSumOfOtherDomains: a product with weights is that of the rows where no steps are left for their sum.
func TestSumOfOtherDomains(t *testing.T) {
	f := func(x []float64) []float64 {
		return []float64{x[0]*x[0]*math.Sqrt(x[0]) + x[1], math.Sin(x[1]), -x[0]*x[0]*math.Sqrt(-x[0]) + 2*x[0]}
	}
	for _, s := range all {
		if s.sided != 0 || s.second >= 1e-2 {
			continue
		}
		for workers := 1; workers <= 3; workers += 2 {
			r := s.scheme.With(numeric.Settings{Workers: workers}).VJPResult(f, []float64{0, 0}, []float64{1, 2, -3})
			for i, want := range []float64{-6, 3} {
				if off := math.Abs(r[i].Value - want); !(off <= honesty*r[i].Err && r[i].Err < 1e-2) || i == 0 && r[i].Status != numeric.DomainLimited {
					t.Errorf("%s, %d workers, input %d: %+v, want %v", s.name, workers, i, r[i], want)
				}
			}
		}
	}
	calls := 0
	r := numeric.Richardson.With(numeric.Settings{MaxEvals: 90}).VJPResult(func(x []float64) []float64 { calls++; return f(x) }, []float64{0, 0}, []float64{1, 2, -3})
	if calls > 2*90 || r[0].Evals > 90 || r[0].Status != numeric.Stopped {
		t.Errorf("%d evaluations of 90 for each: %+v", calls, r[0])
	}
	if v := numeric.VJP(f, []float64{0, 0}, []float64{1, 0, 1}); !(math.Abs(v[0]-2) < 1e-3) {
		t.Errorf("VJP %v", v)
	}
}
