package reverse

import (
	"fmt"
	"slices"
)

// A walk goes over the elements of a shape in order, and over those of up to three
// operands that are broadcast to it. Axes that are adjacent in all of them are one.
type walk struct {
	dims    []int
	strides [operands][]int // 0 where an operand is repeated
}

const operands = 3

// broadcastShape appends to dst the shape that two shapes are broadcast to. It
// panics with the name of the operation if they do not fit.
func broadcastShape(name string, dst, x, y []int) []int {
	n := max(len(x), len(y))
	for i := range n {
		dx, dy := 1, 1
		if k := i - (n - len(x)); k >= 0 {
			dx = x[k]
		}
		if k := i - (n - len(y)); k >= 0 {
			dy = y[k]
		}
		switch {
		case dx == dy, dy == 1:
			dst = append(dst, dx)
		case dx == 1:
			dst = append(dst, dy)
		default:
			panic(fmt.Sprintf("reverse: %s of shapes %v and %v", name, x, y))
		}
	}
	return dst
}

// broadcasts reports whether two shapes broadcast.
func broadcasts(x, y []int) bool {
	for i := 1; i <= min(len(x), len(y)); i++ {
		if a, b := x[len(x)-i], y[len(y)-i]; a != b && a != 1 && b != 1 {
			return false
		}
	}
	return true
}

// over makes the walk go over a shape, with operands of the given shapes, which
// broadcast to it.
func (w *walk) over(shape []int, in ...[]int) {
	w.dims = w.dims[:0]
	same := true
	for k, s := range in {
		w.strides[k] = w.strides[k][:0]
		same = same && slices.Equal(s, shape)
	}
	if same {
		w.dims = append(w.dims, sizeOf(shape))
		for k := range in {
			w.strides[k] = append(w.strides[k], 1)
		}
		return
	}
	for i := len(shape) - 1; i >= 0; i-- {
		if shape[i] == 1 {
			continue
		}
		w.dims = append(w.dims, shape[i])
		for k, s := range in {
			stride, j := 0, i-(len(shape)-len(s))
			if j >= 0 && s[j] != 1 {
				stride = sizeOf(s[j+1:])
			}
			w.strides[k] = append(w.strides[k], stride)
		}
		w.join(len(in))
	}
	slices.Reverse(w.dims)
	for k := range in {
		slices.Reverse(w.strides[k])
	}
}

// join makes the last two axes one if every operand goes on from the one to the
// other. Axes are in reverse order so far.
func (w *walk) join(in int) {
	last := len(w.dims) - 1
	if last < 1 {
		return
	}
	for k := range in {
		if s := w.strides[k]; s[last] != s[last-1]*w.dims[last-1] {
			return
		}
	}
	w.dims[last-1] *= w.dims[last]
	w.dims = w.dims[:last]
	for k := range in {
		w.strides[k] = w.strides[k][:last]
	}
}

// A run is a stretch of the walk: n elements from out on, and operands that start
// at elements of their own and go on by a step.
type run struct {
	out, n   int
	at, step [operands]int
}

// each calls f for every run.
func (w *walk) each(f func(r run)) {
	if len(w.dims) == 0 {
		f(run{n: 1})
		return
	}
	if slices.Contains(w.dims, 0) {
		return
	}
	last := len(w.dims) - 1
	r := run{n: w.dims[last]}
	for k, s := range w.strides {
		if len(s) > 0 {
			r.step[k] = s[last]
		}
	}
	if last == 0 {
		f(r)
		return
	}
	var index [maxRank]int
	for {
		f(r)
		r.out += r.n
		axis := last - 1
		for ; axis >= 0; axis-- {
			index[axis]++
			for k, s := range w.strides {
				if len(s) > 0 {
					r.at[k] += s[axis]
				}
			}
			if index[axis] < w.dims[axis] {
				break
			}
			for k, s := range w.strides {
				if len(s) > 0 {
					r.at[k] -= s[axis] * w.dims[axis]
				}
			}
			index[axis] = 0
		}
		if axis < 0 {
			return
		}
	}
}

// maxRank is the largest number of axes of an array.
const maxRank = 16
