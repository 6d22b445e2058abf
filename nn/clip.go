package nn

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
)

// ClipValue clamps every element of the gradients to ±limit. NaN stays NaN. Parameters without a
// gradient are skipped.
//
// Cost: one pass over the gradients.
//
// ClipValue panics unless limit > 0.
func ClipValue(params []*Param, limit float64) {
	checkLimit("ClipValue", limit)
	for i, p := range params {
		if learned(params, i) {
			for j, g := range p.Grad {
				p.Grad[j] = min(max(g, -limit), limit)
			}
		}
	}
}

// ClipNorm scales each gradient whose Euclidean norm is above limit down to that norm, parameter by
// parameter. A gradient whose norm is not finite stays as it is.
//
// Cost: one pass over the gradients, two over those that are clipped.
//
// ClipNorm panics unless limit > 0.
func ClipNorm(params []*Param, limit float64) {
	checkLimit("ClipNorm", limit)
	for i, p := range params {
		if learned(params, i) {
			shrink(p.Grad, kernel.Norm(p.Grad), limit)
		}
	}
}

// ClipGlobalNorm returns the Euclidean norm of all gradients together, and scales them down to
// limit if the norm is above it. The norm that it returns is the one before. No square overflows on
// the way.
//
// If an element is infinite or NaN, so is the norm. The gradients then stay as they are, and a Step
// would spread them. A loop that goes on leaves that step out:
//
//	if norm := nn.ClipGlobalNorm(params, 1); math.IsInf(norm, 0) || math.IsNaN(norm) {
//		nn.ZeroGrad(params)
//		continue
//	}
//
// A limit of +Inf gives the norm alone.
//
// Cost: one pass over the gradients, two if they are clipped; no allocation.
//
// ClipGlobalNorm panics unless limit > 0.
//
// Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks
// (2013), algorithm 1.
func ClipGlobalNorm(params []*Param, limit float64) float64 {
	checkLimit("ClipGlobalNorm", limit)
	total := 0.0
	for i, p := range params {
		if learned(params, i) {
			n := kernel.Norm(p.Grad)
			if math.IsNaN(n) { // which math.Hypot drops beside an infinity
				return n
			}
			total = math.Hypot(total, n)
		}
	}
	for i, p := range params {
		if learned(params, i) {
			shrink(p.Grad, total, limit)
		}
	}
	return total
}

// shrink scales g, of a norm or part of that norm, by limit/norm where norm is above limit and
// finite.
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
