package catalog

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// nnVectorLosses are losses of distances and angles.
func nnVectorLosses[T ad.Scalar[T]]() []arrayCase[T] {
	shape, n := []int{2, 3}, 3
	cosines := func(x []grid[T]) []T {
		return each2(rows(x[0].data, n), rows(x[1].data, n), func(a, b []T) T { return cosineSimilarity(a, b, 0) })
	}
	return []arrayCase[T]{
		{"CosineSimilarity", sizes(shape, shape), -2, 2,
			func(x []reverse.Array) reverse.Array { return nn.CosineSimilarity(x[0], x[1], 1) },
			func(x []grid[T]) grid[T] { return vector(cosines(x)) }},
		{"CosineEmbedding", sizes(shape, shape), -2, 2,
			func(x []reverse.Array) reverse.Array {
				return nn.CosineEmbedding(x[0], x[1], x[0].Tape().Const([]float64{1, -1}), -0.9)
			},
			func(x []grid[T]) grid[T] {
				c := cosines(x)
				return scalar(ad.Mean([]T{num[T](1).Sub(c[0]), naiveReLU(c[1].Add(num[T](0.9)))}))
			}},
		{"Triplet", sizes(shape, shape, shape), -2, 2,
			func(x []reverse.Array) reverse.Array { return nn.Triplet(x[0], x[1], x[2], 1) },
			func(x []grid[T]) grid[T] {
				var terms []T
				for i := range shape[0] {
					row := func(k int) []T { return rows(x[k].data, n)[i] }
					terms = append(terms, tripletMargin(row(0), row(1), row(2), 1))
				}
				return scalar(ad.Mean(terms))
			}},
	}
}

// each2 applies a loss to every pair of a row and its target.
func each2[T any](x, target [][]T, f func(x, t []T) T) []T {
	terms := make([]T, len(x))
	for i := range x {
		terms[i] = f(x[i], target[i])
	}
	return terms
}

// nnRegionLosses are losses of overlap.
func nnRegionLosses[T ad.Scalar[T]]() []arrayCase[T] {
	type options = nn.RegionOptions
	shape := []int{2, 2, 3}
	loss := func(name string, array func(p, mask reverse.Array, o options) reverse.Array, f func(p, t []T) T) []arrayCase[T] {
		with := func(o options, of func(x []grid[T]) []T) arrayCase[T] {
			return arrayCase[T]{name, sizes(shape, shape), 0.05, 0.95,
				func(x []reverse.Array) reverse.Array { return array(x[0], x[1], o) },
				func(x []grid[T]) grid[T] { return vector(of(x)) }}
		}
		samples := func(x []grid[T]) []T { return each2(rows(x[0].data, 6), rows(x[1].data, 6), f) }
		return []arrayCase[T]{
			with(options{}, func(x []grid[T]) []T { return []T{ad.Mean(samples(x))} }),
			with(options{Reduction: nn.ReduceNone}, samples),
			with(options{Batch: true}, func(x []grid[T]) []T { return []T{f(x[0].data, x[1].data)} }),
		}
	}
	return slices.Concat(
		loss("DiceLoss", func(p, mask reverse.Array, o options) reverse.Array { return nn.DiceLoss(p, mask, 1, o) },
			func(p, t []T) T { return softDice(p, t, 1, false) }),
		loss("DiceSquaredLoss", func(p, mask reverse.Array, o options) reverse.Array { return nn.DiceSquaredLoss(p, mask, 1, o) },
			func(p, t []T) T { return softDice(p, t, 1, true) }),
		loss("JaccardLoss", func(p, mask reverse.Array, o options) reverse.Array { return nn.JaccardLoss(p, mask, 1, o) },
			func(p, t []T) T { return jaccard(p, t, 1) }),
		loss("TverskyLoss", func(p, mask reverse.Array, o options) reverse.Array {
			return nn.TverskyLoss(p, mask, 0.3, 0.7, 1, o)
		}, func(p, t []T) T { return tversky(p, t, 0.3, 0.7, 1) }),
		loss("FocalTverskyLoss", func(p, mask reverse.Array, o options) reverse.Array {
			return nn.FocalTverskyLoss(p, mask, 0.3, 0.7, 0.75, 1, o)
		}, func(p, t []T) T {
			l := tversky(p, t, 0.3, 0.7, 1)
			return l.IfPos(ad.PowReal(l, 0.75), num[T](0)) // of slope 0 where it is 0
		}),
		loss("GeneralizedDiceLoss", func(p, mask reverse.Array, o options) reverse.Array {
			return nn.GeneralizedDiceLoss(p, mask, 1, o)
		}, func(p, t []T) T {
			byClass := func(x []T) (classes [2][]T) { // of three elements a sample
				for i, r := range rows(x, 3) {
					classes[i%2] = append(classes[i%2], r...)
				}
				return classes
			}
			a, b := byClass(p), byClass(t)
			return generalizedDice(a[:], b[:], 1)
		}),
	)
}

// nnBoxLosses are losses and conversions of boxes.
func nnBoxLosses[T ad.Scalar[T]]() []arrayCase[T] {
	shape := []int{3, 4}
	// wide makes boxes that overlap of numbers close to 0: from (a, b) to (a+1+c²,
	// b+1+d²).
	wide := func(x reverse.Array) reverse.Array {
		low, more := x.Slice(reverse.Range{}, reverse.Range{Stop: 2}), x.Slice(reverse.Range{}, reverse.Range{Start: 2})
		return reverse.Concat(1, low, low.Add(x.Const(1)).Add(ad.Square(more)))
	}
	naiveWide := func(b []T) []T {
		one := num[T](1)
		return []T{b[0], b[1], b[0].Add(one).Add(b[2].Mul(b[2])), b[1].Add(one).Add(b[3].Mul(b[3]))}
	}
	type boxLoss = func(p, target reverse.Array, o ...nn.BoxOptions) reverse.Array
	loss := func(name string, array boxLoss, f func(p, t []T, eps float64) T) []arrayCase[T] {
		terms := func(x []grid[T], eps float64) []T {
			return each2(rows(x[0].data, 4), rows(x[1].data, 4), func(p, t []T) T { return f(naiveWide(p), naiveWide(t), eps) })
		}
		with := func(o nn.BoxOptions, of func(terms []T) grid[T]) arrayCase[T] {
			o.ThroughAlpha = true
			return arrayCase[T]{name, sizes(shape, shape), -0.5, 0.5,
				func(x []reverse.Array) reverse.Array { return array(wide(x[0]), wide(x[1]), o) },
				func(x []grid[T]) grid[T] { return of(terms(x, o.Epsilon)) }}
		}
		return []arrayCase[T]{
			with(nn.BoxOptions{Reduction: nn.ReduceNone}, vector[T]),
			with(nn.BoxOptions{}, func(terms []T) grid[T] { return scalar(ad.Mean(terms)) }),
			with(nn.BoxOptions{Reduction: nn.ReduceNone, Epsilon: 0.5}, vector[T]),
		}
	}
	convert := func(name string, array func(b reverse.Array) reverse.Array, f func(b []T) []T) []arrayCase[T] {
		return []arrayCase[T]{{name, sizes(shape), -2, 2,
			func(x []reverse.Array) reverse.Array { return array(x[0]) },
			func(x []grid[T]) grid[T] { return x[0].along(1, f) }}}
	}
	half := num[T](0.5)
	return slices.Concat(
		loss("IoULoss", nn.IoULoss, iouLoss[T]),
		loss("IoULogLoss", nn.IoULogLoss, iouLogLoss[T]),
		loss("GIoULoss", nn.GIoULoss, giouLoss[T]),
		loss("DIoULoss", nn.DIoULoss, diouLoss[T]),
		loss("CIoULoss", nn.CIoULoss, func(p, t []T, eps float64) T { return ciouLoss(p, t, eps, nil) }),
		convert("XYXYToXYWH", nn.XYXYToXYWH, func(b []T) []T { return []T{b[0], b[1], b[2].Sub(b[0]), b[3].Sub(b[1])} }),
		convert("XYWHToXYXY", nn.XYWHToXYXY, func(b []T) []T { return []T{b[0], b[1], b[0].Add(b[2]), b[1].Add(b[3])} }),
		convert("XYXYToCXCYWH", nn.XYXYToCXCYWH, func(b []T) []T {
			return []T{half.Mul(b[0].Add(b[2])), half.Mul(b[1].Add(b[3])), b[2].Sub(b[0]), b[3].Sub(b[1])}
		}),
		convert("CXCYWHToXYXY", nn.CXCYWHToXYXY, func(b []T) []T {
			w, h := half.Mul(b[2]), half.Mul(b[3])
			return []T{b[0].Sub(w), b[1].Sub(h), b[0].Add(w), b[1].Add(h)}
		}),
	)
}

// nnPenalties are the regularizers.
func nnPenalties[T ad.Scalar[T]]() []arrayCase[T] {
	shape := []int{2, 3}
	penalty := func(name string, array func(w reverse.Array) reverse.Array, f func(w []T) T) arrayCase[T] {
		return arrayCase[T]{name, sizes(shape), -2, 2,
			func(x []reverse.Array) reverse.Array { return array(x[0]) },
			func(x []grid[T]) grid[T] { return scalar(f(x[0].data)) }}
	}
	fixed := &nn.Param{Name: "fixed", Value: []float64{3, -4}, Shape: []int{2}}
	return []arrayCase[T]{
		penalty("L1", func(w reverse.Array) reverse.Array { return nn.L1(w, 0.3) }, func(w []T) T { return l1Penalty(w, 0.3) }),
		penalty("L2", func(w reverse.Array) reverse.Array { return nn.L2(w, 0.3) }, func(w []T) T { return l2Penalty(w, 0.3) }),
		penalty("ElasticNet", func(w reverse.Array) reverse.Array { return nn.ElasticNet(w, 0.3, 0.4) },
			func(w []T) T { return elasticNet(w, 0.3, 0.4) }),
		penalty("Penalty", func(w reverse.Array) reverse.Array {
			return nn.Penalty(w, []*nn.Param{fixed}, func(v reverse.Array) reverse.Array { return v.SumSq().Mul(w.Sum()) })
		}, func(w []T) T { return num[T](25).Mul(ad.Sum(w)) }),
	}
}
