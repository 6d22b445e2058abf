package catalog

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
)

// elementwiseArrays are operations on one element at a time, broadcast. Every row of
// the table is a case of Apply or Apply2.
func elementwiseArrays[T ad.Scalar[T]]() []arrayCase[T] {
	two := func(name string, array func(x, y reverse.Array) reverse.Array, f func(x, y T) T, lo, hi float64) []arrayCase[T] {
		var cases []arrayCase[T]
		for _, s := range []struct{ x, y, z []int }{
			{[]int{2, 3}, []int{2, 3}, []int{2, 3}},
			{[]int{2, 1}, []int{3}, []int{2, 3}},
			{[]int{3}, []int{2, 1, 1}, []int{2, 1, 3}},
			{nil, []int{2, 2}, []int{2, 2}},
		} {
			cases = append(cases, arrayCase[T]{name, sizes(s.x, s.y), lo, hi,
				func(x []reverse.Array) reverse.Array { return array(x[0], x[1]) },
				func(x []grid[T]) grid[T] { return mapped(s.z, func(x []T) T { return f(x[0], x[1]) }, x...) }})
		}
		return cases
	}
	matrix := []int{2, 3}
	one := func(name string, lo, hi float64, array func(x reverse.Array) reverse.Array, f func(x T) T) arrayCase[T] {
		return arrayCase[T]{name, sizes(matrix), lo, hi,
			func(x []reverse.Array) reverse.Array { return array(x[0]) },
			func(x []grid[T]) grid[T] { return mapped(matrix, func(x []T) T { return f(x[0]) }, x...) }}
	}
	cases := two("Add", reverse.Array.Add, T.Add, -2, 2)
	cases = append(cases, two("Sub", reverse.Array.Sub, T.Sub, -2, 2)...)
	cases = append(cases, two("Mul", reverse.Array.Mul, T.Mul, -2, 2)...)
	cases = append(cases, two("Div", reverse.Array.Div, T.Div, 0.5, 2)...)
	cases = append(cases,
		one("Neg", -2, 2, reverse.Array.Neg, T.Neg),
		one("Scale", -2, 2, func(x reverse.Array) reverse.Array { return x.Scale(0.3) }, func(x T) T { return x.Mul(num[T](0.3)) }),
		arrayCase[T]{"IfPos", sizes([]int{3}, []int{2, 1}, matrix), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].IfPos(x[1], x[2]) },
			func(x []grid[T]) grid[T] {
				return mapped(matrix, func(x []T) T { return x[0].IfPos(x[1], x[2]) }, x...)
			}},
		arrayCase[T]{"Where", sizes([]int{3}, matrix), -2, 2,
			func(x []reverse.Array) reverse.Array {
				return reverse.Where([]bool{true, false, true, false, false, true}, x[0], x[1])
			},
			func(x []grid[T]) grid[T] {
				return filled(matrix, func(i []int) T {
					if k := i[0]*3 + i[1]; k == 0 || k == 2 || k == 5 {
						return x[0].at(i...)
					}
					return x[1].at(i...)
				})
			}},
		arrayCase[T]{"ApplyN", sizes(matrix, matrix), -2, 2,
			func(x []reverse.Array) reverse.Array { return ad.LogSumExp(x) },
			func(x []grid[T]) grid[T] { return mapped(matrix, ad.LogSumExp[T], x...) }},
		arrayCase[T]{"Checkpoint", sizes(matrix), -2, 2,
			func(x []reverse.Array) reverse.Array {
				return x[0].Checkpoint(func(y reverse.Array) reverse.Array { return ad.Sin(y).Mul(x[0]) })
			},
			func(x []grid[T]) grid[T] {
				return mapped(matrix, func(x []T) T { return ad.Sin(x[0]).Mul(x[0]) }, x...)
			}},
		arrayCase[T]{"Of", sizes(matrix), -2, 2,
			func(x []reverse.Array) reverse.Array { return customCube.Of(x[0]) },
			func(x []grid[T]) grid[T] {
				return mapped(matrix, func(x []T) T { return x[0].Mul(x[0]).Mul(x[0]) }, x...)
			}},
		arrayCase[T]{"Stack", sizes(matrix), -2, 2,
			func(x []reverse.Array) reverse.Array {
				v := x[0].Vars()
				return reverse.Stack(v[0].Mul(v[5]), x[0].At(1, 0))
			},
			func(x []grid[T]) grid[T] {
				return grid[T]{[]int{2}, []T{x[0].at(0, 0).Mul(x[0].at(1, 2)), x[0].at(1, 0)}}
			}},
	)
	for _, f := range rule.Functions {
		op := ad.NewOp((*ad.Func)(f))
		cases = append(cases, one("Apply", f.Lo, f.Hi,
			func(x reverse.Array) reverse.Array { return x.Apply(op) }, func(x T) T { return x.Apply(op) }))
	}
	for _, f := range rule.Functions2 {
		op := ad.NewOp2((*ad.Func2)(f))
		cases = append(cases, two("Apply2",
			func(x, y reverse.Array) reverse.Array { return x.Apply2(op, y) },
			func(x, y T) T { return x.Apply2(op, y) }, max(f.Lo[0], f.Lo[1]), min(f.Hi[0], f.Hi[1]))...)
	}
	return cases
}

// customCube is x³ as a user's own operation.
var customCube = &reverse.Custom{
	Name: "cube",
	Value: func(c *reverse.Call) {
		for i, x := range c.X[0] {
			c.Y[i] = x * x * x
		}
	},
	JVP: func(c *reverse.Call, dst []float64, v [][]float64) {
		for i, x := range c.X[0] {
			dst[i] += 3 * x * x * v[0][i]
		}
	},
	VJP: func(c *reverse.Call, dst [][]float64, w []float64) {
		for i, x := range c.X[0] {
			dst[0][i] += 3 * x * x * w[i]
		}
	},
	Curve: func(c *reverse.Call, dst [][]float64, w []float64, v [][]float64, _ []float64) {
		for i, x := range c.X[0] {
			dst[0][i] += 6 * x * v[0][i] * w[i]
		}
	},
}
