package catalog

import (
	"math"

	"github.com/quartet-ad/ad"
)

// This file states every loss straight from its textbook formula, over any
// number type. A loss returns one term for every entry, row or box; reduce makes
// a mean or a sum of them.

// reduce returns the terms themselves for "none", and their sum or mean.
func reduce[T ad.Scalar[T]](terms []T, reduction string) []T {
	switch reduction {
	case "none":
		return terms
	case "sum":
		return []T{ad.Sum(terms)}
	case "mean":
		return []T{ad.Mean(terms)}
	}
	panic("compare: no reduction is called " + reduction)
}

// each applies a loss to every pair of a prediction and a target.
func each[T any](x, target []T, f func(x, t T) T) []T {
	terms := make([]T, len(x))
	for i := range x {
		terms[i] = f(x[i], target[i])
	}
	return terms
}

// rows cuts x into rows of k entries.
func rows[T any](x []T, k int) [][]T {
	var r [][]T
	for ; len(x) > 0; x = x[k:] {
		r = append(r, x[:k])
	}
	return r
}

// squaredError is a term of equations 2 and 20, which are a mean over samples.
func squaredError[T ad.Scalar[T]](x, t T) T {
	d := x.Sub(t)
	return d.Mul(d)
}

func absoluteError[T ad.Scalar[T]](x, t T) T { return ad.Abs(x.Sub(t)) }

// huber is d²/2 where |d| <= δ and δ(|d|-δ/2) elsewhere.
func huber[T ad.Scalar[T]](x, t T, delta float64) T {
	d, c, half := x.Sub(t), num[T](delta), num[T](0.5)
	a := ad.Abs(d)
	return a.Sub(c).IfPos(c.Mul(a.Sub(half.Mul(c))), half.Mul(d).Mul(d))
}

// smoothL1 is d²/2β where |d| < β and |d|-β/2 elsewhere.
func smoothL1[T ad.Scalar[T]](x, t T, beta float64) T {
	d, b, half := x.Sub(t), num[T](beta), num[T](0.5)
	a := ad.Abs(d)
	return b.Sub(a).IfPos(half.Mul(d).Mul(d).Div(b), a.Sub(half.Mul(b)))
}

func logCosh[T ad.Scalar[T]](x, t T) T { return ad.Log(ad.Cosh(x.Sub(t))) }

// binaryCrossEntropy is a term of equation 22: -t·log p - (1-t)·log(1-p), a mean
// over samples. An outcome of target 0 contributes nothing, whatever its
// logarithm.
func binaryCrossEntropy[T ad.Scalar[T]](p, t T) T {
	one := num[T](1)
	return ad.XLogY(t, p).Add(ad.XLogY(one.Sub(t), one.Sub(p))).Neg()
}

// binaryCrossEntropyLogits is the same of p = sigmoid(z), the outcome 1 weighted
// with posWeight: max(z,0) - zt + log(1+exp(-|z|)) where that is 1.
func binaryCrossEntropyLogits[T ad.Scalar[T]](z, t T, posWeight float64) T {
	w, one := num[T](posWeight), num[T](1)
	yes := w.Mul(t).Mul(ad.Softplus(z.Neg()))
	no := one.Sub(t).Mul(ad.Softplus(z))
	return yes.Add(no)
}

// classes describes the targets of a classification: the label of every row, the
// weight of every class (nil for 1), and the label to leave out (-1 for none).
type classes struct {
	label  []int
	weight []float64
	ignore int
}

func (c classes) weightOf(k int) float64 {
	if c.weight == nil {
		return 1
	}
	return c.weight[k]
}

// reduceClasses is reduce but for the mean, which divides by the sum of the
// weights of the labels that are not ignored.
func reduceClasses[T ad.Scalar[T]](terms []T, c classes, reduction string) []T {
	if reduction != "mean" {
		return reduce(terms, reduction)
	}
	total := 0.0
	for _, label := range c.label {
		if label != c.ignore {
			total += c.weightOf(label)
		}
	}
	return []T{ad.Sum(terms).Div(num[T](total))}
}

// crossEntropy is equation 21 for logits and label smoothing s: for every row,
// (1-s)·w[y]·(-log p[y]) + s/K·Σ w[k]·(-log p[k]).
func crossEntropy[T ad.Scalar[T]](logits [][]T, c classes, smoothing float64) []T {
	terms := make([]T, len(logits))
	for i, z := range logits {
		if c.label[i] == c.ignore {
			continue
		}
		logp := naiveLogSoftmax(z)
		y := c.label[i]
		terms[i] = num[T](-(1 - smoothing) * c.weightOf(y)).Mul(logp[y])
		for k := range logp {
			share := -smoothing / float64(len(z)) * c.weightOf(k)
			terms[i] = terms[i].Add(num[T](share).Mul(logp[k]))
		}
	}
	return terms
}

// crossEntropyProb is equation 21 for target distributions.
func crossEntropyProb[T ad.Scalar[T]](logits, target [][]T, smoothing float64) []T {
	terms := make([]T, len(logits))
	for i, z := range logits {
		logp := naiveLogSoftmax(z)
		k := num[T](smoothing / float64(len(z)))
		keep := num[T](1 - smoothing)
		for j := range logp {
			t := keep.Mul(target[i][j]).Add(k)
			terms[i] = terms[i].Sub(t.Mul(logp[j]))
		}
	}
	return terms
}

// negativeLogLikelihood takes log-probabilities.
func negativeLogLikelihood[T ad.Scalar[T]](logp [][]T, c classes) []T {
	terms := make([]T, len(logp))
	for i, row := range logp {
		if y := c.label[i]; y != c.ignore {
			terms[i] = num[T](-c.weightOf(y)).Mul(row[y])
		}
	}
	return terms
}

// klDivergence is a term t(log t - q), q a log-probability.
func klDivergence[T ad.Scalar[T]](q, t T) T { return ad.XLogX(t).Sub(t.Mul(q)) }

// klDivergenceLog is the same for a target given as a log-probability.
func klDivergenceLog[T ad.Scalar[T]](q, logT T) T { return ad.Exp(logT).Mul(logT.Sub(q)) }

// focalSigmoid is -αₜ(1-pₜ)^γ log pₜ (Lin et al., arXiv:1708.02002) of p =
// sigmoid(z); α below 0 leaves αₜ out.
func focalSigmoid[T ad.Scalar[T]](z, t T, alpha, gamma float64) T {
	one := num[T](1)
	p := naiveSigmoid(z)
	pt := p.Mul(t).Add(one.Sub(p).Mul(one.Sub(t)))
	bce := t.Mul(ad.Softplus(z.Neg())).Add(one.Sub(t).Mul(ad.Softplus(z)))
	loss := ad.PowReal(one.Sub(pt), gamma).Mul(bce)
	if alpha < 0 {
		return loss
	}
	a := num[T](alpha)
	return a.Mul(t).Add(one.Sub(a).Mul(one.Sub(t))).Mul(loss)
}

// focalSoftmax is -w[y](1-p[y])^γ log p[y] of p = softmax(z).
func focalSoftmax[T ad.Scalar[T]](logits [][]T, c classes, gamma float64) []T {
	terms := make([]T, len(logits))
	for i, z := range logits {
		y := c.label[i]
		p := naiveSoftmax(z)[y]
		terms[i] = num[T](-c.weightOf(y)).Mul(ad.PowReal(num[T](1).Sub(p), gamma)).Mul(ad.Log(p))
	}
	return terms
}

// softDice is 1 - (2Σpt + s)/(Σp + Σt + s); V-Net (Milletari et al.,
// arXiv:1606.04797) squares the terms below.
func softDice[T ad.Scalar[T]](p, t []T, smooth float64, squared bool) T {
	s := num[T](smooth)
	below := ad.Sum(p).Add(ad.Sum(t))
	if squared {
		below = ad.SumSq(p).Add(ad.SumSq(t))
	}
	return num[T](1).Sub(num[T](2).Mul(ad.Dot(p, t)).Add(s).Div(below.Add(s)))
}

// tversky is 1 - (TP+s)/(TP + α·FP + β·FN + s).
func tversky[T ad.Scalar[T]](p, t []T, alpha, beta, smooth float64) T {
	one, s := num[T](1), num[T](smooth)
	tp, fp, fn := num[T](0), num[T](0), num[T](0)
	for i := range p {
		tp = tp.Add(p[i].Mul(t[i]))
		fp = fp.Add(p[i].Mul(one.Sub(t[i])))
		fn = fn.Add(one.Sub(p[i]).Mul(t[i]))
	}
	below := tp.Add(num[T](alpha).Mul(fp)).Add(num[T](beta).Mul(fn)).Add(s)
	return one.Sub(tp.Add(s).Div(below))
}

// jaccard is 1 - (Σpt + s)/(Σp + Σt - Σpt + s).
func jaccard[T ad.Scalar[T]](p, t []T, smooth float64) T {
	s, both := num[T](smooth), ad.Dot(p, t)
	union := ad.Sum(p).Add(ad.Sum(t)).Sub(both)
	return num[T](1).Sub(both.Add(s).Div(union.Add(s)))
}

// generalizedDice is 1 - (2Σw·pt + s)/(Σw(p+t) + s) over classes (Sudre et al.,
// arXiv:1707.03237), w = (least Σt / Σt)² of each.
func generalizedDice[T ad.Scalar[T]](p, t [][]T, smooth float64) T {
	least := ad.Sum(t[0])
	for _, class := range t[1:] {
		least = ad.Min(least, ad.Sum(class))
	}
	s := num[T](smooth)
	above, below := s, s
	for k := range t {
		size := ad.Sum(t[k])
		w := least.Div(size).Mul(least.Div(size))
		above = above.Add(num[T](2).Mul(w).Mul(ad.Dot(p[k], t[k])))
		below = below.Add(w.Mul(ad.Sum(p[k]).Add(size)))
	}
	return num[T](1).Sub(above.Div(below))
}

// hinge is max(0, margin - tx), t being -1 or 1; its slope at the kink is 0.
func hinge[T ad.Scalar[T]](x, t T, margin float64) T {
	return naiveReLU(num[T](margin).Sub(t.Mul(x)))
}

func squaredHinge[T ad.Scalar[T]](x, t T, margin float64) T {
	h := hinge(x, t, margin)
	return h.Mul(h)
}

func softMargin[T ad.Scalar[T]](x, t T) T { return ad.Softplus(t.Mul(x).Neg()) }

// multiMargin is Σ max(0, margin - x[y] + x[j])/K over the classes j other than y.
func multiMargin[T ad.Scalar[T]](x []T, y int, margin float64) T {
	sum := num[T](0)
	for j := range x {
		if j != y {
			sum = sum.Add(naiveReLU(num[T](margin).Sub(x[y]).Add(x[j])))
		}
	}
	return sum.Div(num[T](float64(len(x))))
}

// cosineSimilarity is a·b / max(|a||b|, ε).
func cosineSimilarity[T ad.Scalar[T]](a, b []T, eps float64) T {
	return ad.Dot(a, b).Div(ad.Max(ad.Norm2(a).Mul(ad.Norm2(b)), num[T](eps)))
}

// tripletMargin is max(0, |a-p| - |a-n| + margin).
func tripletMargin[T ad.Scalar[T]](a, p, n []T, margin float64) T {
	return naiveReLU(distance(a, p).Sub(distance(a, n)).Add(num[T](margin)))
}

func distance[T ad.Scalar[T]](a, b []T) T {
	return ad.Norm2(each(a, b, func(x, y T) T { return x.Sub(y) }))
}

func poissonNLL[T ad.Scalar[T]](x, t T) T { return ad.Exp(x).Sub(t.Mul(x)) }

// gaussianNLL is (log v + (x-t)²/v)/2, v the variance held above ε.
func gaussianNLL[T ad.Scalar[T]](x, t, variance T, eps float64) T {
	e := num[T](eps)
	v := variance.Sub(e).IfPos(variance, e)
	return num[T](0.5).Mul(ad.Log(v).Add(squaredError(x, t).Div(v)))
}

// l1Penalty, l2Penalty and elasticNet are the regularizers of section 4.

func l1Penalty[T ad.Scalar[T]](w []T, lambda float64) T {
	sum := num[T](0)
	for _, v := range w {
		sum = sum.Add(ad.Abs(v))
	}
	return num[T](lambda).Mul(sum)
}

func l2Penalty[T ad.Scalar[T]](w []T, lambda float64) T {
	return num[T](lambda).Mul(ad.SumSq(w))
}

func elasticNet[T ad.Scalar[T]](w []T, lambda, ratio float64) T {
	return l1Penalty(w, lambda*ratio).Add(l2Penalty(w, lambda*(1-ratio)))
}

// A box is x1, y1, x2, y2.

func area[T ad.Scalar[T]](b []T) T { return b[2].Sub(b[0]).Mul(b[3].Sub(b[1])) }

// overlap returns the intersection and the union of two boxes.
func overlap[T ad.Scalar[T]](p, t []T) (intersection, union T) {
	zero := num[T](0)
	w := ad.Min(p[2], t[2]).Sub(ad.Max(p[0], t[0]))
	h := ad.Min(p[3], t[3]).Sub(ad.Max(p[1], t[1]))
	intersection = w.IfPos(w, zero).Mul(h.IfPos(h, zero))
	return intersection, area(p).Add(area(t)).Sub(intersection)
}

func iou[T ad.Scalar[T]](p, t []T, eps float64) T {
	i, u := overlap(p, t)
	return i.Div(u.Add(num[T](eps)))
}

// hull returns the least box around both.
func hull[T ad.Scalar[T]](p, t []T) []T {
	return []T{ad.Min(p[0], t[0]), ad.Min(p[1], t[1]), ad.Max(p[2], t[2]), ad.Max(p[3], t[3])}
}

func iouLoss[T ad.Scalar[T]](p, t []T, eps float64) T { return num[T](1).Sub(iou(p, t, eps)) }

func iouLogLoss[T ad.Scalar[T]](p, t []T, eps float64) T { return ad.Log(iou(p, t, eps)).Neg() }

// giouLoss is 1 - (IoU - (C-U)/C), C the area of the hull (Rezatofighi et al.,
// arXiv:1902.09630).
func giouLoss[T ad.Scalar[T]](p, t []T, eps float64) T {
	_, u := overlap(p, t)
	c := area(hull(p, t))
	return iouLoss(p, t, eps).Add(c.Sub(u).Div(c.Add(num[T](eps))))
}

// diouLoss is 1 - IoU + ρ²/c², ρ the distance of the centers and c the diagonal
// of the hull (Zheng et al., arXiv:1911.08287).
func diouLoss[T ad.Scalar[T]](p, t []T, eps float64) T {
	half, h := num[T](0.5), hull(p, t)
	dx := half.Mul(p[0].Add(p[2]).Sub(t[0]).Sub(t[2]))
	dy := half.Mul(p[1].Add(p[3]).Sub(t[1]).Sub(t[3]))
	rho2 := dx.Mul(dx).Add(dy.Mul(dy))
	c2 := squaredError(h[2], h[0]).Add(squaredError(h[3], h[1]))
	return iouLoss(p, t, eps).Add(rho2.Div(c2.Add(num[T](eps))))
}

// ciouLoss adds αv to diouLoss: v = 4/π²·(atan(w'/h')-atan(w/h))², α =
// v/((1-IoU)+v). As published α is a constant for the gradient; a function over
// ad.Scalar cannot look at its own value, so that α is given where it is
// detached.
func ciouLoss[T ad.Scalar[T]](p, t []T, eps float64, alpha *float64) T {
	v := aspect(p, t)
	var a T
	if alpha != nil {
		a = num[T](*alpha)
	} else {
		a = v.Div(iouLoss(p, t, eps).Add(v).Add(num[T](eps)))
	}
	return diouLoss(p, t, eps).Add(a.Mul(v))
}

func aspect[T ad.Scalar[T]](p, t []T) T {
	angle := func(b []T) T { return ad.Atan(b[2].Sub(b[0]).Div(b[3].Sub(b[1]))) }
	return num[T](4 / (math.Pi * math.Pi)).Mul(squaredError(angle(t), angle(p)))
}
