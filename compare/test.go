package compare

import (
	"fmt"
	"strings"
)

// TB is what the tests of this package need of a test. A *testing.T, a *testing.B, a
// testing.TB, a *testing.F and a *rapid.T are TBs, and so is any other type with two methods.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// Test checks fn at every point and reports each disagreement, with its culprit and how to
// see every step of it, as an error of t.
//
//	compare.Test(t, fn, []float64{1, 2}, []float64{-3, 0.5})
//
// A point about which nothing can be decided is an error too, unless fn says that it is
// not. Test fails if it is given no points: a check that did not run is not a check
// passed.
func Test(t TB, fn Func, points ...[]float64) {
	t.Helper()
	if len(points) == 0 {
		t.Errorf("compare: Test of %s at no points", fn.Name)
	}
	for _, x := range points {
		if r := Check(fn, x); !r.OK() && !(fn.AllowUndecided && r.Verdict() == Undecided) {
			t.Errorf("%v%s", r, everyStep(r))
		}
	}
}

// everyStep returns the command that shows what every method does at a point where they disagree,
// if there are so few inputs that a reader would look.
func everyStep(r Report) string {
	if r.agreed() || len(r.X) == 0 || len(r.X) > 8 {
		return ""
	}
	var at strings.Builder
	for i, x := range r.X {
		fmt.Fprintf(&at, " x%d=%v", i+1, x)
	}
	return "\n\tto see every step, where x0 is x1: go run github.com/quartet-ad/ad/compare/explain -go FILE.go:FUNC" + at.String()
}
