package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// TestAttentionDropout holds that every weight is dropped or twice as large in training with a probability of ½, in attention
// to padded memory too, and that nothing is dropped after training.
func TestAttentionDropout(t *testing.T) {
	const n = 6
	rng := newRand(3)
	identity := make([]float64, n*n) // as values, they show the weights
	for i := range n {
		identity[i*n+i] = 1
	}
	tape := reverse.NewTape()
	q, v := tape.Const(randomNumbers(n*n), 1, n, n), tape.Const(identity, 1, n, n)
	weights := Attention(q, q, v, true)
	drop := NewDropout(0.5, rng)
	none, kept := 0, 0
	for i, w := range attention(q, q, v, true, drop).Values() {
		switch want := weights.Values()[i]; {
		case want == 0:
		case w == 0:
			none++
		case math.Abs(w-2*want) > 1e-15:
			t.Errorf("weight %d is %v, want 0 or %v", i, w, 2*want)
		default:
			kept++
		}
	}
	if none < 4 || kept < 4 {
		t.Errorf("%d weights dropped, %d kept", none, kept)
	}

	l := NewMultiHeadAttention(4, 2, rng)
	x := tape.Const(randomNumbers(2*5*4), 2, 5, 4)
	padding := []bool{false, false, false, false, true, true, true, true, true, true}
	plain, masked := l.Forward(x), l.Attend(x, x, padding)
	l.Drop = drop
	if y := l.Forward(x); sameValues(y, plain) {
		t.Error("nothing is dropped in training")
	}
	y := l.Attend(x, x, padding)
	if sameValues(y, masked) {
		t.Error("nothing is dropped in training with padding")
	}
	optest.Equal(t, "what sees nothing", y.Values()[20:], masked.Values()[20:], optest.Bits())
	SetTraining(l, false)
	optest.Equal(t, "after training", l.Forward(x).Values(), plain.Values(), optest.Bits())
	optest.Equal(t, "with padding, after training", l.Attend(x, x, padding).Values(), masked.Values(), optest.Bits())
}

// randomNumbers are numbers between -1 and 1.
func randomNumbers(n int) []float64 {
	rng, x := newRand(4), make([]float64, n)
	for i := range x {
		x[i] = 2*rng.Float64() - 1
	}
	return x
}

func sameValues(x, y reverse.Array) bool {
	for i, v := range x.Values() {
		if v != y.Values()[i] {
			return false
		}
	}
	return true
}

// TestBilinear holds the texts of its panics, that the bias may be missing, and that a step allocates nothing.
func TestBilinear(t *testing.T) {
	l := NewBilinear(2, 3, 4, newRand(1))
	tape := reverse.NewTape()
	of := func(rows, columns int) reverse.Array {
		return tape.Const(make([]float64, rows*columns), rows, columns)
	}
	optest.Equal(t, "of zeros", l.Join(of(5, 2), of(5, 3)).Values()[:4], l.Bias.Value)
	optest.Equal(t, "an empty batch", l.Join(of(0, 2), of(0, 3)).Shape(), []int{0, 4})
	optest.Panics(t, "nn: Bilinear(2·3→4) wants [batch 2] and [batch 3], got [5 2] and [4 3]", func() { l.Join(of(5, 2), of(4, 3)) })
	l.Bias = nil
	optest.Equal(t, "without bias", l.Join(of(1, 2), of(1, 3)).Values(), make([]float64, 4))
	x, y := randomNumbers(10), randomNumbers(15)
	step := func() {
		tape.Reset()
		l.Join(tape.Const(x, 5, 2), tape.Const(y, 5, 3)).Sum().Backward()
	}
	step()
	if n := memtest.Allocations(20, step); n != 0 {
		t.Errorf("a step allocates %v times", n)
	}
}
