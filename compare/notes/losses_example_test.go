package notes_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// Equation 20 is called a mean and prints a square of a vector, which is no number. The mean of the
// squares is one, and does not grow with the number of samples.
func Example_equation20() {
	tape := reverse.NewTape()
	for _, copies := range []int{1, 10} {
		var x, y []float64
		for range copies {
			x, y = append(x, 1, 2, 4), append(y, 1, 3, 1)
		}
		sum := nn.MSE(tape.Const(x), tape.Const(y), nn.LossOptions{Reduction: nn.ReduceSum})
		fmt.Printf("sum %.0f, mean %.4f\n", sum.Value(), nn.MSE(tape.Const(x), tape.Const(y)).Value())
	}
	// Output:
	// sum 10, mean 3.3333
	// sum 100, mean 3.3333
}

// Equation 21 is the cross entropy. From probabilities it is infinite where the softmax has become 0;
// from logits it is right. The least cross entropy is the greatest likelihood.
func Example_equation21() {
	target := []float64{0.5, 0.25, 0.25}
	for _, logits := range [][]float64{{1, 0, -1}, {1, 0, -800}} {
		printed, likelihood := 0.0, 1.0
		for i, p := range ad.Softmax(ad.Consts[ad.Real](logits)) {
			printed -= target[i] * math.Log(float64(p))
			likelihood *= math.Pow(float64(p), target[i])
		}
		tape := reverse.NewTape()
		ce := nn.CrossEntropyTo(tape.Const(logits, 1, 3), tape.Const(target, 1, 3)).Value()
		fmt.Printf("printed %.4f, from logits %.4f, -log likelihood %.4f\n", printed, ce, -math.Log(likelihood))
	}
	// Output:
	// printed 1.1576, from logits 1.1576, -log likelihood 1.1576
	// printed +Inf, from logits 200.8133, -log likelihood +Inf
}

// Equation 22 is equation 21 for two classes and one sample: the mean over samples is missing. From
// logits it keeps its digits, and its slope is σ(z) - y.
func Example_equation22() {
	z, y := []float64{2, -1, 40}, []float64{1, 0, 1}
	tape := reverse.NewTape()
	x := tape.Param(z, nil)
	mean := nn.BCEWithLogits(x, tape.Const(y))
	mean.Backward()
	sum := 0.0
	for i, logit := range z {
		p := float64(ad.Sigmoid(ad.Real(logit)))
		if y[i] == 1 {
			sum -= math.Log(p)
		} else {
			sum -= math.Log(1 - p)
		}
	}
	fmt.Printf("sum as printed %.6f, mean %.6f\n", sum, mean.Value())
	fmt.Printf("the third as printed %.4g, from the logit %.4g\n", math.Log(1/float64(ad.Sigmoid(ad.Real(40)))),
		nn.BCEWithLogits(tape.Const(z[2:]), tape.Const(y[2:])).Value())
	fmt.Printf("slopes %.6f, (σ(z)-y)/3 = %.6f\n", x.Grad()[:2], []float64{
		float64(ad.Sigmoid(ad.Real(2))-1) / 3, float64(ad.Sigmoid(ad.Real(-1))) / 3})
	// Output:
	// sum as printed 0.440190, mean 0.146730
	// the third as printed 0, from the logit 4.248e-18
	// slopes [-0.039734 0.089647], (σ(z)-y)/3 = [-0.039734 0.089647]
}
