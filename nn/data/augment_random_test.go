package data

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// ramp returns an image of n×n pixels whose values are their rows, or their columns.
func ramp(n int, columns bool) []float64 {
	x := make([]float64, n*n)
	for k := range x {
		if x[k] = float64(k / n); columns {
			x[k] = float64(k % n)
		}
	}
	return x
}

// TestAugmentationsAreUniform: what an augmentation draws has the distribution that its
// comment says. It is read off a ramp, which bilinear interpolation leaves a ramp: the
// greatest distance of the empirical distribution from a uniform one (Kolmogorov, Smirnov)
// is below 2/√samples, as it is but once in a thousand times.
func TestAugmentationsAreUniform(t *testing.T) {
	const n, center, off, samples = 41, 20, 8, 2000
	at := func(x []float64, i, j int) float64 { return x[i*n+j] }
	byAngle := func(degrees float64) func(x []float64) float64 {
		return func(x []float64) float64 {
			return math.Asin((center-at(x, center, center+off))/off)*180/math.Pi/(2*degrees) + 0.5
		}
	}
	byFactor := func(lo, hi float64, i, j int) func(x []float64) float64 {
		return func(x []float64) float64 { return (off/(at(x, i, j)-center) - lo) / (hi - lo) }
	}
	for _, test := range []struct {
		name    string
		a       Augmentation
		columns bool
		draw    func(x []float64) float64 // what was drawn, between 0 and 1
	}{
		{"Rotate by 10", Rotate(10), false, byAngle(10)},
		{"Rotate by 60", Rotate(60), false, byAngle(60)},
		{"Zoom in, columns", Zoom(1, 4), true, byFactor(1, 4, center, center+off)},
		{"Zoom in, rows", Zoom(1, 4), false, byFactor(1, 4, center+off, center)},
		{"Zoom in and out", Zoom(0.5, 2), true, byFactor(0.5, 2, center, center+off)},
		{"Shift down", Shift(10), false, func(x []float64) float64 { return (center - at(x, center, center) + 10.5) / 21 }},
		{"Shift right", Shift(10), true, func(x []float64) float64 { return (center - at(x, center, center) + 10.5) / 21 }},
	} {
		rng := rand.New(rand.NewPCG(5, 6))
		var drawn []float64
		for range samples {
			x := ramp(n, test.columns)
			test.a(rng, x, []int{1, n, n})
			drawn = append(drawn, test.draw(x))
		}
		slices.Sort(drawn)
		distance := 0.0
		for k, u := range drawn {
			distance = max(distance, math.Abs(u-(float64(k)+0.5)/samples))
		}
		limit := 2 / math.Sqrt(samples)
		if test.name[0] == 'S' { // whole pixels: half a step of 1/21 more
			limit += 0.5 / 21
		}
		if !(distance < limit) || drawn[0] < 0 || drawn[samples-1] > 1+1e-12 {
			t.Errorf("%s: from %v to %v, %v from uniform", test.name, drawn[0], drawn[samples-1], distance)
		}
	}
}

// TestCutoutIsUniform: the center of a cutout is any pixel, as often as another.
func TestCutoutIsUniform(t *testing.T) {
	const n, samples = 5, 5000
	rng, seen := rand.New(rand.NewPCG(7, 8)), make([]int, n*n)
	for range samples {
		x := make([]float64, n*n)
		for k := range x {
			x[k] = 1
		}
		Cutout(1)(rng, x, []int{1, n, n})
		seen[slices.Index(x, 0)]++
	}
	for k, times := range seen {
		if mean := samples / (n * n); math.Abs(float64(times-mean)) > 5*math.Sqrt(float64(mean)) {
			t.Errorf("pixel %d: %d times of %d", k, times, samples)
		}
	}
}

// TestEverySampleIsAugmented: each by itself, and no number is left out or changed twice.
func TestEverySampleIsAugmented(t *testing.T) {
	const size = 3
	for _, samples := range []int{1, 2, 7} {
		s := &Set{Shape: []int{size}, X: make([]float64, samples*size), Labels: make([]int, samples)}
		calls := 0
		l := Loader{Set: s, Size: 4, Rand: rand.New(rand.NewPCG(1, 1)), Augment: func(_ *rand.Rand, x []float64, shape []int) {
			calls++
			if len(x) != size || !slices.Equal(shape, s.Shape) {
				t.Errorf("%d numbers in the shape %v", len(x), shape)
			}
			for i := range x {
				x[i]++
			}
		}}
		seen := 0
		for _, b := range l.Epoch() {
			for _, v := range b.X {
				if v != 1 {
					t.Errorf("of %d samples, one has %v", samples, b.X)
				}
				seen++
			}
		}
		if seen != samples*size || calls != samples {
			t.Errorf("%d numbers seen and %d calls for %d samples", seen, calls, samples)
		}
	}
}
