package catalog

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
)

// arraysAtKinks are cases for points of whole numbers alone: extreme elements, which
// share there, and elementary functions that have kinks.
func arraysAtKinks[T ad.Scalar[T]]() []arrayCase[T] {
	cube, matrix := []int{2, 3, 2}, []int{2, 3}
	var cases []arrayCase[T]
	extreme := func(name string, array func(x reverse.Array, axes ...int) reverse.Array, f func(x []T) T) {
		for _, axes := range [][]int{nil, {0}, {1}, {2}, {0, 2}} {
			cases = append(cases, arrayCase[T]{name, sizes(cube), -1, 1,
				func(x []reverse.Array) reverse.Array { return array(x[0], axes...) },
				func(x []grid[T]) grid[T] { return x[0].reduced(f, axes...) }})
		}
	}
	extreme("Max", reverse.Array.Max, shared(picked(larger[T]), func(v, m T) T { return m.Sub(v) }))
	extreme("Min", reverse.Array.Min, shared(picked(smaller[T]), T.Sub))
	largest := upTo(shared(picked(larger[T]), func(v, m T) T { return m.Sub(v) }))
	for axis := range cube {
		cases = append(cases, arrayCase[T]{"CumMax", sizes(cube), -1, 1,
			func(x []reverse.Array) reverse.Array { return x[0].CumMax(axis) },
			func(x []grid[T]) grid[T] { return x[0].along(axis, largest) }})
	}
	for _, f := range rule.Functions {
		if len(f.Kinks) == 0 {
			continue
		}
		op := ad.NewOp((*ad.Func)(f))
		cases = append(cases, arrayCase[T]{"Apply", sizes(matrix), f.Lo, f.Hi,
			func(x []reverse.Array) reverse.Array { return x[0].Apply(op) },
			func(x []grid[T]) grid[T] { return mapped(matrix, func(x []T) T { return x[0].Apply(op) }, x[0]) }})
	}
	return cases
}

// shared returns the mean of the elements that are the extreme one: of k that tie each has
// a slope of 1/k. distance is positive where an element is another.
func shared[T ad.Scalar[T]](extreme func(x []T) T, distance func(v, m T) T) func(x []T) T {
	return func(x []T) T {
		m, zero := extreme(x), num[T](0)
		var sum, n []T
		for _, v := range x {
			d := distance(v, m)
			sum, n = append(sum, d.IfPos(zero, v)), append(n, d.IfPos(zero, num[T](1)))
		}
		return ad.Sum(sum).Div(ad.Sum(n))
	}
}
