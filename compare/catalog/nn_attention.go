package catalog

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// naiveAttention is softmax(q·kᵀ/√d)·v of rows.
func naiveAttention[T ad.Scalar[T]](q, k, v [][]T, causal bool) [][]T {
	var out [][]T
	for i, query := range q {
		var scores []T
		for j, key := range k {
			if causal && j > i {
				break
			}
			s := num[T](0)
			for c, x := range query {
				s = s.Add(x.Mul(key[c]))
			}
			scores = append(scores, s.Div(num[T](math.Sqrt(float64(len(query))))))
		}
		row := make([]T, len(v[0]))
		for c := range row {
			row[c] = num[T](0)
			for j, p := range naiveSoftmax(scores) {
				row[c] = row[c].Add(p.Mul(v[j][c]))
			}
		}
		out = append(out, row)
	}
	return out
}

// nnAttention are Attention and its layer.
func nnAttention[T ad.Scalar[T]]() []arrayCase[T] {
	var cases []arrayCase[T]
	const heads, width = 2, 2
	square, bias := []int{width, width}, []int{width}
	for _, causal := range []bool{false, true} {
		cases = append(cases,
			arrayCase[T]{"Attention", sizes([]int{1, 2, 3}, []int{1, 3, 3}, []int{1, 3, 2}), -1, 1,
				func(x []reverse.Array) reverse.Array { return nn.Attention(x[0], x[1], x[2], causal) },
				func(x []grid[T]) grid[T] {
					out := naiveAttention(rows(x[0].data, 3), rows(x[1].data, 3), rows(x[2].data, 2), causal)
					return grid[T]{[]int{1, 2, 2}, append(out[0], out[1]...)}
				}},
			arrayCase[T]{"MultiHeadAttention", sizes([]int{1, 2, width}, square, bias, square, bias, square, bias, square, bias), -1, 1,
				asLayer(func(p []*nn.Param) nn.Layer {
					linear := func(i int) *nn.Linear { return &nn.Linear{Weight: p[2*i], Bias: p[2*i+1]} }
					return &nn.MultiHeadAttention{Heads: heads, Causal: causal, Query: linear(0), Key: linear(1), Value: linear(2), Output: linear(3)}
				}),
				func(x []grid[T]) grid[T] {
					projected := func(i, head int) [][]T {
						y := byRow(x[0], func(row []T) []T { return affine(row, x[1+2*i], x[2+2*i]) })
						var parts [][]T
						for _, row := range rows(y.data, width) {
							parts = append(parts, row[head*width/heads:(head+1)*width/heads])
						}
						return parts
					}
					joined := make([][]T, x[0].shape[1])
					for head := range heads {
						for t, part := range naiveAttention(projected(0, head), projected(1, head), projected(2, head), causal) {
							joined[t] = append(joined[t], part...)
						}
					}
					y := grid[T]{shape: x[0].shape}
					for _, row := range joined {
						y.data = append(y.data, affine(row, x[7], x[8])...)
					}
					return y
				}})
	}
	return cases
}
