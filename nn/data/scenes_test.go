package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// checkScene holds boxes and mask of a scene without noise against its pixels, and returns
// how many objects it has.
func checkScene(t interface {
	Helper()
	Fatalf(string, ...any)
}, s Scene, h, w int) int {
	t.Helper()
	if len(s.Image) != h*w || len(s.Mask) != h*w {
		t.Fatalf("%d pixels and a mask of %d, want %d", len(s.Image), len(s.Mask), h*w)
	}
	owned := make([]bool, h*w)
	for k, o := range s.Objects {
		if !(0 <= o.X1 && o.X1 < o.X2 && o.X2 <= float64(w) && 0 <= o.Y1 && o.Y1 < o.Y2 && o.Y2 <= float64(h)) {
			t.Fatalf("box %v in an image of %d×%d", o, h, w)
		}
		for _, p := range s.Objects[:k] {
			if math.Min(o.X2, p.X2) > math.Max(o.X1, p.X1) && math.Min(o.Y2, p.Y2) > math.Max(o.Y1, p.Y1) {
				t.Fatalf("boxes %v and %v overlap", o, p)
			}
		}
		tight := Object{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1), o.Class}
		for i := int(o.Y1); i < int(o.Y2); i++ {
			for j := int(o.X1); j < int(o.X2); j++ {
				owned[i*w+j] = true
				switch m := s.Mask[i*w+j]; m {
				case 0:
				case 1 + o.Class:
					tight.X1, tight.X2 = math.Min(tight.X1, float64(j)), math.Max(tight.X2, float64(j+1))
					tight.Y1, tight.Y2 = math.Min(tight.Y1, float64(i)), math.Max(tight.Y2, float64(i+1))
				default:
					t.Fatalf("mask %d in the box %v", m, o)
				}
			}
		}
		if tight != o {
			t.Fatalf("box %v, but its mask fills %v", o, tight)
		}
	}
	for i, m := range s.Mask {
		if m != 0 && !owned[i] {
			t.Fatalf("pixel %d has mask %d beyond all boxes", i, m)
		}
		if (m != 0) != (s.Image[i] >= ink) || m == 0 && s.Image[i] != 0 {
			t.Fatalf("pixel %d is %g and has mask %d", i, s.Image[i], m)
		}
	}
	return len(s.Objects)
}

func TestScenesExact(t *testing.T) {
	digits := Digits()
	objects := 0
	rapid.Check(t, func(t *rapid.T) {
		o := SceneOptions{
			Height:   rapid.IntRange(24, 60).Draw(t, "height"),
			Width:    rapid.IntRange(24, 60).Draw(t, "width"),
			Least:    rapid.IntRange(0, 3).Draw(t, "least"),
			Most:     rapid.IntRange(3, 6).Draw(t, "most"),
			Smallest: rapid.Float64Range(0.5, 1.5).Draw(t, "smallest"),
			Largest:  rapid.Float64Range(1.5, 3).Draw(t, "largest"),
		}
		for _, s := range Scenes(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)), digits, 3, o) {
			n := checkScene(t, s, o.Height, o.Width)
			if n > o.Most {
				t.Fatalf("%d objects, at most %d", n, o.Most)
			}
			objects += n
		}
	})
	if objects < 100 {
		t.Errorf("only %d objects were drawn", objects)
	}
}

func TestScenesDefaults(t *testing.T) {
	train, test := Digits().Split(rand.New(rand.NewPCG(1, 2)), 0.8)
	var count [4]int
	var class [10]int
	for _, s := range Scenes(rand.New(rand.NewPCG(3, 4)), train, 300, SceneOptions{}) {
		count[checkScene(t, s, 48, 48)]++
		for _, o := range s.Objects {
			class[o.Class]++
		}
	}
	if count[0] != 0 || min(count[1], count[2], count[3]) < 60 {
		t.Errorf("scenes by their number of objects: %v", count)
	}
	for c, n := range class {
		if n < 25 {
			t.Errorf("class %d was drawn %d times", c, n)
		}
	}
	a := Scenes(rand.New(rand.NewPCG(5, 6)), test, 5, SceneOptions{Noise: 0.1})
	b := Scenes(rand.New(rand.NewPCG(5, 6)), test, 5, SceneOptions{Noise: 0.1})
	if !reflect.DeepEqual(a, b) {
		t.Error("the same seed, other scenes")
	}
}

// Noise is added to what would be there without it, and leaves boxes and masks alone.
func TestScenesNoise(t *testing.T) {
	plain := Scenes(rand.New(rand.NewPCG(1, 2)), Digits(), 1, SceneOptions{})[0]
	noisy := Scenes(rand.New(rand.NewPCG(1, 2)), Digits(), 1, SceneOptions{Noise: 0.2})[0]
	if !reflect.DeepEqual(plain.Objects, noisy.Objects) || !reflect.DeepEqual(plain.Mask, noisy.Mask) {
		t.Fatal("noise moves objects")
	}
	var mean, square float64
	for i, v := range noisy.Image {
		d := v - plain.Image[i]
		mean += d / 2304
		square += d * d / 2304
	}
	if math.Abs(mean) > 0.02 || math.Abs(math.Sqrt(square)-0.2) > 0.02 {
		t.Errorf("noise of mean %g and deviation %g, want 0 and 0.2", mean, math.Sqrt(square))
	}
}

// An image scaled by a whole factor keeps the value of a constant, and an image at
// factor 1 its pixels.
func TestPatch(t *testing.T) {
	digits := Digits()
	for i := range 20 {
		p := newPatch(digits.Sample(i), digits.Shape, 1)
		if !reflect.DeepEqual(p.x, digits.Sample(i)) {
			t.Fatalf("digit %d at factor 1 is %v", i, p.x)
		}
	}
	blank := &Set{Shape: []int{1, 2, 2}, X: make([]float64, 4), Labels: []int{0}}
	if s := Scenes(rand.New(rand.NewPCG(1, 2)), blank, 1, SceneOptions{})[0]; len(s.Objects) != 0 {
		t.Errorf("a blank image makes the objects %v", s.Objects)
	}
	full := &Set{Shape: []int{1, 2, 3}, X: []float64{1, 1, 1, 1, 1, 1}, Labels: []int{4}}
	s := Scenes(rand.New(rand.NewPCG(1, 2)), full, 1, SceneOptions{Height: 4, Width: 6, Most: 1, Smallest: 2, Largest: 2})[0]
	if want := []Object{{0, 0, 6, 4, 4}}; !reflect.DeepEqual(s.Objects, want) {
		t.Errorf("objects %v, want %v", s.Objects, want)
	}
	for i, v := range s.Image {
		if v != 1 || s.Mask[i] != 5 {
			t.Fatalf("pixel %d is %g with mask %d, want 1 and 5", i, v, s.Mask[i])
		}
	}
}

func TestScenesMisuse(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, c := range map[string]struct {
		set *Set
		o   SceneOptions
	}{
		"0 samples":          {&Set{Shape: []int{1, 8, 8}, Labels: []int{}}, SceneOptions{}},
		"150 samples":        {&Set{Shape: []int{1, 1, 4}, X: Iris().X}, SceneOptions{}},
		"want [channels":     {Iris(), SceneOptions{}},
		"5 to 3 objects":     {Digits(), SceneOptions{Least: 5}},
		"-1 to 3 objects":    {Digits(), SceneOptions{Least: -1}},
		"scaled by 1.5 to 7": {Digits(), SceneOptions{Largest: 7}},
		"scaled by NaN":      {Digits(), SceneOptions{Smallest: math.NaN()}},
		"scaled by -1 to 3":  {Digits(), SceneOptions{Smallest: -1}},
		"20×48 with images":  {Digits(), SceneOptions{Height: 20}},
		"scaled by 1.5 to +": {Digits(), SceneOptions{Largest: math.Inf(1)}},
	} {
		mustPanic(t, name, func() { Scenes(rng, c.set, 1, c.o) })
	}
	for _, n := range []int{-1, math.MaxInt/2 + 1, math.MaxInt} {
		mustPanic(t, fmt.Sprintf("Scenes, %d of 48×48", n), func() { Scenes(rng, Digits(), n, SceneOptions{}) })
	}
	for _, n := range []int{math.MaxInt/2 + 1, math.MaxInt} {
		mustPanic(t, fmt.Sprintf("1 of %d×%d", n, n), func() { Scenes(rng, Digits(), 1, SceneOptions{Height: n, Width: n}) })
	}
	if s := Scenes(rng, Digits(), 1, SceneOptions{Most: math.MaxInt}); len(s[0].Objects) == 0 {
		t.Error("no objects")
	}
}

// mustPanic checks that f panics in the words of the package with text among them.
func mustPanic(t *testing.T, text string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "data: ") || !strings.Contains(s, text) {
			t.Errorf("panic %q, want one with %q", s, text)
		}
	}()
	f()
}
