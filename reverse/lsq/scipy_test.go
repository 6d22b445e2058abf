package lsq_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/lsq"
)

// scipyFits are fits of a·exp(-b·t) + c, which testdata/fits.py wrote.
type scipyFits struct {
	T, Y, Sigma, Start []float64
	Losses             map[string]struct {
		Loss  string
		Scale float64
		X     []float64
		Cost  float64
	}
	Bounds []struct {
		Lower, Upper, X []float64
		Cost            float64
		Active          []int
	}
	Absolute, Relative struct{ X, Covariance []float64 }
}

func readScipy(t *testing.T) (scipyFits, *reverse.Func) {
	t.Helper()
	text, err := os.ReadFile("testdata/fits.json")
	if err != nil {
		t.Fatal(err)
	}
	var fits scipyFits
	if err := json.Unmarshal(text, &fits); err != nil {
		t.Fatal(err)
	}
	return fits, reverse.Record(func(x []reverse.Var) []reverse.Var {
		r := make([]reverse.Var, len(fits.T))
		for i, ti := range fits.T {
			r[i] = ad.Shift(x[0].Mul(ad.Exp(ad.Scale(x[1], -ti))).Add(x[2]), -fits.Y[i])
		}
		return r
	}, 3)
}

var losses = map[string]func(c float64) lsq.Loss{
	"linear": func(float64) lsq.Loss { return nil }, "huber": lsq.Huber, "soft_l1": lsq.SoftL1, "cauchy": lsq.Cauchy, "arctan": lsq.Arctan,
}

// TestLosses holds robust fits against scipy's, with every linear solver.
func TestLosses(t *testing.T) {
	fits, f := readScipy(t)
	if len(fits.Losses) != 15 {
		t.Errorf("%d fits, want 15", len(fits.Losses))
	}
	for name, want := range fits.Losses {
		for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
			s := lsq.NewSettings()
			s.Loss, s.Linear = losses[want.Loss](want.Scale), how
			r, err := lsq.Minimize(lsq.Dense(f), fits.Start, s)
			if err != nil {
				t.Fatal(err)
			}
			if r.Status.Early() || r.Cost > want.Cost*(1+1e-11) {
				t.Errorf("%s, %v: cost %v, want %v; x %v, want %v; %v, %+v", name, how, r.Cost, want.Cost, r.X, want.X, r.Status, r.Stats)
			}
			for k, g := range r.Gradient {
				if !(math.Abs(g) < 1e-13) {
					t.Errorf("%s, %v: gradient %d is %v", name, how, k, g)
				}
			}
			optest.Within(t, name, r.X, want.X, 2e-6)
		}
	}
}

// TestBounds holds fits with active bounds against scipy's: in the same minimum, with the same
// parameters at their bounds, exactly.
func TestBounds(t *testing.T) {
	fits, f := readScipy(t)
	for i, want := range fits.Bounds {
		for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
			for _, problem := range []lsq.Problem{lsq.Dense(f), lsq.Sparse(f)} {
				s := lsq.NewSettings()
				s.Lower, s.Upper, s.Linear = want.Lower, want.Upper, how
				start := make([]float64, 3)
				for k := range start {
					start[k] = min(max(fits.Start[k], want.Lower[k]), want.Upper[k])
				}
				inside := problem.Residuals
				problem.Residuals = func(dst, x []float64) {
					for k, v := range x {
						if v < want.Lower[k] || v > want.Upper[k] {
							t.Errorf("bounds %d: evaluated at %v", i, x)
						}
					}
					inside(dst, x)
				}
				r, err := lsq.Minimize(problem, start, s)
				if err != nil {
					t.Fatal(err)
				}
				if r.Status.Early() || r.Cost > want.Cost*(1+1e-11) {
					t.Errorf("bounds %d, %v: cost %v, want %v; %v, %+v", i, how, r.Cost, want.Cost, r.Status, r.Stats)
				}
				optest.Within(t, "with bounds", r.X, want.X, 1e-6)
				optest.Equal(t, "active bounds", r.Active, want.Active)
				for k, a := range r.Active {
					if bound := map[int]float64{-1: want.Lower[k], 0: r.X[k], 1: want.Upper[k]}[a]; r.X[k] != bound {
						t.Errorf("bounds %d: parameter %d is %v, want exactly %v", i, k, r.X[k], bound)
					}
				}
			}
		}
	}
}

// TestCovariance holds weighted fits and their covariances against scipy's curve_fit.
func TestCovariance(t *testing.T) {
	fits, f := readScipy(t)
	s := lsq.NewSettings()
	for _, sigma := range fits.Sigma {
		s.Weights = append(s.Weights, 1/(sigma*sigma))
	}
	for _, problem := range []lsq.Problem{lsq.Dense(f), lsq.Sparse(f)} {
		r, err := lsq.Minimize(problem, fits.Start, s)
		if err != nil {
			t.Fatal(err)
		}
		optest.Within(t, "weighted", r.X, fits.Absolute.X, 1e-7)
		for name, c := range map[string]struct {
			variance float64
			want     []float64
		}{"absolute": {1, fits.Absolute.Covariance}, "relative": {r.Variance(), fits.Relative.Covariance}} {
			got, err := r.Covariance(c.variance)
			if err != nil {
				t.Fatal(err)
			}
			for i := range 3 {
				optest.Within(t, name+" covariance", []float64{got.At(i, 0), got.At(i, 1), got.At(i, 2)}, c.want[3*i:][:3], 1e-6)
			}
		}
		// Student's t of 22 degrees of freedom at 0.975 is 2.0738730679.
		lower, upper, err := r.ConfidenceIntervals(0.95)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			half := 2.0738730679 * math.Sqrt(fits.Relative.Covariance[4*i])
			optest.Within(t, "interval", []float64{lower[i], upper[i]}, []float64{r.X[i] - half, r.X[i] + half}, 1e-6)
		}
	}
}
