package data

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Blobs returns n points of the shape of the centers, normally distributed about them with the
// deviation along every axis. The label is the number of the center; sample i has the label i
// modulo the number of centers.
//
// Blobs panics if there is no center, or if they differ in length.
func Blobs(rng *rand.Rand, n int, deviation float64, centers ...[]float64) *Set {
	if len(centers) == 0 {
		panic("data: Blobs about no center")
	}
	s := &Set{Shape: []int{len(centers[0])}, Labels: []int{}}
	for i := range n {
		c := i % len(centers)
		if len(centers[c]) != len(centers[0]) {
			panic(fmt.Sprintf("data: Blobs about centers of %d and %d coordinates", len(centers[0]), len(centers[c])))
		}
		for _, x := range centers[c] {
			s.X = append(s.X, x+deviation*rng.NormFloat64())
		}
		s.Labels = append(s.Labels, c)
	}
	return s
}

// Moons returns n points of the plane on two interleaved half circles of radius 1. The upper one,
// about (0, 0), has the label 0, and the lower one, about (1, ½), the label 1. Normal noise of the
// deviation is added.
func Moons(rng *rand.Rand, n int, deviation float64) *Set {
	return plane(rng, n, 2, deviation, func(class int) (x, y float64) {
		sin, cos := math.Sincos(math.Pi * rng.Float64())
		if class == 0 {
			return cos, sin
		}
		return 1 - cos, 0.5 - sin
	})
}

// Spirals returns n points of the plane on spirals about the origin, one spiral for each class.
// Each turns once on its way to the radius 1. Normal noise of the deviation is added.
//
// Spirals panics if there is no class.
func Spirals(rng *rand.Rand, n, classes int, deviation float64) *Set {
	if classes < 1 {
		panic(fmt.Sprintf("data: %d Spirals", classes))
	}
	return plane(rng, n, classes, deviation, func(class int) (x, y float64) {
		r := rng.Float64()
		sin, cos := math.Sincos(2 * math.Pi * (r + float64(class)/float64(classes)))
		return r * cos, r * sin
	})
}

// plane returns n points at(class) with noise, of every class in turn.
func plane(rng *rand.Rand, n, classes int, deviation float64, at func(class int) (x, y float64)) *Set {
	s := &Set{Shape: []int{2}, Labels: []int{}}
	for i := range n {
		x, y := at(i % classes)
		s.X = append(s.X, x+deviation*rng.NormFloat64(), y+deviation*rng.NormFloat64())
		s.Labels = append(s.Labels, i%classes)
	}
	return s
}

// Curve returns n points x of shape [1], uniform between lo and hi. The targets are f(x) with
// normal noise of the deviation.
func Curve(rng *rand.Rand, n int, f func(x float64) float64, lo, hi, deviation float64) *Set {
	s := &Set{Shape: []int{1}, TargetShape: []int{1}, Y: []float64{}}
	for range n {
		x := lo + (hi-lo)*rng.Float64()
		s.X = append(s.X, x)
		s.Y = append(s.Y, f(x)+deviation*rng.NormFloat64())
	}
	return s
}
