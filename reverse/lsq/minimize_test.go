package lsq_test

import (
	"errors"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/lsq"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// TestProblems solves every test problem from its start, by every linear solver, with a dense and
// a sparse Jacobian.
func TestProblems(t *testing.T) {
	for _, p := range testProblems {
		f := reverse.Record(p.f, len(p.start))
		for _, form := range []struct {
			name      string
			problem   lsq.Problem
			tolerance float64 // relative; number 16 is slow without a curvature
		}{{"dense", lsq.Dense(f), 1e-11}, {"sparse", lsq.Sparse(f), 1e-10}} {
			for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
				s := lsq.NewSettings()
				s.Linear = how
				if p.singular {
					s.Threshold = 1e-20 // the normal equations get no further
				}
				r, err := lsq.Minimize(form.problem, p.start, s)
				if err != nil {
					t.Errorf("%s, %s, %v: %v", p.name, form.name, how, err)
					continue
				}
				if d := math.Abs(2*r.Cost - p.least); r.Status.Early() || d > form.tolerance*p.least+1e-20 {
					t.Errorf("%s, %s, %v: sum of squares %v, want %v; %v, %+v", p.name, form.name, how, 2*r.Cost, p.least, r.Status, r.Stats)
				}
			}
		}
	}
}

// hyperbola is r = (x, x²-2): the sum of squares is least where 4x³ - 6x = 0.
func hyperbola() lsq.Problem {
	return lsq.Problem{
		Size:      2,
		Residuals: func(dst, x []float64) { dst[0], dst[1] = x[0], x[0]*x[0]-2 },
		Jacobian: func(dst *mat.Dense, x []float64) {
			dst.Zero()
			dst.Set(0, 0, 1)
			dst.Set(1, 0, 2*x[0])
		},
		Curvature: func(dst *mat.SymDense, x, w []float64) {
			dst.Zero()
			dst.SetSym(0, 0, 2*w[1])
		},
	}
}

// TestHyperbola: a minimum where the residuals are not 0, to the last digit; a start that is the
// solution; and a parameter without effect, which stays.
func TestHyperbola(t *testing.T) {
	root := math.Sqrt(1.5)
	for _, start := range []float64{1, 50, -3, root, 0.01, 1e8} {
		r := minimize(t, hyperbola(), nil, start)
		if math.Abs(math.Abs(r.X[0])-root) > 4e-16 || math.Abs(2*r.Cost-1.75) > 1e-15 || r.Status.Early() {
			t.Errorf("from %v: %+v, want ±%v", start, r, root)
		}
	}
	if r := minimize(t, hyperbola(), nil, 7, 3); math.Abs(r.X[0]-root) > 1e-6 || r.X[1] != 3 || r.Status.Early() {
		t.Errorf("with a parameter without effect: %v, %v", r.X, r.Status)
	}
	// 0 is a maximum, and its gradient 0.
	if r := minimize(t, hyperbola(), nil, 0); r.Status != lsq.GradientConvergence {
		t.Errorf("from a maximum: %v", r.Status)
	}
}

func minimize(t *testing.T, p lsq.Problem, s *lsq.Settings, start ...float64) *lsq.Result {
	t.Helper()
	r, err := lsq.Minimize(p, start, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEdges: a function that ends in NaN or an infinity is minimized inside of its domain, and
// where the minimum is at the edge the status says so. The start is not lost.
func TestEdges(t *testing.T) {
	f := func(g func(x float64) (r, slope float64)) lsq.Problem {
		return lsq.Problem{Size: 1,
			Residuals: func(dst, x []float64) { dst[0], _ = g(x[0]) },
			Jacobian: func(dst *mat.Dense, x []float64) {
				_, slope := g(x[0])
				dst.Set(0, 0, slope)
			}}
	}
	log := f(func(x float64) (float64, float64) { return math.Log(x) + 3, 1 / x }) // the first steps leave x > 0
	if r := minimize(t, log, nil, 5); math.Abs(r.X[0]-math.Exp(-3)) > 1e-16 || r.Status.Early() {
		t.Errorf("log: %v, %v", r.X, r.Status)
	}
	pole := f(func(x float64) (float64, float64) { return 1/x - 0.25, -1 / (x * x) }) // and x > 0
	if r := minimize(t, pole, nil, 9); math.Abs(r.X[0]-4) > 1e-14 || r.Status.Early() {
		t.Errorf("pole: %v, %v", r.X, r.Status)
	}
	edge := f(func(x float64) (float64, float64) {
		if x < 1 {
			return math.NaN(), 1
		}
		return x, 1
	})
	if r := minimize(t, edge, nil, 5); r.Status != lsq.NotFinite || r.X[0] < 1 || r.X[0] > 1.001 || r.Status.Err() == nil {
		t.Errorf("edge: %v, %v", r.X, r.Status)
	}
	steep := f(func(x float64) (float64, float64) { // the Jacobian ends before the function does
		if x < 1 {
			return x, math.Inf(1)
		}
		return x, 1
	})
	if r := minimize(t, steep, nil, 5); r.Status != lsq.NotFinite || r.X[0] < 1 {
		t.Errorf("steep: %v, %v", r.X, r.Status)
	}
	wrong := f(func(x float64) (float64, float64) { return x, -1 }) // of the other sign
	if r := minimize(t, wrong, nil, 5); r.Status != lsq.Stalled || r.X[0] != 5 {
		t.Errorf("wrong Jacobian: %v, %v", r.X, r.Status)
	}
}

// TestScale: residuals whose squares overflow or vanish have the same solution.
func TestScale(t *testing.T) {
	for _, p := range testProblems[:8] {
		f := reverse.Record(p.f, len(p.start))
		want := minimize(t, lsq.Dense(f), nil, p.start...)
		for _, exponent := range []int{600, -600} {
			unit := math.Ldexp(1, exponent)
			g := reverse.Record(func(x vars) vars {
				r := p.f(x)
				for i := range r {
					r[i] = ad.Scale(r[i], unit)
				}
				return r
			}, len(p.start))
			r := minimize(t, lsq.Dense(g), nil, p.start...)
			optest.Within(t, p.name+" in other units", r.X, want.X, 1e-7)
			if r.Status.Early() {
				t.Errorf("%s in other units: %v", p.name, r.Status)
			}
		}
	}
}

// TestUnderdetermined: with fewer residuals than parameters a solution is found, and which
// parameters are not determined is said.
func TestUnderdetermined(t *testing.T) {
	f := reverse.Record(func(x vars) vars {
		return vars{ad.Shift(sq(x[0]).Add(sq(x[1])), -4), x[0].Sub(x[1])}
	}, 3)
	for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
		for _, p := range []lsq.Problem{lsq.Dense(f), lsq.Sparse(f)} {
			s := lsq.NewSettings()
			s.Linear = how
			r := minimize(t, p, s, 1, 0.5, 7)
			optest.Within(t, how.String(), r.X, []float64{math.Sqrt2, math.Sqrt2, 7}, 1e-12)
			if r.Status.Early() {
				t.Errorf("%v: %v", how, r.Status)
			}
			_, err := r.Covariance(1)
			var rank *lsq.RankError
			if !errors.As(err, &rank) || *rank != (lsq.RankError{Rank: 2, Parameters: 3, Largest: 2}) {
				t.Errorf("covariance: %v", err)
			}
			if _, _, err := r.ConfidenceIntervals(0.9); err == nil || !math.IsNaN(r.Variance()) {
				t.Errorf("intervals without degrees of freedom: %v, variance %v", err, r.Variance())
			}
		}
	}
	// Only a sum is determined.
	r := minimize(t, lsq.Dense(reverse.Record(func(x vars) vars {
		s := x[0].Add(x[1])
		return vars{s, ad.Shift(s, -1), ad.Shift(s, -3)}
	}, 2)), nil, 5, 6)
	if _, err := r.Covariance(1); err == nil || math.Abs(r.X[0]+r.X[1]-4.0/3) > 1e-12 {
		t.Errorf("a sum: %v, %v", r.X, err)
	}
}

// TestWeights: a weight of 2 is a residual given twice, and one of 0 is none, even if it is NaN.
func TestWeights(t *testing.T) {
	for _, loss := range []lsq.Loss{nil, lsq.Huber(0.3)} {
		residuals := func(x vars) vars {
			return vars{ad.Shift(ad.Exp(x[0]), -2), ad.Shift(x[0].Mul(x[1]), -1), ad.Shift(x[1], -3), ad.Log(ad.Shift(x[0], -100))}
		}
		s := lsq.NewSettings()
		s.Weights, s.Loss = []float64{1, 1, 4, 0}, loss
		r := minimize(t, lsq.Dense(reverse.Record(residuals, 2)), s, 1, 1)
		s.Weights = nil
		want := minimize(t, lsq.Dense(reverse.Record(func(x vars) vars {
			r := residuals(x)
			return vars{r[0], r[1], ad.Scale(r[2], 2)}
		}, 2)), s, 1, 1)
		optest.Within(t, "weighted", r.X, want.X, 1e-12)
		if math.Abs(r.Cost/want.Cost-1) > 1e-13 || r.Freedom() != 1 {
			t.Errorf("cost %v, want %v; freedom %d", r.Cost, want.Cost, r.Freedom())
		}
	}
}

// TestLimits: the solver stops where it is told to.
func TestLimits(t *testing.T) {
	p := testProblems[0]
	f := lsq.Dense(reverse.Record(p.f, len(p.start)))
	s := lsq.NewSettings()
	s.MaxIterations = 3
	if r := minimize(t, f, s, p.start...); r.Status != lsq.IterationLimit || r.Iterations != 3 || !r.Status.Early() {
		t.Errorf("%v, %+v", r.Status, r.Stats)
	}
	s = lsq.NewSettings()
	s.MaxEvaluations = 5
	steps := 0
	s.Record = func(p lsq.Progress) {
		if p.Iterations != steps || len(p.X) != 2 || !(p.Damping > 0) {
			t.Errorf("step %d: %+v", steps, p)
		}
		steps++
	}
	if r := minimize(t, f, s, p.start...); r.Status != lsq.EvaluationLimit || r.Evaluations != 5 || steps != r.Iterations+1 {
		t.Errorf("%v, %+v, %d steps", r.Status, r.Stats, steps)
	}
	s = lsq.NewSettings()
	s.Threshold = 1
	if r := minimize(t, f, s, p.start...); r.Status != lsq.FunctionThreshold || r.Cost > 1 || r.Cost == 0 {
		t.Errorf("%v, cost %v", r.Status, r.Cost)
	}
	for s, name := range map[lsq.Status]string{lsq.NotTerminated: "NotTerminated", lsq.NotFinite: "NotFinite", 99: "Status(99)"} {
		if s.String() != name {
			t.Errorf("%v, want %v", s, name)
		}
	}
}

// TestBadData: what data can do wrong is an error that says where.
func TestBadData(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, test := range []struct {
		want  string
		set   func(*lsq.Settings)
		start float64
	}{
		{"lsq: parameter 0 starts at NaN", nil, nan},
		{"lsq: parameter 0 starts at +Inf", nil, inf},
		{"lsq: parameter 0 starts at 1, outside of its bounds 2 and +Inf", func(s *lsq.Settings) { s.Lower = []float64{2} }, 1},
		{"lsq: parameter 0 has the bounds 2 and 1", func(s *lsq.Settings) { s.Lower, s.Upper = []float64{2}, []float64{1} }, 1},
		{"lsq: parameter 0 has the bounds NaN and +Inf", func(s *lsq.Settings) { s.Lower = []float64{nan} }, 1},
		{"lsq: weight 1 is -1, want 0 or more", func(s *lsq.Settings) { s.Weights = []float64{1, -1} }, 1},
		{"lsq: weight 0 is NaN, want 0 or more", func(s *lsq.Settings) { s.Weights = []float64{nan, 1} }, 1},
		{"lsq: residual 1 is +Inf at the start, its weighted form +Inf", nil, 1e200},
	} {
		s := lsq.NewSettings()
		if test.set != nil {
			test.set(s)
		}
		if r, err := lsq.Minimize(hyperbola(), []float64{test.start}, s); err == nil || err.Error() != test.want || r != nil {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
	p := hyperbola()
	p.Jacobian = func(dst *mat.Dense, x []float64) { dst.Set(1, 0, nan) }
	if _, err := lsq.Minimize(p, []float64{1}, nil); err == nil {
		t.Error("a Jacobian of NaN at the start: no error")
	}
}

// TestMisuse: what no data can cause panics.
func TestMisuse(t *testing.T) {
	with := func(change func(*lsq.Settings)) func() {
		return func() {
			s := lsq.NewSettings()
			change(s)
			_, _ = lsq.Minimize(hyperbola(), []float64{1}, s)
		}
	}
	for want, f := range map[string]func(){
		"lsq.Minimize: the problem has no Residuals": func() { _, _ = lsq.Minimize(lsq.Problem{}, nil, nil) },
		"lsq.Minimize: the problem needs either a Jacobian or a SparseJacobian": func() {
			_, _ = lsq.Minimize(lsq.Problem{Residuals: func(_, _ []float64) {}}, nil, nil)
		},
		"lsq.Minimize: 2 residuals of 0 parameters":              func() { _, _ = lsq.Minimize(hyperbola(), nil, nil) },
		"lsq.Minimize: Lower has length 2, want 1":               with(func(s *lsq.Settings) { s.Lower = make([]float64, 2) }),
		"lsq.Minimize: Upper has length 2, want 1":               with(func(s *lsq.Settings) { s.Upper = make([]float64, 2) }),
		"lsq.Minimize: Weights has length 1, want 2":             with(func(s *lsq.Settings) { s.Weights = make([]float64, 1) }),
		"lsq.Minimize: there is no Linear(9)":                    with(func(s *lsq.Settings) { s.Linear = 9 }),
		"lsq.Minimize: the damping is 0, want a positive number": with(func(s *lsq.Settings) { s.Damping = 0 }),
		"lsq.Minimize: a tolerance is -1, want 0 or more":        with(func(s *lsq.Settings) { s.StepTol = -1 }),
		"lsq.Huber: the scale is -1, want a positive number":     func() { lsq.Huber(-1) },
		"lsq.Cauchy: the scale is NaN, want a positive number":   func() { lsq.Cauchy(math.NaN()) },
		"lsq.ConfidenceIntervals: the level is 95, want one between 0 and 1": func() {
			_, _, _ = minimize(t, hyperbola(), nil, 1).ConfidenceIntervals(95)
		},
	} {
		optest.Panics(t, want, f)
	}
}

// TestTinyResiduals: a start where the residuals are nearly 0, and the Jacobian is not, is no
// trouble to any linear solver.
func TestTinyResiduals(t *testing.T) {
	for _, b := range []float64{1.7e-276, 1e-300, 5e-324} {
		for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
			j := sparse.NewMatrix(sparse.NewPattern(1, 1, [][2]int{{0, 0}}), []float64{10})
			residuals := func(dst, x []float64) { dst[0] = 10*x[0] - b }
			for name, p := range map[string]lsq.Problem{
				"sparse": {Size: 1, Residuals: residuals, SparseJacobian: func([]float64) *sparse.Matrix { return j }},
				"dense":  {Size: 1, Residuals: residuals, Jacobian: func(dst *mat.Dense, _ []float64) { dst.Set(0, 0, 10) }},
			} {
				s := lsq.NewSettings()
				s.Linear = how
				r, err := lsq.Minimize(p, []float64{0}, s)
				if err != nil || r.Status.Early() || !(math.Abs(r.X[0]-b/10) <= max(1e-8*b, 1e-302)) { // below, the cost underflows
					t.Errorf("%s, %v, %v: %+v, %v", name, how, b, r, err)
				}
			}
		}
	}
}

// TestPolishInBox: the polish goes along a bound, and is not damped by steps that were refused
// on the way: the first parameter goes from one of its bounds, which lie close together, to the
// other, when the cost is as good as least.
func TestPolishInBox(t *testing.T) {
	j := mat.NewDense(3, 2, []float64{10, 2, 2, 10, 0, 0})
	b := []float64{1.99458, 10, 30}
	s := lsq.NewSettings()
	s.Lower, s.Upper = []float64{0, -2}, []float64{1e-14, 3}
	r, err := lsq.Minimize(lsq.Problem{
		Size: 3,
		Residuals: func(dst, x []float64) {
			for i := range dst {
				dst[i] = j.At(i, 0)*x[0] + j.At(i, 1)*x[1] - b[i]
			}
		},
		Jacobian: func(dst *mat.Dense, _ []float64) { dst.Copy(j) },
	}, s.Lower, s)
	if err != nil || r.Status.Early() || r.X[0] != 0 || !(r.Gradient[0] > 0) || !(math.Abs(r.Gradient[1]) < 1e-9) {
		t.Errorf("%+v, %v", r, err)
	}
}
