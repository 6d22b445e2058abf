package layout

import (
	"fmt"
	"slices"
)

// A walk goes over the elements of a shape in order, and over those of up to three
// operands that are broadcast to it. Axes that are adjacent in all of them are one.
type Walk struct {
	Dims    []int
	Strides [operands][]int // 0 where an operand is repeated
}

const operands = 3

// Broadcast appends to dst the shape that two shapes are broadcast to. It
// panics with the name of the operation if they do not fit.
func Broadcast(name string, dst, x, y []int) []int {
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

// Broadcasts reports whether two shapes broadcast.
func Broadcasts(x, y []int) bool {
	for i := 1; i <= min(len(x), len(y)); i++ {
		if a, b := x[len(x)-i], y[len(y)-i]; a != b && a != 1 && b != 1 {
			return false
		}
	}
	return true
}

// Over makes the walk go over a shape, with operands of the given shapes, which
// broadcast to it.
func (w *Walk) Over(shape []int, in ...[]int) {
	w.Dims = w.Dims[:0]
	same := true
	for k, s := range in {
		w.Strides[k] = w.Strides[k][:0]
		same = same && slices.Equal(s, shape)
	}
	if same {
		w.Dims = append(w.Dims, Size(shape))
		for k := range in {
			w.Strides[k] = append(w.Strides[k], 1)
		}
		return
	}
	for i := len(shape) - 1; i >= 0; i-- {
		if shape[i] == 1 {
			continue
		}
		w.Dims = append(w.Dims, shape[i])
		for k, s := range in {
			stride, j := 0, i-(len(shape)-len(s))
			if j >= 0 && s[j] != 1 {
				stride = Size(s[j+1:])
			}
			w.Strides[k] = append(w.Strides[k], stride)
		}
		w.join(len(in))
	}
	slices.Reverse(w.Dims)
	for k := range in {
		slices.Reverse(w.Strides[k])
	}
}

// join makes the last two axes one if every operand goes on from the one to the
// other. Axes are in reverse order so far.
func (w *Walk) join(in int) {
	last := len(w.Dims) - 1
	if last < 1 {
		return
	}
	for k := range in {
		if s := w.Strides[k]; s[last] != s[last-1]*w.Dims[last-1] {
			return
		}
	}
	w.Dims[last-1] *= w.Dims[last]
	w.Dims = w.Dims[:last]
	for k := range in {
		w.Strides[k] = w.Strides[k][:last]
	}
}

// A run is a stretch of the walk: n elements from out on, and operands that start
// at elements of their own and go on by a step: 1, or 0 where an operand is repeated. Not
// all of them are repeated, unless the run has one element.
type Run struct {
	Out, N   int
	At, Step [operands]int
}

// Each calls f for every run.
func (w *Walk) Each(f func(r Run)) {
	if len(w.Dims) == 0 {
		f(Run{N: 1})
		return
	}
	if slices.Contains(w.Dims, 0) {
		return
	}
	last := len(w.Dims) - 1
	r := Run{N: w.Dims[last]}
	for k, s := range w.Strides {
		if len(s) > 0 {
			r.Step[k] = s[last]
		}
	}
	if last == 0 {
		f(r)
		return
	}
	var index [MaxRank]int
	for {
		f(r)
		r.Out += r.N
		axis := last - 1
		for ; axis >= 0; axis-- {
			index[axis]++
			for k, s := range w.Strides {
				if len(s) > 0 {
					r.At[k] += s[axis]
				}
			}
			if index[axis] < w.Dims[axis] {
				break
			}
			for k, s := range w.Strides {
				if len(s) > 0 {
					r.At[k] -= s[axis] * w.Dims[axis]
				}
			}
			index[axis] = 0
		}
		if axis < 0 {
			return
		}
	}
}

// MaxRank is the largest number of axes of an array.
const MaxRank = 16
