package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/report"
	"github.com/quartet-ad/ad/reverse"
)

// fills are the values of -fill.
var fills = map[string]data.Fill{"mean": data.FillMean, "median": data.FillMedian, "zero": data.FillZero, "none": data.FillNone}

// tableOptions returns what the flags say of a table.
func (o *options) tableOptions() (data.TableOptions, error) {
	list := func(text string) []string {
		if text == "" {
			return nil
		}
		return strings.Split(text, ",")
	}
	comma := o.comma
	if comma == "tab" {
		comma = "\t"
	}
	c, size := utf8.DecodeRuneInString(comma)
	fill, ok := fills[o.fill]
	switch {
	case size == 0 || size != len(comma):
		return data.TableOptions{}, fmt.Errorf("-comma is %q, want one character or tab", o.comma)
	case !ok:
		return data.TableOptions{}, fmt.Errorf("-fill is %q, want mean, median, zero or none", o.fill)
	}
	return data.TableOptions{
		Comma: c, Label: o.label, Target: o.target, Drop: list(o.drop), Categories: list(o.category), Fill: fill,
	}, nil
}

// openCSV predicts a column of a table from the others.
func openCSV(_ context.Context, o *options, status io.Writer) (*task, error) {
	want, err := o.tableOptions()
	if err != nil {
		return nil, err
	}
	table, err := readTable(o.path, want)
	if err != nil {
		return nil, err
	}
	width := len(table.Features)
	if width == 0 {
		return nil, fmt.Errorf("%s has no column besides %s", o.path, o.label+o.target)
	}
	for _, c := range table.Columns {
		switch {
		case c.Missing == 0 || o.quiet:
		case c.Categories != nil:
			fmt.Fprintf(status, "column %s: %d missing, a category of their own\n", c.Name, c.Missing)
		default:
			fmt.Fprintf(status, "column %s: %d missing, %.4g stands for them\n", c.Name, c.Missing, c.Filled)
		}
	}
	t := &task{
		about:   fmt.Sprintf("%s: %s from %d features of %d columns", o.path, o.label+o.target, width, len(table.Columns)),
		network: "network of two hidden layers",
		things:  "rows",
	}
	if err := t.divideTable(table, o); err != nil {
		return nil, err
	}
	scaling, all := data.Standardize(t.train), table.Set
	t.train, t.valid, t.test = scaling.Of(t.train), scaling.Of(t.valid), scaling.Of(t.test)
	rng, outputs := generator(o.seed, streamWeights), max(1, len(table.Classes))
	t.model = nn.Sequential{
		nn.NewLinear(width, 64, rng), nn.ReLU{},
		nn.NewLinear(64, 32, rng), nn.ReLU{},
		nn.NewLinear(32, outputs, rng),
	}
	if o.label != "" {
		return t.classify(all.Classes), nil
	}
	return t.predictNumbers(o.target), nil
}

// readTable reads a table from a file.
func readTable(path string, o data.TableOptions) (*data.Table, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	table, err := data.ReadTable(file, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return table, nil
}

// divideTable divides a table into what is trained on, chosen by and tested with. The latter is the
// table of -test, if there is one, which is read like the first.
func (t *task) divideTable(table *data.Table, o *options) error {
	rng, split := generator(o.seed, streamSplit), table.SplitBy
	if o.label != "" {
		if split = table.SplitEvenly; len(table.Classes) < 2 {
			return fmt.Errorf("%s has one class alone, %q", o.path, table.Classes)
		}
	}
	if o.testFile == "" {
		return t.parts(split(rng, 0.7, 0.15), o)
	}
	test, err := readTable(o.testFile, data.TableOptions{Like: table})
	if err != nil {
		return err
	}
	if test.Labels == nil && test.Y == nil {
		return fmt.Errorf("%s has no column %s to be tested with", o.testFile, o.label+o.target)
	}
	return t.parts(append(split(rng, 0.85), test.Set), o)
}

// predictNumbers makes a task one of predicting a number, in standard deviations of those to train
// on.
func (t *task) predictNumbers(name string) *task {
	targets := &data.Set{Shape: []int{1}}
	for i := range t.train.Len() {
		targets.X = append(targets.X, t.train.Target(i)...)
	}
	unit := data.Standardize(targets)
	mean, deviation := unit.Shift[0], unit.Scale[0]
	t.loss = func(x reverse.Array, b data.Batch) reverse.Array {
		y := x.Tape().Scratch(len(b.Y))
		for i, v := range b.Y {
			y[i] = (v - mean) / deviation
		}
		return nn.MSE(t.model.Forward(x), x.Tape().Const(y, b.TargetShape...))
	}
	predictions := func(s *data.Set) (truth, found []float64) {
		truth, found = t.predictions(s)
		for i := range found {
			found[i] = mean + deviation*found[i]
		}
		return truth, found
	}
	t.figure = "RMSE"
	t.score = func(s *data.Set) metric.Score { return metric.RMSE(predictions(s)) }
	t.outcome = func() outcome {
		truth, found := predictions(t.test)
		rmse, r2 := metric.RMSE(truth, found), metric.R2(truth, found)
		return outcome{
			Headline:     fmt.Sprintf("%s of %d test rows is predicted to %.4g, root mean square", name, len(truth), rmse.Value),
			Text:         fmt.Sprintf("RMSE %v   MAE %v   R² %v\n", rmse, metric.MAE(truth, found), r2),
			Figures:      []figure{{"RMSE on test data", rmse.String()}, {"R²", r2.String()}},
			AboutSamples: "Every test row: predicted against true " + name + ". On the line they are equal.",
			Plot:         report.Scatter(truth, found),
		}
	}
	return t
}
