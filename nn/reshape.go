package nn

import "github.com/quartet-ad/ad/reverse"

// stateless is embedded by layers without parameters.
type stateless struct{}

// Params returns nil: there are none.
func (stateless) Params() []*Param { return nil }

// Flatten makes rows of all axes but the first.
type Flatten struct{ stateless }

// Forward returns the shape [batch, n] for x of the shape [batch, …].
func (Flatten) Forward(x reverse.Array) reverse.Array {
	batch := x.Shape()[0]
	return x.Reshape(batch, x.Size()/max(1, batch))
}

// Func is a function of arrays as a Layer.
type Func func(x reverse.Array) reverse.Array

// Forward returns f(x).
func (f Func) Forward(x reverse.Array) reverse.Array { return f(x) }

// Params returns nil: what f learns is not known.
func (Func) Params() []*Param { return nil }

// UpsampleNearest makes images of the shape [images, channels, height, width] Scale
// times as high and as wide, by repeating elements.
type UpsampleNearest struct {
	Scale int
	stateless
}

// Forward returns the shape [images, channels, Scale·height, Scale·width].
func (l UpsampleNearest) Forward(x reverse.Array) reverse.Array {
	s := x.Shape()
	return x.UpsampleNearest(l.Scale*s[len(s)-2], l.Scale*s[len(s)-1])
}

// UpsampleBilinear makes images of the shape [images, channels, height, width] Scale
// times as high and as wide, by interpolation between the nearest four elements; see
// reverse.Array.UpsampleBilinear.
type UpsampleBilinear struct {
	Scale        int
	AlignCorners bool
	stateless
}

// Forward returns the shape [images, channels, Scale·height, Scale·width].
func (l UpsampleBilinear) Forward(x reverse.Array) reverse.Array {
	s := x.Shape()
	return x.UpsampleBilinear(l.Scale*s[len(s)-2], l.Scale*s[len(s)-1], l.AlignCorners)
}
