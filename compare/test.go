package compare

// TB is what the tests of this package need of a test. A *testing.T, a *testing.B, a
// testing.TB, a *testing.F and a *rapid.T are TBs, and so is any other type with two methods.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// Test checks fn at every point and reports each disagreement, with its culprit,
// as an error of t.
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
			t.Errorf("%v", r)
		}
	}
}
