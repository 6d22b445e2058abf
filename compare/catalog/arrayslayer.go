package catalog

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// layerArrays are fused parts of networks: normalizations and cells.
func layerArrays[T ad.Scalar[T]]() []arrayCase[T] {
	const epsilon = 0.25
	shape, channel := []int{2, 4, 2}, []int{4}
	// normed normalizes elements that have the same group.
	normed := func(x []grid[T], group func(i []int) int, weight func(g grid[T], i []int) T) grid[T] {
		groups := map[int][]T{}
		filled(x[0].shape, func(i []int) T {
			groups[group(i)] = append(groups[group(i)], x[0].at(i...))
			return x[0].at(i...)
		})
		return filled(x[0].shape, func(i []int) T {
			all := groups[group(i)]
			deviation := ad.Sqrt(ad.Variance(all, 0).Add(num[T](epsilon)))
			return x[0].at(i...).Sub(ad.Mean(all)).Div(deviation).Mul(weight(x[1], i)).Add(weight(x[2], i))
		})
	}
	byChannel := func(g grid[T], i []int) T { return g.at(i[1]) }
	mean, variance := []float64{0.5, -0.25, 1, 0}, []float64{1, 0.5, 2, 0.75}
	const n = 2 // units of a cell
	cell := func(x []grid[T], row, k int) (h, next T) {
		gate := func(g int) T { return x[0].at(row, g*n+k) }
		next = naiveSigmoid(gate(1)).Mul(x[1].at(row, k)).Add(naiveSigmoid(gate(0)).Mul(naiveTanh(gate(2))))
		return naiveSigmoid(gate(3)).Mul(naiveTanh(next)), next
	}
	return []arrayCase[T]{
		{"BatchNorm", sizes(shape, channel, channel), -2, 2,
			func(x []reverse.Array) reverse.Array {
				y, _, _ := x[0].BatchNorm(x[1], x[2], epsilon)
				return y
			},
			func(x []grid[T]) grid[T] { return normed(x, func(i []int) int { return i[1] }, byChannel) }},
		{"BatchNormWith", sizes(shape, channel, channel), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].BatchNormWith(mean, variance, x[1], x[2], epsilon) },
			func(x []grid[T]) grid[T] {
				return filled(shape, func(i []int) T {
					c := i[1]
					deviation := ad.Sqrt(num[T](variance[c] + epsilon))
					return x[0].at(i...).Sub(num[T](mean[c])).Div(deviation).Mul(x[1].at(c)).Add(x[2].at(c))
				})
			}},
		{"LayerNorm", sizes(shape, shape[1:], shape[1:]), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].LayerNorm(2, x[1], x[2], epsilon) },
			func(x []grid[T]) grid[T] {
				return normed(x, func(i []int) int { return i[0] }, func(g grid[T], i []int) T { return g.at(i[1], i[2]) })
			}},
		{"GroupNorm", sizes(shape, channel, channel), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].GroupNorm(2, x[1], x[2], epsilon) },
			func(x []grid[T]) grid[T] {
				return normed(x, func(i []int) int { return i[0]*2 + i[1]/2 }, byChannel)
			}},
		{"LSTM", sizes([]int{2, 4 * n}, []int{2, n}), -2, 2,
			func(x []reverse.Array) reverse.Array {
				h, next := reverse.LSTM(x[0], x[1])
				return reverse.Concat(1, h, next)
			},
			func(x []grid[T]) grid[T] {
				return filled([]int{2, 2 * n}, func(i []int) T {
					h, next := cell(x, i[0], i[1]%n)
					if i[1] < n {
						return h
					}
					return next
				})
			}},
	}
}
