package reverse

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestKeep: what a tape keeps for a replay is gone when the recording ends, also by a
// panic, and other derivatives keep nothing.
func TestKeep(t *testing.T) {
	var in *tape
	stop := false
	f := Record(func(x []Var) Var {
		in = x[0].tape
		if x[0].Less(x[1]) {
			ad.Sum(x).IfPos(x[0], x[1])
		}
		if got := [4]bool{in.recording, len(in.guards) > 0, len(in.choices) > 0, len(in.lists) > 0}; got != [4]bool{true, true, true, true} {
			t.Errorf("kept %v", got)
		}
		if stop {
			panic("stop")
		}
		return x[0]
	}, 2)
	empty := func() bool {
		return !in.recording && in.unfit == 0 && len(in.guards)+len(in.choices)+len(in.lists) == 0
	}
	if f.Eval([]float64{1, 2}); !empty() {
		t.Error("something is left of a recording")
	}
	stop = true
	func() {
		defer func() { recover() }()
		Record(f.f, 2).Eval([]float64{1, 2})
	}()
	if !empty() {
		t.Error("something is left of a recording that panicked")
	}
	Gradient(func(x []Var) Var {
		in = x[0].tape
		x[0].Less(x[1])
		x[0].Float()
		return x[0].IfPos(x[0], ad.Sum(x))
	}, []float64{1, 2})
	if !empty() {
		t.Error("a gradient keeps something")
	}
}

// TestSavings: what the optimizer makes of programs, and that it is the same.
func TestSavings(t *testing.T) {
	c := ad.Const[Var]
	for _, p := range []struct {
		name string
		f    func(x []Var) []Var
		want Savings
	}{
		{"constants", func(x []Var) []Var { return []Var{x[0].Mul(ad.Sin(c(2)).Add(c(3)))} }, Savings{Recorded: 1, Kept: 1}},
		{"sharing", func(x []Var) []Var {
			return []Var{ad.Sin(x[0].Mul(x[1])), ad.Sin(x[1].Mul(x[0])), ad.Sum(x).Sub(ad.Sum(x)), x[0].IfPos(x[1], x[2]), x[0].IfPos(x[1], x[2])}
		}, Savings{Recorded: 9, Kept: 5, Shared: 4}},
		{"no sharing", func(x []Var) []Var {
			return []Var{x[0].Sub(x[1]), x[1].Sub(x[0]), ad.Sum(x[:2]), ad.Sum(x[1:]), x[0].IfPos(x[1], x[2]), x[0].IfPos(x[2], x[1]), x[0].Add(c(0)), x[0].Add(c(2))}
		}, Savings{Recorded: 8, Kept: 8}},
		{"folding", func(x []Var) []Var {
			return []Var{x[0].Mul(c(1)), c(1).Mul(x[0]), x[0].Div(c(1)), x[0].Sub(c(0)), x[0].Add(c(negativeZero)), c(negativeZero).Add(x[0]), x[0].Neg().Neg()}
		}, Savings{Recorded: 8, Folded: 7, Dead: 1}},
		{"no folding", func(x []Var) []Var {
			return []Var{x[0].Add(c(0)), x[0].Sub(c(negativeZero)), x[0].Mul(c(0)), c(0).Div(x[0]), x[0].Mul(c(-1))}
		}, Savings{Recorded: 5, Kept: 5}},
		{"dead", func(x []Var) []Var { ad.Exp(ad.Sin(x[0])); return x[:1] }, Savings{Recorded: 2, Dead: 2}},
		{"comparisons live", func(x []Var) []Var { ad.Sin(x[0]).Less(x[1]); return x[:1] }, Savings{Recorded: 1, Kept: 1}},
		{"merging", func(x []Var) []Var {
			return []Var{x[0].Mul(c(2)).Add(x[1].Mul(x[2])).Sub(x[2]).Add(x[0].Mul(x[0])).Sub(x[1].Mul(c(3)))}
		}, Savings{Recorded: 8, Kept: 1, Merged: 7}},
		{"no merging", func(x []Var) []Var {
			s := x[0].Add(x[1])
			u := x[1].Mul(x[2])
			return []Var{s.Add(u), s, u, x[0].Sub(x[1].Mul(x[0]))}
		}, Savings{Recorded: 5, Kept: 5}},
	} {
		f := Record(p.f, 3)
		if got := f.Savings(); got != p.want {
			t.Errorf("%s: %+v, want %+v", p.name, got, p.want)
		}
		if ops, _ := f.Size(); ops != p.want.Kept {
			t.Errorf("%s: %d operations, want %d", p.name, ops, p.want.Kept)
		}
		for _, x := range [][]float64{{1, 2, 3}, {-0.3, 0.1, 7}, {0, negativeZero, 0}, {negativeZero, negativeZero, negativeZero}, {inf, -inf, 1}, {nan, 1, 2}} {
			y := JVPTo(make([]float64, f.Outputs()), p.f, x, x)
			optest.Equal(t, p.name, f.Eval(x), y, optest.Bits())
			for k := range y {
				e := make([]float64, len(y))
				e[k] = 1
				optest.Equal(t, p.name, f.VJP(x, e), VJP(p.f, x, e), relative13)
			}
		}
	}
	if got, want := (Savings{9, 4, 1, 2, 3, 5}).String(), "9 operations recorded, 4 kept: 1 shared, 2 folded, 3 dead, 5 merged"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}
