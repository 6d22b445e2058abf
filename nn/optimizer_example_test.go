package nn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/quartet-ad/ad/nn"
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
	opt := &nn.SGD{Rate: 0.05, Momentum: 0.9, Nesterov: true}
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
	opt := nn.NewAdam(0)
	schedule := nn.Joined{
		First: nn.LinearWarmup{From: 0, To: 0.2, Steps: 20},
		Steps: 20,
		Then:  nn.CosineDecay{Base: 0.2, Steps: 280},
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
	schedule := nn.OneCycle{Greatest: 1, Steps: 11, Rise: 0.5, Start: 10, End: 100, Linear: true}
	for step := 0; step < 11; step += 2 {
		fmt.Printf("%.3f ", schedule.Rate(step))
	}
	// Output: 0.100 0.500 0.900 0.728 0.364 0.001
}

func ExamplePlateau() {
	plateau := &nn.Plateau{Base: 0.1, Factor: 0.5, Patience: 1}
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

func ExampleClipGlobalNorm() {
	a, b := nn.NewParam("a", 2), nn.NewParam("b", 1)
	copy(a.Grad, []float64{20, 30})
	copy(b.Grad, []float64{60})
	norm := nn.ClipGlobalNorm([]*nn.Param{a, b}, 7)
	fmt.Println(norm, a.Grad, b.Grad)

	a.Grad[0] = math.Inf(1)
	if norm := nn.ClipGlobalNorm([]*nn.Param{a, b}, 7); math.IsInf(norm, 0) || math.IsNaN(norm) {
		fmt.Println("this step is left out")
	}
	// Output:
	// 70 [2 3] [6]
	// this step is left out
}

// Least squares of a line take a handful of iterations.
func ExampleLBFGS() {
	l, tape := nn.NewLinear(1, 1, rand.New(rand.NewPCG(1, 2))), reverse.NewTape()
	result, err := nn.LBFGS{}.Minimize(l.Params(), func() float64 {
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

func ExampleSave() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "net.safetensors")

	a := nn.Sequential{nn.NewLinear(2, 3, rand.New(rand.NewPCG(1, 2)))}
	b := nn.Sequential{nn.NewLinear(2, 3, rand.New(rand.NewPCG(3, 4)))}
	fmt.Println(nn.Save(path, a), nn.Load(path, b))
	fmt.Println(a[0].Params()[0].Value[5] == b[0].Params()[0].Value[5])
	// Output:
	// <nil> <nil>
	// true
}

func ExampleSaveCheckpoint() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "checkpoint.safetensors")

	pcg := rand.NewPCG(1, 2)
	c := &nn.Checkpoint{
		Model:     nn.NewLinear(2, 3, rand.New(pcg)),
		Optimizer: nn.NewAdam(1e-3),
		Step:      1000,
		Sources:   []nn.Source{pcg},
		Numbers:   map[string]float64{"best loss": 0.25},
	}
	fmt.Println(nn.SaveCheckpoint(path, c))

	c.Step, c.Numbers = 0, nil
	fmt.Println(nn.LoadCheckpoint(path, c), c.Step, c.Numbers)
	// Output:
	// <nil>
	// <nil> 1000 map[best loss:0.25]
}
