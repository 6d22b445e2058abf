package nn

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/floats"
)

// L1 returns the penalty lambda·Σ|w|, of shape [], for w of any shape. Its slope at 0 is 0.
//
// Cost: linear in the elements of w.
func L1(w reverse.Array, lambda float64) reverse.Array { return ad.Abs(w).Sum().Scale(lambda) }

// L2 returns the penalty lambda·Σw², of shape [], for w of any shape. Its gradient is 2·lambda·w.
// For plain gradient descent that equals a weight decay of 2·lambda; for other optimizers it does
// not (Loshchilov and Hutter, arXiv:1711.05101).
//
// Cost: linear in the elements of w.
func L2(w reverse.Array, lambda float64) reverse.Array { return w.SumSq().Scale(lambda) }

// ElasticNet returns the penalty lambda·(ratio·Σ|w| + (1-ratio)·Σw²), of shape [], for w of any
// shape (Zou and Hastie 2005).
//
// Cost: linear in the elements of w.
func ElasticNet(w reverse.Array, lambda, ratio float64) reverse.Array {
	return L1(w, lambda*ratio).Add(L2(w, lambda*(1-ratio)))
}

// Penalty returns the sum of a penalty f over parameters, of shape [], on the tape of x:
//
//	loss = loss.Add(nn.Penalty(loss, params, func(w reverse.Array) reverse.Array { return nn.L2(w, 1e-4) }))
//
// Cost: that of f for each parameter.
//
// Penalty panics if x has no tape.
func Penalty(x reverse.Array, params []*Param, f func(w reverse.Array) reverse.Array) reverse.Array {
	sum := x.Const(0)
	for _, p := range params {
		sum = sum.Add(f(p.On(x)))
	}
	return sum
}

// MaxNorm scales the weights of every unit whose Euclidean norm is above limit down to that norm.
// It is a projection: call it after Step (Srivastava et al., Dropout, 2014, section 5.1). The
// weights of a unit share one index along the first axis of a parameter, as in Linear. Parameters
// with fewer than two axes, such as biases, and those without a gradient are skipped. NaN stays
// NaN; a unit with an infinite weight becomes NaN.
//
// Cost: one pass over the parameters.
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
