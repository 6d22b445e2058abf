package metric

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestHausdorff compares with the definition over pairs of pixels.
func TestHausdorff(t *testing.T) {
	farthest := func(a, b []int, width, class int) float64 {
		d := 0.0
		for i, label := range a {
			if label != class {
				continue
			}
			nearest := math.Inf(1)
			for j, label := range b {
				if label == class {
					nearest = min(nearest, math.Hypot(float64(i%width-j%width), float64(i/width-j/width)))
				}
			}
			d = max(d, nearest)
		}
		return d
	}
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(1, 12).Draw(t, "width"), rapid.IntRange(0, 12).Draw(t, "height")
		// Mostly 0, so that pixels of class 1 are far from each other.
		label := rapid.SliceOfN(rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 1, 2}), width*height, width*height)
		a, b := label.Draw(t, "a"), label.Draw(t, "b")
		want := max(farthest(a, b, width, 1), farthest(b, a, width, 1))
		got, back := Hausdorff(a, b, width, 1), Hausdorff(b, a, width, 1)
		if got.Defined != (slices.Contains(a, 1) && slices.Contains(b, 1)) || got.Defined != back.Defined {
			t.Fatalf("%v, the other way %v, by pairs %v", got, back, want)
		}
		if got.Defined && (got.Value != back.Value || !(math.Abs(got.Value-want) <= 1e-12)) {
			t.Fatalf("%v, the other way %v, by pairs %v", got, back, want)
		}
	})
}
