package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

func TestDiagonal(t *testing.T) {
	x := []float64{0.5, 2, -1.5}
	h := dual.Hessian(mixture[dual.Hyper], x)
	want, trace := []float64{h.At(0, 0), h.At(1, 1), h.At(2, 2)}, h.At(0, 0)+h.At(1, 1)+h.At(2, 2)
	optest.Within(t, "HessianDiag", numeric.HessianDiag(mixture[Real], x), want, 1e-9)
	dst := make([]float64, 3)
	if y := numeric.HessianDiagTo(dst, mixture[Real], x); y != float64(mixture(reals(x))) {
		t.Errorf("HessianDiagTo returned %v", y)
	}
	optest.Within(t, "HessianDiagTo", dst, want, 1e-9)
	optest.Within(t, "Laplacian", []float64{numeric.Laplacian(mixture[Real], x)}, []float64{trace}, 1e-9)
	f := plain(mixture[Real])
	for _, s := range all {
		tol := max(s.second, 1e-6)
		optest.Within(t, s.name+".HessianDiag", s.scheme.HessianDiag(f, x), want, tol)
		s.scheme.HessianDiagTo(dst, f, x)
		optest.Equal(t, s.name+".HessianDiagTo", dst, s.scheme.HessianDiag(f, x))
		optest.Within(t, s.name+".Laplacian", []float64{s.scheme.Laplacian(f, x)}, []float64{trace}, 10*tol)
		evals := 0
		r := s.scheme.LaplacianResult(func(x []float64) float64 { evals++; return f(x) }, x)
		if math.Abs(r.Value-trace) > honesty*r.Err || r.Evals != evals {
			t.Errorf("%s.LaplacianResult: %+v after %d evaluations, want %v", s.name, r, evals, trace)
		}
		for i, r := range s.scheme.HessianDiagResult(f, x) {
			if math.Abs(r.Value-want[i]) > honesty*r.Err {
				t.Errorf("%s.HessianDiagResult: %+v, want %v", s.name, r, want[i])
			}
		}
	}
	if r := numeric.LaplacianResult(func(x []float64) float64 { return x[0]*x[0] + math.Abs(x[1]) }, []float64{1, 0}); r.Status != numeric.Diverged {
		t.Errorf("the Laplacian of x²+|y| at (1, 0): %+v", r)
	}
	square := func(x []float64) float64 { return x[0] * x[0] }
	for name, r := range map[string]numeric.Result{
		"of NaN":          numeric.LaplacianResult(func([]float64) float64 { return math.NaN() }, x),
		"at NaN":          numeric.LaplacianResult(square, []float64{math.NaN(), 1}),
		"in one call":     numeric.Richardson.With(numeric.Settings{MaxEvals: 1}).LaplacianResult(square, x),
		"of f beyond all": numeric.LaplacianResult(func(x []float64) float64 { return 1e308 * (x[0]*x[0] + x[1]*x[1]) }, []float64{0, 0}),
	} {
		if !math.IsInf(r.Err, 1) || r.Status != numeric.Diverged && r.Status != numeric.Stopped {
			t.Errorf("the Laplacian %s: %+v", name, r)
		}
	}
	optest.Panics(t, "numeric.HessianDiagTo: dst has length 2, want 3", func() { numeric.HessianDiagTo(dst[:2], mixture[Real], x) })
}
