package nn_test

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// Classes of rows of a table, up to the share of right answers. A file of one's own takes the
// place of data.Iris:
//
//	table, err := data.ReadTable(file, data.TableOptions{Label: "kind"})
//	train, test := table.Split(rng, 0.8)
//
// and then there are len(table.Features) inputs and len(table.Classes) results.
func Example_table() {
	rng := rand.New(rand.NewPCG(1, 2))
	train, test := data.Iris().Split(rng, 0.8)
	scaling := data.Standardize(train)
	train, test = scaling.Of(train), scaling.Of(test)

	net := nn.Sequential{nn.NewLinear(4, 16, rng), nn.Tanh{}, nn.NewLinear(16, 3, rng)}
	loader := &data.Loader{Set: train, Size: 16}
	trainer := &nn.Trainer[data.Batch]{
		Model: net, Optimizer: optim.NewAdamW(0.02, 1e-4), Epochs: 20,
		Batches:  loader.Shuffled(1),
		Schedule: optim.WarmupCosine(0.02, loader.Steps(20)),
		Loss: func(tape *reverse.Tape, b data.Batch) reverse.Array {
			return nn.CrossEntropy(net.Forward(tape.Const(b.X, b.Shape...)), b.Labels)
		},
	}
	if _, err := trainer.Fit(context.Background()); err != nil {
		fmt.Println(err)
		return
	}

	all, right := test.Batch(), 0
	for i, class := range nn.Argmax(nn.Predict(net, all.X, all.Shape...), 3) {
		if class == all.Labels[i] {
			right++
		}
	}
	fmt.Println(right >= 27, "of", test.Len())
	// Output: true of 30
}
