package reverse

import (
	"fmt"
	"slices"
)

// ConvOptions say how the kernel of a convolution moves over an image, downwards
// and to the right: from one result to the next by Stride, over Padding zeros on
// each side, with its entries Dilation apart. A stride and a dilation of 0 mean 1,
// and so does Groups, which says into how many equal parts the channels are
// divided that have nothing to do with each other.
//
// OutputPadding is of transposed convolutions alone: how many more rows and
// columns the result has at its end. It is less than the stride, or than the
// dilation.
type ConvOptions struct {
	Stride, Padding, Dilation, OutputPadding [2]int
	Groups                                   int
}

// withDefaults replaces what is 0 and means 1.
func (o ConvOptions) withDefaults() ConvOptions {
	for i := range 2 {
		o.Stride[i] = orOne(o.Stride[i])
		o.Dilation[i] = orOne(o.Dilation[i])
	}
	o.Groups = orOne(o.Groups)
	return o
}

func orOne(n int) int {
	if n == 0 {
		return 1
	}
	return n
}

// valid says whether the options make sense at all.
func (o *ConvOptions) valid(transposed bool) bool {
	for i := range 2 {
		more := o.OutputPadding[i]
		if o.Stride[i] < 1 || o.Padding[i] < 0 || o.Dilation[i] < 1 || more < 0 ||
			more > 0 && (!transposed || more >= max(o.Stride[i], o.Dilation[i])) {
			return false
		}
	}
	return o.Groups > 0
}

// A window is a kernel that moves along one axis.
type window struct {
	image, results            int // lengths
	kernel, stride, pad, step int // step is the dilation
}

// fit returns how many results a window has; 0 or less if it does not fit.
func (w *window) fit() int {
	room := w.image + 2*w.pad - w.reach()
	if room < 0 {
		return 0
	}
	return room/w.stride + 1
}

// reach is the length of the kernel with what lies between its entries.
func (w *window) reach() int { return w.step*(w.kernel-1) + 1 }

// span returns the results from low to high at which entry k of the kernel lies on
// the image, and where it does for the first of them.
func (w *window) span(k int) (low, high, at int) {
	shift := k*w.step - w.pad // from i·stride to the place in the image
	low = min(w.results, max(0, ceilDiv(-shift, w.stride)))
	high = min(w.results, max(low, ceilDiv(w.image-shift, w.stride)))
	return low, high, low*w.stride + shift
}

// ceilDiv returns a/b rounded up, for b > 0.
func ceilDiv(a, b int) int {
	if a > 0 {
		return (a-1)/b + 1
	}
	return a / b
}

// shape sets the geometry of a convolution of x with the kernels w, or of its
// transpose, and the shape of the result. It panics if they do not fit.
func (c *correlation) shape(name string, dst []int, x, w, bias Array, options ConvOptions, transposed bool) []int {
	o, axes := options.withDefaults(), x.Rank()
	xs, ws := x.Shape(), w.Shape()
	fits := axes == len(ws) && axes >= 3 && o.valid(transposed) && !slices.Contains(ws, 0)
	if !fits {
		panicConv(name, x, w, bias, options)
	}
	c.images, c.groups = xs[0], o.Groups
	c.down, c.right = window{1, 1, 1, 1, 0, 1}, window{1, 1, 1, 1, 0, 1}
	windows := [...]*window{&c.down, &c.right}
	from, to := xs[1], ws[0]
	if transposed {
		to = ws[1] * o.Groups
		fits = ws[0] == from
	} else {
		fits = ws[1]*o.Groups == from
	}
	fits = fits && from%o.Groups == 0 && to%o.Groups == 0
	if bias != (Array{}) {
		fits = fits && bias.Rank() == 1 && bias.Size() == to
	}
	dst = append(dst, xs[0], to)
	for i := range axes - 2 {
		axis := windows[i+4-axes]
		*axis = window{kernel: ws[2+i], stride: o.Stride[i], pad: o.Padding[i], step: o.Dilation[i]}
		length := 0
		if transposed {
			axis.results = xs[2+i]
			length = (axis.results-1)*axis.stride - 2*axis.pad + axis.reach() + o.OutputPadding[i]
			axis.image = length
		} else {
			axis.image = xs[2+i]
			length = axis.fit()
			axis.results = length
		}
		fits = fits && length > 0
		dst = append(dst, length)
	}
	if !fits {
		panicConv(name, x, w, bias, options)
	}
	if transposed {
		from, to = to, from
	}
	c.inner, c.outer = from/o.Groups, to/o.Groups
	return dst
}

// panicConv says that a convolution does not fit.
func panicConv(name string, x, w, bias Array, o ConvOptions) {
	text := fmt.Sprintf("reverse: %s of shapes %v and %v", name, x.Shape(), w.Shape())
	if bias != (Array{}) {
		text += fmt.Sprintf(" with a bias of shape %v", bias.Shape())
	}
	panic(fmt.Sprintf("%s: %+v", text, o))
}
