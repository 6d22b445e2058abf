package reverse

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/internal/layout"
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
		if n := memtest.Allocations(1000, run); n != 0 {
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
		if n := memtest.Allocations(200, run); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

// TestNoAllocationOfArrays: nor does a step of a small network.
func TestNoAllocationOfArrays(t *testing.T) {
	n := newSmallNet()
	n.step()
	if a := memtest.Allocations(100, func() { n.step() }); a != 0 {
		t.Errorf("%v allocations in a step", a)
	}
}

// TestSpatialSteadyState: a step of the same shapes allocates nothing after the
// first, forward and backward, through every layer of images.
func TestSpatialSteadyState(t *testing.T) {
	tape := NewTape()
	var value, grad [3][]float64
	for k := range value {
		value[k], grad[k] = make([]float64, 1152), make([]float64, 1152)
		for i := range value[k] {
			value[k][i] = float64((i*37)%101) / 50
		}
	}
	param := func(k int, shape ...int) Array {
		n := layout.Size(shape)
		return tape.Param(value[k][:n], grad[k][:n], shape...)
	}
	images := func() Array { return param(0, 2, 4, 12, 12) }
	sequences := func() Array { return param(0, 2, 4, 144) }
	none, two := Array{}, [2]int{2, 2}
	pad1 := ConvOptions{Padding: [2]int{1, 1}}
	for name, layer := range map[string]func() Array{
		"Conv2D":            func() Array { return images().Conv2D(param(1, 8, 4, 3, 3), param(2, 8), ConvOptions{Stride: two}) },
		"Conv2D padded":     func() Array { return images().Conv2D(param(1, 8, 4, 3, 3), none, pad1) },
		"Conv2D depthwise":  func() Array { return images().Conv2D(param(1, 8, 1, 3, 3), none, ConvOptions{Groups: 4}) },
		"Conv2D 1×1":        func() Array { return images().Conv2D(param(1, 8, 4, 1, 1), none, ConvOptions{}) },
		"Conv1D":            func() Array { return sequences().Conv1D(param(1, 8, 4, 9), param(2, 8), pad1) },
		"ConvTranspose2D":   func() Array { return images().ConvTranspose2D(param(1, 4, 8, 3, 3), param(2, 8), pad1) },
		"MaxPool1D":         func() Array { return sequences().MaxPool1D(PoolOptions{Kernel: two}) },
		"MaxPool2D":         func() Array { return images().MaxPool2D(PoolOptions{Kernel: two}) },
		"AvgPool1D":         func() Array { return sequences().AvgPool1D(PoolOptions{Kernel: two}) },
		"AvgPool2D":         func() Array { return images().AvgPool2D(PoolOptions{Kernel: two, Ceil: true}) },
		"AdaptiveMaxPool1D": func() Array { return sequences().AdaptiveMaxPool1D(5) },
		"AdaptiveMaxPool2D": func() Array { return images().AdaptiveMaxPool2D(5, 3) },
		"AdaptiveAvgPool1D": func() Array { return sequences().AdaptiveAvgPool1D(5) },
		"AdaptiveAvgPool2D": func() Array { return images().AdaptiveAvgPool2D(5, 3) },
		"GlobalAvgPool":     func() Array { return images().GlobalAvgPool() },
		"UpsampleNearest":   func() Array { return images().UpsampleNearest(20, 5) },
		"UpsampleBilinear":  func() Array { return images().UpsampleBilinear(20, 5, false) },
		"BatchNorm": func() Array {
			y, _, _ := images().BatchNorm(param(1, 4), param(2, 4), 1e-5)
			return y
		},
		"BatchNormWith": func() Array { return images().BatchNormWith(value[1][:4], value[2][:4], param(1, 4), none, 1e-5) },
		"LayerNorm":     func() Array { return images().LayerNorm(2, param(1, 12, 12), param(2, 12, 12), 1e-5) },
		"GroupNorm":     func() Array { return images().GroupNorm(2, param(1, 4), param(2, 4), 1e-5) },
	} {
		step := func() {
			tape.Reset()
			layer().Sum().Backward()
		}
		step()
		if n := memtest.Allocations(20, step); n != 0 {
			t.Errorf("%s: %v allocations in a step", name, n)
		}
	}
}
