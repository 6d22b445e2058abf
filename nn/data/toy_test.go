package data

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// Without noise, every toy lies where its formula says.
func TestToysLieOnTheirCurves(t *testing.T) {
	rng := func() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }
	for name, c := range map[string]struct {
		set     *Set
		classes int
		off     func(x []float64, class int) float64 // how far from its curve
	}{
		"Blobs": {Blobs(rng(), 30, 0, []float64{1, 2, 3}, []float64{-1, 0, 1}), 2, func(x []float64, class int) float64 {
			c := float64(class)
			return math.Abs(x[0]-1+2*c) + math.Abs(x[1]-2+2*c) + math.Abs(x[2]-3+2*c)
		}},
		"Moons": {Moons(rng(), 30, 0), 2, func(x []float64, class int) float64 {
			if class == 0 {
				return math.Abs(math.Hypot(x[0], x[1])-1) + max(0, -x[1])
			}
			return math.Abs(math.Hypot(x[0]-1, x[1]-0.5)-1) + max(0, x[1]-0.5)
		}},
		"Spirals": {Spirals(rng(), 30, 3, 0), 3, func(x []float64, class int) float64 {
			r := math.Hypot(x[0], x[1])
			sin, cos := math.Sincos(2 * math.Pi * (r + float64(class)/3))
			return math.Hypot(x[0]-r*cos, x[1]-r*sin) + max(0, r-1)
		}},
	} {
		if c.set.Len() != 30 {
			t.Errorf("%s: %d samples, want 30", name, c.set.Len())
		}
		for i := range c.set.Len() {
			x, class := c.set.Sample(i), c.set.Label(i)
			if off := c.off(x, class); class != i%c.classes || off > 1e-14 {
				t.Errorf("%s: sample %d of class %d at %v is off by %g", name, i, class, x, off)
			}
		}
	}
	curve := Curve(rng(), 30, math.Sin, -2, 3, 0)
	for i := range 30 {
		if x := curve.Sample(i)[0]; x < -2 || x > 3 || curve.Target(i)[0] != math.Sin(x) {
			t.Errorf("Curve: at %g the target %g", x, curve.Target(i)[0])
		}
	}
}

// The noise has the deviation that is asked for, and a seed always gives the same.
func TestToyNoise(t *testing.T) {
	toys := map[string]func(rng *rand.Rand, deviation float64) *Set{
		"Blobs": func(rng *rand.Rand, d float64) *Set { return Blobs(rng, 20000, d, []float64{0, 0}) },
		"Curve": func(rng *rand.Rand, d float64) *Set {
			return Curve(rng, 20000, func(float64) float64 { return 0 }, 0, 1, d)
		},
		"Moons":   func(rng *rand.Rand, d float64) *Set { return Moons(rng, 20000, d) },
		"Spirals": func(rng *rand.Rand, d float64) *Set { return Spirals(rng, 20000, 2, d) },
	}
	for name, f := range toys {
		plain, noisy := f(rand.New(rand.NewPCG(1, 2)), 0), f(rand.New(rand.NewPCG(1, 2)), 0.3)
		if again := f(rand.New(rand.NewPCG(1, 2)), 0.3); !reflect.DeepEqual(noisy, again) {
			t.Errorf("%s: the same seed, another set", name)
		}
		a, b := plain.X, noisy.X
		if name == "Curve" {
			a, b = plain.Y, noisy.Y
		}
		square := 0.0
		for i := range a {
			square += (a[i] - b[i]) * (a[i] - b[i]) / float64(len(a))
		}
		if d := math.Sqrt(square); math.Abs(d-0.3) > 0.3*4/math.Sqrt(2*20000) {
			t.Errorf("%s: noise of the deviation %g, want 0.3", name, d)
		}
	}
}

func TestToyMisuse(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	mustPanic(t, "no center", func() { Blobs(rng, 3, 1) })
	mustPanic(t, "centers of 2 and 1 coordinates", func() { Blobs(rng, 3, 1, []float64{1, 2}, []float64{1}) })
	mustPanic(t, "0 Spirals", func() { Spirals(rng, 3, 0, 1) })
	if s := Moons(rng, 0, 1); s.Len() != 0 {
		t.Errorf("%d samples, want none", s.Len())
	}
}
