package data

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func column1(values ...float64) *Set { return &Set{Shape: []int{1}, X: values} }

func TestStandardize(t *testing.T) {
	c := Standardize(column1(2, 4, 4, 4, 5, 5, 7, 9)) // mean 5, deviation 2
	if math.Abs(c.Shift[0]-5) > 1e-15 || math.Abs(c.Scale[0]-2) > 1e-15 {
		t.Errorf("mean %g and deviation %g, want 5 and 2", c.Shift[0], c.Scale[0])
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 50).Draw(t, "n")
		size := math.Pow(10, float64(rapid.IntRange(-300, 300).Draw(t, "size")))
		x := rapid.SliceOfN(rapid.Float64Range(-1, 1), 2*n, 2*n).Draw(t, "x")
		for i := range n {
			x[2*i] = size * float64(i+1)                // varies
			x[2*i+1] = math.Round(4*x[2*i+1])/4 + 0.125 // may vary or not
		}
		s := &Set{Shape: []int{2}, X: x}
		z := Standardize(s).Of(s)
		for j := range 2 {
			mean, square := 0.0, 0.0
			for i := range n {
				v := z.Sample(i)[j]
				mean += v / float64(n)
				square += v * v / float64(n)
			}
			if math.Abs(mean) > 1e-12 || math.Abs(square-1) > 1e-12 && (j == 0 || square != 0) {
				t.Fatalf("feature %d has mean %g and square %g", j, mean, square)
			}
		}
	})
}

// A feature that does not vary becomes 0, not the rounding errors of its mean over
// their own size.
func TestConstantFeature(t *testing.T) {
	for _, v := range []float64{0.1, -1e300, 5e-324, 0} {
		s := column1(slices.Repeat([]float64{v}, 10)...)
		for name, c := range map[string]Scaling{"Standardize": Standardize(s), "MinMax": MinMax(s)} {
			for i, x := range c.Of(s).X {
				if x != 0 {
					t.Fatalf("%s: %g, constant, becomes %g at %d", name, v, x, i)
				}
			}
		}
	}
}

func TestMinMax(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-1e300, 1e300), 1, 20).Draw(t, "x")
		s := column1(x...)
		z := MinMax(s).Of(s).X
		lo, hi := slices.Min(x), slices.Max(x)
		for i, v := range z {
			if !(v >= 0 && v <= 1) || x[i] == lo && v != 0 || x[i] == hi && lo != hi && v != 1 {
				t.Fatalf("%g between %g and %g becomes %g", x[i], lo, hi, v)
			}
		}
	})
}

func TestScalingIEEE(t *testing.T) {
	for _, x := range [][]float64{{1, nan, 2}, {1, math.Inf(1), 2}, {math.Inf(-1), 1, 2}, {math.Inf(1), math.Inf(1), math.Inf(1)}, {-math.MaxFloat64, 0, math.MaxFloat64}} {
		s := column1(x...)
		for name, c := range map[string]Scaling{"Standardize": Standardize(s), "MinMax": MinMax(s)} {
			for _, v := range c.Of(s).X {
				if !math.IsNaN(v) {
					t.Errorf("%s of %v has %g, want NaN", name, x, v)
				}
			}
		}
	}
	for _, c := range []Scaling{Standardize(column1()), MinMax(column1())} {
		if c.Shift[0] != 0 || c.Scale[0] != 1 {
			t.Errorf("an empty set is scaled by %v", c)
		}
	}
}

// What is found for one set is applied to a view of another: only to its samples, with
// labels and targets.
func TestScalingOfView(t *testing.T) {
	s := counting(10, 3)
	view := s.Subset([]int{8, 3})
	z := Scaling{Shift: []float64{1}, Scale: []float64{2}}.Of(view)
	if !slices.Equal(z.X, []float64{3.5, 3.5, 3.5, 1, 1, 1}) || !slices.Equal(z.Labels, []int{2, 0}) || !slices.Equal(z.Y, []float64{-8, -3}) || z.Len() != 2 {
		t.Errorf("%v with %v and %v", z.X, z.Labels, z.Y)
	}
	if s.X[24] != 8 {
		t.Error("the set was changed")
	}
	mustPanic(t, "Shift of length 2 for samples of 3", func() { Scaling{make([]float64, 2), make([]float64, 3)}.Of(s) })
	mustPanic(t, "Scale of length 0", func() { Scaling{Shift: make([]float64, 3)}.Of(s) })
}
