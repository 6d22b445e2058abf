package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// An Augmentation changes a sample x of the shape in place. An image has the shape
// [channels, height, width].
type Augmentation func(rng *rand.Rand, x []float64, shape []int)

// Compose applies augmentations one after the other.
func Compose(steps ...Augmentation) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		for _, step := range steps {
			step(rng, x, shape)
		}
	}
}

// FlipHorizontal mirrors an image left to right with a probability.
//
// FlipHorizontal panics if the probability is not between 0 and 1.
func FlipHorizontal(probability float64) Augmentation {
	isProbability("FlipHorizontal", probability)
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, _, w := imageAxes(shape)
		if rng.Float64() >= probability {
			return
		}
		for ; len(x) > 0; x = x[w:] {
			slices.Reverse(x[:w])
		}
	}
}

// FlipVertical mirrors an image top to bottom with a probability.
//
// FlipVertical panics if the probability is not between 0 and 1.
func FlipVertical(probability float64) Augmentation {
	isProbability("FlipVertical", probability)
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, h, w := imageAxes(shape)
		if rng.Float64() >= probability {
			return
		}
		for ; len(x) > 0; x = x[h*w:] {
			for i := range h / 2 {
				a, b := x[i*w:][:w], x[(h-1-i)*w:][:w]
				for j := range a {
					a[j], b[j] = b[j], a[j]
				}
			}
		}
	}
}

// Shift moves an image by up to the number of pixels in either direction along both axes,
// uniformly, and fills with 0. It is the random crop of an image with a border of zeros.
//
// Shift panics if pixels is negative, or 2³⁰ or more.
func Shift(pixels int) Augmentation {
	if pixels < 0 || pixels >= 1<<30 {
		panic(fmt.Sprintf("data: Shift by %d pixels", pixels))
	}
	return func(rng *rand.Rand, x []float64, shape []int) {
		down, right := rng.IntN(2*pixels+1)-pixels, rng.IntN(2*pixels+1)-pixels
		resample(x, shape, func(i, j float64) (float64, float64) { return i - float64(down), j - float64(right) })
	}
}

// Rotate turns an image about its center by an angle that is uniform between ±degrees. It
// interpolates bilinearly between pixels and fills with 0.
func Rotate(degrees float64) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		turn(x, shape, degrees*(2*rng.Float64()-1))
	}
}

// turn turns an image clockwise.
func turn(x []float64, shape []int, degrees float64) {
	_, h, w := imageAxes(shape)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	ci, cj := float64(h-1)/2, float64(w-1)/2
	resample(x, shape, func(i, j float64) (float64, float64) {
		i, j = i-ci, j-cj
		return ci + cos*i - sin*j, cj + sin*i + cos*j
	})
}

// Zoom scales an image about its center by a factor that is uniform between lo and hi. It
// interpolates bilinearly between pixels and fills with 0.
//
// Zoom panics unless 0 < lo <= hi.
func Zoom(lo, hi float64) Augmentation {
	if !(0 < lo && lo <= hi) || math.IsInf(hi, 1) {
		panic(fmt.Sprintf("data: Zoom by %g to %g", lo, hi))
	}
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, h, w := imageAxes(shape)
		f := lo + (hi-lo)*rng.Float64()
		ci, cj := float64(h-1)/2, float64(w-1)/2
		resample(x, shape, func(i, j float64) (float64, float64) { return ci + (i-ci)/f, cj + (j-cj)/f })
	}
}

// Noise adds normal noise to every number.
func Noise(deviation float64) Augmentation {
	return func(rng *rand.Rand, x []float64, _ []int) {
		for i := range x {
			x[i] += deviation * rng.NormFloat64()
		}
	}
}

// Cutout sets a square of size×size pixels to 0, in all channels. Its center is uniform among the
// pixels of the image, so a part of it may lie outside (T. DeVries and G. W. Taylor,
// arXiv:1708.04552).
//
// Cutout panics if size is negative.
func Cutout(size int) Augmentation {
	if size < 0 {
		panic(fmt.Sprintf("data: Cutout of %d pixels", size))
	}
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, h, w := imageAxes(shape)
		top, left := rng.IntN(h)-size/2, rng.IntN(w)-size/2
		from, to := max(0, left), min(w, left+size)
		for ; len(x) > 0; x = x[h*w:] {
			for i := max(0, top); i < min(h, top+size); i++ {
				clear(x[i*w+from : i*w+to])
			}
		}
	}
}

// isProbability panics if p is none.
func isProbability(name string, p float64) {
	if !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("data: %s with probability %g", name, p))
	}
}

// imageAxes returns the lengths of an image's axes.
func imageAxes(shape []int) (channels, height, width int) {
	if len(shape) != 3 {
		panic(fmt.Sprintf("data: an image of shape %v, want [channels, height, width]", shape))
	}
	return shape[0], shape[1], shape[2]
}

var scratch = sync.Pool{New: func() any { return new([]float64) }}

// resample replaces every pixel by the one that lies at from(i, j) of the old image.
func resample(x []float64, shape []int, from func(i, j float64) (float64, float64)) {
	_, h, w := imageAxes(shape)
	buffer := scratch.Get().(*[]float64)
	defer scratch.Put(buffer)
	*buffer = append((*buffer)[:0], x...)
	for old := *buffer; len(old) > 0; old, x = old[h*w:], x[h*w:] {
		for i := range h {
			for j := range w {
				y, z := from(float64(i), float64(j))
				x[i*w+j] = bilinear(old, h, w, y, z)
			}
		}
	}
}

// bilinear returns the value of an image of h×w at a place between pixels, beyond the
// image 0.
func bilinear(x []float64, h, w int, i, j float64) float64 {
	if !(i > -1 && i < float64(h) && j > -1 && j < float64(w)) {
		return 0
	}
	top, left := math.Floor(i), math.Floor(j)
	down, right := i-top, j-left
	p, q := int(top), int(left)
	at := func(p, q int) float64 {
		if p < 0 || p >= h || q < 0 || q >= w {
			return 0
		}
		return x[p*w+q]
	}
	return mix(mix(at(p, q), at(p, q+1), right), mix(at(p+1, q), at(p+1, q+1), right), down)
}

// mix returns what lies at t on the way from a to b, a itself at 0 whatever b is.
func mix(a, b, t float64) float64 {
	if t == 0 {
		return a
	}
	return (1-t)*a + t*b
}
