package reverse

import "testing"

// TestComparisons counts those of the latest recording: of variables alone.
func TestComparisons(t *testing.T) {
	f := Record(func(x []Var) Var {
		if x[0].Less(x[1]) || x[0].Const(1).Less(x[0].Const(2)) && x[1].Less(x[0].Const(9)) {
			return x[0]
		}
		return x[1]
	}, 2)
	for _, c := range []struct {
		x    []float64
		want int
	}{{[]float64{1, 2}, 1}, {[]float64{2, 1}, 2}} {
		f.Eval(c.x)
		if got := f.Comparisons(); got != c.want {
			t.Errorf("at %v: %d comparisons, want %d", c.x, got, c.want)
		}
	}
	if got := Record(func(x []Var) Var { return x[0].IfPos(x[0], x[1]) }, 2).Comparisons(); got != 0 {
		t.Errorf("IfPos counts as %d comparisons", got)
	}
	if got := Record(func(x []Var) Var { return x[0].Const(x[0].Float()) }, 1).Comparisons(); got != 0 {
		t.Errorf("a function that cannot be replayed has %d comparisons", got)
	}
}
