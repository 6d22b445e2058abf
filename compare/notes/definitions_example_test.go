package notes_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// line is the model of section 1, Y = f(X; θ): a line through the origin.
func line[T ad.Scalar[T]](x float64, theta T) T { return ad.Scale(theta, x) }

// The samples of section 1.
var (
	lineX = []float64{1, 2, 3, 4}
	lineY = []float64{2.5, 3.5, 6.5, 7.5}
)

// squares is the loss of samples: the sum of the squared errors, and their mean.
func squares[T ad.Scalar[T]](theta T, samples ...int) (sum, mean T) {
	for _, i := range samples {
		sum = sum.Add(ad.Square(ad.Const[T](lineY[i]).Sub(line(lineX[i], theta))))
	}
	return sum, ad.Scale(sum, 1/float64(len(samples)))
}

// step returns where a step of gradient descent on the mean over the samples leads to.
func step(theta, rate float64, samples ...int) float64 {
	return theta - rate*reverse.Derivative(func(t reverse.Var) reverse.Var {
		_, mean := squares(t, samples...)
		return mean
	}, theta)
}

// Equation 1 is a model: a family of functions, of which the parameters choose one.
func Example_equation01() {
	for _, theta := range []float64{1, 2} {
		fmt.Println(theta, line(3, ad.Real(theta)))
	}
	// Output:
	// 1 3
	// 2 6
}

// Equation 2 asks for the parameters with the least loss. It prints a sum and calls it a mean; both
// have the same minimum, at x·y/x·x for a line through the origin.
func Example_equation02() {
	theta := nn.NewParam("theta", 1)
	tape := reverse.NewTape()
	_, err := optim.NewLBFGS().Minimize([]*nn.Param{theta}, func() float64 {
		tape.Reset()
		x := tape.Const(lineX)
		loss := nn.MSE(x.Mul(theta.On(x)), tape.Const(lineY))
		loss.Backward()
		return loss.Value()
	})
	sum, mean := squares(ad.Real(theta.Value[0]), 0, 1, 2, 3)
	fmt.Printf("%v θ = %.6f, as x·y/x·x = %.6f\n", err, theta.Value[0], ad.Dot(ad.Consts[ad.Real](lineX), ad.Consts[ad.Real](lineY))/ad.SumSq(ad.Consts[ad.Real](lineX)))
	fmt.Printf("sum %.4f, mean %.4f\n", sum, mean)
	// Output:
	// <nil> θ = 1.966667, as x·y/x·x = 1.966667
	// sum 0.9667, mean 0.2417
}

// Equation 3 is gradient descent: against the derivative, which the tape knows.
func Example_equation03() {
	theta := 0.0
	for range 4 {
		theta = step(theta, 0.05, 0, 1, 2, 3)
		fmt.Printf("%.4f ", theta)
	}
	// Output: 1.4750 1.8438 1.9359 1.9590
}

// Equation 4 writes the derivative out. It is that of the mean: the step of the sum in equation 2 is
// N times as long, and here leads away from the minimum.
func Example_equation04() {
	const rate = 0.05
	written, theta := 0.0, 0.0
	for i, x := range lineX {
		written += rate / 4 * 2 * (lineY[i] - theta*x) * x
	}
	sum := reverse.Derivative(func(t reverse.Var) reverse.Var {
		sum, _ := squares(t, 0, 1, 2, 3)
		return sum
	}, theta)
	fmt.Printf("equation 4: %.4f, by the tape %.4f\n", written, step(theta, rate, 0, 1, 2, 3))
	fmt.Printf("equation 2 as printed: %.4f\n", theta-rate*sum)
	// Output:
	// equation 4: 1.4750, by the tape 1.4750
	// equation 2 as printed: 5.9000
}

// Equation 5 takes one sample. Drawn uniformly, its step is that of equation 4 on average.
func Example_equation05() {
	average := 0.0
	for i := range lineX {
		one := step(0, 0.05, i)
		fmt.Printf("%.4f ", one)
		average += one / 4
	}
	fmt.Printf("average %.4f\n", average)
	// Output: 0.2500 0.7000 1.9500 3.0000 average 1.4750
}

// Equation 6 takes a batch: here the six pairs of samples, whose steps scatter less.
func Example_equation06() {
	average, least, most := 0.0, step(0, 0.05, 0, 1), step(0, 0.05, 2, 3)
	for i := range 4 {
		for j := range i {
			average += step(0, 0.05, i, j) / 6
		}
	}
	fmt.Printf("from %.4f to %.4f, average %.4f\n", least, most, average)
	// Output: from 0.4750 to 2.4750, average 1.4750
}
