package reverse

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestUseFloat32: products in float32 are off by about 1e-7 of the sum of absolute
// products, in value and gradient; and by something, so that the option is known to
// have an effect.
func TestUseFloat32(t *testing.T) {
	const n = 70
	rng := rand.New(rand.NewPCG(1, 2))
	xs, ys, w := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	for i := range xs {
		xs[i], ys[i], w[i] = rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()
	}
	run := func(tape *Tape) (z, gx []float64) {
		tape.Reset()
		gx = make([]float64, n*n)
		p := tape.Param(xs, gx, n, n).MatMul(tape.Const(ys, n, n))
		p.BackwardFrom(w)
		return append([]float64(nil), p.Values()...), gx
	}
	tape := NewTape()
	z, gx := run(tape)
	tape.UseFloat32(true)
	z32, gx32 := run(tape)
	apart := func(a, b []float64) float64 {
		worst := 0.0
		for i := range a {
			worst = max(worst, math.Abs(a[i]-b[i]))
		}
		return worst
	}
	// The sums of absolute products are about 2n/π, at most 2n here.
	for _, d := range []float64{apart(z, z32), apart(gx, gx32)} {
		if !(d > 1e-9 && d < 1e-7*2*n) {
			t.Errorf("float32 is %v away", d)
		}
	}
	tape.UseFloat32(false)
	if z64, _ := run(tape); apart(z, z64) != 0 {
		t.Error("the option stays on")
	}
}
