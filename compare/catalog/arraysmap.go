package catalog

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// mapArrays are scalar functions over the elements or rows of arrays.
func mapArrays[T ad.Scalar[T]]() []arrayCase[T] {
	cases := []arrayCase[T]{
		{"Map", sizes([]int{2, 3}, []int{3}), -2, 2,
			func(x []reverse.Array) reverse.Array { return reverse.Map(bump[reverse.Var], x...) },
			func(x []grid[T]) grid[T] { return mapped([]int{2, 3}, bump[T], x...) }},
		{"Map", sizes([]int{70}, nil), -2, 2, // more than a block, and one operand that all share
			func(x []reverse.Array) reverse.Array { return reverse.Map(bump[reverse.Var], x...) },
			func(x []grid[T]) grid[T] { return mapped([]int{70}, bump[T], x...) }},
	}
	return append(cases, mapRowsArrays[T]()...)
}

func mapRowsArrays[T ad.Scalar[T]]() []arrayCase[T] {
	rows := []int{3, 2}
	single := arrayCase[T]{"MapRows", sizes(rows, []int{2}), -2, 2,
		func(x []reverse.Array) reverse.Array { return reverse.MapRows(bump[reverse.Var], x...) },
		func(x []grid[T]) grid[T] {
			return filled(rows[:1], func(i []int) T { return bump(row(x, i[0])) })
		}}
	several := arrayCase[T]{"MapRows", sizes(rows, []int{2}), -2, 2,
		func(x []reverse.Array) reverse.Array { return reverse.MapRows(bumps[reverse.Var], x...) },
		func(x []grid[T]) grid[T] {
			return filled(rows, func(i []int) T { return bumps(row(x, i[0]))[i[1]] })
		}}
	return []arrayCase[T]{single, several}
}

// row is row i of two grids, one after the other.
func row[T ad.Scalar[T]](x []grid[T], i int) []T {
	return []T{x[0].at(i, 0), x[0].at(i, 1), x[1].at(0), x[1].at(1)}
}

// bump is a function with every kind of operation that a recording has.
func bump[T ad.Scalar[T]](x []T) T {
	y := ad.Exp(x[0].Neg()).Mul(ad.Sin(x[1])).Add(ad.Hypot(x[0], x[1]))
	z := x[0].Sub(x[1]).IfPos(x[0].Mul(x[0]), num[T](2).Sub(x[1]))
	return y.Div(num[T](3).Add(z)).Add(ad.LogSumExp(x)).Sub(ad.SumSq(x)).Add(ad.Tanh(y))
}

func bumps[T ad.Scalar[T]](x []T) []T { return []T{bump(x), ad.Dot(x[:2], x[2:])} }
