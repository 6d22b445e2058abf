package nn_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/onnx"
)

// Weights that PyTorch has saved come in by the names of its state_dict, and leave for every engine
// that reads ONNX.
func ExampleLoadPartial() {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{nn.NewLinear(4, 5, rng), nn.SiLU{}, nn.NewLinear(5, 3, rng)}
	report, err := nn.LoadPartial("testdata/torch/mlp.safetensors", net, nn.TorchNames(net))
	fmt.Println(report.Complete(), err)
	fmt.Printf("%.4f\n", nn.Predict(net, []float64{1, 0, -1, 2}, 1, 4))

	var model bytes.Buffer
	err = onnx.WriteNetwork(&model, net, onnx.Float32, 4)
	fmt.Println(model.Len() > 0, err)
	// Output:
	// true <nil>
	// [1.4889 0.8411 -0.5908]
	// true <nil>
}
