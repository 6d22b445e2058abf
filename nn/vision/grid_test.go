package vision_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
)

// twoLevels are the cells of images of 16×12 pixels.
var twoLevels = vision.Grid{{Stride: 4, Height: 3, Width: 4}, {Stride: 8, Height: 2, Width: 2}}

func TestGridCenters(t *testing.T) {
	if n := twoLevels.Cells(); n != 16 {
		t.Errorf("%d cells, want 16", n)
	}
	c := twoLevels.Centres()
	for cell, want := range map[int][2]float64{0: {2, 2}, 3: {14, 2}, 5: {6, 6}, 11: {14, 10}, 12: {4, 4}, 15: {12, 12}} {
		if got := [2]float64(c[2*cell : 2*cell+2]); got != want {
			t.Errorf("center of cell %d is %v, want %v", cell, got, want)
		}
	}
}

func TestAssign(t *testing.T) {
	for _, c := range []struct {
		name  string
		boxes []metric.Box
		want  map[int][]int // cells of each object
	}{
		{"nothing", nil, nil},
		{"one cell", []metric.Box{{X1: 5, Y1: 5, X2: 7, Y2: 7}}, map[int][]int{0: {5}}},
		{"between centers", []metric.Box{{X1: 6.5, Y1: 6.5, X2: 7.5, Y2: 7.5}}, map[int][]int{0: {5}}},
		{"three by three", []metric.Box{{X1: 0, Y1: 0, X2: 12, Y2: 12}}, map[int][]int{0: {0, 1, 2, 4, 5, 6, 8, 9, 10}}},
		{"within reach", []metric.Box{{X1: 0, Y1: 4, X2: 16, Y2: 8}}, map[int][]int{0: {4, 5, 6, 7}}}, // 6 pixels from 8 to 2 and 14
		{"beyond reach", []metric.Box{{X1: 0, Y1: 4, X2: 14, Y2: 8}}, map[int][]int{0: {4, 5, 6}}},
		{"of the coarse level", []metric.Box{{X1: 0, Y1: 0, X2: 16.5, Y2: 6}}, map[int][]int{0: {12, 13}}},
		{"too large for all", []metric.Box{{X1: -50, Y1: -50, X2: 66, Y2: 62}}, map[int][]int{0: {12, 13, 14, 15}}},
		{"beyond the image", []metric.Box{{X1: 20, Y1: 4, X2: 30, Y2: 8}}, map[int][]int{0: {7}}},
		{"beyond, before", []metric.Box{{X1: -1e300, Y1: 4, X2: -1e299, Y2: 8}}, map[int][]int{0: {12}}},
		{"thin", []metric.Box{{X1: 4, Y1: 3.75, X2: 12, Y2: 4.25}}, map[int][]int{0: {5, 6}}},
		{"the smaller first", []metric.Box{{X1: 4, Y1: 4, X2: 8, Y2: 8}, {X1: 0, Y1: 0, X2: 12, Y2: 12}}, map[int][]int{0: {5}, 1: {0, 1, 2, 4, 6, 8, 9, 10}}},
		{"the smaller last", []metric.Box{{X1: 0, Y1: 0, X2: 12, Y2: 12}, {X1: 4, Y1: 4, X2: 8, Y2: 8}}, map[int][]int{1: {5}, 0: {0, 1, 2, 4, 6, 8, 9, 10}}},
		{"equal", []metric.Box{{X1: 4, Y1: 4, X2: 8, Y2: 8}, {X1: 4, Y1: 4, X2: 8, Y2: 8}}, map[int][]int{0: {5}}},
		{"areas that underflow", []metric.Box{{X1: 4, Y1: 4, X2: 4 + 0x1p-40, Y2: 4 + 0x1p-40}, {X1: 0, Y1: 0, X2: 1e-160, Y2: 1e-170}, {X1: 0, Y1: 0, X2: 1e-170, Y2: 1e-170}}, map[int][]int{0: {5}, 2: {0}}},
		{"areas that overflow", []metric.Box{{X1: -1e200, Y1: -1e200, X2: 1e200, Y2: 1e200}, {X1: -1e199, Y1: -1e200, X2: 1e199, Y2: 1e200}}, map[int][]int{1: {12, 13, 14, 15}}},
		{"on two levels", []metric.Box{{X1: 4, Y1: 4, X2: 8, Y2: 8}, {X1: 0, Y1: 0, X2: 17, Y2: 12}}, map[int][]int{0: {5}, 1: {12, 13, 14, 15}}},
	} {
		got := map[int][]int{}
		for cell, k := range twoLevels.Assign(c.boxes) {
			if k >= 0 {
				got[k] = append(got[k], cell)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestAssignProperties checks what Assign promises of random boxes in the image against its
// definition.
func TestAssignProperties(t *testing.T) {
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		boxes := make([]metric.Box, rapid.IntRange(0, 4).Draw(t, "boxes"))
		for i := range boxes {
			x, y := 15*rng.Float64(), 11*rng.Float64()
			boxes[i] = metric.Box{X1: x, Y1: y, X2: x + (16-x)*rng.Float64() + 0.01, Y2: y + (12-y)*rng.Float64() + 0.01}
		}
		object := twoLevels.Assign(boxes)
		centers := twoLevels.Centres()
		for cell, k := range object {
			level, stride := 0, 4.0
			if cell >= 12 {
				level, stride = 1, 8
			}
			x, y := centers[2*cell], centers[2*cell+1]
			best := -1
			for i, b := range boxes {
				if (max(b.X2-b.X1, b.Y2-b.Y1) > 16) != (level == 1) {
					continue
				}
				if !answers(x, b.X1, b.X2, stride) || !answers(y, b.Y1, b.Y2, stride) {
					continue
				}
				if best < 0 || b.Area() < boxes[best].Area() {
					best = i
				}
			}
			if k != best {
				t.Fatalf("cell %d has object %d, want %d of %v", cell, k, best, boxes)
			}
			cases++
		}
	})
	least := 1000
	if testing.Short() { // rapid makes a fifth of the cases
		least /= 6
	}
	if cases < least {
		t.Errorf("%d cells checked", cases)
	}
}

// answers reports whether a row or column with its middle at x answers for an object from lo to hi.
func answers(x, lo, hi, stride float64) bool {
	middle := (lo + hi) / 2
	in := func(x float64) bool { return x >= lo && x <= hi && math.Abs(x-middle) <= 1.5*stride }
	home := (math.Floor(middle/stride) + 0.5) * stride
	return in(x) || x == home && !in(home)
}

func TestAssignMisuse(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for text, f := range map[string]func(){
		"vision: Assign of box 1, {3 3 3 4}, which is empty: X1 3 is not below X2 3": func() { twoLevels.Assign([]metric.Box{{X2: 1, Y2: 1}, {X1: 3, Y1: 3, X2: 3, Y2: 4}}) },
		"vision: Assign of box 0, {4 3 3 4}, which is empty: X1 4 is not below X2 3": func() { twoLevels.Assign([]metric.Box{{X1: 4, Y1: 3, X2: 3, Y2: 4}}) },
		"vision: Assign of box 0, {NaN 0 1 1}, which is not finite":                  func() { twoLevels.Assign([]metric.Box{{X1: nan, X2: 1, Y2: 1}}) },
		"vision: Assign of box 0, {0 0 +Inf 1}, which is not finite":                 func() { twoLevels.Assign([]metric.Box{{X2: inf, Y2: 1}}) },
		"vision: Assign of 1 boxes to no cells":                                      func() { vision.Grid{}.Assign([]metric.Box{{X2: 1, Y2: 1}}) },
	} {
		mustPanic(t, text, f)
	}
	if got := (vision.Grid{}).Assign(nil); !slices.Equal(got, []int{}) {
		t.Errorf("Assign of nothing to nothing is %v", got)
	}
}

// mustPanic checks that f panics with a text that has that part.
func mustPanic(t *testing.T, part string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); !strings.Contains(got, part) {
			t.Errorf("panic %q, want %q", got, part)
		}
	}()
	f()
}
