package catalog

import (
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// affine returns w·x + b.
func affine[T ad.Scalar[T]](x []T, w, b grid[T]) []T {
	y := make([]T, len(b.data))
	for i := range y {
		y[i] = b.data[i]
		for j, v := range x {
			y[i] = y[i].Add(w.at(i, j).Mul(v))
		}
	}
	return y
}

// byRow applies f to every row of the last axis.
func byRow[T ad.Scalar[T]](x grid[T], f func(row []T) []T) grid[T] {
	last := len(x.shape) - 1
	y := grid[T]{shape: append([]int{}, x.shape...)}
	for _, row := range rows(x.data, x.shape[last]) {
		out := f(row)
		y.shape[last] = len(out)
		y.data = append(y.data, out...)
	}
	return y
}

// everyOther is a source of random numbers of which every other is 0, and the others as
// large as can be.
type everyOther bool

func (s *everyOther) Uint64() uint64 {
	*s = !*s
	if *s {
		return 0
	}
	return math.MaxUint64
}

// nnComposed are linear layers, what holds layers, and what moves elements.
func nnComposed[T ad.Scalar[T]]() []arrayCase[T] {
	x, square, bias := []int{2, 3}, []int{3, 3}, []int{3}
	tanh := func(x []T) []T {
		return mapped([]int{len(x)}, func(x []T) T { return naiveTanh(x[0]) }, vector(x)).data
	}
	plus := func(x, y []T) []T { return each(x, y, func(x, y T) T { return x.Add(y) }) }
	dropout := func(training bool) func(x []reverse.Array) reverse.Array {
		return func(x []reverse.Array) reverse.Array {
			l := nn.NewDropout(0.75, rand.New(new(everyOther)))
			l.SetTraining(training)
			return l.Forward(x[0])
		}
	}
	linear := func(w, b *nn.Param) *nn.Linear { return &nn.Linear{Weight: w, Bias: b} }
	return []arrayCase[T]{
		{"Linear", sizes([]int{2, 2, 3}, []int{2, 3}, []int{2}), -2, 2,
			asLayer(func(p []*nn.Param) nn.Layer { return linear(p[0], p[1]) }),
			func(x []grid[T]) grid[T] { return byRow(x[0], func(row []T) []T { return affine(row, x[1], x[2]) }) }},
		{"Linear", sizes(x, []int{2, 3}), -2, 2,
			asLayer(func(p []*nn.Param) nn.Layer { return linear(p[0], nil) }),
			func(x []grid[T]) grid[T] {
				zero := vector([]T{num[T](0), num[T](0)})
				return byRow(x[0], func(row []T) []T { return affine(row, x[1], zero) })
			}},
		{"Sequential", sizes(x, square, bias, []int{2, 3}, []int{2}), -1, 1,
			asLayer(func(p []*nn.Param) nn.Layer {
				return nn.Sequential{linear(p[0], p[1]), nn.Tanh{}, linear(p[2], p[3])}
			}),
			func(x []grid[T]) grid[T] {
				return byRow(x[0], func(row []T) []T { return affine(tanh(affine(row, x[1], x[2])), x[3], x[4]) })
			}},
		{"Residual", sizes(x, square, bias), -1, 1,
			asLayer(func(p []*nn.Param) nn.Layer {
				return &nn.Residual{Body: nn.Sequential{linear(p[0], p[1]), nn.Tanh{}}}
			}),
			func(x []grid[T]) grid[T] {
				return byRow(x[0], func(row []T) []T { return plus(row, tanh(affine(row, x[1], x[2]))) })
			}},
		{"Residual", sizes(x, []int{2, 3}, []int{2}, []int{2, 3}, []int{2}), -1, 1,
			asLayer(func(p []*nn.Param) nn.Layer {
				return &nn.Residual{Body: nn.Sequential{linear(p[0], p[1]), nn.Tanh{}}, Shortcut: linear(p[2], p[3])}
			}),
			func(x []grid[T]) grid[T] {
				return byRow(x[0], func(row []T) []T {
					return plus(affine(row, x[3], x[4]), tanh(affine(row, x[1], x[2])))
				})
			}},
		{"Flatten", sizes([]int{2, 2, 3}), -2, 2, plainLayer(nn.Flatten{}),
			func(x []grid[T]) grid[T] { return grid[T]{[]int{2, 6}, x[0].data} }},
		{"Dropout", sizes(x), -2, 2, dropout(false), func(x []grid[T]) grid[T] { return x[0] }},
		{"Dropout", sizes(x), -2, 2, dropout(true),
			func(x []grid[T]) grid[T] {
				return filled(x[0].shape, func(i []int) T {
					return num[T](float64((3*i[0] + i[1]) % 2 * 4)).Mul(x[0].at(i...))
				})
			}},
		{"Embedding", sizes([]int{4, 2}), -2, 2,
			func(x []reverse.Array) reverse.Array {
				indices := x[0].Tape().Const([]float64{2, 0, 2, 3}, 2, 2)
				return (&nn.Embedding{Weight: asParam(x[0])}).Forward(indices)
			},
			func(x []grid[T]) grid[T] {
				index := [2][2]int{{2, 0}, {2, 3}}
				return filled([]int{2, 2, 2}, func(i []int) T { return x[0].at(index[i[0]][i[1]], i[2]) })
			}},
	}
}
