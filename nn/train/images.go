package main

import (
	"context"
	"fmt"
	"html/template"
	"io"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/reverse"
)

// openImages finds the classes of pictures in folders.
func openImages(_ context.Context, o *options, _ io.Writer) (*task, error) {
	set, err := data.Images(o.path, data.ImageOptions{Height: o.size, Width: o.size, Gray: o.gray})
	if err != nil {
		return nil, err
	}
	t := &task{
		about:   fmt.Sprintf("pictures in %s, brought to %d×%d pixels", o.path, o.size, o.size),
		things:  "images",
		network: "convolutional network",
		augment: data.FlipHorizontal(0.5),
	}
	t.picture = func(x []float64) template.HTML { return photo(x, set.Shape) }
	if err := t.divide(set, o); err != nil {
		return nil, err
	}
	rng := generator(o.seed, streamWeights)
	pad := reverse.ConvOptions{Padding: [2]int{1, 1}}
	net, channels := nn.Sequential{}, set.Shape[0]
	for _, width := range []int{16, 32, 64} {
		net = append(net, nn.NewConv2D(channels, width, 3, pad, rng), nn.NewGroupNorm(4, width), nn.ReLU{}, nn.NewMaxPool2D(2))
		channels = width
	}
	t.model = append(net, nn.GlobalAvgPool{}, nn.NewLinear(channels, len(set.Classes), rng))
	return t.classify(set.Classes), nil
}

// divide divides a set with labels evenly into what is trained on, chosen by and tested with.
func (t *task) divide(set *data.Set, o *options) error {
	if len(set.Classes) < 2 {
		return fmt.Errorf("%s has one class alone, %q", o.path, set.Classes)
	}
	parts := set.SplitEvenly(generator(o.seed, streamSplit), 0.7, 0.15)
	return t.parts(parts, o)
}

// parts takes the parts of a set, none of which may be empty.
func (t *task) parts(parts []*data.Set, o *options) error {
	t.train, t.valid, t.test = parts[0], parts[1], parts[2]
	if min(t.train.Len(), t.valid.Len(), t.test.Len()) == 0 {
		return fmt.Errorf("%s has too few %s: %d to train on, %d to choose by, %d to test with",
			o.path, t.things, t.train.Len(), t.valid.Len(), t.test.Len())
	}
	return nil
}
