package symbolic

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// TestTexts: every Text parses, and its value is that of the Slope.
func TestTexts(t *testing.T) {
	x := Var("x")
	for _, rows := range [][]*rule.Func{rule.Functions, rule.Helpers} {
		for _, f := range rows {
			d := D(x.Apply(ad.NewOp((*ad.Func)(f))), x)
			for i := range 50 {
				at := f.Lo + (f.Hi-f.Lo)*(float64(i)+0.5)/50
				got, want := float64(Eval(d, []Expr{x}, []ad.Real{ad.Real(at)})), f.Slope(at, f.Value(at))
				if math.Abs(got-want) > 1e-13*(1+math.Abs(want)) {
					t.Errorf("%s at %v: Text %v, Slope %v", f.Name, at, got, want)
				}
			}
		}
	}
}
