package vector

import (
	"math"
	"sync"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
)

// A Func is an elementary function on slices.
type Func struct {
	Value func(dst, x []float64)

	// Slope adds to dst the product of v with the slopes at x, where the
	// function is y, and nothing where v is 0.
	Slope func(dst, v, x, y []float64)
}

// Of returns f on slices. Its fields are nil where there is no kernel.
func Of(f *rule.Func) Func { return fast[f] }

// fast are the functions that there are kernels for. Slopes that a value close to
// its limit has lost are the row's.
var fast = map[*rule.Func]Func{
	rule.Exp:        {kernel.Exp, func(dst, v, _, y []float64) { AddProduct(dst, v, y) }},
	rule.Expm1:      {kernel.Expm1, nil},
	rule.Log:        {kernel.Log, nil},
	rule.Log1p:      {kernel.Log1p, nil},
	rule.Erf:        {kernel.Erf, nil},
	rule.Tanh:       {kernel.Tanh, slopeTanh},
	rule.Sigmoid:    {kernel.Sigmoid, slopeSigmoid},
	rule.Square:     {func(dst, x []float64) { kernel.Mul(dst, x, x) }, func(dst, v, x, _ []float64) { AddScaledProduct(dst, 2, v, x) }},
	rule.Sqrt:       {kernel.Sqrt, nil},
	rule.LogSigmoid: {logSigmoid, slopeLogSigmoid},
	rule.ReLU:       {kernel.ReLU, func(dst, v, x, _ []float64) { kernel.AddPositive(dst, x, v) }},
}

func slopeTanh(dst, v, x, y []float64) {
	for i, d := range v {
		switch y := y[i]; {
		case d == 0:
		case math.Abs(y) < 0.9:
			dst[i] += d * (1 - y*y)
		default:
			dst[i] += d * rule.Tanh.Slope(x[i], y)
		}
	}
}

func slopeSigmoid(dst, v, x, y []float64) {
	for i, d := range v {
		switch y := y[i]; {
		case d == 0:
		case y < 0.9:
			dst[i] += d * (y * (1 - y))
		default:
			dst[i] += d * rule.Sigmoid.Slope(x[i], y)
		}
	}
}

// logSigmoid is -log(1+exp(-x)), +0 at +Inf.
func logSigmoid(dst, x []float64) {
	kernel.Scale(dst, -1, x)
	kernel.Softplus(dst, dst)
	kernel.Scale(dst, -1, dst)
	kernel.Shift(dst, 0, dst)
}

// blocks are storage for slopes that are no function of the value alone.
var blocks = sync.Pool{New: func() any { return new([256]float64) }}

func slopeLogSigmoid(dst, v, x, _ []float64) {
	block := blocks.Get().(*[256]float64)
	defer blocks.Put(block)
	for len(x) > 0 {
		s := block[:min(len(x), len(block))]
		kernel.Scale(s, -1, x[:len(s)])
		kernel.Sigmoid(s, s)
		AddProduct(dst[:len(s)], v[:len(s)], s)
		dst, v, x = dst[len(s):], v[len(s):], x[len(s):]
	}
}
