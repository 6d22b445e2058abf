package lsq_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/lsq"
)

// TestProblems solves every test problem from its start, by every linear solver, with a dense and
// a sparse Jacobian. The method of the first test problem with two minima finds the local one.
func TestProblems(t *testing.T) {
	for _, p := range testProblems {
		f := reverse.Record(p.f, len(p.start))
		for _, form := range []struct {
			name    string
			problem lsq.Problem
		}{{"dense", lsq.Dense(f)}, {"sparse", lsq.Sparse(f)}} {
			for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
				s := lsq.NewSettings()
				s.Linear = how
				r, err := lsq.Minimize(form.problem, p.start, s)
				if err != nil {
					t.Errorf("%s, %s, %v: %v", p.name, form.name, how, err)
					continue
				}
				t.Logf("%-26s %-6s %-8v %12.6g %v %+v", p.name, form.name, how, 2*r.Cost, r.Status, r.Stats)
				if d := math.Abs(2*r.Cost - p.least); r.Status.Early() || d > 1e-11*p.least+1e-20 {
					t.Errorf("%s, %s, %v: sum of squares %v, want %v; %v, %+v", p.name, form.name, how, 2*r.Cost, p.least, r.Status, r.Stats)
				}
			}
		}
	}
}
