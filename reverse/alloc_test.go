//go:build !race

// The race detector makes sync.Pool drop what it is given, at random.

package reverse

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

func TestNoAllocation(t *testing.T) {
	x, v, dst := []float64{-1.2, 1}, []float64{1, 2}, make([]float64, 2)
	h := mat.NewSymDense(2, nil)
	f := func(x []Var) Var { return optest.Rosenbrock(x).Add(ad.Norm2(x)) }
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

// TestNoAllocationOfReplays: nor do replays, one by one, in batches of one goroutine, and over arrays.
func TestNoAllocationOfReplays(t *testing.T) {
	f := Record(func(x []Var) Var { return optest.Rosenbrock(x).Add(ad.Norm2(x)).Add(x[0].IfPos(x[1], ad.Sin(x[0]))) }, 2)
	x, v, dst, y := []float64{-1.2, 1}, []float64{1, 2}, make([]float64, 2), make([]float64, 1)
	h := mat.NewSymDense(2, nil)
	points, values, gradients := make([]float64, 200), make([]float64, 100), make([]float64, 200)
	for i := range points {
		points[i] = 1 + 0.01*float64(i)
	}
	tape := NewTape()
	for name, run := range map[string]func(){
		"EvalTo":          func() { f.EvalTo(y, x) },
		"GradientTo":      func() { f.GradientTo(dst, x) },
		"HVPTo":           func() { f.HVPTo(dst, x, v) },
		"HessianTo":       func() { f.HessianTo(h, x) },
		"EvalBatchTo":     func() { f.EvalBatchTo(values, points) },
		"GradientBatchTo": func() { f.GradientBatchTo(gradients, values, points) },
		"Map": func() {
			tape.Reset()
			f.Map(tape.Param(points[:100], gradients[:100]), tape.Param(points[100:], gradients[100:])).Sum().Backward()
		},
	} {
		if n := testing.AllocsPerRun(200, run); n != 0 {
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
