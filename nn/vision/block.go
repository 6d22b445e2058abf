package vision

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// same returns a convolution with an odd kernel and the padding that keeps the size of images, but
// for the stride.
func same(in, out, kernel, stride int, rng *rand.Rand) *nn.Conv2D {
	p := kernel / 2
	return nn.NewConv2D(in, out, kernel, reverse.ConvOptions{Stride: [2]int{stride, stride}, Padding: [2]int{p, p}}, rng)
}

// normed returns a convolution and the normalization of its result, which makes a bias idle.
func normed(in, out, kernel, stride int, rng *rand.Rand) nn.Sequential {
	c := same(in, out, kernel, stride, rng)
	c.Bias = nil
	return nn.Sequential{c, nn.NewBatchNorm2D(out)}
}

// residual returns a basic block (He et al., Deep residual learning, 2016, figure 2) of two
// convolutions, of which the first has the stride.
func residual(in, out, stride int, rng *rand.Rand) nn.Layer {
	r := &nn.Residual{Body: nn.Sequential{normed(in, out, 3, stride, rng), nn.ReLU{}, normed(out, out, 3, 1, rng)}}
	if in != out || stride != 1 {
		r.Shortcut = normed(in, out, 1, stride, rng)
	}
	return nn.Sequential{r, nn.ReLU{}}
}

// checkImages panics unless x are images of so many channels, and not without pixels.
func checkImages(name string, x reverse.Array, channels int) {
	if s := x.Shape(); len(s) != 4 || s[1] != channels || s[2] == 0 || s[3] == 0 {
		panic(fmt.Sprintf("vision: %s for images of %d channels of shape %v, want [n, %d, height, width] with pixels", name, channels, s, channels))
	}
}

// checkPositive panics unless all numbers of a new network are positive, and there is one.
func checkPositive(name, what string, n ...int) {
	for _, n := range n {
		if n < 1 {
			panic(fmt.Sprintf("vision: %s with %s %d, want 1 or more", name, what, n))
		}
	}
	if len(n) == 0 {
		panic(fmt.Sprintf("vision: %s without %s", name, what))
	}
}

// option returns the only options, the zero value if there are none.
func option[O any](name string, o []O) O {
	var zero O
	switch len(o) {
	case 0:
		return zero
	case 1:
		return o[0]
	}
	panic(fmt.Sprintf("vision: %s with %d options, want one or none", name, len(o)))
}

// switched is a layer that says whether it is in training, as BatchNorm does.
type switched interface {
	nn.Stateful
	Training() bool
}

// asAfterTraining calls f while l behaves as after training, and leaves it as it was.
func asAfterTraining(l nn.Layer, f func()) {
	for _, part := range nn.Walk(l) {
		if s, ok := part.(switched); ok && s.Training() {
			s.SetTraining(false)
			defer s.SetTraining(true)
		}
	}
	f()
}
