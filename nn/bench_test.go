package nn_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// Training steps: forward, cross-entropy, backward and gradient descent. ms/step is
// the least of all steps, so that what else the machine does is left out.

// BenchmarkMLP is a net 784-128-10 with ReLU.
func BenchmarkMLP(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	hidden, out := nn.NewLinear(784, 128, rng), nn.NewLinear(128, 10, rng)
	for _, batch := range []int{32, 128} {
		images, labels := examples(rng, 10, batch, 784)
		steps(b, fmt.Sprintf("b%d", batch), paramsOf(hidden, out), func(t *reverse.Tape) reverse.Array {
			x := hidden.Forward(t.Const(images, batch, 784))
			return entropy(out.Forward(ad.ReLU(x)), labels)
		})
	}
}

// BenchmarkLeNet is LeNet-5 with ReLU and max-pooling.
func BenchmarkLeNet(b *testing.B) {
	const batch = 64
	rng := rand.New(rand.NewPCG(1, 2))
	first, second := newConv(rng, 6, 1, 5), newConv(rng, 16, 6, 5)
	dense := []*nn.Linear{nn.NewLinear(400, 120, rng), nn.NewLinear(120, 84, rng), nn.NewLinear(84, 10, rng)}
	images, labels := examples(rng, 10, batch, 784)
	pool := reverse.PoolOptions{Kernel: [2]int{2, 2}}
	params := append(append(first, second...), paramsOf(dense...)...)
	steps(b, "b64", params, func(t *reverse.Tape) reverse.Array {
		x := t.Const(images, batch, 1, 28, 28)
		x = ad.ReLU(x.Conv2D(first[0].On(x), first[1].On(x), reverse.ConvOptions{Padding: [2]int{2, 2}})).MaxPool2D(pool)
		x = ad.ReLU(x.Conv2D(second[0].On(x), second[1].On(x), reverse.ConvOptions{})).MaxPool2D(pool)
		x = x.Reshape(batch, 400)
		x = ad.ReLU(dense[0].Forward(x))
		x = ad.ReLU(dense[1].Forward(x))
		return entropy(dense[2].Forward(x), labels)
	})
}

// BenchmarkConv3x3 is a layer from 32 to 64 channels of 28×28, of 32 images, with
// the gradients of its input too; its result is summed.
func BenchmarkConv3x3(b *testing.B) {
	const batch = 32
	rng := rand.New(rand.NewPCG(1, 3))
	conv := newConv(rng, 64, 32, 3)
	input := nn.NewParam("input", batch, 32, 28, 28)
	for i := range input.Value {
		input.Value[i] = rng.NormFloat64()
	}
	steps(b, "b32", append(conv, input), func(t *reverse.Tape) reverse.Array {
		x := t.Param(input.Value, input.Grad, input.Shape...)
		return x.Conv2D(conv[0].On(x), conv[1].On(x), reverse.ConvOptions{Padding: [2]int{1, 1}}).Sum()
	})
}

// steps measures steps in float64 and with float32 inside.
func steps(b *testing.B, name string, params []*nn.Param, loss func(t *reverse.Tape) reverse.Array) {
	for _, single := range []bool{false, true} {
		precision := "f64"
		if single {
			precision = "f32"
		}
		b.Run(name+"/"+precision, func(b *testing.B) {
			tape := reverse.NewTape()
			tape.UseFloat32(single)
			step := func() {
				tape.Reset()
				loss(tape).Backward()
				for _, p := range params {
					if p.Name != "input" {
						kernel.SGD(p.Value, nil, p.Grad, 1e-3, 0, 0, false)
					}
					clear(p.Grad)
				}
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

func entropy(x reverse.Array, labels []int) reverse.Array {
	return x.CrossEntropy(1, labels, reverse.CrossEntropyOptions{})
}

// newConv returns the kernels and the biases of a convolution.
func newConv(rng *rand.Rand, out, in, k int) []*nn.Param {
	params := []*nn.Param{nn.NewParam("weight", out, in, k, k), nn.NewParam("bias", out)}
	for _, p := range params {
		for i := range p.Value {
			p.Value[i] = rng.NormFloat64() / 10
		}
	}
	return params
}

func paramsOf(layers ...*nn.Linear) []*nn.Param {
	var params []*nn.Param
	for _, l := range layers {
		params = append(params, l.Params()...)
	}
	return params
}

// examples returns inputs and their labels.
func examples(rng *rand.Rand, classes, batch, size int) ([]float64, []int) {
	x, labels := make([]float64, batch*size), make([]int, batch)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	for i := range labels {
		labels[i] = rng.IntN(classes)
	}
	return x, labels
}
