package main

import (
	"fmt"
	"html/template"
	"io"

	"github.com/quartet-ad/ad/nn/metric"
	"github.com/quartet-ad/ad/nn/report"
)

// An outcome is what a model does on the test data, for the terminal and for the page.
type outcome struct {
	Headline string // a sentence without its full stop
	Text     string // tables
	Figures  []figure
	Samples  []sample      // some pictures
	Wide     bool          // they are wide
	Plot     template.HTML // or a plot

	AboutSamples string // what these show

	Confusion *metric.ConfusionMatrix // nil for none
	Classes   []string                // its names
}

// A figure is a number with what it is.
type figure struct{ Name, Value string }

// A sample is a picture with what the model made of it.
type sample = report.Sample

// A page shows this many samples of each sort.
const (
	wrongShown = 16
	rightShown = 8
)

// pick adds a sample to those to be shown, wrong ones first, unless there are enough of its sort.
func pick(samples []sample, s sample) []sample {
	wrong := 0
	for wrong < len(samples) && !samples[wrong].Right {
		wrong++
	}
	switch {
	case s.Right && len(samples)-wrong < rightShown:
		return append(samples, s)
	case !s.Right && wrong < wrongShown:
		samples = append(samples, s)
		copy(samples[wrong+1:], samples[wrong:])
		samples[wrong] = s
	}
	return samples
}

// parameters returns the number of elements that are learned.
func (s *session) parameters() int {
	n := 0
	for _, p := range s.model.Params() {
		n += len(p.Value)
	}
	return n
}

// printHead says what is going to be trained on what.
func (s *session) printHead(out io.Writer) {
	fmt.Fprintf(out, "%s: %s; %d to train on, %d to choose by, %d to test with\n",
		s.kind.name, s.about, s.train.Len(), s.valid.Len(), s.test.Len())
	fmt.Fprintf(out, "%s of %d parameters; AdamW, rate %g, batches of %d, seed %d\n", s.network, s.parameters(), s.rate, s.batch, s.seed)
}

// print prints the result.
func (s *session) print(out io.Writer) {
	if !s.quiet && s.history.Best >= 0 {
		fmt.Fprintf(out, "the best epoch is %d; training took %.1f s\n\n", s.history.Best+1, s.took.Seconds())
	}
	fmt.Fprintf(out, "%s.\n", s.outcome.Headline)
	if !s.quiet {
		fmt.Fprintf(out, "\n%s", s.outcome.Text)
	}
}
