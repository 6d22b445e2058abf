package data

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawImage draws an image with pixels from 1 on, which no filling has.
func drawImage(t *rapid.T) (x []float64, shape []int) {
	shape = rapid.SliceOfN(rapid.IntRange(1, 6), 3, 3).Draw(t, "shape")
	n := sizeOf(shape)
	return rapid.SliceOfN(rapid.Float64Range(1, 2), n, n).Draw(t, "x"), shape
}

// at returns the pixel i, j of a channel, 0 beyond the image.
func at(x []float64, shape []int, c, i, j int) float64 {
	if i < 0 || i >= shape[1] || j < 0 || j >= shape[2] {
		return 0
	}
	return x[(c*shape[1]+i)*shape[2]+j]
}

// checkPixels holds every pixel against want(channel, i, j).
func checkPixels(t *rapid.T, name string, x []float64, shape []int, tolerance float64, want func(c, i, j int) float64) {
	t.Helper()
	for c := range shape[0] {
		for i := range shape[1] {
			for j := range shape[2] {
				if got, want := at(x, shape, c, i, j), want(c, i, j); !(math.Abs(got-want) <= tolerance) {
					t.Fatalf("%s: pixel %d, %d, %d of %v is %g, want %g", name, c, i, j, shape, got, want)
				}
			}
		}
	}
}

func TestFlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, shape := drawImage(t)
		h, w := shape[1], shape[2]
		x := slices.Clone(old)
		rng := rand.New(rand.NewPCG(1, 2))
		FlipHorizontal(1)(rng, x, shape)
		checkPixels(t, "left to right", x, shape, 0, func(c, i, j int) float64 { return at(old, shape, c, i, w-1-j) })
		FlipVertical(1)(rng, x, shape)
		checkPixels(t, "both", x, shape, 0, func(c, i, j int) float64 { return at(old, shape, c, h-1-i, w-1-j) })
		FlipHorizontal(1)(rng, x, shape)
		checkPixels(t, "top to bottom", x, shape, 0, func(c, i, j int) float64 { return at(old, shape, c, h-1-i, j) })
		FlipVertical(1)(rng, x, shape)
		Compose(FlipHorizontal(0), FlipVertical(0))(rng, x, shape)
		if !slices.Equal(x, old) {
			t.Fatal("twice flipped is not what it was")
		}
	})
}

// flips returns how often of 10000 times an augmentation changes an image.
func flips(a Augmentation) (n int) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 10000 {
		x := []float64{1, 2, 3, 4}
		if a(rng, x, []int{1, 2, 2}); x[0] != 1 {
			n++
		}
	}
	return n
}

func TestFlipProbability(t *testing.T) {
	for _, p := range []float64{0.1, 0.5, 0.9} {
		for name, n := range map[string]int{"FlipHorizontal": flips(FlipHorizontal(p)), "FlipVertical": flips(FlipVertical(p))} {
			if z := (float64(n) - 10000*p) / math.Sqrt(10000*p*(1-p)); math.Abs(z) > 4 {
				t.Errorf("%s(%g) flips %d of 10000", name, p, n)
			}
		}
	}
}

// A shift moves all channels by the same whole number of pixels, and every move is as
// likely.
func TestShift(t *testing.T) {
	count := map[[2]int]int{}
	rng := rand.New(rand.NewPCG(5, 6))
	for range 9000 {
		x := []float64{0, 0, 0, 0, 1, 0, 0, 0, 0}
		Shift(1)(rng, x, []int{1, 3, 3})
		k := slices.Index(x, 1)
		count[[2]int{k / 3, k % 3}]++
	}
	for move, n := range count {
		if len(count) != 9 || n < 880 || n > 1120 {
			t.Errorf("%d moves, to %v %d times of 9000", len(count), move, n)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		old, shape := drawImage(t)
		x := slices.Clone(old)
		by := rapid.IntRange(0, 4).Draw(t, "by")
		seed := rapid.Uint64().Draw(t, "seed")
		Shift(by)(rand.New(rand.NewPCG(seed, 1)), x, shape)
		same := rand.New(rand.NewPCG(seed, 1))
		down, right := same.IntN(2*by+1)-by, same.IntN(2*by+1)-by
		checkPixels(t, "shift", x, shape, 0, func(c, i, j int) float64 { return at(old, shape, c, i-down, j-right) })
	})
}

func TestTurn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, shape := drawImage(t)
		x := slices.Clone(old)
		turn(x, shape, 0)
		if !slices.Equal(x, old) {
			t.Fatal("a turn by 0° changes the image")
		}
		turn(x, shape, 180)
		checkPixels(t, "180°", x, shape, 1e-12, func(c, i, j int) float64 { return at(old, shape, c, shape[1]-1-i, shape[2]-1-j) })

		n := rapid.IntRange(1, 6).Draw(t, "n")
		square := []int{2, n, n}
		old = rapid.SliceOfN(rapid.Float64Range(1, 2), 2*n*n, 2*n*n).Draw(t, "square")
		x = slices.Clone(old)
		turn(x, square, 90)
		checkPixels(t, "90°", x, square, 1e-12, func(c, i, j int) float64 { return at(old, square, c, n-1-j, i) })
		turn(x, square, -90)
		checkPixels(t, "there and back", x, square, 1e-12, func(c, i, j int) float64 { return at(old, square, c, i, j) })
	})
}

// What is smooth and far from the border keeps its sum, whatever the angle.
func TestRotateKeepsSum(t *testing.T) {
	shape := []int{1, 33, 33}
	old := make([]float64, 33*33)
	sum := 0.0
	for i := range 33 {
		for j := range 33 {
			old[i*33+j] = math.Exp(-float64((i-13)*(i-13)+(j-17)*(j-17)) / 18)
			sum += old[i*33+j]
		}
	}
	rng := rand.New(rand.NewPCG(7, 8))
	x := make([]float64, len(old))
	for range 50 {
		copy(x, old)
		Rotate(180)(rng, x, shape)
		got := 0.0
		for _, v := range x {
			got += v
		}
		if math.Abs(got-sum) > 1e-3*sum {
			t.Fatalf("the sum of %g became %g", sum, got)
		}
	}
}

func TestZoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, shape := drawImage(t)
		x := slices.Clone(old)
		Zoom(1, 1)(rand.New(rand.NewPCG(1, 2)), x, shape)
		if !slices.Equal(x, old) {
			t.Fatal("a zoom by 1 changes the image")
		}
	})
	x := []float64{0, 1, 2, 3, 4}
	Zoom(2, 2)(rand.New(rand.NewPCG(1, 2)), x, []int{1, 1, 5})
	if want := []float64{1, 1.5, 2, 2.5, 3}; !slices.Equal(x, want) {
		t.Errorf("twice as large: %v, want %v", x, want)
	}
}

func TestNoise(t *testing.T) {
	x := make([]float64, 100000)
	for i := range x {
		x[i] = 3
	}
	Noise(0.5)(rand.New(rand.NewPCG(9, 10)), x, nil)
	mean, square := 0.0, 0.0
	for _, v := range x {
		mean += v / 1e5
		square += (v - 3) * (v - 3) / 1e5
	}
	if math.Abs(mean-3) > 0.006 || math.Abs(square-0.25) > 0.005 { // 4 deviations of either
		t.Errorf("mean %g and variance %g, want 3 and 0.25", mean, square)
	}
}

func TestCutout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, shape := drawImage(t)
		x := slices.Clone(old)
		size := rapid.IntRange(0, 8).Draw(t, "size")
		seed := rapid.Uint64().Draw(t, "seed")
		Cutout(size)(rand.New(rand.NewPCG(seed, 1)), x, shape)
		same := rand.New(rand.NewPCG(seed, 1))
		top, left := same.IntN(shape[1])-size/2, same.IntN(shape[2])-size/2
		checkPixels(t, "cutout", x, shape, 0, func(c, i, j int) float64 {
			if i >= top && i < top+size && j >= left && j < left+size {
				return 0
			}
			return at(old, shape, c, i, j)
		})
	})
}

// Pixels of which nothing is taken do not count, even if they are infinite.
func TestResampleInfinity(t *testing.T) {
	x := []float64{1, math.Inf(1), 2, nan}
	turn(x, []int{1, 2, 2}, 0)
	if x[0] != 1 || x[2] != 2 || !math.IsInf(x[1], 1) || !math.IsNaN(x[3]) {
		t.Errorf("unturned: %v", x)
	}
}

func TestAugmentationMisuse(t *testing.T) {
	for text, f := range map[string]func(){
		"FlipHorizontal with probability 1.5": func() { FlipHorizontal(1.5) },
		"FlipVertical with probability NaN":   func() { FlipVertical(nan) },
		"Shift by -1":                         func() { Shift(-1) },
		"Shift by 1073741824":                 func() { Shift(1 << 30) },
		"Cutout of -1":                        func() { Cutout(-1) },
		"Zoom by 0 to 1":                      func() { Zoom(0, 1) },
		"Zoom by 2 to 1":                      func() { Zoom(2, 1) },
		"an image of shape [4]":               func() { FlipHorizontal(1)(rand.New(rand.NewPCG(1, 2)), make([]float64, 4), []int{4}) },
	} {
		mustPanic(t, text, f)
	}
}
