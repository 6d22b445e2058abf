package compare

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/numeric"
)

// Here the judge is on trial: what it says of faults that are just large enough.

// TestExactMethodsAreHeldTight: a slope that one method has wrong by a hundred times what
// the report says would be noticed is noticed, in every deep program; so limits are no
// wider than they are said to be.
func TestExactMethodsAreHeldTight(t *testing.T) {
	const n = 20
	held := 0
	for _, d := range deeps {
		good := d.over(repeat{ad.NewOp(sineRow(0)), n})
		r := Check(good, deepPoint)
		if r.Verdict() != Agree || !(r.Power < 1e-9) {
			t.Errorf("%s: power %v: %v", d.name, r.Power, r)
			continue
		}
		bad := good
		bad.tape = d.over(repeat{ad.NewOp(sineRow(100 * r.Power)), n}).tape
		if r := Check(bad, deepPoint); r.Verdict() != Disagree {
			t.Errorf("%s, the tape's slope off by %v: %v", d.name, 100*r.Power, r)
		}
		held++
	}
	if held < 9 {
		t.Errorf("%d programs", held)
	}
}

// TestDifferencesAreTrustedThatFar: a Value that Slope and Text do not follow, by a hundred
// times the error that differences own up to, is found by them; by a tenth of it, it is not.
func TestDifferencesAreTrustedThatFar(t *testing.T) {
	for _, x := range []float64{-1.1, 0.4, 0.9} {
		wrong := func(by float64) func(float64) float64 {
			return func(x float64) float64 { return math.Sin(x) * (1 + by*x) }
		}
		err := numeric.DerivativeResult(math.Sin, x).Err
		for _, test := range []struct {
			times float64
			want  Verdict
		}{{0.1, Agree}, {100, Disagree}} {
			row := sineRow(0)
			row.Value = wrong(test.times * err / math.Abs(x*math.Cos(x)+math.Sin(x)))
			if r := Check(Elementary(row), []float64{x}); r.Verdict() != test.want {
				t.Errorf("at %v, off by %v estimates of %v: want %v: %v", x, test.times, err, test.want, r)
			}
		}
	}
}
