package main

import (
	"context"
	"fmt"
	"io"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/report"
	"github.com/quartet-ad/ad/reverse"
)

// openRegress asks for the width of an iris's petals, given the other three lengths.
func openRegress(_ context.Context, o *options, _ io.Writer) (*task, error) {
	iris := data.Iris()
	set := &data.Set{Shape: []int{3}, TargetShape: []int{1}}
	for i := range iris.Len() {
		x := iris.Sample(i)
		set.X = append(set.X, x[:3]...)
		set.Y = append(set.Y, x[3])
	}
	parts := set.SplitBy(generator(o.seed, streamSplit), 0.6, 0.15)
	scaling := data.Standardize(parts[0])
	rng := generator(o.seed, streamWeights)
	t := &task{
		about:   "irises: petal width from petal length and the two lengths of the sepals, in cm",
		network: "network of one hidden layer",
		train:   scaling.Of(parts[0]), valid: scaling.Of(parts[1]), test: scaling.Of(parts[2]),
		model:  nn.Sequential{nn.NewLinear(3, 16, rng), nn.Tanh{}, nn.NewLinear(16, 1, rng)},
		figure: "RMSE",
	}
	t.loss = func(x reverse.Array, b data.Batch) reverse.Array {
		return nn.MSE(t.model.Forward(x), x.Tape().Const(b.Y, b.TargetShape...))
	}
	t.score = func(s *data.Set) metric.Score { return metric.RMSE(t.predictions(s)) }
	t.outcome = func() outcome {
		truth, found := t.predictions(t.test)
		mean := 0.0
		for i := range t.train.Len() {
			mean += t.train.Target(i)[0] / float64(t.train.Len())
		}
		guess := make([]float64, len(truth))
		for i := range guess {
			guess[i] = mean
		}
		rmse, r2 := metric.RMSE(truth, found), metric.R2(truth, found)
		return outcome{
			Headline: fmt.Sprintf("The width of petals is predicted to %.2f cm, root mean square", rmse.Value),
			Text: fmt.Sprintf("RMSE %v cm   MAE %v cm   R² %v   RMSE of the mean width %v cm\n",
				rmse, metric.MAE(truth, found), r2, metric.RMSE(truth, guess)),
			Figures:      []figure{{"RMSE on test data, cm", rmse.String()}, {"R²", r2.String()}},
			AboutSamples: "Every test iris: predicted against true width, in cm. On the line they are equal.",
			Plot:         report.Scatter(truth, found),
		}
	}
	return t, nil
}

// predictions returns the targets of a set and what the model makes of them.
func (t *task) predictions(s *data.Set) (truth, found []float64) {
	t.each(s, func(b data.Batch, x reverse.Array) {
		truth = append(truth, b.Y...)
		found = append(found, t.model.Forward(x).Values()...)
	})
	return truth, found
}
