//go:build !race

// The race detector makes sync.Pool drop what it is given, at random.

package reverse

import (
	"testing"

	"github.com/quartet-ad/ad"
	"gonum.org/v1/gonum/mat"
)

func TestNoAllocation(t *testing.T) {
	x, v, dst := []float64{-1.2, 1}, []float64{1, 2}, make([]float64, 2)
	h := mat.NewSymDense(2, nil)
	f := func(x []Var) Var { return rosenbrock(x).Add(ad.Norm2(x)) }
	for name, run := range map[string]func(){
		"GradientTo": func() { GradientTo(dst, f, x) },
		"HessianTo":  func() { HessianTo(h, f, x) },
		"HVPTo":      func() { HVPTo(dst, f, x, v) },
	} {
		if n := testing.AllocsPerRun(1000, run); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

// TestNoAllocationOfArrays: nor does a step of a small network.
func TestNoAllocationOfArrays(t *testing.T) {
	n := newSmallNet()
	n.step()
	if a := testing.AllocsPerRun(100, func() { n.step() }); a != 0 {
		t.Errorf("%v allocations in a step", a)
	}
}
