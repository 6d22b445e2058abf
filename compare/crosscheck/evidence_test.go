package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
)

// short is a line that is half without evidence, and half of that is moot.
func short() line {
	l := line{group: "g", name: "f", points: 2, comparisons: atLeast, sharp: atLeastSharp, measured: atLeastSharp, powers: []float64{1e-14, 1e-12, 1e-3}}
	l.without[compare.Cancellation], l.without[compare.Convention] = atLeast/2, atLeast/2
	l.skipped = atLeast
	return l
}

// TestEvidence: a full run with less evidence than is wanted fails, and says what lacks it;
// what has no right answer does not count.
func TestEvidence(t *testing.T) {
	for _, test := range []struct {
		lacking int
		ok      bool
	}{{atLeast / 2, false}, {atLeast / 90, false}, {atLeast / 110, true}, {0, true}} {
		l := short()
		l.without[compare.Cancellation] = test.lacking
		var out bytes.Buffer
		table := table{out: &out}
		table.add(l)
		if ok := table.summary(true); ok != test.ok {
			t.Errorf("%d comparisons lack evidence: %v\n%s", test.lacking, ok, out.String())
		}
		if !table.summary(false) {
			t.Error("a part of the run is judged")
		}
		if named := strings.Contains(out.String(), "    g/f "); named != (test.lacking > 0) {
			t.Errorf("%d comparisons lack evidence: listed %v\n%s", test.lacking, named, out.String())
		}
		if !strings.Contains(out.String(), "have none by definition: 700000 convention") {
			t.Error(out.String())
		}
	}
}

// TestPower: a verbose table says of every function what would be noticed.
func TestPower(t *testing.T) {
	for _, verbose := range []bool{false, true} {
		var out bytes.Buffer
		table := table{out: &out, verbose: verbose}
		table.add(short())
		table.summary(false)
		if !strings.Contains(out.String(), "would notice is 1e-12 in the median, 0.001 at worst, of g/f") {
			t.Error(out.String())
		}
		if row := strings.Contains(out.String(), "1e-12    0.001\n"); row != verbose {
			t.Errorf("verbose %v: %v\n%s", verbose, row, out.String())
		}
	}
}

// TestEvidenceShown: the document and the page say the same.
func TestEvidenceShown(t *testing.T) {
	r := results{lines: []line{short()}}
	var out bytes.Buffer
	if err := r.writeJSON(&out); err != nil {
		t.Fatal(err)
	}
	var d struct {
		Functions []struct {
			Lacking, Moot             map[string]int
			Power_Median, Power_Worst float64
		}
	}
	if err := json.Unmarshal(out.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	f := d.Functions[0]
	if f.Lacking["cancellation"] != atLeast/2 || f.Moot["convention"] != atLeast/2 || f.Power_Median != 1e-12 || f.Power_Worst != 1e-3 {
		t.Errorf("%+v", f)
	}
	var page bytes.Buffer
	if err := r.render(&page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Evidence and power", "<code>g/f</code>", "66.67 %", "700000 cancellation", "1 × 10⁻³"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page does not mention %q", want)
		}
	}
}
