package optim_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// The points of the line y = 2x - 1.
var (
	lineX = []float64{-2, -1, 0, 1, 2, 3}
	lineY = []float64{-5, -3, -1, 1, 3, 5}
)

// lineLoss returns the mean of squared distances of l from the line.
func lineLoss(tape *reverse.Tape, l *nn.Linear) reverse.Array {
	tape.Reset()
	d := l.Forward(tape.Const(lineX, 6, 1)).Sub(tape.Const(lineY, 6, 1))
	return d.Mul(d).Mean()
}

// All samples are in the batch: gradient descent.
func ExampleSGD() {
	l, tape := nn.NewLinear(1, 1, rand.New(rand.NewPCG(1, 2))), reverse.NewTape()
	opt := &optim.SGD{Rate: 0.05, Momentum: 0.9, Nesterov: true}
	for range 200 {
		lineLoss(tape, l).Backward()
		opt.Step(l.Params())
	}
	fmt.Printf("y = %.4f x %+.4f\n", l.Weight.Value[0], l.Bias.Value[0])
	// Output: y = 2.0000 x -1.0000
}

// A rate that warms up and then falls.
func ExampleAdam() {
	l, tape := nn.NewLinear(1, 1, rand.New(rand.NewPCG(1, 2))), reverse.NewTape()
	opt := optim.NewAdam(0)
	schedule := optim.Joined{
		First: optim.LinearWarmup{From: 0, To: 0.2, Steps: 20},
		Steps: 20,
		Then:  optim.CosineDecay{Base: 0.2, Steps: 280},
	}
	for step := range 300 {
		lineLoss(tape, l).Backward()
		opt.SetRate(schedule.Rate(step))
		opt.Step(l.Params())
	}
	fmt.Printf("y = %.4f x %+.4f\n", l.Weight.Value[0], l.Bias.Value[0])
	// Output: y = 2.0000 x -1.0000
}

func ExampleOneCycle() {
	schedule := optim.OneCycle{Greatest: 1, Steps: 11, Rise: 0.5, Start: 10, End: 100, Linear: true}
	for step := 0; step < 11; step += 2 {
		fmt.Printf("%.3f ", schedule.Rate(step))
	}
	// Output: 0.100 0.500 0.900 0.728 0.364 0.001
}

func ExamplePlateau() {
	plateau := &optim.Plateau{Base: 0.1, Factor: 0.5, Patience: 1}
	for _, loss := range []float64{3, 2, 2, 2, 1} {
		fmt.Println(plateau.Observe(loss))
	}
	// Output:
	// 0.1
	// 0.1
	// 0.1
	// 0.05
	// 0.05
}

// Least squares of a line take a handful of iterations.
func ExampleLBFGS() {
	l, tape := nn.NewLinear(1, 1, rand.New(rand.NewPCG(1, 2))), reverse.NewTape()
	result, err := optim.NewLBFGS().Minimize(l.Params(), func() float64 {
		loss := lineLoss(tape, l)
		loss.Backward()
		return loss.Value()
	})
	fmt.Printf("y = %.6f x %+.6f, error %v\n", l.Weight.Value[0], l.Bias.Value[0], err)
	fmt.Println("converged:", result.Converged, "in less than 10 iterations:", result.Iterations < 10)
	// Output:
	// y = 2.000000 x -1.000000, error <nil>
	// converged: true in less than 10 iterations: true
}

// Weights decay and biases do not, which move twice as fast.
func ExampleGroups() {
	l, tape := nn.NewLinear(1, 1, rand.New(rand.NewPCG(1, 2))), reverse.NewTape()
	biases := optim.NewGroup(&optim.SGD{Momentum: 0.9}, l.Bias)
	biases.Scale = 2
	opt := optim.NewGroups(optim.NewGroup(&optim.SGD{Momentum: 0.9, Decay: 0.01}, l.Weight), biases)
	opt.SetRate(0.02)
	for range 300 {
		lineLoss(tape, l).Backward()
		opt.Step(l.Params())
	}
	fmt.Printf("y = %.2f x %+.2f\n", l.Weight.Value[0], l.Bias.Value[0])
	// Output: y = 2.00 x -1.00
}

// Steps that jump about are near the minimum on average.
func ExampleAverage() {
	l, tape := nn.NewLinear(1, 1, rand.New(rand.NewPCG(1, 2))), reverse.NewTape()
	opt, noise := &optim.SGD{Rate: 0.05}, rand.New(rand.NewPCG(3, 4))
	average := optim.NewEMA(l, 0.99)
	for range 2000 {
		lineLoss(tape, l).Backward()
		l.Weight.Grad[0] += 3 * noise.NormFloat64()
		opt.Step(l.Params())
		average.Update()
	}
	last := lineLoss(tape, l).Value()
	average.Swap() // in, to evaluate
	mean := lineLoss(tape, l).Value()
	average.Swap() // out, to go on training
	fmt.Println(mean < last/4)
	// Output: true
}
