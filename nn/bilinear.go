package nn

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Bilinear makes vectors of pairs of vectors: element k of the result is xᵀ·Wₖ·y + bₖ.
type Bilinear struct {
	Weight *Param // [out, left, right]
	Bias   *Param // [out], nil for none
}

// NewBilinear returns a Bilinear of vectors with left and right elements, with weights and biases drawn uniformly
// between ±1/√left.
func NewBilinear(left, right, out int, rng *rand.Rand) *Bilinear {
	l := &Bilinear{NewParam("weight", out, left, right), NewParam("bias", out)}
	bound := 1 / math.Sqrt(float64(left))
	initialize(rng, Uniform(-bound, bound), l.Weight, l.Bias)
	return l
}

// Join returns an array of shape [batch, out] from x of shape [batch, left] and y of shape [batch, right].
//
// Cost: O(batch·left·right·out), by a product of matrices, and the memory of batch·left·right products.
//
// Join panics if the shapes do not fit.
func (l *Bilinear) Join(x, y reverse.Array) reverse.Array {
	out, left, right := l.Weight.Shape[0], l.Weight.Shape[1], l.Weight.Shape[2]
	xs, ys := x.Shape(), y.Shape()
	if len(xs) != 2 || len(ys) != 2 || xs[0] != ys[0] || xs[1] != left || ys[1] != right {
		panic(fmt.Sprintf("nn: %v wants [batch %d] and [batch %d], got %v and %v", l, left, right, xs, ys))
	}
	pairs := x.Reshape(xs[0], left, 1).Mul(y.Reshape(xs[0], 1, right)).Reshape(xs[0], left*right)
	z := pairs.MatMulT(l.Weight.On(pairs).Reshape(out, left*right))
	if l.Bias == nil {
		return z
	}
	return z.Add(l.Bias.On(z))
}

// Params returns the weight, and the bias if there is one.
func (l *Bilinear) Params() []*Param { return present(l.Weight, l.Bias) }

// String returns "Bilinear(left·right→out)".
func (l *Bilinear) String() string {
	return fmt.Sprintf("Bilinear(%d·%d→%d)", l.Weight.Shape[1], l.Weight.Shape[2], l.Weight.Shape[0])
}
