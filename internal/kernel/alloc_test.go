package kernel

import (
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
)

func TestConvAllocations(t *testing.T) {
	shareMore(t)
	for _, c := range convs {
		ny, nx, nw := c.lengths()
		y, x, w := make([]float64, ny), make([]float64, nx), make([]float64, nw)
		if got := memtest.Allocations(20, func() {
			c.Forward(Float64, y, x, w, nil, false)
			c.Input(Float64, x, y, w)
			c.Weight(Float64, w, y, x)
		}); got != 0 {
			t.Errorf("%+v: %g allocations", c, got)
		}
	}
}

// TestGemmAllocations: in the steady state there are none.
func TestGemmAllocations(t *testing.T) {
	shareMore(t)
	r := rand.New(rand.NewPCG(1, 5))
	for _, n := range []int{3, 40, 130} {
		g := newGemmCase(func(n int) []float64 { return random(r, n) }, n, n, n, 0, 0)
		for _, p := range []Precision{Float64, Float32} {
			f := func() { Gemm(p, n, n, n, g.c, n, g.a, g.b, false) }
			if got := memtest.Allocations(100, f); got != 0 {
				t.Errorf("%d×%d, precision %d: %g allocations", n, n, p, got)
			}
		}
	}
}
