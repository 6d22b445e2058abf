package kernel

import "math"

// A Window is a kernel that moves along one axis of an image, with Pad zeros on
// each side: from one result to the next by Stride, its entries Dilation apart.
type Window struct {
	Image, Results                int // lengths
	Kernel, Stride, Pad, Dilation int
}

// Fit returns how many results there can be: 0 if the kernel does not fit.
func (w *Window) Fit() int {
	room := w.Image + 2*w.Pad - w.Reach()
	if room < 0 {
		return 0
	}
	return room/w.Stride + 1
}

// Reach is the length of the kernel with what lies between its entries.
func (w *Window) Reach() int { return w.Dilation*(w.Kernel-1) + 1 }

// Valid reports whether the lengths make sense, and are so small that no place in the
// padded image overflows.
func (w *Window) Valid() bool {
	if min(w.Image, w.Results, w.Pad) < 0 || min(w.Kernel, w.Stride, w.Dilation) < 1 {
		return false
	}
	most := float64(w.Image) + 2*float64(w.Pad) + float64(w.Dilation)*float64(w.Kernel) + float64(w.Stride)*float64(max(w.Results, 1))
	return most < math.MaxInt/4
}

// span returns the results from low to high at which entry k of the kernel lies on
// the image, and where it does for the first of them.
func (w *Window) span(k int) (low, high, at int) {
	shift := k*w.Dilation - w.Pad // from i·Stride to the place in the image
	low = min(w.Results, max(0, CeilDiv(-shift, w.Stride)))
	high = min(w.Results, max(low, CeilDiv(w.Image-shift, w.Stride)))
	return low, high, low*w.Stride + shift
}

// CeilDiv returns a/b rounded up, for b > 0.
func CeilDiv(a, b int) int {
	if a > 0 {
		return (a-1)/b + 1
	}
	return a / b
}

// tap returns where entry k of the kernel lies: at result i on element i+shift of
// those that are every Stride-th, from phase on.
func (w *Window) tap(k int) (phase, shift int) {
	at := k*w.Dilation - w.Pad
	shift = -CeilDiv(-at, w.Stride)
	return at - shift*w.Stride, shift
}

// shifts returns the least and the greatest shift.
func (w *Window) shifts() (least, greatest int) {
	_, least = w.tap(0)
	_, greatest = w.tap(w.Kernel - 1)
	return least, greatest
}

// every returns how many elements there are from phase on, a stride apart.
func (w *Window) every(phase int) int { return max(0, CeilDiv(w.Image-phase, w.Stride)) }
