package nn_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// Training steps: forward, loss, backward and gradient descent, in float64 and with
// float32 inside. ms/step is the least of all steps, so that what else the machine
// does is left out.

// BenchmarkMLP is a net 784-128-10 with ReLU.
func BenchmarkMLP(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	net := nn.Sequential{nn.NewLinear(784, 128, rng), nn.ReLU{}, nn.NewLinear(128, 10, rng)}
	for _, batch := range []int{32, 128} {
		classify(b, net, rng, batch, 784)
	}
}

// BenchmarkLeNet is LeNet-5 with ReLU and max-pooling.
func BenchmarkLeNet(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{
		nn.NewConv2D(1, 6, 5, reverse.ConvOptions{Padding: [2]int{2, 2}}, rng), nn.ReLU{}, nn.NewMaxPool2D(2),
		nn.NewConv2D(6, 16, 5, reverse.ConvOptions{}, rng), nn.ReLU{}, nn.NewMaxPool2D(2), nn.Flatten{},
		nn.NewLinear(400, 120, rng), nn.ReLU{}, nn.NewLinear(120, 84, rng), nn.ReLU{}, nn.NewLinear(84, 10, rng),
	}
	classify(b, net, rng, 64, 1, 28, 28)
}

// BenchmarkConv3x3 is a layer from 32 to 64 channels of 28×28, of 32 images, with
// the gradients of its input too; its result is summed.
func BenchmarkConv3x3(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 3))
	conv := nn.NewConv2D(32, 64, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng)
	input := nn.NewParam("input", 32, 32, 28, 28)
	for i := range input.Value {
		input.Value[i] = rng.NormFloat64()
	}
	steps(b, "b32", conv, func(t *reverse.Tape) reverse.Array {
		nn.ZeroGrad([]*nn.Param{input})
		return conv.Forward(t.Param(input.Value, input.Grad, input.Shape...)).Sum()
	})
}

// classify measures steps of a net with ten classes.
func classify(b *testing.B, net nn.Layer, rng *rand.Rand, shape ...int) {
	size := 1
	for _, n := range shape {
		size *= n
	}
	x, labels := make([]float64, size), make([]int, shape[0])
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	for i := range labels {
		labels[i] = rng.IntN(10)
	}
	steps(b, fmt.Sprintf("b%d", shape[0]), net, func(t *reverse.Tape) reverse.Array {
		return nn.CrossEntropy(net.Forward(t.Const(x, shape...)), labels)
	})
}

func steps(b *testing.B, name string, net nn.Layer, loss func(t *reverse.Tape) reverse.Array) {
	params := net.Params()
	for _, precision := range []string{"f64", "f32"} {
		b.Run(name+"/"+precision, func(b *testing.B) {
			tape, sgd := reverse.NewTape(), &optim.SGD{Rate: 1e-3}
			tape.UseFloat32(precision == "f32")
			step := func() {
				tape.Reset()
				loss(tape).Backward()
				sgd.Step(params)
			}
			step()
			if n := testing.AllocsPerRun(3, step); n != 0 {
				b.Errorf("%v allocations in a step", n)
			}
			best := time.Hour
			for b.Loop() {
				start := time.Now()
				step()
				best = min(best, time.Since(start))
			}
			b.ReportMetric(best.Seconds()*1e3, "ms/step")
		})
	}
}
