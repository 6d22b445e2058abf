package trace_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

// TestTextAlong: x·sin(y) along y has the derivatives that calculus says, by every method.
func TestTextAlong(t *testing.T) {
	at := []float64{-2, -0.5, 0, 1, 2.5}
	for _, method := range []string{"dual", "reverse", "symbolic", "numeric"} {
		p, err := trace.TextAlong("x*sin(y)", []string{"x", "y"}, []float64{3, 1}, trace.Along{Input: 1, Method: method, At: at, Step: 0.25})
		if err != nil {
			t.Fatal(err)
		}
		tolerance := 1e-14
		if method == "numeric" {
			tolerance = 1e-8
		}
		for i, y := range at {
			s := p.Samples[i]
			optest.Within(t, method, []float64{float64(s.X), float64(s.Value), float64(s.Slope), float64(s.Curve)}, []float64{y, 3 * math.Sin(y), 3 * math.Cos(y), -3 * math.Sin(y)}, tolerance)
		}
		optest.Equal(t, method+": at", p.At, p.Samples[3])
		want := numeric.Forward.At(0.25).DerivativeResult(func(y float64) float64 { return 3 * math.Sin(y) }, 1)
		optest.Within(t, method+": secant", []float64{float64(p.Secant.Value), float64(p.End.X), float64(p.End.Value)}, []float64{want.Value, 1.25, 3 * math.Sin(1.25)}, 1e-13)
	}
	for name, a := range map[string]trace.Along{"before the inputs": {Input: -1}, "past the inputs": {Input: 2}} {
		if _, err := trace.TextAlong("x*sin(y)", []string{"x", "y"}, []float64{3, 1}, a); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestBrief: what is left out changes nothing else.
func TestBrief(t *testing.T) {
	full, brief := survey(t, trace.Options{}), survey(t, trace.Options{Brief: true})
	for i := range full.Gradient {
		full.Gradient[i].Referee, full.Gradient[i].Nearest = "", 0
	}
	optest.Equal(t, "gradient", brief.Gradient, full.Gradient)
	optest.Equal(t, "verdict", brief.Verdict.Verdict, "not asked")
	if len(brief.Studies)+len(brief.Prices) > 0 || len(full.Studies) == 0 {
		t.Errorf("%d studies, %d prices", len(brief.Studies), len(brief.Prices))
	}
}
