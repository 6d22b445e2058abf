package catalog

import (
	"math"

	"github.com/quartet-ad/ad"
)

// scalarForm is a form with a single result.
func scalarForm[T any](name string, f func([]T) T, points ...[]float64) form[T] {
	return form[T]{name: name, scalar: f, points: points}
}

func vectorForm[T any](name string, f func([]T) []T, points ...[]float64) form[T] {
	return form[T]{name: name, vector: f, points: points}
}

// unary is a form of a function of one number.
func unary[T any](name string, f func(T) T, points ...[]float64) form[T] {
	return scalarForm(name, func(x []T) T { return f(x[0]) }, points...)
}

// vectorForms are the functions of many numbers of package ad, and those that
// it composes of others.
func vectorForms[T ad.Scalar[T]]() []form[T] {
	inside := box(8, 5, -3, 3)
	zeros := make([]float64, 5)
	with := func(points ...[]float64) [][]float64 { return append(points, inside...) }
	return []form[T]{
		scalarForm("sum", ad.Sum[T], inside...),
		scalarForm("sumsq", ad.SumSq[T], inside...),
		scalarForm("dot", func(x []T) T { return ad.Dot(x[:3], x[2:]) }, inside...),
		scalarForm("norm2", ad.Norm2[T], inside...),
		scalarForm("logsumexp", ad.LogSumExp[T], with(zeros)...),
		scalarForm("mean", ad.Mean[T], inside...),
		scalarForm("prod", ad.Prod[T], with(zeros, []float64{0, 1, 2, 3, 4})...),
		scalarForm("variance", func(x []T) T { return ad.Variance(x, 1) }, with(zeros)...),
		vectorForm("softmax", ad.Softmax[T], with(zeros)...),
		vectorForm("log_softmax", ad.LogSoftmax[T], with(zeros)...),
		vectorForm("sincos", func(x []T) []T { s, c := ad.Sincos(x[0]); return []T{s, c} }, inside...),
		scalarForm("fma", func(x []T) T { return ad.FMA(x[0], x[1], x[2]) }, inside...),
		scalarForm("xlogx", func(x []T) T { return ad.XLogX(x[0]) }, box(8, 1, 0.01, 3)...),
		scalarForm("powint", func(x []T) T { return ad.PowInt(x[0], 5) }, inside...),
		scalarForm("powreal", func(x []T) T { return ad.PowReal(x[0], 2.5) }, box(8, 1, 0.01, 3)...),
		scalarForm("clamp", func(x []T) T { return ad.Clamp(x[0], -1, 1) }, box(8, 1, -2, 2)...),
		scalarForm("hardtanh", func(x []T) T { return ad.HardTanh(x[0]) }, append(box(8, 1, -2, 2), []float64{-1}, []float64{1})...),
		scalarForm("prelu", func(x []T) T { return ad.PReLU(x[0], x[1]) }, inside...),
	}
}

// ruleForms are the rules of differentiation by themselves, at points where a rule
// that is right for ordinary numbers may not be: zeros, infinities, and constants
// among them.
func ruleForms[T ad.Scalar[T]]() []form[T] {
	inf, tiny := math.Inf(1), math.SmallestNonzeroFloat64
	edges := [][]float64{{0.7}, {-1.3}, {0}, {math.Copysign(0, -1)}, {inf}, {-inf}, {math.NaN()}, {tiny}, {1e300}, {-1e-300}}
	var pairs [][]float64
	for _, x := range edges {
		for _, y := range edges {
			pairs = append(pairs, []float64{x[0], y[0]})
		}
	}
	return []form[T]{
		scalarForm("sum", func(x []T) T { return x[0].Add(x[1]).Sub(num[T](3)) }, pairs...),
		scalarForm("difference", func(x []T) T { return num[T](3).Sub(x[0]).Sub(x[1]) }, pairs...),
		scalarForm("product", func(x []T) T { return x[0].Mul(x[1]) }, pairs...),
		scalarForm("quotient", func(x []T) T { return x[0].Div(x[1]) }, pairs...),
		unary("cube", func(x T) T { return x.Mul(x).Mul(x) }, edges...),
		unary("constant_factor", func(x T) T { return x.Mul(num[T](2)).Mul(num[T](0)) }, edges...),
		unary("constant_over", func(x T) T { return num[T](2).Div(x) }, edges...),
		unary("over_constant", func(x T) T { return x.Div(num[T](0.5)) }, edges...),
		unary("chain", func(x T) T { return ad.Exp(ad.Sin(ad.Tanh(x))) }, edges...),
		unary("chain_sqrt", func(x T) T { return ad.Sqrt(x.Mul(x)) }, edges...),
		unary("shared", func(x T) T {
			s := ad.Sin(x)
			y := s.Mul(x).Add(s)
			return y.Mul(y).Add(y.Div(s.Add(num[T](3))))
		}, edges...),
		unary("branch", func(x T) T { return x.IfPos(x.Mul(x), ad.Exp(x)) }, edges...),
		unary("dead_branch", func(x T) T { return x.IfPos(ad.Log(x), x.Neg()) }, edges...),
		unary("nested_branch", func(x T) T {
			return x.IfPos(x.Sub(num[T](1)).IfPos(ad.Sqrt(x), x.Mul(x)), x.Mul(num[T](2)))
		}, edges...),
		unary("loop", func(x T) T {
			y := x
			for range 6 {
				y = y.Mul(y).Div(y.Add(num[T](2))).Add(x)
			}
			return y
		}, edges...),
		scalarForm("power", func(x []T) T { return ad.Pow(x[0], x[1]).Mul(x[1]) }, box(8, 2, 0.5, 2)...),
		scalarForm("statement", func(x []T) T {
			y := []T{x[0].Mul(x[1]), ad.Sin(x[0]), x[1]}
			return ad.Dot(y, []T{x[1], num[T](2), x[0]}).Mul(ad.LogSumExp(y))
		}, box(8, 2, -2, 2)...),
		unary("nothing", func(x T) T { return num[T](1) }, edges...),
	}
}

// activationForms are the activations in their textbook form, where neither
// overflow nor cancellation strikes.
func activationForms[T ad.Scalar[T]]() []form[T] {
	inside := box(24, 1, -4, 4)
	with := func(kinks ...float64) [][]float64 {
		points := inside
		for _, k := range kinks {
			points = append(points, []float64{k})
		}
		return points
	}
	vector := box(8, 4, -3, 3)
	return []form[T]{
		unary("sigmoid", naiveSigmoid[T], inside...),
		unary("logsigmoid", naiveLogSigmoid[T], inside...),
		vectorForm("softmax", naiveSoftmax[T], vector...),
		vectorForm("log_softmax", naiveLogSoftmax[T], vector...),
		unary("relu", naiveReLU[T], with(0)...),
		unary("relu6", naiveReLU6[T], with(0, 6)...),
		unary("leaky_relu", func(x T) T { return naiveLeakyReLU(x, 0.01) }, with(0)...),
		unary("tanh", naiveTanh[T], inside...),
		unary("tanhshrink", naiveTanhShrink[T], inside...),
		unary("softplus", func(x T) T { return naiveSoftplus(x, 1) }, inside...),
		unary("softplus(2.5)", func(x T) T { return naiveSoftplus(x, 2.5) }, inside...),
		unary("softsign", naiveSoftsign[T], inside...),
		unary("silu", naiveSiLU[T], inside...),
		unary("gelu_erf", naiveGELU[T], inside...),
		unary("gelu_tanh", naiveGELUTanh[T], inside...),
		unary("mish", naiveMish[T], inside...),
		unary("elu", func(x T) T { return naiveELU(x, 1) }, inside...),
		unary("elu(1.5)", func(x T) T { return naiveELU(x, 1.5) }, with(0)...),
		unary("celu(2)", func(x T) T { return naiveCELU(x, 2) }, inside...),
		unary("selu", naiveSELU[T], with(0)...),
		unary("hardtanh", func(x T) T { return naiveHardTanh(x, -1, 1) }, with(-1, 1)...),
		unary("hardsigmoid", naiveHardSigmoid[T], with(-3, 3)...),
		unary("hardswish", naiveHardSwish[T], with(-3, 3)...),
		unary("hardshrink", func(x T) T { return naiveHardShrink(x, 0.5) }, with(-0.5, 0.5)...),
		unary("softshrink", func(x T) T { return naiveSoftShrink(x, 0.5) }, with(-0.5, 0.5)...),
	}
}

// lossForms are the losses in their textbook form, of a few predictions; the
// targets are inputs as well where the loss is differentiable in them.
func lossForms[T ad.Scalar[T]]() []form[T] {
	const k = 3 // entries of a prediction
	pairs := box(8, 2*k, -2, 2)
	inside := box(8, k, -2, 2)
	probabilities := box(8, 2*k, 0.05, 0.95)
	logits := box(8, 2*k, -2, 2) // two rows
	boxes := [][]float64{
		{1, 1, 4, 3, 2, 1.5, 5, 4}, {0, 0, 2, 2, 1, 1, 3, 3}, {1, 2, 3, 5, 0.5, 1.5, 2.5, 4},
		{2, 1, 3, 2, 1, 0.5, 4, 3}, {0, 0, 1, 1, 2, 3, 4, 5}, {1, 1, 2, 3, 1, 1, 2, 3},
	}
	target := []T{num[T](1), num[T](0), num[T](1)}
	signs := []T{num[T](1), num[T](-1), num[T](1)}
	labels := classes{label: []int{2, 0}, weight: []float64{0.5, 1, 2}, ignore: -1}

	// mean makes a loss of pairs of a prediction and a target a scalar.
	mean := func(f func(x, t T) T) func([]T) T {
		return func(x []T) T { return ad.Mean(each(x[:k], x[k:], f)) }
	}
	// against is the same with a constant target.
	against := func(target []T, f func(x, t T) T) func([]T) T {
		return func(x []T) T { return ad.Mean(each(x, target, f)) }
	}
	overBoxes := func(f func(p, t []T) T) func([]T) T {
		return func(x []T) T { return f(x[:4], x[4:]) }
	}
	const eps = 1e-7
	return []form[T]{
		scalarForm("mse", mean(squaredError[T]), pairs...),
		scalarForm("l1", mean(absoluteError[T]), append(pairs, make([]float64, 2*k))...),
		scalarForm("huber", mean(func(x, t T) T { return huber(x, t, 1) }), pairs...),
		scalarForm("smooth_l1", mean(func(x, t T) T { return smoothL1(x, t, 0.5) }), pairs...),
		scalarForm("log_cosh", mean(logCosh[T]), pairs...),
		scalarForm("bce", mean(binaryCrossEntropy[T]), probabilities...),
		scalarForm("bce_with_logits", against(target, func(x, t T) T { return binaryCrossEntropyLogits(x, t, 2.5) }), inside...),
		scalarForm("cross_entropy", func(x []T) T {
			return reduceClasses(crossEntropy(rows(x, k), labels, 0.1), labels, "mean")[0]
		}, logits...),
		scalarForm("cross_entropy_prob", func(x []T) T {
			return ad.Mean(crossEntropyProb(rows(x[:k], k), rows(x[k:], k), 0))
		}, probabilities...),
		scalarForm("nll", func(x []T) T {
			return reduceClasses(negativeLogLikelihood(rows(x, k), labels), labels, "mean")[0]
		}, logits...),
		scalarForm("kl_div", mean(klDivergence[T]), probabilities...),
		scalarForm("kl_div_log", mean(klDivergenceLog[T]), pairs...),
		scalarForm("focal_sigmoid", against(target, func(x, t T) T { return focalSigmoid(x, t, 0.25, 2) }), inside...),
		scalarForm("focal_softmax", func(x []T) T { return ad.Mean(focalSoftmax(rows(x, k), labels, 2)) }, logits...),
		scalarForm("soft_dice", func(x []T) T { return softDice(x, target, 1, false) }, box(8, k, 0.05, 0.95)...),
		scalarForm("soft_dice_squared", func(x []T) T { return softDice(x, target, 1, true) }, box(8, k, 0.05, 0.95)...),
		scalarForm("tversky", func(x []T) T { return tversky(x, target, 0.3, 0.7, 1) }, box(8, k, 0.05, 0.95)...),
		scalarForm("hinge", against(signs, func(x, t T) T { return hinge(x, t, 1) }), append(inside, []float64{1, -1, 0})...),
		scalarForm("squared_hinge", against(signs, func(x, t T) T { return squaredHinge(x, t, 1) }), inside...),
		scalarForm("soft_margin", against(signs, softMargin[T]), inside...),
		scalarForm("multi_margin", func(x []T) T { return multiMargin(x, 1, 1) }, inside...),
		scalarForm("cosine_similarity", func(x []T) T { return cosineSimilarity(x[:k], x[k:], 1e-8) }, pairs...),
		scalarForm("triplet", func(x []T) T { return tripletMargin(x[:k], x[k:2*k], x[2*k:], 1) }, box(8, 3*k, -2, 2)...),
		scalarForm("poisson_nll", mean(poissonNLL[T]), pairs...),
		scalarForm("gaussian_nll", func(x []T) T { return gaussianNLL(x[0], x[1], x[2], 1e-6) }, box(8, k, 0.1, 2)...),
		scalarForm("l1_reg", func(x []T) T { return l1Penalty(x, 0.01) }, append(inside, []float64{0, 1, -1})...),
		scalarForm("l2_reg", func(x []T) T { return l2Penalty(x, 0.01) }, inside...),
		scalarForm("elastic_reg", func(x []T) T { return elasticNet(x, 0.01, 0.3) }, append(inside, []float64{0, 1, -1})...),
		scalarForm("iou_loss", overBoxes(func(p, t []T) T { return iouLoss(p, t, eps) }), boxes...),
		scalarForm("iou_log_loss", overBoxes(func(p, t []T) T { return iouLogLoss(p, t, eps) }), boxes[:4]...),
		scalarForm("giou_loss", overBoxes(func(p, t []T) T { return giouLoss(p, t, eps) }), boxes...),
		scalarForm("diou_loss", overBoxes(func(p, t []T) T { return diouLoss(p, t, eps) }), boxes...),
		scalarForm("ciou_loss", overBoxes(func(p, t []T) T { return ciouLoss(p, t, eps, nil) }), boxes...),
	}
}
