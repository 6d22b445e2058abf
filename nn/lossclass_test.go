package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
	"pgregory.net/rapid"
)

// TestClassLosses: a loss of labels does not change when all logits of a row do, is not
// negative, and reduces as others do; focal loss with gamma 0 is cross-entropy, and so
// is NLL of log-probabilities, and CrossEntropyTo one-hot targets.
func TestClassLosses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const k = 4
		n := rapid.IntRange(1, 5).Draw(t, "n")
		tape := reverse.NewTape()
		x := tape.Const(drawn(t, "x", n*k, -30, 30), n, k)
		labels := rapid.SliceOfN(rapid.IntRange(0, k-1), n, n).Draw(t, "labels")
		o := ClassOptions{Weights: drawn(t, "weights", k, 0.1, 2), Ignore: []int{rapid.IntRange(-1, k-1).Draw(t, "ignore")}}
		shift := x.Const(rapid.Float64Range(-50, 50).Draw(t, "shift"))
		weights := 0.0
		for _, y := range labels {
			if y != o.Ignore[0] {
				weights += o.Weights[y]
			}
		}
		if weights == 0 {
			return
		}
		near := func(what string, got, want reverse.Array) {
			for i, w := range want.Values() {
				if g := got.Values()[i]; !(math.Abs(g-w) <= 1e-12*(1+math.Abs(w))) || !(w >= 0) {
					t.Errorf("%s: %v, want %v", what, g, w)
				}
			}
		}
		for name, f := range map[string]func(x reverse.Array, o ClassOptions) reverse.Array{
			"CrossEntropy": func(x reverse.Array, o ClassOptions) reverse.Array { return CrossEntropy(x, labels, o) },
			"FocalSoftmax": func(x reverse.Array, o ClassOptions) reverse.Array { return FocalSoftmax(x, labels, 2, o) },
			"MultiMargin":  func(x reverse.Array, o ClassOptions) reverse.Array { return MultiMargin(x, labels, 1, o) },
		} {
			none, sum := o, o
			none.Reduction, sum.Reduction = ReduceNone, ReduceSum
			each := f(x, none)
			near(name+" shifted", f(x.Add(shift), none), each)
			near(name+" summed", f(x, sum), each.Sum())
			if name == "CrossEntropy" {
				near(name+" mean", f(x, o), each.Sum().Scale(1/weights))
			}
		}
		near("NLL", NLL(x.LogSoftmax(1), labels, o), CrossEntropy(x, labels, o))
		none := o
		none.Reduction = ReduceNone
		near("gamma 0", FocalSoftmax(x, labels, 0, none), CrossEntropy(x, labels, none))
		plain := ClassOptions{Smoothing: 0.2}
		near("one-hot", CrossEntropyTo(x, tape.OneHot(labels, k), plain), CrossEntropy(x, labels, plain))
	})
}
