package trace_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestReferee: it knows more digits than the methods, and stays away where it knows none.
func TestReferee(t *testing.T) {
	tr := survey(t, trace.Options{})
	optest.Equal(t, "referee", []string{tr.Gradient[0].Referee, tr.Gradient[1].Referee}, []string{"5.5", "1.71633781453677373553336082849"})
	optest.Equal(t, "nearest", float64(tr.Gradient[1].Nearest), 2-math.Cos(5), optest.ULP(1))
	for _, c := range []struct {
		text string
		x    float64
		want string
	}{
		{"(1-cos(x))/x^2", 1e-8, "-8.33333333333333345213245136218e-10"}, // -x/12 + x³/180 - …, where the methods, alike, find 10⁸
		{"|x|", 0, ""}, {"√x", 0, ""}, {"erf(x)", 1, ""}, {"x", math.Inf(1), ""}, {"ln(x)", -1, ""},
	} {
		tr, err := trace.Text(c.text, []string{"x"}, []float64{c.x}, trace.Options{})
		if err != nil {
			t.Fatal(err)
		}
		optest.Equal(t, c.text, tr.Gradient[0].Referee, c.want)
	}
}
