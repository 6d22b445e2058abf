package main

import (
	"bytes"
	"encoding/json"
	"math"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
)

// some returns the results of a part of the run, with a function that fails.
func some(t *testing.T) results {
	t.Helper()
	r, err := crosscheck(new(bytes.Buffer), func(string) {}, regexp.MustCompile("elementary/(sin|abs)$|golden/erf$|regression/Misra1a$"), false)
	if err != nil || !r.ok || len(r.lines) != 4 {
		t.Fatalf("%d lines, ok %v, error %v", len(r.lines), r.ok, err)
	}
	r.curves = curves()
	r.ok = false
	r.lines = append(r.lines, line{group: "loss", name: "a<b", points: 1, failed: []compare.Report{{
		Name: "a<b", X: []float64{math.Inf(1)}, Culprit: "Text of tanh",
		Findings: []compare.Finding{
			{Operator: "gradient", Entry: "x0", A: compare.Symbolic, B: compare.Dual, ValueA: math.NaN(), ValueB: 1},
			{Operator: "gradient", Entry: "x0", A: compare.Symbolic, B: compare.Reverse},
			{Operator: "gradient", Entry: "x0", A: compare.Symbolic, B: compare.Differences},
		},
	}}})
	return r
}

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := some(t).writeJSON(&out); err != nil {
		t.Fatal(err)
	}
	var d struct {
		Schema    string
		Agree     bool
		Functions []struct {
			Group, Name, Verdict, Culprit string
			Kinks, Comparisons            int
			Findings                      []struct {
				At      []any
				A, B    string
				Value_A any
			}
		}
		Accuracy []struct {
			Function, Method, Order string
			Numbers, Within         int
			Spread                  []int
		}
		NIST []struct {
			Dataset string
			Fits    []struct {
				Parameters []float64
				Digits     float64
			}
		}
		Steps []struct{ Forward, Central []struct{ Step, Error any } }
	}
	if err := json.Unmarshal(out.Bytes(), &d); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	if d.Schema != "ad/crosscheck/1" || d.Agree || len(d.Functions) != 5 {
		t.Fatalf("schema %q, agree %v, %d functions", d.Schema, d.Agree, len(d.Functions))
	}
	if f := d.Functions[1]; f.Name != "abs" || f.Verdict != "agree" || f.Kinks != 1 || f.Comparisons < 1000 {
		t.Errorf("abs is %+v", f)
	}
	f := d.Functions[4]
	if f.Verdict != "disagree" || f.Culprit != "Text of tanh" || len(f.Findings) != 3 {
		t.Fatalf("the failure is %+v", f)
	}
	if g := f.Findings[0]; g.A != "symbolic" || g.B != "dual" || g.Value_A != "NaN" || g.At[0] != "Infinity" {
		t.Errorf("the finding is %+v", g)
	}
	if len(d.Accuracy) != exact*orders {
		t.Errorf("%d accuracies of one function", len(d.Accuracy))
	}
	for _, a := range d.Accuracy {
		sum := 0
		for _, n := range a.Spread {
			sum += n
		}
		if a.Function != "erf" || a.Numbers != 32 || sum != 32 {
			t.Errorf("accuracy %+v", a)
		}
	}
	if len(d.NIST) != 1 || d.NIST[0].Dataset != "Misra1a" || len(d.NIST[0].Fits) != 2 ||
		len(d.NIST[0].Fits[1].Parameters) != 2 || d.NIST[0].Fits[1].Digits < wantedDigits2 {
		t.Errorf("regressions %+v", d.NIST)
	}
	if len(d.Steps) != 4 || len(d.Steps[0].Central) != 61 || len(d.Steps[0].Forward) != 61 {
		t.Errorf("%d curves", len(d.Steps))
	}
}

// TestPage: the page holds all sections, needs nothing but itself, and draws a
// method that stands alone apart from the others.
func TestPage(t *testing.T) {
	r := some(t)
	var out bytes.Buffer
	if err := r.render(&out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{
		"The methods disagree on 1 of 5 functions", "culprit Text of tanh", "loss/a&lt;b",
		"Accuracy against 60-digit arithmetic", "PyTorch", "Regressions on real data", "Misra1a", "Steps of the differences", "prefers-color-scheme:dark",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not mention %q", want)
		}
	}
	for _, not := range []string{"<script", "http:", "https:", "ZgotmplZ", "a<b"} {
		if strings.Contains(text, not) {
			t.Errorf("the page contains %q", not)
		}
	}
	glyph := string(r.lines[4].glyph())
	if strings.Count(glyph, `class="ga"`) != 3 || strings.Count(glyph, `class="go"`) != 1 {
		t.Errorf("one method against three is drawn as %s", glyph)
	}
	if glyph := string(r.lines[0].glyph()); strings.Count(glyph, `class="ga"`) != 6 || strings.Contains(glyph, `class="gr"`) {
		t.Errorf("agreement without a referee is drawn as %s", glyph)
	}
	if glyph := string(r.lines[3].glyph()); !strings.Contains(glyph, `class="gr"`) {
		t.Errorf("agreement with the referee is drawn as %s", glyph)
	}
	if err := r.writePage(filepath.Join(t.TempDir(), "no", "such.html")); err == nil {
		t.Error("a page was written to a folder that does not exist")
	}
}

// TestPageOfOne: a page of one function calls it one, and numbers the sections that it has.
func TestPageOfOne(t *testing.T) {
	for _, c := range []struct {
		change func(r *results)
		want   []string
	}{
		{func(r *results) {}, []string{
			`<span>1</span>Agreement`, `<span>2</span>Accuracy`, `<span>3</span>Regressions`, `<span>4</span>Steps`}},
		{func(r *results) { r.fits = nil }, []string{`<span>1</span>Agreement`, `<span>2</span>Accuracy`, `<span>3</span>Steps`}},
		{func(r *results) {
			r.lines, r.fits, r.accuracy, r.ok = r.lines[:1], nil, accuracy{}, true
			r.lines[0].points = 1
		}, []string{`<span>1</span>Agreement`, `<span>2</span>Steps`, "agree on 1 function<", ": 1 function, 1 point<", "1 point:"}},
	} {
		r := some(t)
		c.change(&r)
		var out bytes.Buffer
		if err := r.render(&out); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("the page does not contain %q", want)
			}
		}
		if strings.Contains(text, "1 functions") || strings.Contains(text, ">1 points") {
			t.Error("one of something is called several")
		}
	}
}

// TestCurves: the curves have the shape of a V, with its bottom between the errors
// of large steps and those of small ones, and extrapolation is below it and knows
// how far to be trusted.
func TestCurves(t *testing.T) {
	for _, c := range curves() {
		b := best(c.central)
		first, last := c.central[0], c.central[len(c.central)-1]
		if !(b.err < 1e-3*first.err && b.err < 1e-3*last.err) {
			t.Errorf("%s: %v at the bottom, %v and %v at the ends", c.name, b, first, last)
		}
		if best(c.forward).err < b.err {
			t.Errorf("%s: forward differences are better than central ones", c.name)
		}
		if !(c.found.err < b.err && c.found.err < 10*c.estimate) {
			t.Errorf("%s: extrapolation errs by %v, estimated %v; the best quotient by %v", c.name, c.found.err, c.estimate, b.err)
		}
	}
}

func TestNotation(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 1.4e-15: "1.4 × 10⁻¹⁵", 9.96e-5: "1 × 10⁻⁴", 3: "3 × 10⁰"} {
		if got := small(x); got != want {
			t.Errorf("small(%v) = %q, want %q", x, got, want)
		}
	}
	for x, want := range map[float64]string{0: "0", 0.125: "0.12", 9.5: "9.5", 304: "304", 2.8e15: "10¹⁵", math.Inf(1): "∞"} {
		if got := units(x); got != want {
			t.Errorf("units(%v) = %q, want %q", x, got, want)
		}
	}
	for n, want := range map[int]string{7: "7", 1234: "1,234", 1234567: "1,234,567"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}
