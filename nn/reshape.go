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

// Flatten makes rows of all axes but the first.
type Flatten struct{ stateless }

// Forward returns the shape [batch, n] for x of the shape [batch, …].
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

// Func is a function of arrays as a Layer.
type Func func(x reverse.Array) reverse.Array

// Forward returns f(x).
func (f Func) Forward(x reverse.Array) reverse.Array { return f(x) }

// Params returns nil: what f learns is not known.
func (Func) Params() []*Param { return nil }

// UpsampleNearest makes images of the shape [images, channels, height, width] Scale
// times as high and as wide, by repeating elements. A Scale of 0 means a size of Height×Width.
type UpsampleNearest struct {
	Scale         int
	Height, Width int
	stateless
}

// Forward returns the shape [images, channels, Scale·height, Scale·width].
//
// Forward panics unless there is either a Scale or a size, of 1 or more.
func (l UpsampleNearest) Forward(x reverse.Array) reverse.Array {
	return x.UpsampleNearest(upsampled("UpsampleNearest", x, l.Scale, l.Height, l.Width))
}

// UpsampleBilinear makes images of the shape [images, channels, height, width] Scale
// times as high and as wide, by interpolation between the nearest four elements; see
// reverse.Array.UpsampleBilinear. A Scale of 0 means a size of Height×Width.
type UpsampleBilinear struct {
	Scale         int
	Height, Width int
	AlignCorners  bool
	stateless
}

// Forward returns the shape [images, channels, Scale·height, Scale·width].
//
// Forward panics unless there is either a Scale or a size, of 1 or more.
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
