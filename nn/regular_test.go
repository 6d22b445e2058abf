package nn

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// TestPenalty: the gradients of a penalty are added to those of the parameters.
func TestPenalty(t *testing.T) {
	w, b := NewParam("weight", 2, 2), NewParam("bias", 2)
	copy(w.Value, []float64{1, -2, 3, 0})
	copy(b.Value, []float64{-4, 0.5})
	x := reverse.NewTape().Const([]float64{0})
	y := Penalty(x, []*Param{w, b}, func(w reverse.Array) reverse.Array { return ElasticNet(w, 0.5, 0.4) })
	if want := 0.5 * (0.4*10.5 + 0.6*(1+4+9+16+0.25)); !sameNumber(y.Value(), want) {
		t.Errorf("penalty %v, want %v", y.Value(), want)
	}
	y.Backward()
	for _, p := range []*Param{w, b} {
		for i, v := range p.Value {
			sign := 0.0
			if v != 0 {
				sign = math.Copysign(1, v)
			}
			if want := 0.5 * (0.4*sign + 0.6*2*v); !sameNumber(p.Grad[i], want) {
				t.Errorf("gradient %v at %v, want %v", p.Grad[i], v, want)
			}
		}
	}
	if y := Penalty(x, nil, nil); y.Value() != 0 {
		t.Errorf("penalty of nothing: %v", y)
	}
}

// TestMaxNorm: norms of units come down to the limit, and no others change.
func TestMaxNorm(t *testing.T) {
	w, b, empty := NewParam("weight", 4, 2), NewParam("bias", 2), NewParam("empty", 0, 3)
	copy(w.Value, []float64{3, 4, 0.3, 0.4, 0, 0, 1e200, -1e200})
	copy(b.Value, []float64{30, 40})
	MaxNorm([]*Param{w, b, empty, NewParam("flat", 3, 0)}, 2)
	r := math.Sqrt2
	for i, want := range []float64{1.2, 1.6, 0.3, 0.4, 0, 0, r, -r} {
		if got := w.Value[i]; !sameNumber(got, want) {
			t.Errorf("weight %d is %v, want %v", i, got, want)
		}
	}
	if b.Value[0] != 30 || b.Value[1] != 40 {
		t.Errorf("biases %v", b.Value)
	}
	MaxNorm([]*Param{w}, 2)
	if !sameNumber(w.Value[0], 1.2) {
		t.Errorf("a second projection: %v", w.Value)
	}
}

// TestMaxNormFrozen: a projection leaves what is frozen.
func TestMaxNormFrozen(t *testing.T) {
	p := NewParam("weight", 1, 2)
	copy(p.Value, []float64{3, 4})
	p.Grad = nil
	MaxNorm([]*Param{p}, 1)
	if !slices.Equal(p.Value, []float64{3, 4}) {
		t.Errorf("frozen weights are %v", p.Value)
	}
}
