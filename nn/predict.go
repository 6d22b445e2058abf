package nn

import (
	"fmt"
	"iter"

	"github.com/quartet-ad/ad/reverse"
)

// predicted is how many samples Predict passes through a network at a time.
const predicted = 256

// Predict returns the results of l, after training, for the samples x, whose shape is
// [samples, …]: those of all samples one after the other. Stateful layers with a method
// Training() bool are taken out of training for that, and put back.
//
// Cost: a forward pass in parts of 256 samples, whose memory does not grow with their number, and a
// slice of the results.
//
// Predict panics if the shape has no axis or does not fit x, or if the results of l do not have as
// many samples.
func Predict(l Layer, x []float64, shape ...int) []float64 {
	size, ok := elements(shape)
	if len(shape) == 0 || !ok || size != len(x) {
		panic(fmt.Sprintf("nn: Predict of %d numbers of shape %v", len(x), append([]int(nil), shape...)))
	}
	defer afterTraining(l)()
	samples := shape[0]
	tape, part := reverse.NewTape(), append([]int(nil), shape...)
	var y []float64
	for from := 0; from < samples; from += predicted {
		n := min(predicted, samples-from)
		part[0] = n
		tape.Reset()
		result := l.Forward(tape.Const(x[size/samples*from:][:size/samples*n], part...))
		if result.Rank() == 0 || result.Shape()[0] != n {
			panic(fmt.Sprintf("nn: Predict of %d samples by a layer with results of shape %v", n, result.Shape()))
		}
		if y == nil {
			y = make([]float64, 0, result.Size()/n*samples)
		}
		y = append(y, result.Values()...)
	}
	return y
}

// Evaluate calls f with every batch, as after training, on a tape that is reset before each. It
// treats Stateful layers as Predict does.
//
//	nn.Evaluate(net, loader.All(), func(tape *reverse.Tape, b data.Batch) {
//		logits := net.Forward(tape.Const(b.X, b.Shape...))
//		matrix.Add(b.Labels, nn.Argmax(logits.Values(), classes))
//	})
//
// Cost: that of f.
func Evaluate[B any](l Layer, batches iter.Seq[B], f func(tape *reverse.Tape, b B)) {
	defer afterTraining(l)()
	tape := reverse.NewTape()
	for b := range batches {
		tape.Reset()
		f(tape, b)
	}
}

// Argmax returns the place of the largest number in every row of x, the first of equal ones. A row
// has n numbers, such as the logits of n classes. NaN counts as the largest.
//
// Argmax panics if n is less than 1 or x does not consist of such rows.
func Argmax(x []float64, n int) []int {
	if n < 1 || len(x)%n != 0 {
		panic(fmt.Sprintf("nn: Argmax of %d numbers in rows of %d", len(x), n))
	}
	places := make([]int, len(x)/n)
	for i := range places {
		row, best := x[i*n:][:n], 0
		for k, v := range row {
			if v > row[best] || v != v && row[best] == row[best] {
				best = k
			}
		}
		places[i] = best
	}
	return places
}

// afterTraining takes the layers that can say whether they are in training out of it, and returns a
// function that puts them back.
func afterTraining(l Layer) (back func()) {
	var changed []Stateful
	for _, part := range Walk(l) {
		if s, ok := part.(interface {
			Stateful
			Training() bool
		}); ok && s.Training() {
			s.SetTraining(false)
			changed = append(changed, s)
		}
	}
	return func() {
		for _, s := range changed {
			s.SetTraining(true)
		}
	}
}
