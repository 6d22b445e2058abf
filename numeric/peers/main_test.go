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

// TestTables: for every tool we have differences that take no more evaluations and are no worse,
// by the median error, by the error that 90 % are below and by the share with ten or seven
// digits; and more evaluations buy digits.
func TestTables(t *testing.T) {
	for order, want := range map[int]struct{ lines, others int }{1: {15, 7}, 2: {12, 4}} {
		lines, err := table(order)
		if err != nil {
			t.Fatal(err)
		}
		byName := map[string]line{}
		var ours []line
		others := 0
		for _, l := range lines {
			byName[l.tool] = l
			if name, ok := strings.CutPrefix(l.tool, "numeric "); ok && name != "ComplexStep" {
				ours = append(ours, l)
			}
		}
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
					quantile(r.errors, 0.9) <= quantile(l.errors, 0.9) && r.below(digits(order)) >= l.below(digits(order))
			}) {
				t.Errorf("order %d: %s is better than any of ours that takes no more evaluations", order, l.tool)
			}
		}
		for _, c := range []struct{ more, less string }{
			{"FivePoint", "Central"}, {"SevenPoint", "FivePoint"}, {"Richardson", "SevenPoint"}, {"Ridders", "Richardson"},
		} {
			a, b := byName["numeric "+c.more], byName["numeric "+c.less]
			for _, q := range []float64{0.5, 0.9} {
				if got, want := quantile(a.errors, q), quantile(b.errors, q); !(got <= want) {
					t.Errorf("order %d: %v of the errors of %s are below %.2g, of %s %.2g", order, q, c.more, got, c.less, want)
				}
			}
		}
		if e := byName["numeric ComplexStep"].errors; quantile(e, 0.9) > []float64{1e-15, 1e-12}[order-1] {
			t.Errorf("order %d: 90 %% of the errors of the complex step are below %.2g", order, quantile(e, 0.9))
		}
		if others != want.others || len(lines) != want.lines {
			t.Errorf("order %d: %d other tools of %d lines", order, others, len(lines))
		}
	}
}

// TestFunctions: the exact derivatives are those of the functions, and the script that recorded
// them and the others has the same functions and points.
func TestFunctions(t *testing.T) {
	script, err := os.ReadFile("testdata/peers.py")
	if err != nil {
		t.Fatal(err)
	}
	exact, _, err := recordings(1)
	if err != nil {
		t.Fatal(err)
	}
	curves, _, err := recordings(2)
	if err != nil {
		t.Fatal(err)
	}
	text, at := string(script), 0
	for k, c := range functions {
		i := strings.Index(text[at:], `"`+c.name+`":`)
		if i < 0 {
			t.Fatalf("peers.py has no %q in this order", c.name)
		}
		at += i
		for j, x := range points {
			for order, list := range [][]float64{exact, curves} {
				want := list[k*len(points)+j]
				if r := numeric.Adaptive.DerivativeNResult(c.f, x, order+1); !(math.Abs(r.Value-want) <= 10*r.Err+1e-14*math.Abs(want)) {
					t.Errorf("%s at %v: the derivative of order %d is %v, by differences %+v", c.name, x, order+1, want, r)
				}
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
