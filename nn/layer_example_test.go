package nn_test

import (
	"fmt"
	"math/rand/v2"
	"os"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

func ExampleSequential() {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{nn.NewLinear(2, 8, rng), nn.Tanh{}, nn.NewLinear(8, 1, rng)}
	x, xor := []float64{0, 0, 0, 1, 1, 0, 1, 1}, []float64{0, 1, 1, 0}
	opt, params, tape := optim.NewAdam(0.05), net.Params(), reverse.NewTape()
	for range 300 {
		tape.Reset()
		loss := nn.MSE(net.Forward(tape.Const(x, 4, 2)), tape.Const(xor, 4, 1))
		loss.Backward()
		opt.Step(params)
	}
	tape.Reset()
	for _, y := range net.Forward(tape.Const(x, 4, 2)).Values() {
		fmt.Printf("%.0f ", max(y, 0))
	}
	// Output: 0 1 1 0
}

// A network for images of digits, and its shapes.
func ExampleSummary() {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{
		nn.NewConv2D(1, 6, 5, reverse.ConvOptions{Padding: [2]int{2, 2}}, rng), nn.NewBatchNorm2D(6), nn.ReLU{}, nn.NewMaxPool2D(2),
		nn.NewConv2D(6, 16, 5, reverse.ConvOptions{}, rng), nn.ReLU{}, nn.NewMaxPool2D(2),
		nn.Flatten{}, nn.NewLinear(400, 10, rng),
	}
	if err := nn.Summary(os.Stdout, net, 1, 1, 28, 28); err != nil {
		panic(err)
	}
	// Output:
	// layer  type       shape         parameters
	//        input      [1 1 28 28]   0
	// 0      Conv2D     [1 6 28 28]   156
	// 1      BatchNorm  [1 6 28 28]   12
	// 2      ReLU       [1 6 28 28]   0
	// 3      MaxPool2D  [1 6 14 14]   0
	// 4      Conv2D     [1 16 10 10]  2416
	// 5      ReLU       [1 16 10 10]  0
	// 6      MaxPool2D  [1 16 5 5]    0
	// 7      Flatten    [1 400]       0
	// 8      Linear     [1 10]        4010
	//        total                    6594
}

// In training a batch is normalized by its own mean and variance; afterwards by the
// running averages, which here have gone all the way.
func ExampleBatchNorm() {
	norm, tape := nn.NewBatchNorm1D(1), reverse.NewTape()
	norm.Momentum = 1
	x := tape.Const([]float64{1, 3}, 2, 1)
	fmt.Printf("%.3f\n", norm.Forward(x).Values())
	fmt.Println(norm.Mean.Value, norm.Variance.Value)
	nn.SetTraining(norm, false)
	fmt.Printf("%.3f\n", norm.Forward(x).Values())
	// Output:
	// [-1.000 1.000]
	// [2] [2]
	// [-0.707 0.707]
}

func ExampleDropout() {
	drop, tape := nn.NewDropout(0.5, rand.New(rand.NewPCG(1, 2))), reverse.NewTape()
	x := tape.Const([]float64{1, 2, 3, 4}, 4)
	fmt.Println(drop.Forward(x).Values())
	nn.SetTraining(drop, false)
	fmt.Println(drop.Forward(x).Values())
	// Output:
	// [2 0 6 0]
	// [1 2 3 4]
}

func ExampleEmbedding() {
	words := nn.NewEmbedding(3, 2, rand.New(rand.NewPCG(1, 2)))
	copy(words.Weight.Value, []float64{0, 0, 1, 2, 3, 4})
	y := words.Forward(reverse.NewTape().Const([]float64{2, 1, 2}, 1, 3))
	fmt.Println(y.Shape(), y.Values())
	y.Sum().Backward()
	fmt.Println(words.Weight.Grad) // the sum over all places
	// Output:
	// [1 3 2] [3 4 1 2 3 4]
	// [0 0 1 1 2 2]
}

func ExampleLSTM() {
	rng := rand.New(rand.NewPCG(1, 2))
	last := nn.Func(func(x reverse.Array) reverse.Array { // of all states
		return x.Slice(reverse.Range{}, reverse.Range{Start: -1}).Reshape(x.Shape()[0], -1)
	})
	net := nn.Sequential{nn.NewLSTM(3, 8, rng), last, nn.NewLinear(8, 2, rng)}
	sequences := make([]float64, 5*7*3) // 5 of length 7
	y := net.Forward(reverse.NewTape().Const(sequences, 5, 7, 3))
	fmt.Println(y.Shape())
	// Output: [5 2]
}

func ExampleResidual() {
	block := &nn.Residual{Body: nn.Func(func(x reverse.Array) reverse.Array { return x.Mul(x) })}
	fmt.Println(block.Forward(reverse.NewTape().Const([]float64{1, 2, 3}, 1, 3)).Values())
	// Output: [2 6 12]
}

func ExampleOrthogonal() {
	p := nn.NewParam("weight", 3, 4)
	nn.Orthogonal(1)(p, rand.New(rand.NewPCG(1, 2)))
	dot := 0.0
	for j := range 4 {
		dot += p.Value[j] * p.Value[4+j]
	}
	fmt.Printf("%.3f\n", dot*dot)
	// Output: 0.000
}
