package main

import (
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare/explain/playground"
	"github.com/quartet-ad/ad/compare/trace"
)

// lessons hold what the gallery says against what the engines do.
var lessons = map[string]func(t *trace.Trace) bool{
	"survey":  func(t *trace.Trace) bool { return t.Gradient[0].Reverse == 5.5 && repeated(t) == 2 },
	"fan-out": func(t *trace.Trace) bool { return t.Gradient[0].Dual == 12 && t.Paths[0].Count == 3 && first(t) == 4 },
	"cancellation": func(t *trace.Trace) bool {
		return t.Value == 0 && t.Gradient[0].Reverse > 9e7 && t.Verdict.Verdict == "undecided"
	},
	"kink":           func(t *trace.Trace) bool { return t.Gradient[0].Dual == 0 && t.Gradient[0].Estimate >= 1 },
	"root-of-square": func(t *trace.Trace) bool { return math.IsNaN(float64(t.Gradient[0].Reverse)) },
	"root":           func(t *trace.Trace) bool { return math.IsInf(float64(t.Gradient[0].Symbolic), 1) },
	"branch":         func(t *trace.Trace) bool { return t.Gradient[0].Reverse == 1 && t.Gradient[0].Dual == 1 },
	"overflow": func(t *trace.Trace) bool {
		return math.IsInf(float64(t.Value), 1) && math.IsNaN(float64(t.Gradient[1].Dual))
	},
	"log-sum-exp": func(t *trace.Trace) bool { return math.Abs(float64(t.Gradient[0].Dual+t.Gradient[1].Dual)-1) < 1e-15 },
	"saturation": func(t *trace.Trace) bool {
		return t.Value == 1 && t.Gradient[0].Dual > 3e-19 && t.Gradient[0].Differences == 0
	},
	"stairs": func(t *trace.Trace) bool { return t.Gradient[0].Reverse == 0 },
	"tie":    func(t *trace.Trace) bool { return t.Gradient[0].Dual == 0.5 && t.Gradient[1].Reverse == 0.5 },
	"saddle": func(t *trace.Trace) bool {
		return t.Gradient[0].Dual == 0 && t.Second.Hessian[0].Reverse == 2 && t.Second.Hessian[2].Reverse == -2
	},
	"oscillation": func(t *trace.Trace) bool { return worst(t, 1e-4) > 0.5 && worst(t, 1e-9) < 1e-3 },
	"swell":       func(t *trace.Trace) bool { return len(t.Derivations[0].Result.Text) > 60 && t.Gradient[0].Dual == 274 },
	"exponent":    func(t *trace.Trace) bool { return math.Abs(float64(t.Gradient[1].Dual)-8*math.Ln2) < 1e-14 },
}

// repeated counts the contributions that are added to something.
func repeated(t *trace.Trace) (n int) {
	for _, c := range t.Contributions {
		if !c.First {
			n++
		}
	}
	return n
}

// first returns what would be in the first input if contributions replaced each other.
func first(t *trace.Trace) (last trace.Float) {
	for _, c := range t.Contributions {
		if c.To == 0 {
			last = c.Term
		}
	}
	return last
}

// worst returns the relative error of the central quotient with about that step.
func worst(t *trace.Trace, step float64) float64 {
	for _, q := range t.Studies[0].Points {
		if q.Scheme == "central" && math.Abs(math.Log(float64(q.Step)/step)) < 0.1 {
			return math.Abs(float64(q.Err / t.Studies[0].Exact))
		}
	}
	return math.NaN()
}

// TestGallery: every formula is explained, and is worth what is said of it.
func TestGallery(t *testing.T) {
	list := explain(t, "-gallery")
	for _, s := range playground.Gallery {
		q, err := parse(append([]string{s.Formula, "-order=2"}, strings.Fields(s.Point)...))
		if err != nil {
			t.Fatal(err)
		}
		tr, err := q.trace()
		if err != nil {
			t.Fatal(err)
		}
		if check := lessons[s.Name]; check == nil || !check(tr) {
			t.Errorf("%s does not show what it should: gradient %+v", s.Name, tr.Gradient)
		}
		if !strings.Contains(list, s.Name) || !strings.Contains(explain(t, "-gallery", s.Name), s.Lesson) {
			t.Errorf("%s is not shown", s.Name)
		}
	}
	if err := run([]string{"-gallery", "nothing"}, new(strings.Builder)); err == nil || !strings.Contains(err.Error(), "write one of survey") {
		t.Errorf("-gallery nothing: %v", err)
	}
}
