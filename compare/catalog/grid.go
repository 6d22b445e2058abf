package catalog

import (
	"slices"

	"github.com/quartet-ad/ad"
)

// A grid is an array over any number type, for naive versions of array operations:
// elements row by row.
type grid[T ad.Scalar[T]] struct {
	shape []int
	data  []T
}

// at returns an element. Leading indices that there is no axis for are left out, and
// an axis of length 1 is repeated, as broadcasting does.
func (g grid[T]) at(index ...int) T {
	index = index[len(index)-len(g.shape):]
	k := 0
	for axis, n := range g.shape {
		i := index[axis]
		if n == 1 {
			i = 0
		}
		k = k*n + i
	}
	return g.data[k]
}

// filled returns the grid with the elements that f gives.
func filled[T ad.Scalar[T]](shape []int, f func(index []int) T) grid[T] {
	g := grid[T]{shape: shape}
	index := make([]int, len(shape))
	for range sizeOf(shape) {
		g.data = append(g.data, f(slices.Clone(index)))
		for axis := len(shape) - 1; axis >= 0; axis-- {
			index[axis]++
			if index[axis] < shape[axis] {
				break
			}
			index[axis] = 0
		}
	}
	return g
}

// mapped applies f to every element of operands that broadcast to a shape.
func mapped[T ad.Scalar[T]](shape []int, f func(x []T) T, in ...grid[T]) grid[T] {
	return filled(shape, func(index []int) T {
		x := make([]T, len(in))
		for k, g := range in {
			x[k] = g.at(index...)
		}
		return f(x)
	})
}

// along applies f to the elements of every line of an axis.
func (g grid[T]) along(axis int, f func(line []T) []T) grid[T] {
	out := grid[T]{shape: g.shape, data: slices.Clone(g.data)}
	n, stride := g.shape[axis], sizeOf(g.shape[axis+1:])
	for first := range g.data {
		if first/stride%n != 0 {
			continue
		}
		var line []T
		for i := range n {
			line = append(line, g.data[first+i*stride])
		}
		for i, v := range f(line) {
			out.data[first+i*stride] = v
		}
	}
	return out
}

// reduced applies f to the elements that reducing axes brings together, all if there
// are none.
func (g grid[T]) reduced(f func(x []T) T, axes ...int) grid[T] {
	var kept []int
	var shape []int
	for axis, n := range g.shape {
		if len(axes) > 0 && !slices.Contains(axes, axis) {
			kept, shape = append(kept, axis), append(shape, n)
		}
	}
	groups := make([][]T, sizeOf(shape))
	filled(g.shape, func(index []int) T {
		k := 0
		for i, axis := range kept {
			k = k*shape[i] + index[axis]
		}
		groups[k] = append(groups[k], g.at(index...))
		return g.at(index...)
	})
	out := grid[T]{shape: shape}
	for _, x := range groups {
		out.data = append(out.data, f(x))
	}
	return out
}

// sizeOf returns the number of elements of a shape.
func sizeOf(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
