package fuzz

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
)

// TestStairs: stairs finer than every step that differences try. The exact methods
// rightly take each stair for level; the differences see the slope of the whole flight,
// and none of their steps shows the stairs. They abstain, and nobody is convicted.
func TestStairs(t *testing.T) {
	found, at := Decode([]byte("0$a0\xea1\x8000z\xe30\x912\xf60\x058"))
	for _, c := range []struct {
		name    string
		program Program
		x       []float64
	}{
		{"found by FuzzPrograms", found, at},
		{"round(exp(x))", program(1, st(apply, 0).of(ad.OpExp), st(apply, 1).of(ad.OpRound)), []float64{13}},
		{
			"exp(x) + round(exp(x))",
			program(1, st(apply, 0).of(ad.OpExp), st(apply, 1).of(ad.OpRound), st(add, 1, 2)),
			[]float64{13},
		},
		{
			"exp(x²) + floor(exp(x²))",
			program(1, st(mul, 0, 0), st(apply, 1).of(ad.OpExp), st(apply, 2).of(ad.OpFloor), st(add, 2, 3)),
			[]float64{3.5},
		},
	} {
		r := compare.Check(c.program.Func(), c.x)
		if r.Verdict() != compare.Agree || r.Without[compare.Stairs]+r.Without[compare.Convention] == 0 {
			t.Errorf("%s: %v\n%v", c.name, r, c.program)
		}
	}
}
