package onnx

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// attention writes self-attention: projections, products, a softmax.
func (e *exporter) attention(l *nn.MultiHeadAttention, x array) string {
	length, features := x.shape()[1], x.shape()[2]
	size := features / l.Heads
	heads := func(p *nn.Linear, perm ...int) string {
		y := e.reshape(e.linear(p, x), 0, length, l.Heads, size)
		return e.node("Transpose", []string{y}, attribute{"perm", perm})
	}
	q, k, v := heads(l.Query, 0, 2, 1, 3), heads(l.Key, 0, 2, 3, 1), heads(l.Value, 0, 2, 1, 3)
	scores := e.number(e.node("MatMul", []string{q, k})).scale(1 / math.Sqrt(float64(size)))
	if l.Causal {
		mask := make([]float64, length*length)
		for i := range mask {
			if i%length > i/length {
				mask[i] = math.Inf(-1)
			}
		}
		scores = scores.Add(e.number(e.tensor("causal", mask, []int{length, length})))
	}
	weights := e.node("Softmax", []string{scores.name}, attribute{"axis", -1})
	y := e.node("Transpose", []string{e.node("MatMul", []string{weights, v})}, attribute{"perm", []int{0, 2, 1, 3}})
	return e.linear(l.Output, array{e.reshape(y, 0, length, features), x.of})
}
