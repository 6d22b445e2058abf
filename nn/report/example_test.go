package report_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/nn/report"
	"github.com/quartet-ad/ad/reverse"
)

// A page of a training of one's own, with a score after each epoch.
func ExamplePage() {
	rng := rand.New(rand.NewPCG(1, 2))
	train, test := data.Iris().Split(rng, 0.7)
	net := nn.Sequential{nn.NewLinear(4, 16, rng), nn.Tanh{}, nn.NewLinear(16, 3, rng)}
	confusion := func() *metric.ConfusionMatrix {
		c, all := metric.NewConfusionMatrix(3), test.Batch()
		c.Add(all.Labels, nn.Argmax(nn.Predict(net, all.X, all.Shape...), 3))
		return c
	}
	var scores []float64
	loader, held := &data.Loader{Set: train, Size: 16}, &data.Loader{Set: test, Size: 16}
	trainer := &nn.Trainer[data.Batch]{
		Model: net, Optimizer: optim.NewAdam(0.02), Epochs: 12,
		Batches: loader.Shuffled(1),
		Loss: func(tape *reverse.Tape, b data.Batch) reverse.Array {
			return nn.CrossEntropy(net.Forward(tape.Const(b.X, b.Shape...)), b.Labels)
		},
		OnEpoch: func(nn.Epoch) error { scores = append(scores, confusion().Accuracy().Value); return nil },
	}
	trainer.Validate = func() float64 { return trainer.MeanLoss(held.All()) }
	history, err := trainer.Fit(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}

	folder, err := os.MkdirTemp("", "page")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	err = report.Page{
		Headline: fmt.Sprintf("%.0f %% of %d irises are classified right", 100*confusion().Accuracy().Value, test.Len()),
		History:  history, Score: "accuracy", Scores: scores,
		Confusion: confusion(), Classes: train.Classes,
		Model: net, Input: []int{4},
	}.Save(filepath.Join(folder, "training.html"))
	fmt.Println(err)
	// Output: <nil>
}
