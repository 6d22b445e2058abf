package reverse

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
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
//
// PadMode says what stands in place of zeros; transposed convolutions have PadZeros alone.
type ConvOptions struct {
	Stride, Padding, Dilation, OutputPadding [2]int
	Groups                                   int
	PadMode                                  PadMode
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
	return o.Groups > 0 && o.PadMode == PadZeros // others are done before
}

// A correlation is a convolution on a tape, or its transpose.
type correlation struct {
	kernel.Conv
	precision kernel.Precision
}

// correlate begins a convolution of x with the kernels w, or its transpose, in so
// many axes: it returns its geometry, and the array for the result. It panics if the
// shapes do not fit.
func (x Array) correlate(name string, axes int, w, bias Array, options ConvOptions, transposed bool) (correlation, *array) {
	t, o := tapeOf(x, w, bias), options.withDefaults()
	xs, ws := x.Shape(), w.Shape()
	fits := len(xs) == axes+2 && len(ws) == axes+2 && o.valid(transposed) && !slices.Contains(ws, 0)
	if !fits {
		panicConv(name, x, w, bias, options)
	}
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
	t.shape = append(t.shape[:0], xs[0], to)
	one := kernel.Window{Image: 1, Results: 1, Kernel: 1, Stride: 1, Dilation: 1}
	windows := [2]kernel.Window{one, one}
	for i := range axes {
		axis := &windows[i+2-axes]
		*axis = kernel.Window{Kernel: ws[2+i], Stride: o.Stride[i], Pad: o.Padding[i], Dilation: o.Dilation[i]}
		length := 0
		if transposed {
			axis.Results = xs[2+i]
		} else {
			axis.Image = xs[2+i]
		}
		if !axis.Valid() || o.OutputPadding[i] > math.MaxInt/4 {
			panicConv(name, x, w, bias, options)
		}
		if transposed {
			length = (axis.Results-1)*axis.Stride - 2*axis.Pad + axis.Reach() + o.OutputPadding[i]
			axis.Image = length
		} else {
			length = axis.Fit()
			axis.Results = length
		}
		fits = fits && length > 0
		t.shape = append(t.shape, length)
	}
	if !fits {
		panicConv(name, x, w, bias, options)
	}
	if transposed {
		from, to = to, from
	}
	c := kernel.Conv{Images: xs[0], Groups: o.Groups, In: from / o.Groups, Out: to / o.Groups, Down: windows[0], Right: windows[1]}
	return correlation{c, t.precision}, t.newArray(t.shape)
}

// biases returns the elements of a bias, nil if there is none.
func (x Array) biases() []float64 {
	if x.a == nil {
		return nil
	}
	return x.a.data[primal]
}

// panicConv says that a convolution does not fit.
func panicConv(name string, x, w, bias Array, o ConvOptions) {
	text := fmt.Sprintf("reverse: %s of shapes %v and %v", name, x.Shape(), w.Shape())
	if bias != (Array{}) {
		text += fmt.Sprintf(" with a bias of shape %v", bias.Shape())
	}
	if o.PadMode != PadZeros {
		text += fmt.Sprintf(", PadMode %v", o.PadMode)
	}
	panic(text + set(
		setting{"Stride", o.Stride}, setting{"Padding", o.Padding}, setting{"Dilation", o.Dilation},
		setting{"OutputPadding", o.OutputPadding}, setting{"Groups", [2]int{o.Groups}},
	))
}

// A setting is a number or two of some options, by the name of the field.
type setting struct {
	name  string
	value [2]int
}

// set returns the settings that are not left out, as the end of a sentence: ", Stride [2 2], Groups 3".
func set(settings ...setting) string {
	text := ""
	for _, s := range settings {
		switch {
		case s.value == [2]int{}:
		case s.name == "Groups":
			text += fmt.Sprintf(", %s %d", s.name, s.value[0])
		default:
			text += fmt.Sprintf(", %s %v", s.name, s.value)
		}
	}
	return text
}
