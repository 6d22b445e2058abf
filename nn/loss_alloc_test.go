package nn

import (
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/reverse"
)

// TestLossesDoNotAllocate: nor does a step with any loss that is called in every step.
func TestLossesDoNotAllocate(t *testing.T) {
	const n, k = 8, 4
	x, target, grad := make([]float64, n*k), make([]float64, n*k), make([]float64, n*k)
	for i := range x {
		x[i], target[i] = float64(i%k)+0.25*float64(i%5), float64(i*i%2)
		if i%k >= 2 { // boxes
			x[i], target[i] = x[i]+3, target[i]+2
		}
	}
	labels := []int{0, 1, 2, 3, 0, 1, 2, 3}
	tape := reverse.NewTape()
	for name, f := range map[string]func(x, target reverse.Array) reverse.Array{
		"MSE":           func(x, target reverse.Array) reverse.Array { return MSE(x, target) },
		"MSE weighted":  func(x, target reverse.Array) reverse.Array { return MSE(x, target, LossOptions{Weights: target}) },
		"Huber":         func(x, target reverse.Array) reverse.Array { return Huber(x, target, 1) },
		"BCEWithLogits": func(x, target reverse.Array) reverse.Array { return BCEWithLogits(x, target) },
		"CrossEntropy":  func(x, _ reverse.Array) reverse.Array { return CrossEntropy(x, labels) },
		"CrossEntropy summed": func(x, _ reverse.Array) reverse.Array {
			return CrossEntropy(x, labels, ClassOptions{Reduction: ReduceSum, Smoothing: 0.1})
		},
		"FocalSigmoid": func(x, target reverse.Array) reverse.Array { return FocalSigmoid(x, target, 0.25, 2) },
		"DiceLoss":     func(x, target reverse.Array) reverse.Array { return DiceLoss(x, target, 1) },
		"CIoULoss":     func(x, target reverse.Array) reverse.Array { return CIoULoss(x, target) },
		"L2":           func(x, _ reverse.Array) reverse.Array { return L2(x, 0.1) },
	} {
		step := func() {
			tape.Reset()
			f(tape.Param(x, grad, n, k), tape.Const(target, n, k)).Backward()
		}
		step()
		if a := memtest.Allocations(50, step); a != 0 {
			t.Errorf("a step with %s allocates %v times", name, a)
		}
	}
}
