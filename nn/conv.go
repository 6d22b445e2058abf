package nn

import (
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Conv2D slides kernels over images, as reverse.Array.Conv2D says: the correlation of every kernel with
// the image, plus a bias.
type Conv2D struct {
	Weight *Param // [out, in/groups, height, width]
	Bias   *Param // [out], nil for none
	reverse.ConvOptions
}

// NewConv2D returns a Conv2D of in channels to out with square kernels, weights and biases uniform
// between ±1/√(in/groups·kernel²).
func NewConv2D(in, out, kernel int, o reverse.ConvOptions, rng *rand.Rand) *Conv2D {
	l := &Conv2D{NewParam("weight", out, in/max(1, o.Groups), kernel, kernel), NewParam("bias", out), o}
	uniformByFan(l.Weight, l.Bias, rng)
	return l
}

// uniformByFan draws a weight and its bias uniformly between ±1/√in of the weight's fan.
func uniformByFan(weight, bias *Param, rng *rand.Rand) {
	in, _ := fans(weight)
	bound := 1 / math.Sqrt(in)
	initialize(rng, Uniform(-bound, bound), weight, bias)
}

// Forward returns the shape [images, out, h, w] for x of the shape [images, in, height, width].
func (l *Conv2D) Forward(x reverse.Array) reverse.Array {
	return x.Conv2D(l.Weight.On(x), optional(l.Bias, x), l.ConvOptions)
}

// Params returns the weight, and the bias if there is one.
func (l *Conv2D) Params() []*Param { return present(l.Weight, l.Bias) }

// Conv1D is Conv2D over sequences. Of the options the first of each pair count.
type Conv1D struct {
	Weight *Param // [out, in/groups, length]
	Bias   *Param // [out], nil for none
	reverse.ConvOptions
}

// NewConv1D returns a Conv1D of in channels to out, initialized as NewConv2D's.
func NewConv1D(in, out, kernel int, o reverse.ConvOptions, rng *rand.Rand) *Conv1D {
	l := &Conv1D{NewParam("weight", out, in/max(1, o.Groups), kernel), NewParam("bias", out), o}
	uniformByFan(l.Weight, l.Bias, rng)
	return l
}

// Forward returns the shape [sequences, out, l] for x of the shape [sequences, in, length].
func (l *Conv1D) Forward(x reverse.Array) reverse.Array {
	return x.Conv1D(l.Weight.On(x), optional(l.Bias, x), l.ConvOptions)
}

// Params returns the weight, and the bias if there is one.
func (l *Conv1D) Params() []*Param { return present(l.Weight, l.Bias) }

// ConvTranspose2D is the transpose of Conv2D: it spreads every element over a window, and so makes
// images larger.
type ConvTranspose2D struct {
	Weight *Param // [in, out/groups, height, width]
	Bias   *Param // [out], nil for none
	reverse.ConvOptions
}

// NewConvTranspose2D returns a ConvTranspose2D of in channels to out with square kernels, weights and
// biases uniform between ±1/√(out/groups·kernel²).
func NewConvTranspose2D(in, out, kernel int, o reverse.ConvOptions, rng *rand.Rand) *ConvTranspose2D {
	l := &ConvTranspose2D{NewParam("weight", in, out/max(1, o.Groups), kernel, kernel), NewParam("bias", out), o}
	uniformByFan(l.Weight, l.Bias, rng)
	return l
}

// Forward returns the shape [images, out, h, w] for x of the shape [images, in, height, width].
func (l *ConvTranspose2D) Forward(x reverse.Array) reverse.Array {
	return x.ConvTranspose2D(l.Weight.On(x), optional(l.Bias, x), l.ConvOptions)
}

// Params returns the weight, and the bias if there is one.
func (l *ConvTranspose2D) Params() []*Param { return present(l.Weight, l.Bias) }
