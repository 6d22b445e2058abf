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
		{"exp", math.Exp, 1, numeric.Smooth, math.E, math.E, none, numeric.Smooth},
		{"sin", math.Sin, 100, numeric.Smooth, math.Cos(100), math.Cos(100), none, numeric.Smooth},
		{"sin 300x", func(x float64) float64 { return math.Sin(300 * x) }, 1, numeric.Smooth, 300 * math.Cos(300), 300 * math.Cos(300), none, numeric.Smooth},
		{"x", func(x float64) float64 { return x }, 2, numeric.Smooth, 1, 1, none, numeric.Smooth},
		{"3", func(float64) float64 { return 3 }, 2, numeric.Smooth, 0, 0, none, numeric.Smooth},
		{"noisy sin", func(x float64) float64 { return math.Sin(x) + 1e-6*noise(x) }, 2, numeric.Smooth, math.Cos(2), math.Cos(2), none, numeric.Smooth},
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
