package nn

import "github.com/quartet-ad/ad/reverse"

// MaxPool2D takes the largest element of every window, as reverse.Array.MaxPool2D says.
type MaxPool2D struct {
	reverse.PoolOptions
	stateless
}

// NewMaxPool2D returns a MaxPool2D of square windows, side by side.
func NewMaxPool2D(size int) MaxPool2D {
	return MaxPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{size, size}}}
}

// Forward returns the shape [images, channels, h, w] for x of the shape
// [images, channels, height, width].
func (l MaxPool2D) Forward(x reverse.Array) reverse.Array { return x.MaxPool2D(l.PoolOptions) }

// AvgPool2D takes the average of every window, as reverse.Array.AvgPool2D says.
type AvgPool2D struct {
	reverse.PoolOptions
	stateless
}

// NewAvgPool2D returns an AvgPool2D of square windows, side by side.
func NewAvgPool2D(size int) AvgPool2D {
	return AvgPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{size, size}}}
}

// Forward returns the shape [images, channels, h, w] for x of the shape
// [images, channels, height, width].
func (l AvgPool2D) Forward(x reverse.Array) reverse.Array { return x.AvgPool2D(l.PoolOptions) }

// MaxPool1D is MaxPool2D over sequences. Of the options the first of each pair count.
type MaxPool1D struct {
	reverse.PoolOptions
	stateless
}

// Forward returns the shape [sequences, channels, l] for x of the shape
// [sequences, channels, length].
func (l MaxPool1D) Forward(x reverse.Array) reverse.Array { return x.MaxPool1D(l.PoolOptions) }

// AvgPool1D is AvgPool2D over sequences. Of the options the first of each pair count.
type AvgPool1D struct {
	reverse.PoolOptions
	stateless
}

// Forward returns the shape [sequences, channels, l] for x of the shape
// [sequences, channels, length].
func (l AvgPool1D) Forward(x reverse.Array) reverse.Array { return x.AvgPool1D(l.PoolOptions) }

// AdaptiveAvgPool2D averages over Height×Width bins of every image; see
// reverse.Array.AdaptiveAvgPool2D.
type AdaptiveAvgPool2D struct {
	Height, Width int
	stateless
}

// Forward returns the shape [images, channels, Height, Width].
func (l AdaptiveAvgPool2D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveAvgPool2D(l.Height, l.Width)
}

// AdaptiveMaxPool2D takes the largest elements of Height×Width bins of every image; see
// reverse.Array.AdaptiveMaxPool2D.
type AdaptiveMaxPool2D struct {
	Height, Width int
	stateless
}

// Forward returns the shape [images, channels, Height, Width].
func (l AdaptiveMaxPool2D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveMaxPool2D(l.Height, l.Width)
}

// AdaptiveAvgPool1D is AdaptiveAvgPool2D over sequences, in Length bins.
type AdaptiveAvgPool1D struct {
	Length int
	stateless
}

// Forward returns the shape [sequences, channels, Length].
func (l AdaptiveAvgPool1D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveAvgPool1D(l.Length)
}

// AdaptiveMaxPool1D is AdaptiveMaxPool2D over sequences, in Length bins.
type AdaptiveMaxPool1D struct {
	Length int
	stateless
}

// Forward returns the shape [sequences, channels, Length].
func (l AdaptiveMaxPool1D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveMaxPool1D(l.Length)
}

// GlobalAvgPool averages every channel over all its elements.
type GlobalAvgPool struct{ stateless }

// Forward returns the shape [images, channels] for x of the shape [images, channels, …].
func (GlobalAvgPool) Forward(x reverse.Array) reverse.Array { return x.GlobalAvgPool() }
