package nn

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/reverse"
)

// stateless is embedded by layers without parameters.
type stateless struct{}

// Params returns nil: there are none.
func (stateless) Params() []*Param { return nil }

// Flatten joins all axes but the first.
type Flatten struct{ stateless }

// Forward returns an array of shape [batch, n] from x of shape [batch, …].
//
// Cost: none by size: the elements are not copied.
//
// Forward panics if x has no axis.
func (Flatten) Forward(x reverse.Array) reverse.Array {
	if x.Rank() == 0 {
		panic("nn: Flatten of a scalar")
	}
	n := 1
	for _, d := range x.Shape()[1:] { // not the number of elements by that of samples, which may be 0
		n *= d
	}
	return x.Reshape(x.Shape()[0], n)
}

// Func makes a Layer of a function of arrays.
type Func func(x reverse.Array) reverse.Array

// Forward returns f(x).
//
// Cost: that of f.
func (f Func) Forward(x reverse.Array) reverse.Array { return f(x) }

// Params returns nil: parameters that f uses are not known to it.
func (Func) Params() []*Param { return nil }

// UpsampleNearest enlarges images by repeating elements: either Scale times in height and width,
// or, with a Scale of 0, to a size of Height×Width.
type UpsampleNearest struct {
	Scale         int
	Height, Width int
	stateless
}

// Forward returns an array of shape [images, channels, Scale·height, Scale·width], or
// [images, channels, Height, Width], from x of shape [images, channels, height, width].
//
// Cost: linear in the elements of the result.
//
// Forward panics unless there is either a Scale or a size, of at least 1.
func (l UpsampleNearest) Forward(x reverse.Array) reverse.Array {
	return x.UpsampleNearest(upsampled("UpsampleNearest", x, l.Scale, l.Height, l.Width))
}

// UpsampleBilinear enlarges images by interpolation between the nearest four elements: either Scale
// times in height and width, or, with a Scale of 0, to a size of Height×Width. See
// reverse.Array.UpsampleBilinear.
type UpsampleBilinear struct {
	Scale         int
	Height, Width int
	AlignCorners  bool
	stateless
}

// Forward returns an array of shape [images, channels, Scale·height, Scale·width], or
// [images, channels, Height, Width], from x of shape [images, channels, height, width].
//
// Cost: linear in the elements of the result.
//
// Forward panics unless there is either a Scale or a size, of at least 1.
func (l UpsampleBilinear) Forward(x reverse.Array) reverse.Array {
	h, w := upsampled("UpsampleBilinear", x, l.Scale, l.Height, l.Width)
	return x.UpsampleBilinear(h, w, l.AlignCorners)
}

// upsampled returns the size of images scale times as large, or that of h×w.
func upsampled(who string, x reverse.Array, scale, h, w int) (height, width int) {
	s := x.Shape()
	if len(s) != 4 || min(scale, h, w) < 0 || (scale > 0) == (h > 0) || (h > 0) != (w > 0) {
		panic(fmt.Sprintf("nn: %s by %d or to %d×%d of shape %v", who, scale, h, w, s))
	}
	if scale > 0 && scale > math.MaxInt/max(s[2], s[3], 1) {
		panic(fmt.Sprintf("nn: %s by %d of shape %v", who, scale, s))
	}
	if scale > 0 {
		return scale * s[2], scale * s[3]
	}
	return h, w
}
