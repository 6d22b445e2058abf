package main

import (
	"context"
	"html/template"
	"io"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/reverse"
)

// A kind is a task by its name, and what suits it.
type kind struct {
	name, about   string
	epochs, batch int
	rate          float64
	reads         bool   // the folder of -data
	takes         string // FILE or DIR, behind the task
	open          func(ctx context.Context, o *options, log io.Writer) (*task, error)
}

var kinds = []*kind{
	{"digits", "8×8 handwritten digits, embedded", 40, 32, 0.003, false, "", openDigits},
	{"mnist", "28×28 handwritten digits, fetched as a Go module or from -data", 10, 64, 0.002, true, "", openMNIST},
	{"fashion", "28×28 pictures of clothes, from -data", 10, 64, 0.001, true, "", openFashion},
	{"detect", "boxes of digits in scenes", 24, 16, 0.005, false, "", openDetect},
	{"segment", "classes of the pixels of scenes", 16, 16, 0.004, false, "", openSegment},
	{"regress", "the width of an iris's petals from its other lengths", 60, 16, 0.01, false, "", openRegress},
	{"csv", "a column of a table of one's own: train csv FILE -label COLUMN", 60, 32, 0.003, false, "FILE", openCSV},
	{"images", "pictures of one's own, in a folder for each class: train images DIR", 20, 32, 0.002, false, "DIR", openImages},
}

func kindOf(name string) *kind {
	for _, k := range kinds {
		if k.name == name {
			return k
		}
	}
	return nil
}

// A task is a model, what it learns from, and how good it is.
type task struct {
	about              string                          // the data, in a line
	things             string                          // what samples are
	picture            func(x []float64) template.HTML // of a sample; nil for none
	network            string                          // the model, in words
	model              nn.Layer
	sources            []nn.Source // what the model draws from
	train, valid, test *data.Set
	augment            data.Augmentation
	renew              func(epoch int) // makes what train holds anew, unless it is nil

	// loss is that of the model for a batch, whose samples are x.
	loss     func(x reverse.Array, b data.Batch) reverse.Array
	choosing bool // the batch is one of valid, not of train

	// figure names what score returns of a set.
	figure string
	score  func(s *data.Set) metric.Score

	// outcome is what the model does on the test data.
	outcome func() outcome

	tape *reverse.Tape
}

// evaluationBatch is how many samples are evaluated at a time.
const evaluationBatch = 50

// each iterates over a set in order, with the samples of a batch on the tape.
func (t *task) each(s *data.Set, f func(b data.Batch, x reverse.Array)) {
	for _, b := range (&data.Loader{Set: s, Size: evaluationBatch}).Epoch() {
		t.tape.Reset()
		f(b, t.tape.Const(b.X, b.Shape...))
	}
}

// The generators of a run: each has a stream of its own, so that they do not depend on each other.
const (
	streamSplit = iota << 32
	streamWeights
	streamDropout
	streamScenes
	streamEpochs // and one for every epoch from here on
)

func generator(seed, stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }
