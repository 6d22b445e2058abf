package fuzz

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/reverse"
)

// told is a compare.TB that keeps what it is told.
type told []string

func (*told) Helper() {}

func (l *told) Errorf(format string, args ...any) { *l = append(*l, fmt.Sprintf(format, args...)) }

// TestHandOfPrograms takes the gradients of a tape for gradients written by hand, of random
// programs at points where the four methods agree about everything. None is called wrong, and
// none passes with an entry doubled that is more than 1e-9.
func TestHandOfPrograms(t *testing.T) {
	programs := 1000
	if testing.Short() {
		programs = 500
	}
	judged, undecided, caught := 0, 0, 0
	for i := range programs {
		p, x := Random(rand.New(rand.NewPCG(7, uint64(i))))
		if r := compare.Check(p.Func(), x); !r.OK() || r.Class != compare.Smooth || r.Skipped > 0 {
			continue
		}
		f := func(x []float64) float64 { return float64(Eval(p, reals(x))) }
		grad := func(g, x []float64) { reverse.GradientTo(g, over[reverse.Var](p), x) }
		var l told
		compare.TestGradient(&l, f, grad, x)
		switch {
		case len(l) == 0:
			judged++
		case strings.Contains(l[0], "cannot be judged"):
			undecided++
		default:
			t.Errorf("program %d\n%v\n%v", i, p, l)
		}
		e := i % len(x)
		l = nil
		compare.TestGradient(&l, f, func(g, x []float64) { grad(g, x); g[e] *= 2 }, x)
		g := make([]float64, len(x))
		grad(g, x)
		if len(l) > 0 {
			caught++
		} else if math.Abs(g[e]) > 1e-9 { // smaller ones may be lost beside the function's values
			t.Errorf("program %d at %v: grad[%d], %v, passes doubled\n%v", i, x, e, g, p)
		}
	}
	t.Logf("%d judged, %d undecided, %d caught", judged, undecided, caught)
	if judged < programs/2 || caught < programs/3 {
		t.Errorf("of %d programs %d were judged, and %d caught", programs, judged, caught)
	}
}
