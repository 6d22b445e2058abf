package nn

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/floats"
)

// L1 returns the penalty lambda·Σ|w|, with slope 0 at 0.
func L1(w reverse.Array, lambda float64) reverse.Array { return ad.Abs(w).Sum().Scale(lambda) }

// L2 returns the penalty lambda·Σw². Its gradient is 2·lambda·w: for plain gradient
// descent the same as a weight decay of 2·lambda, and for other optimisers not
// (Loshchilov and Hutter, arXiv:1711.05101).
func L2(w reverse.Array, lambda float64) reverse.Array { return w.SumSq().Scale(lambda) }

// ElasticNet returns the penalty lambda·(ratio·Σ|w| + (1-ratio)·Σw²) (Zou and Hastie
// 2005).
func ElasticNet(w reverse.Array, lambda, ratio float64) reverse.Array {
	return L1(w, lambda*ratio).Add(L2(w, lambda*(1-ratio)))
}

// Penalty returns the sum of a penalty over parameters, on the tape of x:
//
//	loss = loss.Add(nn.Penalty(loss, params, func(w reverse.Array) reverse.Array { return nn.L2(w, 1e-4) }))
//
// Penalty panics if x has no tape.
func Penalty(x reverse.Array, params []*Param, f func(w reverse.Array) reverse.Array) reverse.Array {
	sum := x.Const(0)
	for _, p := range params {
		sum = sum.Add(f(p.On(x)))
	}
	return sum
}

// MaxNorm scales down the weights of every unit whose Euclidean norm is more than
// limit, to that: a projection, to be done after a step (Srivastava et al., Dropout,
// 2014, section 5.1). A unit's weights lie at one place of the first axis of a
// parameter, as in Linear; parameters with less than two axes, such as biases, stay.
// NaN stays; a unit with an infinite weight becomes NaN. A parameter without gradient is skipped.
//
// MaxNorm panics if limit is not positive.
func MaxNorm(params []*Param, limit float64) {
	checkParameter("MaxNorm", "limit", limit, false)
	for _, p := range params {
		if p.Grad == nil || len(p.Shape) < 2 || p.Shape[0] == 0 {
			continue
		}
		n := len(p.Value) / p.Shape[0]
		for row := p.Value; n > 0 && len(row) > 0; row = row[n:] {
			if norm := floats.Norm(row[:n], 2); norm > limit {
				floats.Scale(limit/norm, row[:n])
			}
		}
	}
}
