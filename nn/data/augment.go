package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// An Augmentation changes a sample in place: numbers of a shape, of an image [channels,
// height, width].
type Augmentation func(rng *rand.Rand, x []float64, shape []int)

// Compose applies augmentations in turn.
func Compose(steps ...Augmentation) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		for _, step := range steps {
			step(rng, x, shape)
		}
	}
}

// FlipHorizontal mirrors an image left to right with a probability.
func FlipHorizontal(probability float64) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, _, w := image(shape)
		if rng.Float64() >= probability {
			return
		}
		for ; len(x) > 0; x = x[w:] {
			slices.Reverse(x[:w])
		}
	}
}

// FlipVertical mirrors an image top to bottom with a probability.
func FlipVertical(probability float64) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, h, w := image(shape)
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

// Shift moves an image by up to so many pixels either way along both axes, each number as likely as
// another, and fills with 0. It is the random crop of the image with a border of zeros.
func Shift(pixels int) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		down, right := rng.IntN(2*pixels+1)-pixels, rng.IntN(2*pixels+1)-pixels
		resample(x, shape, func(i, j float64) (float64, float64) { return i - float64(down), j - float64(right) })
	}
}

// Rotate turns an image about its centre by an angle that is uniform up to so many degrees either way,
// interpolates between pixels and fills with 0.
func Rotate(degrees float64) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, h, w := image(shape)
		sin, cos := math.Sincos(degrees * (2*rng.Float64() - 1) * math.Pi / 180)
		ci, cj := float64(h-1)/2, float64(w-1)/2
		resample(x, shape, func(i, j float64) (float64, float64) {
			i, j = i-ci, j-cj
			return ci + cos*i - sin*j, cj + sin*i + cos*j
		})
	}
}

// Zoom scales an image about its centre by a factor that is uniform between lo and hi, interpolates
// between pixels and fills with 0.
func Zoom(lo, hi float64) Augmentation {
	return func(rng *rand.Rand, x []float64, shape []int) {
		_, h, w := image(shape)
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

// image returns the lengths of an image's axes.
func image(shape []int) (channels, height, width int) {
	if len(shape) != 3 {
		panic(fmt.Sprintf("data: an image of shape %v, want [channels, height, width]", shape))
	}
	return shape[0], shape[1], shape[2]
}

var scratch = sync.Pool{New: func() any { return new([]float64) }}

// resample replaces every pixel by the one that lies at from(i, j) of the old image:
// between pixels the bilinear interpolation, beyond the image 0.
func resample(x []float64, shape []int, from func(i, j float64) (float64, float64)) {
	_, h, w := image(shape)
	buffer := scratch.Get().(*[]float64)
	defer scratch.Put(buffer)
	*buffer = append((*buffer)[:0], x...)
	for old := *buffer; len(old) > 0; old, x = old[h*w:], x[h*w:] {
		at := func(i, j int) float64 {
			if i < 0 || i >= h || j < 0 || j >= w {
				return 0
			}
			return old[i*w+j]
		}
		for i := range h {
			for j := range w {
				y, z := from(float64(i), float64(j))
				top, left := math.Floor(y), math.Floor(z)
				dy, dz := y-top, z-left
				p, q := int(top), int(left)
				x[i*w+j] = (1-dy)*((1-dz)*at(p, q)+dz*at(p, q+1)) + dy*((1-dz)*at(p+1, q)+dz*at(p+1, q+1))
			}
		}
	}
}
