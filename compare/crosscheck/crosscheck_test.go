package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/compare/catalog"
)

// run is crosscheck with its output.
func run(t *testing.T, pattern string, verbose bool) (text string, ticks int, ok bool) {
	t.Helper()
	var out bytes.Buffer
	r, err := crosscheck(&out, func(string) { ticks++ }, regexp.MustCompile(pattern), verbose)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), ticks, r.ok
}

var fullFlag = flag.Bool("full", false, "have TestFull run the whole main job, as go run does")

// every is how many functions of a group there are to one that TestFull checks.
const every = 8

// TestFull is the main job on every eighth function of each group, with all that it says at
// the end: everything agrees, and no function is missing. The job itself runs them all, and
// so does this with -full.
func TestFull(t *testing.T) {
	names := map[string]bool{}
	var some []string
	count := map[string]int{}
	jobs, err := allJobs()
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		group, _, _ := strings.Cut(j.name, "/")
		if count[group]%every == 0 {
			some = append(some, regexp.QuoteMeta(j.name))
		}
		count[group]++
		names[j.name] = true
	}
	for _, want := range []string{
		"elementary/sin", "helper/sech", "vector/softmax", "activation/gelu_tanh", "loss/ciou_loss",
		"regression/Thurber", "problem/meyer", "residual/watson9",
		"golden/erf", "golden/expression", "array/MatMul", "nn/Linear", "nn/LSTM", "nn/CIoULoss",
	} {
		if !names[want] {
			t.Errorf("the job has no %q", want)
		}
	}
	pattern, least := "^("+strings.Join(some, "|")+")$", len(jobs)/every
	if *fullFlag {
		pattern, least = "", len(jobs)
	}
	var out bytes.Buffer
	ticks := 0
	r, err := crosscheck(&out, func(string) { ticks++ }, regexp.MustCompile(pattern), false)
	if err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if !r.ok {
		t.Error(text)
	}
	if e := total(r.lines).evidence(); e.percent() < wantedEvidence {
		t.Errorf("%.2f %% of the comparisons are evidence\n%s", e.percent(), text)
	}
	for _, want := range []string{"NIST: ", "all agree", "all dual", "all reverse", "all symbolic", "PyTorch"} {
		if !strings.Contains(text, want) {
			t.Errorf("the output does not mention %q", want)
		}
	}
	if len(jobs) < 400 || ticks < least {
		t.Errorf("%d checks of %d were announced", ticks, len(jobs))
	}
}

// TestGolden lists every function with its worst point, and has it agree with the
// referee.
func TestGolden(t *testing.T) {
	text, ticks, ok := run(t, "^golden/(sin|pow|softmax|floor)$", true)
	for _, want := range []string{"golden/softmax", "all agree", " at pow/", "the 2 functions that package math has: 143 numbers"} {
		if !strings.Contains(text, want) {
			t.Errorf("the output does not mention %q", want)
		}
	}
	if !ok || strings.Count(text, "dual") != 5 || ticks != 5 {
		t.Errorf("%d ticks\n%s", ticks, text)
	}
	if strings.Contains(text, "elementary/") {
		t.Errorf("only golden was asked for:\n%s", text)
	}
}

func TestNothingMatches(t *testing.T) {
	_, err := crosscheck(new(bytes.Buffer), func(string) {}, regexp.MustCompile("nosuch"), false)
	if err == nil || err.Error() != `nothing matches "nosuch"` {
		t.Errorf("error %v", err)
	}
}

// TestDisagreement: a function whose forms differ fails the run and names the
// culprit, and so does a full run with too few comparisons.
func TestDisagreement(t *testing.T) {
	var out bytes.Buffer
	table := table{out: &out}
	good := check(catalog.Functions()[0])
	table.add(good)
	if !table.summary(false) || table.summary(true) {
		t.Errorf("one good line must pass, but not as a full run:\n%s", out.String())
	}
	if !strings.Contains(out.String(), "checks were lost") {
		t.Error(out.String())
	}
	bad := good
	bad.failed = []compare.Report{{Name: "f", Culprit: "reverse", Findings: make([]compare.Finding, 1)}}
	table.add(bad)
	if table.summary(false) || !strings.Contains(out.String(), "culprit: reverse") || !strings.Contains(out.String(), "1 DISAGREE") {
		t.Error(out.String())
	}
}

// TestProgress: nothing is written to what is not a terminal.
func TestProgress(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	progress(f)("elementary/sin")
	if info, err := f.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("%d bytes were written, error %v", info.Size(), err)
	}
}

// TestLess: accuracy below what is wanted fails a full run.
func TestLess(t *testing.T) {
	f := &function{name: "f"}
	for m := range exact {
		for o := range orders {
			f.by[m][o] = tally{n: 1000, within: 900, ulp: 100, at: "f/1"}
		}
	}
	var out bytes.Buffer
	a := accuracy{functions: []*function{f}}
	if a.print(&out, false, true) || !strings.Contains(out.String(), "less accurate than wanted") {
		t.Error(out.String())
	}
	if !a.print(&out, false, false) {
		t.Error("a partial run is judged")
	}
}
