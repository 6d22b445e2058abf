package symbolic

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
)

// TestSinCosLanes holds sines and cosines of many numbers against those of the rows, which
// are held against references: in all quadrants, next to multiples of π/2, and far out.
func TestSinCosLanes(t *testing.T) {
	x := []float64{0, math.Copysign(0, -1), 5e-324, 1e-300, 1 << 19, 1<<19 - 0.5, 1e9, 1e300, math.Inf(1), math.Inf(-1), math.NaN()}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		x = append(x, math.Ldexp(r.Float64(), r.IntN(40)-20))
	}
	for range 20_000 {
		v := float64(r.IntN(333_000)) * math.Pi / 2
		x = append(x, v, math.Nextafter(v, 0), v+math.Ldexp(r.Float64(), -r.IntN(60)))
	}
	for _, v := range x {
		x = append(x, -v)
	}
	s, c := make([]float64, len(x)), make([]float64, len(x))
	sines, cosines := make([]float64, len(x)), make([]float64, len(x))
	for i, v := range x {
		sines[i], cosines[i] = rule.SinCos(v)
	}
	sinCosLanes(s, c, x)
	optest.Equal(t, "sines", s, sines, optest.ULP(2))
	optest.Equal(t, "cosines", c, cosines, optest.ULP(2))
	if z := math.Copysign(0, -1); !math.Signbit(s[1]) || s[1] != z {
		t.Errorf("sin(-0) = %v", s[1])
	}
}
