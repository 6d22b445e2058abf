package nn

import "github.com/quartet-ad/ad/reverse"

// MaxPool2D takes the largest element of every window. See reverse.Array.MaxPool2D for the options.
type MaxPool2D struct {
	reverse.PoolOptions
	stateless
}

// NewMaxPool2D returns a MaxPool2D with adjacent square windows.
func NewMaxPool2D(size int) MaxPool2D {
	return MaxPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{size, size}}}
}

// Forward returns an array of shape [images, channels, h, w] from x of shape
// [images, channels, height, width].
//
// Cost: linear in the elements of the result times the size of a window.
func (l MaxPool2D) Forward(x reverse.Array) reverse.Array { return x.MaxPool2D(l.PoolOptions) }

// AvgPool2D takes the average of every window. See reverse.Array.AvgPool2D for the options.
type AvgPool2D struct {
	reverse.PoolOptions
	stateless
}

// NewAvgPool2D returns an AvgPool2D with adjacent square windows.
func NewAvgPool2D(size int) AvgPool2D {
	return AvgPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{size, size}}}
}

// Forward returns an array of shape [images, channels, h, w] from x of shape
// [images, channels, height, width].
//
// Cost: linear in the elements of the result times the size of a window.
func (l AvgPool2D) Forward(x reverse.Array) reverse.Array { return x.AvgPool2D(l.PoolOptions) }

// MaxPool1D is MaxPool2D over sequences. It uses the first of each pair in the options.
type MaxPool1D struct {
	reverse.PoolOptions
	stateless
}

// Forward returns an array of shape [sequences, channels, l] from x of shape
// [sequences, channels, length].
//
// Cost: linear in the elements of the result times the size of a window.
func (l MaxPool1D) Forward(x reverse.Array) reverse.Array { return x.MaxPool1D(l.PoolOptions) }

// AvgPool1D is AvgPool2D over sequences. It uses the first of each pair in the options.
type AvgPool1D struct {
	reverse.PoolOptions
	stateless
}

// Forward returns an array of shape [sequences, channels, l] from x of shape
// [sequences, channels, length].
//
// Cost: linear in the elements of the result times the size of a window.
func (l AvgPool1D) Forward(x reverse.Array) reverse.Array { return x.AvgPool1D(l.PoolOptions) }

// AdaptiveAvgPool2D averages over Height×Width bins of every image; see
// reverse.Array.AdaptiveAvgPool2D.
type AdaptiveAvgPool2D struct {
	Height, Width int
	stateless
}

// Forward returns an array of shape [images, channels, Height, Width] from x of shape
// [images, channels, height, width].
//
// Cost: linear in the elements.
func (l AdaptiveAvgPool2D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveAvgPool2D(l.Height, l.Width)
}

// AdaptiveMaxPool2D takes the largest elements of Height×Width bins of every image; see
// reverse.Array.AdaptiveMaxPool2D.
type AdaptiveMaxPool2D struct {
	Height, Width int
	stateless
}

// Forward returns an array of shape [images, channels, Height, Width] from x of shape
// [images, channels, height, width].
//
// Cost: linear in the elements.
func (l AdaptiveMaxPool2D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveMaxPool2D(l.Height, l.Width)
}

// AdaptiveAvgPool1D is AdaptiveAvgPool2D over sequences, in Length bins.
type AdaptiveAvgPool1D struct {
	Length int
	stateless
}

// Forward returns an array of shape [sequences, channels, Length] from x of shape
// [sequences, channels, length].
//
// Cost: linear in the elements.
func (l AdaptiveAvgPool1D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveAvgPool1D(l.Length)
}

// AdaptiveMaxPool1D is AdaptiveMaxPool2D over sequences, in Length bins.
type AdaptiveMaxPool1D struct {
	Length int
	stateless
}

// Forward returns an array of shape [sequences, channels, Length] from x of shape
// [sequences, channels, length].
//
// Cost: linear in the elements.
func (l AdaptiveMaxPool1D) Forward(x reverse.Array) reverse.Array {
	return x.AdaptiveMaxPool1D(l.Length)
}

// GlobalAvgPool averages every channel over all its elements.
type GlobalAvgPool struct{ stateless }

// Forward returns an array of shape [images, channels] from x of shape [images, channels, …].
//
// Cost: linear in the elements.
func (GlobalAvgPool) Forward(x reverse.Array) reverse.Array { return x.GlobalAvgPool() }
