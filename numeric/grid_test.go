package numeric_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// TestGrid: mixed second differences of a function in float32 may vanish at all steps, and are not
// believed; those of a function that has few bits because its steps have are.
func TestGrid(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	in32 := func(z []float64) float64 {
		x, y := float32(z[0]), float32(z[1])
		return float64(float32(math.Sin(float64(x))) + float32(math.Sin(float64(y))))
	}
	linear := func(z []float64) float64 { return z[0] - 1 + 3*(z[1]-0.5) }
	n := 0
	for _, s := range all {
		for range 40 {
			x := []float64{float64(float32(rng.NormFloat64())), float64(float32(rng.NormFloat64()))}
			for i, row := range s.scheme.HessianResult(in32, x) {
				for j, r := range row {
					want := 0.0
					if i == j {
						want = -math.Sin(x[i])
					}
					n++
					if off := math.Abs(r.Value - want); off > honesty*r.Err {
						t.Errorf("%s, entry %d, %d in float32 at %v: %+v, want %v", s.name, i, j, x, r, want)
					}
				}
			}
		}
		for i, r := range s.scheme.GradientResult(linear, []float64{1, 0.5}) {
			n++
			if want := 1 + 2*float64(i); math.Abs(r.Value-want) > honesty*r.Err || r.Err > 1e-14 {
				t.Errorf("%s, a linear function: %+v, want %v", s.name, r, want)
			}
		}
	}
	if n != len(all)*(40*4+2) {
		t.Errorf("%d checks", n)
	}
}

// TestFarOscillation: at points so large that f oscillates between all steps, no quotient is believed.
func TestFarOscillation(t *testing.T) {
	rng := rand.New(rand.NewPCG(43, 44))
	n, over := 0, 0
	for _, s := range []numeric.Scheme{
		numeric.Forward, numeric.Backward, numeric.Central, numeric.FivePoint, numeric.SevenPoint, numeric.Stencil(-3, -1, 2, 5),
	} {
		for range 300 {
			x := math.Pow(10, 10+7*rng.Float64())
			r := s.HessianResult(func(z []float64) float64 { return math.Cos(z[0]) }, []float64{x})[0][0]
			n++
			if math.Abs(r.Value+math.Cos(x)) > honesty*r.Err {
				over++
				t.Logf("cos at %v: %+v, want %v", x, r, -math.Cos(x))
			}
		}
	}
	if n != 1800 || over > 3 {
		t.Errorf("%d of %d estimates are exceeded ten times", over, n)
	}
}
