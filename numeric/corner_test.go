package numeric_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// TestCorners: in a corner of a box, and near one, a direction that leads out of it both ways still
// has a derivative: the sum of those of the inputs, each from its own side.
func TestCorners(t *testing.T) {
	fs := func(x []float64) []float64 {
		for _, v := range x {
			if !(v >= 0 && v <= 1) {
				panic("outside")
			}
		}
		return []float64{math.Exp(0.5*x[0] - x[1] + 0.25*x[2]), math.Sin(x[0] + x[1]*x[2])}
	}
	f := func(x []float64) float64 { return fs(x)[0] }
	apart := func(x []float64) []float64 { return []float64{math.Sin(x[0]), math.Exp(x[1]), x[2] * x[2]} }
	gradient := []float64{0.5, -1, 0.25}
	one, all3 := sparse.Band(3, 3, 0, 0), []float64{1, 1, 1}
	set := numeric.Settings{Lower: make([]float64, 3), Upper: all3}
	for c := range 8 {
		for _, inward := range []float64{0, 1e-12, 1e-7} {
			x := make([]float64, 3)
			for i := range x {
				x[i] = inward
				if c>>i&1 == 1 {
					x[i] = 1 - inward
				}
			}
			y := fs(x)
			cos := math.Cos(x[0] + x[1]*x[2])
			for d := range 8 {
				v := make([]float64, 3)
				along := 0.0
				for i := range v {
					v[i] = 1 + 0.25*float64(i)
					if d>>i&1 == 1 {
						v[i] = -v[i]
					}
					along += gradient[i] * v[i]
				}
				tangents := []float64{y[0] * along, cos * (v[0] + x[2]*v[1] + x[1]*v[2])}
				product := []float64{0.5 * y[0] * along, -y[0] * along, 0.25 * y[0] * along}
				for _, s := range all {
					if s.sided != 0 {
						continue
					}
					name := fmt.Sprintf("%s at %v along %v", s.name, x, v)
					calls := 0
					in := s.scheme.With(set)
					for k, r := range in.JVPResult(func(x []float64) []float64 { calls++; return fs(x) }, x, v) {
						if off := math.Abs(r.Value - tangents[k]); off > honesty*r.Err || !(off <= 20*s.first) || r.Evals != calls {
							t.Errorf("%s: JVP %d is %+v after %d calls, want %v", name, k, r, calls, tangents[k])
						}
					}
					for k, r := range in.HVPResult(f, x, v) {
						if off := math.Abs(r.Value - product[k]); off > honesty*r.Err || !(off <= 20*s.second) {
							t.Errorf("%s: HVP %d is %+v, want %v", name, k, r, product[k])
						}
					}
					if d == 0 {
						got := in.SparseJacobian(apart, x, one).Values()
						optest.Within(t, name+": SparseJacobian", got, []float64{math.Cos(x[0]), math.Exp(x[1]), 2 * x[2]}, 20*s.first)
					}
				}
			}
		}
	}
}

// TestBudgetInCorners: what is added up shares the evaluations that are allowed.
func TestBudgetInCorners(t *testing.T) {
	x, v := []float64{0, 1, 0}, []float64{1, 1, 1}
	for _, s := range all {
		for _, n := range []int{1, 2, 5, 20, 50} {
			set := numeric.Settings{Lower: []float64{0, 0, 0}, Upper: v, MaxEvals: n}
			calls := 0
			f := func(x []float64) []float64 { calls++; return []float64{math.Sin(x[0] + x[1]*x[2])} }
			if r := s.scheme.With(set).JVPResult(f, x, v)[0]; calls > n || r.Evals != calls {
				t.Errorf("%s: %d calls of %d allowed: %+v", s.name, calls, n, r)
			}
			calls = 0
			s.scheme.With(set).HVP(func(x []float64) float64 { return f(x)[0] }, x, v)
			if most := 1 + 3*(n-1); calls > most {
				t.Errorf("%s: HVP takes %d calls, and %d are allowed", s.name, calls, most)
			}
		}
	}
}
