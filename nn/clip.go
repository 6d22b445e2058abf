package nn

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
)

// ClipValue moves every element of the gradients that lies outside of ±limit to the nearer end.
// NaN stays NaN. A parameter without gradient is skipped.
//
// ClipValue panics unless limit > 0.
func ClipValue(params []*Param, limit float64) {
	checkLimit("ClipValue", limit)
	for i, p := range params {
		if learnt(params, i) {
			for j, g := range p.Grad {
				p.Grad[j] = min(max(g, -limit), limit)
			}
		}
	}
}

// ClipNorm scales the gradient of each parameter whose Euclidean norm is above limit down to that norm. One
// whose norm is not finite is left as it is.
//
// ClipNorm panics unless limit > 0.
func ClipNorm(params []*Param, limit float64) {
	checkLimit("ClipNorm", limit)
	for i, p := range params {
		if learnt(params, i) {
			shrink(p.Grad, kernel.Norm(p.Grad), limit)
		}
	}
}

// ClipGlobalNorm returns the Euclidean norm of all gradients together, as it was before, and
// scales them down to limit if it is above. The norm of what does not overflow does not overflow.
//
// A norm that is not finite, from an element that is infinite or NaN, has no direction: the
// gradients stay as they are, and a Step would spread them. A loop that wants to go on clears
// them and leaves that step out:
//
//	if norm := nn.ClipGlobalNorm(params, 1); math.IsInf(norm, 0) || math.IsNaN(norm) {
//		nn.ZeroGrad(params)
//		continue
//	}
//
// ClipGlobalNorm panics unless limit > 0. A limit of +Inf gives the norm alone. Cost: one pass
// over the gradients, two if they are clipped; it allocates nothing.
//
// Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks (2013),
// algorithm 1.
func ClipGlobalNorm(params []*Param, limit float64) float64 {
	checkLimit("ClipGlobalNorm", limit)
	total := 0.0
	for i, p := range params {
		if learnt(params, i) {
			n := kernel.Norm(p.Grad)
			if math.IsNaN(n) { // which math.Hypot drops beside an infinity
				return n
			}
			total = math.Hypot(total, n)
		}
	}
	for i, p := range params {
		if learnt(params, i) {
			shrink(p.Grad, total, limit)
		}
	}
	return total
}

// shrink scales g, of a norm or part of that norm, by limit/norm where norm is above limit and finite.
func shrink(g []float64, norm, limit float64) {
	if !(norm > limit) || math.IsInf(norm, 1) {
		return
	}
	if scale := limit / norm; scale >= 0x1p-1022 {
		kernel.Scale(g, scale, g)
		return
	}
	for i := range g { // the quotient has lost digits
		g[i] = g[i] / norm * limit
	}
}

func checkLimit(who string, limit float64) {
	if !(limit > 0) {
		panic(fmt.Sprintf("nn: %s to %v", who, limit))
	}
}
