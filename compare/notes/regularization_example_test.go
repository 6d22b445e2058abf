package notes_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// Equation 18 is the gap between the errors on new samples and on those that were learned from. The
// polynomial of degree 3 through four points of a noisy line has no error on them.
func Example_equation18() {
	x, y := []float64{0, 1, 2, 3}, []float64{0.2, 0.9, 2.3, 2.8}
	through := func(at float64) float64 { // Lagrange's form
		sum := 0.0
		for i := range x {
			term := y[i]
			for j := range x {
				if j != i {
					term *= (at - x[j]) / (x[i] - x[j])
				}
			}
			sum += term
		}
		return sum
	}
	errorOf := func(f func(float64) float64, x, y []float64) float64 {
		got := make([]float64, len(x))
		for i := range x {
			got[i] = f(x[i])
		}
		tape := reverse.NewTape()
		return nn.MSE(tape.Const(got), tape.Const(y)).Value()
	}
	newX, newY := []float64{-1, 4}, []float64{-0.9, 4.1}
	for _, f := range []func(float64) float64{through, func(x float64) float64 { return x }} {
		in, out := errorOf(f, x, y), errorOf(f, newX, newY)
		fmt.Printf("E_in %.4f, E_out %.4f, E_gen %.4f\n", in, out, out-in)
	}
	// Output:
	// E_in 0.0000, E_out 9.0900, E_gen 9.0900
	// E_in 0.0450, E_out 0.0100, E_gen -0.0350
}

// Equation 19 adds a penalty Ω(θ) to the loss. The gradient of the L2 penalty is 2λθ, and so a weight
// decay of 2λ; that of the L1 penalty is λ·sign θ, with 0 at 0.
func Example_equation19() {
	theta := nn.NewParam("theta", 3)
	copy(theta.Value, []float64{0.5, -2, 0})
	for _, omega := range []func(reverse.Array) reverse.Array{
		func(w reverse.Array) reverse.Array { return nn.L2(w, 0.1) },
		func(w reverse.Array) reverse.Array { return nn.L1(w, 0.1) },
	} {
		tape := reverse.NewTape()
		loss := nn.MSE(theta.On(tape.Const([]float64{0})), tape.Const(theta.Value)) // 0, at its minimum
		loss = loss.Add(nn.Penalty(loss, []*nn.Param{theta}, omega))
		clear(theta.Grad)
		loss.Backward()
		fmt.Printf("%.3f %.1f\n", loss.Value(), theta.Grad)
	}
	// Output:
	// 0.425 [0.1 -0.4 0.0]
	// 0.250 [0.1 -0.1 0.0]
}

// Algorithm 1 drops nodes with the probability 1-p and leaves the others as they are. In training,
// sums are then p times as large as later. The layer divides by p.
func Example_algorithm1() {
	const n, p = 10000, 0.8
	ones := make([]float64, n)
	for i := range ones {
		ones[i] = 1
	}
	drop := nn.NewDropout(1-p, rand.New(rand.NewPCG(1, 2)))
	scaled := drop.Forward(reverse.NewTape().Const(ones)).Values()
	printed, sum := 0.0, 0.0
	for _, v := range scaled {
		sum += v / n
		if v != 0 {
			printed += 1.0 / n
		}
	}
	nn.SetTraining(drop, false)
	later := ad.Mean(ad.Consts[ad.Real](drop.Forward(reverse.NewTape().Const(ones)).Values()))
	fmt.Printf("mean in training as printed %.2f, by the layer %.2f; later %.0f\n", printed, sum, later)
	// Output: mean in training as printed 0.80, by the layer 1.00; later 1
}
