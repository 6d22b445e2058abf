package catalog

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// reducingArrays take many elements to one, or lines to lines.
func reducingArrays[T ad.Scalar[T]]() []arrayCase[T] {
	cube := []int{2, 3, 2}
	var cases []arrayCase[T]
	reduce := func(name string, array func(x reverse.Array, axes ...int) reverse.Array, f func(x []T) T) {
		for _, axes := range [][]int{nil, {0}, {1}, {2}, {0, 2}} {
			cases = append(cases, arrayCase[T]{name, sizes(cube), -2, 2,
				func(x []reverse.Array) reverse.Array { return array(x[0], axes...) },
				func(x []grid[T]) grid[T] { return x[0].reduced(f, axes...) }})
		}
	}
	reduce("Sum", reverse.Array.Sum, ad.Sum[T])
	reduce("Mean", reverse.Array.Mean, ad.Mean[T])
	reduce("SumSq", reverse.Array.SumSq, ad.SumSq[T])
	reduce("Prod", reverse.Array.Prod, ad.Prod[T])
	reduce("Norm2", reverse.Array.Norm2, ad.Norm2[T])
	reduce("LogSumExp", reverse.Array.LogSumExp, ad.LogSumExp[T])
	reduce("Max", reverse.Array.Max, picked(larger[T]))
	reduce("Min", reverse.Array.Min, picked(smaller[T]))
	for _, correction := range []float64{0, 1} {
		reduce("Variance", func(x reverse.Array, axes ...int) reverse.Array { return x.Variance(correction, axes...) },
			func(x []T) T { return ad.Variance(x, correction) })
	}
	line := func(name string, array func(x reverse.Array, axis int) reverse.Array, f func(line []T) []T) {
		for axis := range cube {
			cases = append(cases, arrayCase[T]{name, sizes(cube), -2, 2,
				func(x []reverse.Array) reverse.Array { return array(x[0], axis-3) },
				func(x []grid[T]) grid[T] { return x[0].along(axis, f) }})
		}
	}
	line("Softmax", reverse.Array.Softmax, naiveSoftmax[T])
	line("LogSoftmax", reverse.Array.LogSoftmax, naiveLogSoftmax[T])
	line("CumSum", reverse.Array.CumSum, upTo(ad.Sum[T]))
	line("CumProd", reverse.Array.CumProd, upTo(ad.Prod[T]))
	line("LogCumSumExp", reverse.Array.LogCumSumExp, upTo(ad.LogSumExp[T]))
	line("CumMax", reverse.Array.CumMax, upTo(picked(larger[T])))
	return append(cases, lossArrays[T]()...)
}

// upTo applies f to the elements up to each.
func upTo[T ad.Scalar[T]](f func(x []T) T) func(line []T) []T {
	return func(x []T) []T {
		var y []T
		for i := range x {
			y = append(y, f(x[:i+1]))
		}
		return y
	}
}

func larger[T ad.Scalar[T]](x, y T) T  { return x.Sub(y).IfPos(x, y) }
func smaller[T ad.Scalar[T]](x, y T) T { return x.Sub(y).IfPos(y, x) }

func picked[T ad.Scalar[T]](f func(x, y T) T) func(x []T) T {
	return func(x []T) T {
		m := x[0]
		for _, v := range x[1:] {
			m = f(v, m)
		}
		return m
	}
}

// lossArrays are cross-entropies of four rows of three classes.
func lossArrays[T ad.Scalar[T]]() []arrayCase[T] {
	shape, weights, ignore := []int{4, 3}, []float64{0.5, 1, 2}, 7
	labels := []int{2, 0, ignore, 1}
	const smoothing = 0.1
	o := reverse.CrossEntropyOptions{Weights: weights, Smoothing: smoothing}
	ignoring := o
	ignoring.Ignore = []int{ignore}
	// loss is that of a row with a target.
	loss := func(row []T, target func(k int) T) T {
		s := num[T](0)
		for k, logP := range naiveLogSoftmax(row) {
			t := num[T](1 - smoothing).Mul(target(k)).Add(num[T](smoothing / 3))
			s = s.Sub(num[T](weights[k]).Mul(t).Mul(logP))
		}
		return s
	}
	return []arrayCase[T]{{"CrossEntropy", sizes(shape), -2, 2,
		func(x []reverse.Array) reverse.Array { return x[0].CrossEntropy(1, labels, ignoring) },
		func(x []grid[T]) grid[T] {
			losses := make([]T, len(labels))
			for i, label := range labels {
				if label == ignore {
					losses[i] = num[T](0)
					continue
				}
				losses[i] = loss(x[0].data[i*3:][:3], func(k int) T {
					if k == label {
						return num[T](1)
					}
					return num[T](0)
				})
			}
			return vector(losses)
		}}, {"CrossEntropyTo", sizes(shape, shape), 0.1, 2,
		func(x []reverse.Array) reverse.Array { return x[0].CrossEntropyTo(1, x[1], o) },
		func(x []grid[T]) grid[T] {
			losses := make([]T, len(labels))
			for i := range losses {
				losses[i] = loss(x[0].data[i*3:][:3], func(k int) T { return x[1].at(i, k) })
			}
			return vector(losses)
		}}}
}
