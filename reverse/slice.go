package reverse

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// A Range is a part of an axis: the elements from Start to before Stop, as in
// Go. A negative Start counts from the end, and so does a Stop of 0 or less: the
// zero Range is the whole axis.
//
// With a Step other than 0 and 1 it is every Step-th of them, from the first on; if
// Step is negative, from the last on, backwards.
type Range struct{ Start, Stop, Step int }

// of returns the first element of the range in an axis of length n, how many there
// are, and how far apart.
func (r Range) of(n int) (first, count, step int, ok bool) {
	start, stop := r.Start, r.Stop
	if start < 0 {
		start += n
	}
	if stop <= 0 {
		stop += n
	}
	if start < 0 || stop > n || start > stop {
		return 0, 0, 0, false
	}
	step = r.Step
	switch {
	case step == 0:
		step = 1
	case step < 0 && stop > start:
		return stop - 1, 1 + (stop-1-start)/-step, step, true
	}
	return start, (stop - start + max(step, -step) - 1) / max(step, -step), step, true
}

// Slice returns the part of x that lies in a range of every axis. Axes that are not
// listed, the last ones, stay whole.
//
// Cost: a copy.
//
// Slice panics if there are more ranges than axes, or one reaches beyond its axis.
func (x Array) Slice(ranges ...Range) Array {
	t := tapeOf(x)
	shape := x.Shape()
	if len(ranges) > len(shape) {
		panic(fmt.Sprintf("reverse: Slice of %d ranges of shape %v", len(ranges), slices.Clone(shape)))
	}
	if t == nil {
		return x
	}
	t.shape = append(t.shape[:0], shape...)
	at := 0
	for i, r := range ranges {
		first, count, _, ok := r.of(shape[i])
		if !ok {
			panic(fmt.Sprintf("reverse: Slice from %d to %d along axis %d of shape %v", r.Start, r.Stop, i, slices.Clone(shape)))
		}
		t.shape[i] = count
		at += first * layout.Stride(shape, i)
	}
	out := t.newArray(t.shape)
	o := newMove(t, "Slice", out, x.a)
	m := &o.moves[0]
	m.Begin(at, 0)
	for i, d := range out.shape {
		step := 1
		if i < len(ranges) {
			_, _, step, _ = ranges[i].of(shape[i])
		}
		m.Axis(d, step*layout.Stride(shape, i), layout.Stride(out.shape, i))
	}
	m.Carry(out.data[primal], x.a.data[primal])
	return t.wrap(out)
}

// Pad returns x with elements of a constant value put before and after it along
// every axis: as many as widths says, axis by axis. Negative widths take elements
// away. Axes that are not listed, the last ones, stay as they are.
//
// Cost: a copy.
//
// Pad panics if there are more widths than axes, or if they take away more than
// there is.
func (x Array) Pad(value float64, widths ...[2]int) Array {
	t := tapeOf(x)
	shape := x.Shape()
	if len(widths) > len(shape) {
		panic(fmt.Sprintf("reverse: Pad of %d axes of shape %v", len(widths), slices.Clone(shape)))
	}
	if t == nil {
		return x
	}
	t.shape = append(t.shape[:0], shape...)
	for i, w := range widths {
		t.shape[i] += w[0] + w[1]
		if max(w[0], w[1]) > math.MaxInt/4 || min(w[0], w[1]) < -shape[i] || t.shape[i] < 0 {
			panic(fmt.Sprintf("reverse: Pad by %v along axis %d of shape %v", w, i, slices.Clone(shape)))
		}
	}
	out := t.newArray(t.shape)
	o := newMove(t, "Pad", out, x.a)
	at, into := 0, 0
	for i, w := range widths {
		at += max(0, -w[0]) * layout.Stride(shape, i)
		into += max(0, w[0]) * layout.Stride(out.shape, i)
	}
	m := &o.moves[0]
	m.Begin(at, into)
	for i, d := range shape {
		if i < len(widths) {
			d += min(0, widths[i][0]) + min(0, widths[i][1])
		}
		m.Axis(d, layout.Stride(shape, i), layout.Stride(out.shape, i))
	}
	z := out.data[primal]
	for i := range z {
		z[i] = value
	}
	m.Carry(z, x.a.data[primal])
	return t.wrap(out)
}
