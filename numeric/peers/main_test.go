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

// TestTable: for every tool we have differences that take no more evaluations and are no worse,
// by the median error, by the error that 90 % are below and by the share below 1e-10; and more
// evaluations buy digits.
func TestTable(t *testing.T) {
	lines, err := table()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]line{}
	var ours []line
	for _, l := range lines {
		byName[l.tool] = l
		if strings.HasPrefix(l.tool, "numeric ") && l.tool != "numeric ComplexStep" {
			ours = append(ours, l)
		}
	}
	others := 0
	for _, l := range lines {
		if strings.HasPrefix(l.tool, "numeric ") {
			continue
		}
		others++
		rivals := ours
		if strings.HasSuffix(l.tool, ", cs") {
			rivals = []line{byName["numeric ComplexStep"]}
		}
		if !slices.ContainsFunc(rivals, func(r line) bool {
			return mean(r.evals) <= mean(l.evals) && quantile(r.errors, 0.5) <= quantile(l.errors, 0.5) &&
				quantile(r.errors, 0.9) <= quantile(l.errors, 0.9) && r.below(1e-10) >= l.below(1e-10)
		}) {
			t.Errorf("%s is better than any of ours that takes no more evaluations", l.tool)
		}
	}
	compared := 0
	for _, c := range []struct {
		ours, theirs string
		lead         float64
	}{
		{"numeric Forward", "gonum fd Forward", 1}, {"numeric Central", "gonum fd Central", 1}, // the same formulas, luck aside
		{"numeric FivePoint", "numeric Central", 0.1}, {"numeric SevenPoint", "numeric FivePoint", 1}, {"numeric Richardson", "numeric SevenPoint", 1},
		{"numeric FivePoint", "scipy.differentiate (from 1.15 on)", 1}, {"numeric Richardson", "numdifftools 0.11", 1},
		{"numeric Adaptive", "numeric Richardson", 1},
	} {
		a, okA := byName[c.ours]
		b, okB := byName[c.theirs]
		if !okA || !okB {
			t.Fatalf("no line of %s or of %s", c.ours, c.theirs)
		}
		compared++
		for _, q := range []float64{0.5, 0.9} {
			if got, want := quantile(a.errors, q), quantile(b.errors, q); !(got <= c.lead*want) {
				t.Errorf("%v of the errors of %s are below %.2g, of %s %.2g", q, c.ours, got, c.theirs, want)
			}
		}
	}
	if e := byName["numeric ComplexStep"].errors; slices.Max(e) > 1e-14 {
		t.Errorf("an error of the complex step is %.2g", slices.Max(e))
	}
	if compared != 8 || others != 7 || len(lines) != 15 {
		t.Errorf("%d comparisons, %d other tools of %d lines", compared, others, len(lines))
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
