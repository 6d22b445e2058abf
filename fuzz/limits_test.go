package fuzz

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
)

// TestKnownLimits: programs about which the judge is wrong today, with what it says.
// All have stairs finer than every step that differences try, while the exact
// methods rightly take each stair for level: the differences see the slope of the
// whole flight, and none of their steps shows the stairs. A judge that knows better
// has no finding here, or takes no account of the differences. Whoever makes it so
// makes this test fail, and moves the cases to where agreement is tested; the first
// then goes to testdata, for FuzzPrograms found it.
func TestKnownLimits(t *testing.T) {
	found, at := Decode([]byte("0$a0\xea1\x8000z\xe30\x912\xf60\x058"))
	for _, c := range []struct {
		name    string
		program Program
		x       []float64
		culprit string // who is blamed; nobody is to blame
	}{
		{"found by FuzzPrograms", found, at, "Value of round"},
		{"round(exp(x))", program(1, st(apply, 0).of(ad.OpExp), st(apply, 1).of(ad.OpRound)), []float64{13}, "Value of round"},
		{
			"exp(x) + round(exp(x))",
			program(1, st(apply, 0).of(ad.OpExp), st(apply, 1).of(ad.OpRound), st(add, 1, 2)),
			[]float64{13}, "Value of round",
		},
		{
			"exp(x²) + floor(exp(x²))",
			program(1, st(mul, 0, 0), st(apply, 1).of(ad.OpExp), st(apply, 2).of(ad.OpFloor), st(add, 2, 3)),
			[]float64{3.5}, "differences",
		},
	} {
		r := compare.Check(c.program.Func(), c.x)
		if r.OK() || r.Culprit != c.culprit {
			t.Errorf("%s: culprit %q, and %q so far: if the judge has become better, move the case\n%v\n%v", c.name, r.Culprit, c.culprit, c.program, r)
		}
		for _, f := range r.Findings {
			if f.A != compare.Differences && f.B != compare.Differences {
				t.Errorf("%s: exact methods disagree: %+v", c.name, f)
			}
		}
	}
}
