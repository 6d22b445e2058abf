package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

func TestKink(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		name        string
		f           func(float64) float64
		x           float64
		verdict     numeric.Verdict
		left, right float64
		at          float64
		kind        numeric.Verdict
	}{
		{"|x|", math.Abs, 0.1, numeric.Smooth, 1, 1, 0, numeric.Corner},
		{"|x|", math.Abs, 0, numeric.Corner, -1, 1, 0, numeric.Corner},
		{"max(0, x-π)+eˣ", func(x float64) float64 { return max(0, x-math.Pi) + math.Exp(x) }, 3, numeric.Smooth, math.Exp(3), math.Exp(3), math.Pi, numeric.Corner},
		{"|x-1000⅓|", func(x float64) float64 { return math.Abs(x - 1000 - 1.0/3) }, 1000, numeric.Smooth, -1, -1, 1000 + 1.0/3, numeric.Corner},
		{"floor", math.Floor, 1, numeric.Jump, none, 0, 1, numeric.Jump},
		{"floor", math.Floor, 1.1, numeric.Smooth, 0, 0, 1, numeric.Jump},
		{"floor", math.Floor, 1e10, numeric.Jump, 1, 0, none, numeric.Smooth}, // lost in the size of f
		{"floor", math.Floor, -1e12, numeric.Jump, 1, 0, none, numeric.Smooth},
		{"(x+1e5)-1e5", func(x float64) float64 { return x + 1e5 - 1e5 }, 1, numeric.Smooth, 1, 1, none, numeric.Smooth},
		{"exp", math.Exp, 1, numeric.Smooth, math.E, math.E, none, numeric.Smooth},
		{"sin", math.Sin, 100, numeric.Smooth, math.Cos(100), math.Cos(100), none, numeric.Smooth},
		{"sin 300x", func(x float64) float64 { return math.Sin(300 * x) }, 1, numeric.Smooth, 300 * math.Cos(300), 300 * math.Cos(300), none, numeric.Smooth},
		{"x", func(x float64) float64 { return x }, 2, numeric.Smooth, 1, 1, none, numeric.Smooth},
		{"3", func(float64) float64 { return 3 }, 2, numeric.Smooth, 0, 0, none, numeric.Smooth},
		{"noisy sin", func(x float64) float64 { return math.Sin(x) + 1e-6*noise(x) }, 2, numeric.Smooth, math.Cos(2), math.Cos(2), none, numeric.Smooth},
		{"|√x-0.3|", func(x float64) float64 { return math.Abs(math.Sqrt(x) - 0.3) }, 0.1, numeric.Smooth, math.Sqrt(2.5), math.Sqrt(2.5), 0.09, numeric.Corner},
		{"√x", math.Sqrt, 0.1, numeric.Smooth, math.Sqrt(2.5), math.Sqrt(2.5), none, numeric.Smooth},
		{"log", math.Log, 0.1, numeric.Smooth, 10, 10, none, numeric.Smooth},
		{"√(0.2-x)+|x|", func(x float64) float64 { return math.Sqrt(0.2-x) + math.Abs(x) }, 0.05, numeric.Smooth, 1 - 0.5/math.Sqrt(0.15), 1 - 0.5/math.Sqrt(0.15), 0, numeric.Corner},
		{"|x|^1.3", func(x float64) float64 { return math.Pow(math.Abs(x), 1.3) }, 0.1, numeric.Smooth, 1.3 * math.Pow(0.1, 0.3), 1.3 * math.Pow(0.1, 0.3), none, numeric.Smooth},
		{"|x|^0.2", func(x float64) float64 { return math.Pow(math.Abs(x), 0.2) }, 0.1, numeric.Smooth, 0.2 * math.Pow(0.1, -0.8), 0.2 * math.Pow(0.1, -0.8), 0, numeric.Corner},
		{"√|x|", func(x float64) float64 { return math.Sqrt(math.Abs(x)) }, 0, numeric.Unknown, none, none, 0, numeric.Corner},
		{"sin 9x+max(0, x-2)/64", func(x float64) float64 { return math.Sin(9*x) + max(0, x-2)/64 }, 1.9, numeric.Smooth, 9 * math.Cos(17.1), 9 * math.Cos(17.1), none, numeric.Smooth}, // lost in what bends f
		{"exp+max(0, x-2)/2", func(x float64) float64 { return math.Exp(x) + max(0, x-2)/2 }, 1.9, numeric.Smooth, math.Exp(1.9), math.Exp(1.9), 2, numeric.Corner},
		{"NaN", func(float64) float64 { return none }, 1, numeric.Unknown, none, none, none, numeric.Smooth},
		{"exp", math.Exp, none, numeric.Unknown, none, none, none, numeric.Smooth},
		{"tanh", math.Tanh, math.Inf(1), numeric.Unknown, none, none, none, numeric.Smooth},
		{"√x", math.Sqrt, 0, numeric.Unknown, none, none, none, numeric.Smooth},
		{"x√x", func(x float64) float64 { return x * math.Sqrt(x) }, 0, numeric.Edge, none, 0, none, numeric.Smooth},
		{"1 at 0, else 0", func(x float64) float64 {
			if x == 0 {
				return 1
			}
			return 0
		}, 0, numeric.Jump, none, none, 0, numeric.Jump},
	} {
		k := numeric.Kink(c.f, c.x)
		if k.Verdict != c.verdict || k.Kind != c.kind {
			t.Errorf("%s at %v: %v, and %v at %v; want %v, and %v at %v", c.name, c.x, k.Verdict, k.Kind, k.At, c.verdict, c.kind, c.at)
		}
		if math.IsNaN(c.at) != math.IsNaN(k.At) || math.Abs(k.At-c.at) > 1e-10*max(1, math.Abs(c.at)) {
			t.Errorf("%s at %v: %v at %v, want it at %v", c.name, c.x, k.Kind, k.At, c.at)
		}
		for _, side := range []struct {
			name string
			r    numeric.Result
			want float64
		}{{"left", k.Left, c.left}, {"right", k.Right, c.right}} {
			if math.IsNaN(side.want) != math.IsInf(side.r.Err, 1) || math.Abs(side.r.Value-side.want) > honesty*side.r.Err {
				t.Errorf("%s at %v, from the %s: %+v, want %v", c.name, c.x, side.name, side.r, side.want)
			}
		}
	}
	if got := numeric.Corner.String() + ", " + numeric.Verdict(9).String(); got != "corner, Verdict(9)" {
		t.Errorf("verdicts read %q", got)
	}
}

// TestKinkSettings: the search keeps to the bounds and the budget, and finds what is inside.
func TestKinkSettings(t *testing.T) {
	for _, c := range []struct {
		x, lower, upper float64
		at              float64
		verdict         numeric.Verdict
	}{
		{0.1, 0.01, 1, math.NaN(), numeric.Smooth}, // the corner is outside
		{0.1, -0.1, 1, 0, numeric.Smooth},
		{0, -0.1, 1, 0, numeric.Corner},
		{0, 0, 1, math.NaN(), numeric.Edge},
		{0, -1, 0, math.NaN(), numeric.Edge},
		{0.1, 0.1, 0.1, math.NaN(), numeric.Unknown},
		{0.1, math.Inf(-1), math.Inf(1), 0, numeric.Smooth},
	} {
		calls := 0
		f := func(x float64) float64 {
			if calls++; !(x >= c.lower && x <= c.upper) {
				panic("outside")
			}
			return math.Abs(x)
		}
		set := numeric.Settings{Lower: []float64{c.lower}, Upper: []float64{c.upper}}
		k := numeric.Richardson.With(set).Kink(f, c.x)
		if k.Verdict != c.verdict || math.IsNaN(k.At) != math.IsNaN(c.at) || math.Abs(k.At-c.at) > 1e-10 {
			t.Errorf("|x| at %v within [%v, %v]: %+v, want %v, and a corner at %v", c.x, c.lower, c.upper, k, c.verdict, c.at)
		}
		for _, n := range []int{1, 2, 7, 100} {
			set.MaxEvals, calls = n, 0
			if numeric.Richardson.With(set).Kink(f, c.x); calls > 5*n {
				t.Errorf("|x| at %v: %d calls, and %d are allowed five times", c.x, calls, n)
			}
		}
	}
}
