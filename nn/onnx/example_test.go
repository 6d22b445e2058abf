package onnx_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/onnx"
	"github.com/quartet-ad/ad/reverse"
)

// A network leaves: os.Create in place of the buffer makes a file that onnxruntime reads.
func ExampleWriteNetwork() {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{
		nn.NewConv2D(3, 8, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng), nn.NewBatchNorm2D(8), nn.ReLU{},
		nn.GlobalAvgPool{}, nn.NewLinear(8, 10, rng),
	}
	var model bytes.Buffer
	err := onnx.WriteNetwork(&model, net, onnx.Float32, 3, 32, 32)
	fmt.Println(model.Len() > 1000, err)

	net[2] = nn.Func(ad.ReLU[reverse.Array])
	err = onnx.WriteNetwork(&model, net, onnx.Float32, 3, 32, 32)
	fmt.Println(err)
	// Output:
	// true <nil>
	// onnx: WriteNetwork: 2 Func: cannot be written: it is a function in Go, which nobody can look into
}

// A function leaves with its gradient: the model has the outputs y and gradient, for batches of x.
func ExampleWriteGradient() {
	rosenbrock := func(x []reverse.Var) reverse.Var {
		a, b := ad.Shift(x[0], -1), x[1].Sub(ad.Square(x[0]))
		return ad.Square(a).Add(ad.Scale(ad.Square(b), 100))
	}
	var model bytes.Buffer
	err := onnx.WriteGradient(&model, reverse.Record(rosenbrock, 2))
	fmt.Println(model.Len() > 500, err)
	// Output: true <nil>
}
