package main

import (
	"math"
	"math/cmplx"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// TestTable: at the same number of evaluations no tool is better than ours by more than the
// luck of rounding, and more evaluations buy digits.
func TestTable(t *testing.T) {
	lines, err := table()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]line{}
	for _, l := range lines {
		name, _, _ := strings.Cut(strings.ReplaceAll(l.tool, "scipy 1.10.1 approx_derivative,", "scipy"), "  ")
		byName[name] = l
	}
	compared := 0
	for _, c := range []struct {
		ours, theirs string
		lead         float64
	}{
		{"numeric Forward", "scipy 2-point", 1.25}, {"numeric Forward", "gonum fd Forward", 1.25},
		{"numeric Central", "scipy 3-point", 1}, {"numeric Central", "gonum fd Central", 1}, // gonum's takes one evaluation less
		{"numeric ComplexStep", "scipy cs", 1},
		{"numeric FivePoint", "numeric Central", 0.1}, {"numeric SevenPoint", "numeric FivePoint", 1}, {"numeric Richardson", "numeric SevenPoint", 0.1},
		{"numeric Adaptive", "numeric Richardson", 1},
	} {
		a, okA := byName[c.ours]
		b, okB := byName[c.theirs]
		if !okA || !okB {
			t.Fatalf("no line of %s or of %s", c.ours, c.theirs)
		}
		compared++
		if got, want := quantile(a.errors, 0.5), quantile(b.errors, 0.5); !(got <= c.lead*want) {
			t.Errorf("the median error of %s is %.2g, that of %s %.2g", c.ours, got, c.theirs, want)
		}
	}
	if e := byName["numeric ComplexStep"].errors; slices.Max(e) > 1e-14 {
		t.Errorf("an error of the complex step is %.2g", slices.Max(e))
	}
	if compared != 9 || len(lines) != 13 {
		t.Errorf("%d comparisons of %d lines", compared, len(lines))
	}
}

// TestFunctions: the derivatives of the table are those of its functions, and the script that
// recorded the others has the same functions and points.
func TestFunctions(t *testing.T) {
	script, err := os.ReadFile("testdata/peers.py")
	if err != nil {
		t.Fatal(err)
	}
	text, at := string(script), 0
	for _, c := range functions {
		i := strings.Index(text[at:], `"`+c.name+`":`)
		if i < 0 {
			t.Fatalf("peers.py has no %q in this order", c.name)
		}
		at += i
		for _, x := range points {
			want := numeric.Adaptive.DerivativeResult(c.f, x)
			if got := c.slope(x); !(math.Abs(got-want.Value) <= 10*want.Err+1e-14*math.Abs(got)) {
				t.Errorf("%s at %v: the derivative is %v, by differences %+v", c.name, x, got, want)
			}
			if got, want := real(c.z(complex(x, 0))), c.f(x); !(cmplx.Abs(complex(got-want, 0)) <= 1e-12*math.Abs(want)+1e-300) {
				t.Errorf("%s at %v: %v, over complex numbers %v", c.name, x, want, got)
			}
		}
	}
	if !strings.Contains(text, "points = [0.003, 0.1, 0.5, 1.1, 1.9, 7.3, 40.7]") || len(points) != 7 {
		t.Error("peers.py has other points")
	}
}
