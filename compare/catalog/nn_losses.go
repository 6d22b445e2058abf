package catalog

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// nnLossCases are the losses of package nn.
func nnLossCases[T ad.Scalar[T]]() []arrayCase[T] {
	return slices.Concat(nnElementLosses[T](), nnClassLosses[T](), nnVectorLosses[T](), nnRegionLosses[T](), nnBoxLosses[T](), nnPenalties[T]())
}

// scalar is a grid of one element without axes.
func scalar[T ad.Scalar[T]](x T) grid[T] { return grid[T]{nil, []T{x}} }

// vector is a grid of one axis.
func vector[T ad.Scalar[T]](x []T) grid[T] { return grid[T]{[]int{len(x)}, x} }

// nnElementLosses are losses of elements and their targets.
func nnElementLosses[T ad.Scalar[T]]() []arrayCase[T] {
	shape := []int{2, 3}
	loss := func(name string, lo, hi float64, array func(x, target reverse.Array, o ...nn.LossOptions) reverse.Array, f func(x, t T) T) []arrayCase[T] {
		terms := func(x []grid[T]) []T { return each(x[0].data, x[1].data, f) }
		with := func(o ...nn.LossOptions) func(x []reverse.Array) reverse.Array {
			return func(x []reverse.Array) reverse.Array { return array(x[0], x[1], o...) }
		}
		return []arrayCase[T]{
			{name, sizes(shape, shape), lo, hi, with(),
				func(x []grid[T]) grid[T] { return scalar(ad.Mean(terms(x))) }},
			{name, sizes(shape, shape), lo, hi, with(nn.LossOptions{Reduction: nn.ReduceNone}),
				func(x []grid[T]) grid[T] { return grid[T]{shape, terms(x)} }},
			{name, sizes(shape, shape), lo, hi, with(nn.LossOptions{Reduction: nn.ReduceBatchMean}),
				func(x []grid[T]) grid[T] { return scalar(ad.Sum(terms(x)).Div(num[T](2))) }},
			{name, sizes(shape, shape, shape[1:]), lo, hi,
				func(x []reverse.Array) reverse.Array {
					return array(x[0], x[1], nn.LossOptions{Reduction: nn.ReduceSum, Weights: x[2]})
				},
				func(x []grid[T]) grid[T] {
					return scalar(ad.Sum(mapped(shape, func(x []T) T { return x[0].Mul(x[1]) }, grid[T]{shape, terms(x)}, x[2]).data))
				}},
		}
	}
	type binary = func(x, target reverse.Array, o ...nn.BinaryOptions) reverse.Array
	weighted := func(f binary) func(x, target reverse.Array, o ...nn.LossOptions) reverse.Array {
		return func(x, target reverse.Array, o ...nn.LossOptions) reverse.Array {
			b := nn.BinaryOptions{PosWeight: x.Const(2.5)}
			if len(o) > 0 {
				b.Reduction, b.Weights = o[0].Reduction, o[0].Weights
			}
			return f(x, target, b)
		}
	}
	with := func(v float64, f func(x, target reverse.Array, v float64, o ...nn.LossOptions) reverse.Array) func(x, target reverse.Array, o ...nn.LossOptions) reverse.Array {
		return func(x, target reverse.Array, o ...nn.LossOptions) reverse.Array { return f(x, target, v, o...) }
	}
	focal := func(alpha, gamma float64) []arrayCase[T] {
		return loss("FocalSigmoid", 0.05, 0.95,
			func(x, target reverse.Array, o ...nn.LossOptions) reverse.Array {
				return nn.FocalSigmoid(x, target, alpha, gamma, o...)
			}, func(x, t T) T { return focalSigmoid(x, t, alpha, gamma) })
	}
	logits := func(x []grid[T]) T {
		return ad.Mean(each(x[0].data, x[1].data, func(z, t T) T { return binaryCrossEntropyLogits(z, t, 1) }))
	}
	cases := slices.Concat(
		loss("MSE", -2, 2, nn.MSE, squaredError[T]),
		loss("MAE", -2, 2, nn.MAE, absoluteError[T]),
		loss("Huber", -2, 2, with(0.7, nn.Huber), func(x, t T) T { return huber(x, t, 0.7) }),
		loss("SmoothL1", -2, 2, with(0.7, nn.SmoothL1), func(x, t T) T { return smoothL1(x, t, 0.7) }),
		loss("SmoothL1", -2, 2, with(0, nn.SmoothL1), absoluteError[T]),
		loss("LogCosh", -2, 2, nn.LogCosh, logCosh[T]),
		loss("PoissonNLL", -2, 2, nn.PoissonNLL, poissonNLL[T]),
		loss("Hinge", -2, 2, with(1, nn.Hinge), func(x, t T) T { return hinge(x, t, 1) }),
		loss("SquaredHinge", -2, 2, with(1, nn.SquaredHinge), func(x, t T) T { return squaredHinge(x, t, 1) }),
		loss("SoftMargin", -2, 2, nn.SoftMargin, softMargin[T]),
		loss("KLDiv", 0.05, 0.95, nn.KLDiv, klDivergence[T]),
		loss("KLDivLog", -2, 2, nn.KLDivLog, klDivergenceLog[T]),
		loss("BCE", 0.05, 0.95, weighted(nn.BCE), func(p, t T) T {
			one := num[T](1)
			return num[T](2.5).Mul(ad.XLogY(t, p)).Add(ad.XLogY(one.Sub(t), one.Sub(p))).Neg()
		}),
		loss("BCEWithLogits", 0.05, 0.95, weighted(nn.BCEWithLogits), func(z, t T) T { return binaryCrossEntropyLogits(z, t, 2.5) }),
		focal(0.25, 2), focal(-1, 0.5), focal(0.6, 1), focal(-1, 0),
	)
	return append(cases,
		arrayCase[T]{"BCE", sizes(shape, shape), 0.05, 0.95,
			func(x []reverse.Array) reverse.Array { return nn.BCE(x[0], x[1]) },
			func(x []grid[T]) grid[T] { return scalar(ad.Mean(each(x[0].data, x[1].data, binaryCrossEntropy[T]))) }},
		arrayCase[T]{"BCEWithLogits", sizes(shape, shape), -2, 2,
			func(x []reverse.Array) reverse.Array { return nn.BCEWithLogits(x[0], x[1]) },
			func(x []grid[T]) grid[T] { return scalar(logits(x)) }},
		arrayCase[T]{"GaussianNLL", sizes(shape, shape, shape), 0.1, 2,
			func(x []reverse.Array) reverse.Array { return nn.GaussianNLL(x[0], x[1], x[2]) },
			func(x []grid[T]) grid[T] {
				return scalar(ad.Mean(mapped(shape, func(x []T) T { return gaussianNLL(x[0], x[1], x[2], 0) }, x...).data))
			}},
	)
}

// nnClassLosses are losses of labels.
func nnClassLosses[T ad.Scalar[T]]() []arrayCase[T] {
	c := classes{label: []int{2, 0, 1, 2, 1, 2}, weight: []float64{0.5, 1, 2}, ignore: 0}
	options := nn.ClassOptions{Weights: c.weight, Ignore: []int{0}}
	const k = 3
	kept := num[T](5) // rows that are not ignored
	// byRows are the rows of classes of a grid whose classes lie along axis 1.
	byRows := func(g grid[T]) [][]T {
		var r [][]T
		inner := sizeOf(g.shape[2:])
		for i := range g.shape[0] * inner {
			var row []T
			for y := range k {
				row = append(row, g.data[(i/inner*k+y)*inner+i%inner])
			}
			r = append(r, row)
		}
		return r
	}
	loss := func(name string, mean T, array func(x reverse.Array, o nn.ClassOptions) reverse.Array, f func(x [][]T) []T) []arrayCase[T] {
		var cases []arrayCase[T]
		for _, shape := range [][]int{{6, k}, {3, k, 2}} {
			with := func(r nn.Reduction, of func(terms []T) []T) {
				cases = append(cases, arrayCase[T]{name, sizes(shape), -2, 2,
					func(x []reverse.Array) reverse.Array {
						o := options
						o.Reduction = r
						return array(x[0], o)
					},
					func(x []grid[T]) grid[T] { return vector(of(f(byRows(x[0])))) }})
			}
			sum := func(over T) func(terms []T) []T {
				return func(terms []T) []T { return []T{ad.Sum(terms).Div(over)} }
			}
			with(nn.ReduceMean, sum(mean))
			with(nn.ReduceSum, sum(num[T](1)))
			with(nn.ReduceNone, func(terms []T) []T { return terms })
			with(nn.ReduceBatchMean, sum(num[T](float64(shape[0]))))
		}
		return cases
	}
	total := num[T](2 + 1 + 2 + 1 + 2) // of the weights of labels that are not ignored
	smooth := func(s float64) []arrayCase[T] {
		return loss("CrossEntropy", total, func(x reverse.Array, o nn.ClassOptions) reverse.Array {
			o.Smoothing = s
			return nn.CrossEntropy(x, c.label, o)
		}, func(x [][]T) []T { return crossEntropy(x, c, s) })
	}
	// left sets the terms of rows that are ignored to 0.
	left := func(terms []T) []T {
		for i, y := range c.label {
			if y == c.ignore {
				terms[i] = num[T](0)
			}
		}
		return terms
	}
	focal := func(gamma float64) []arrayCase[T] {
		return loss("FocalSoftmax", kept,
			func(x reverse.Array, o nn.ClassOptions) reverse.Array { return nn.FocalSoftmax(x, c.label, gamma, o) },
			func(x [][]T) []T { return left(focalSoftmax(x, c, gamma)) })
	}
	return append(slices.Concat(smooth(0), smooth(0.1), focal(2), focal(0.5),
		loss("NLL", total,
			func(x reverse.Array, o nn.ClassOptions) reverse.Array { return nn.NLL(x, c.label, o) },
			func(x [][]T) []T { return negativeLogLikelihood(x, c) }),
		loss("MultiMargin", kept,
			func(x reverse.Array, o nn.ClassOptions) reverse.Array { return nn.MultiMargin(x, c.label, 1, o) },
			func(x [][]T) []T {
				var terms []T
				for i, row := range x {
					terms = append(terms, num[T](c.weightOf(c.label[i])).Mul(multiMargin(row, c.label[i], 1)))
				}
				return left(terms)
			})),
		arrayCase[T]{"CrossEntropyTo", sizes([]int{2, k}, []int{2, k}), 0.05, 0.95,
			func(x []reverse.Array) reverse.Array {
				return nn.CrossEntropyTo(x[0], x[1], nn.ClassOptions{Smoothing: 0.1})
			},
			func(x []grid[T]) grid[T] {
				return scalar(ad.Mean(crossEntropyProb(rows(x[0].data, k), rows(x[1].data, k), 0.1)))
			}})
}
