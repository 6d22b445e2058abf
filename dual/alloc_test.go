package dual

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

func TestNoAllocation(t *testing.T) {
	x, v, dst := []float64{-1.2, 1}, []float64{1, 2}, make([]float64, 2)
	points, many := spread(100), make([]float64, 100)
	h := mat.NewSymDense(2, nil)
	for name, f := range map[string]func(){
		"GradientTo":           func() { GradientTo(dst, optest.Rosenbrock, x) },
		"GradientTo of many":   func() { GradientTo(many, chained[Number], points) },
		"GradientTo of a norm": func() { GradientTo(many, ad.Norm2[Number], points) },
		"HessianTo":            func() { HessianTo(h, optest.Rosenbrock, x) },
		"HVPTo":                func() { HVPTo(dst, optest.Rosenbrock, x, v) },
	} {
		if n := memtest.Allocations(1000, f); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}
