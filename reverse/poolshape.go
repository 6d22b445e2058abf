package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// PoolOptions say which windows of an image are pooled, downwards and to the
// right: of Kernel elements that lie Dilation apart, from one to the next by
// Stride, from Padding elements before the image to as many behind it. A stride of
// 0 means that of the kernel, so that windows lie side by side, and a dilation of 0
// means 1. Padding is at most half the kernel.
//
// Where windows do not come out even, what is left over at the end is not pooled;
// if Ceil, a last window takes it in that reaches beyond, as long as it begins
// before the end of the image, or of the padding in front of it.
//
// Padding is never the maximum. In an average it counts as zeros if
// CountPadding, and not at all if not; what lies beyond the padding never counts.
type PoolOptions struct {
	Kernel, Stride, Padding, Dilation [2]int
	Ceil                              bool
	CountPadding                      bool
}

// A pooling is the geometry of a pooling: bins along both axes of every channel of
// every image.
type pooling struct{ kernel.Pooling }

// windows sets the pooling of x's tape to windows of x, which has so many axes
// besides images and channels, and its shape to that of the result.
func (x Array) windows(name string, axes int, o PoolOptions) *tape {
	t, shape := tapeOf(x), x.Shape()
	if len(shape) != axes+2 {
		panicPool(name, x, o)
	}
	p := t.poolingOf(shape)
	length := [2]int{1, 1}
	copy(length[2-axes:], shape[2:])
	bins, step := [2][]kernel.Bin{p.Down[:0], p.Right[:0]}, [2]int{1, 1}
	if axes == 1 {
		bins[0] = append(bins[0], kernel.Bin{End: 1, Count: 1})
	}
	for i := range axes {
		axis := i + 2 - axes
		w := kernel.Window{Image: length[axis], Kernel: o.Kernel[i], Stride: o.Stride[i], Pad: o.Padding[i], Dilation: orOne(o.Dilation[i])}
		if w.Stride == 0 {
			w.Stride = w.Kernel
		}
		if !w.Valid() || w.Pad > w.Kernel/2 {
			panicPool(name, x, o)
		}
		bins[axis] = binsOf(&w, bins[axis], o)
		step[axis] = w.Dilation
		if len(bins[axis]) == 0 {
			panicPool(name, x, o)
		}
		t.shape = append(t.shape, len(bins[axis]))
	}
	p.Height, p.Width = length[0], length[1]
	p.Down, p.Right = bins[0], bins[1]
	p.StepDown, p.StepRight = step[0], step[1]
	return t
}

// binsOf appends the bins of a window.
func binsOf(w *kernel.Window, dst []kernel.Bin, o PoolOptions) []kernel.Bin {
	n := w.Fit()
	room := w.Image + 2*w.Pad - w.Reach()
	if o.Ceil && room > -w.Stride && room%w.Stride != 0 && n*w.Stride < w.Image+w.Pad {
		n++
	}
	for i := range n {
		from := i*w.Stride - w.Pad
		end := from + w.Reach()
		count := min(end, w.Image+w.Pad) - from
		if from < 0 {
			from += kernel.CeilDiv(-from, w.Dilation) * w.Dilation
		}
		end = min(end, w.Image)
		if !o.CountPadding {
			count = end - from
		}
		dst = append(dst, kernel.Bin{From: from, End: end, Count: count})
	}
	return dst
}

// bins sets the pooling of x's tape to so many bins along each of the last axes, as
// even as they can be: bin i of m covers n elements from ⌊i·n/m⌋ to ⌈(i+1)·n/m⌉. It
// sets the tape's shape to that of the result.
func (x Array) bins(name string, bins ...int) *tape {
	t, shape := tapeOf(x), x.Shape()
	fits := len(shape) == len(bins)+2
	for i, m := range bins {
		fits = fits && m > 0 && shape[2+i] > 0
	}
	if !fits {
		panic(fmt.Sprintf("reverse: %s of shape %v to %v", name, shape, slices.Clone(bins)))
	}
	p := t.poolingOf(shape)
	layout.Size(append(t.shape, bins...)) // before the bins are made
	p.Height, p.Width = 1, shape[len(shape)-1]
	if len(bins) == 2 {
		p.Height = shape[2]
		p.Down = even(p.Down[:0], p.Height, bins[0])
	} else {
		p.Down = even(p.Down[:0], 1, 1)
	}
	p.Right = even(p.Right[:0], p.Width, bins[len(bins)-1])
	p.StepDown, p.StepRight = 1, 1
	t.shape = append(t.shape, bins...)
	return t
}

// even appends m bins of n elements.
func even(dst []kernel.Bin, n, m int) []kernel.Bin {
	for i := range m {
		from, end := i*n/m, kernel.CeilDiv((i+1)*n, m)
		dst = append(dst, kernel.Bin{From: from, End: end, Count: end - from})
	}
	return dst
}

// poolingOf returns the tape's pooling for images of the shape, and begins the
// shape of the result.
func (t *tape) poolingOf(shape []int) *pooling {
	t.shape = append(t.shape[:0], shape[:2]...)
	t.pooling.Planes = shape[0] * shape[1]
	return &t.pooling
}

// take copies a geometry, and keeps the storage.
func (p *pooling) take(from *pooling) {
	down, right := append(p.Down[:0], from.Down...), append(p.Right[:0], from.Right...)
	*p = *from
	p.Down, p.Right = down, right
}

func panicPool(name string, x Array, o PoolOptions) {
	text := fmt.Sprintf("reverse: %s of shape %v, Kernel %v", name, x.Shape(), o.Kernel)
	panic(text + set(setting{"Stride", o.Stride}, setting{"Padding", o.Padding}, setting{"Dilation", o.Dilation}))
}
