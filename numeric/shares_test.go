package numeric_test

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// shares counts how many results are accurate and how many are honest.
type shares struct {
	all, honest, none  int // none has no estimate
	nonzero, right     int // with a derivative that is finite and not below 1e-290
	resolved, accurate int
	evals, most        int
	worst              float64   // largest true error in units of Err
	claims             []float64 // Err, relative to the truth, at resolved points
}

// honesty is how many times Err the true error may be.
const honesty = 10

func (s *shares) count(t *testing.T, id string, r numeric.Result, want float64, resolved bool, tol float64, excused bool) {
	s.all++
	s.evals += r.Evals
	s.most = max(s.most, r.Evals)
	off := math.Abs(r.Value - want)
	switch {
	case math.IsInf(r.Err, 1):
		s.honest++
		s.none++
	case off <= honesty*r.Err+1e-300:
		s.honest++
		s.worst = max(s.worst, off/(r.Err+1e-300))
	case !excused:
		t.Errorf("%s: %v ± %v after %d evaluations, want %v", id, r.Value, r.Err, r.Evals, want)
	}
	if finite(want) && math.Abs(want) >= 1e-290 {
		s.nonzero++
		s.right += within(r.Value, want, tol)
	}
	if resolved {
		s.resolved++
		s.claims = append(s.claims, r.Err/math.Abs(want))
		s.accurate += within(r.Value, want, tol)
	}
}

func (s *shares) log(t *testing.T, what string) {
	t.Logf("%s: %d of %d resolved points, %.2f %%", what, s.accurate, s.resolved, percent(s.accurate, s.resolved))
	t.Logf("and %d of all %d points with a derivative other than 0", s.right, s.nonzero)
	t.Logf("honest: %d of %d points, %.2f %%, %d of them without an estimate; worst error %.2f times Err",
		s.honest, s.all, percent(s.honest, s.all), s.none, s.worst)
	t.Logf("Err: %.2g of the truth in the median", s.median())
	t.Logf("evaluations: %.1f on average, %d at most", float64(s.evals)/float64(s.all), s.most)
}

func (s *shares) median() float64 {
	slices.Sort(s.claims)
	return s.claims[len(s.claims)/2]
}

// check fails if fewer results are accurate than wanted, in per cent, fewer than
// 99.8 % are honest, Err is larger than claim as a rule, or the results cost more
// evaluations than allowed.
func (s *shares) check(t *testing.T, accurate, claim float64, mean, most int) {
	t.Helper()
	if got := percent(s.accurate, s.resolved); got < accurate || s.resolved < 400 {
		t.Errorf("%.2f %% of %d resolved points are accurate, want %v %% of 400 or more", got, s.resolved, accurate)
	}
	if got := s.median(); got > claim {
		t.Errorf("Err is %g of the truth in the median, want %g", got, claim)
	}
	if got := percent(s.honest, s.all); got < 99.8 {
		t.Errorf("%.2f %% of the points are honest, want 99.8 %%", got)
	}
	if s.evals > mean*s.all || s.most > most {
		t.Errorf("%d evaluations for %d points and %d for one, want %d on average and %d at most", s.evals, s.all, s.most, mean, most)
	}
}

func within(got, want, tol float64) int {
	if math.Abs(got-want) <= tol*math.Abs(want) {
		return 1
	}
	return 0
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

func reals(x []float64) []Real {
	z := make([]Real, len(x))
	for i, v := range x {
		z[i] = Real(v)
	}
	return z
}
