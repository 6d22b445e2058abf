package nn

import (
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Conv2D slides kernels over images: every channel of the result is the correlation of a kernel
// with the image, plus a bias. See reverse.Array.Conv2D for the options.
type Conv2D struct {
	Weight *Param // [out, in/groups, height, width]
	Bias   *Param // [out], nil for none
	reverse.ConvOptions
}

// NewConv2D returns a Conv2D from in channels to out channels with square kernels, and with weights
// and biases drawn uniformly between ±1/√(in/groups·kernel²).
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

// Forward returns an array of shape [images, out, h, w] from x of shape [images, in, height,
// width].
//
// Cost: O(images·out·h·w·in/groups·kernel height·kernel width), see reverse.Array.Conv2D.
func (l *Conv2D) Forward(x reverse.Array) reverse.Array {
	weight := l.Weight.On(x)
	checkChannels(l, x, max(1, l.Groups)*l.Weight.Shape[1], "images", "height", "width")
	return x.Conv2D(weight, optional(l.Bias, x), l.ConvOptions)
}

// Params returns the weight, and the bias if there is one.
func (l *Conv2D) Params() []*Param { return present(l.Weight, l.Bias) }

// Conv1D is Conv2D over sequences. It uses the first of each pair in the options.
type Conv1D struct {
	Weight *Param // [out, in/groups, length]
	Bias   *Param // [out], nil for none
	reverse.ConvOptions
}

// NewConv1D returns a Conv1D from in channels to out channels, initialized as by NewConv2D.
func NewConv1D(in, out, kernel int, o reverse.ConvOptions, rng *rand.Rand) *Conv1D {
	l := &Conv1D{NewParam("weight", out, in/max(1, o.Groups), kernel), NewParam("bias", out), o}
	uniformByFan(l.Weight, l.Bias, rng)
	return l
}

// Forward returns an array of shape [sequences, out, l] from x of shape [sequences, in, length].
//
// Cost: O(sequences·out·l·in/groups·kernel length).
func (l *Conv1D) Forward(x reverse.Array) reverse.Array {
	weight := l.Weight.On(x)
	checkChannels(l, x, max(1, l.Groups)*l.Weight.Shape[1], "sequences", "length")
	return x.Conv1D(weight, optional(l.Bias, x), l.ConvOptions)
}

// Params returns the weight, and the bias if there is one.
func (l *Conv1D) Params() []*Param { return present(l.Weight, l.Bias) }

// ConvTranspose2D is the transpose of Conv2D. It spreads every element over a window, which makes
// images larger.
type ConvTranspose2D struct {
	Weight *Param // [in, out/groups, height, width]
	Bias   *Param // [out], nil for none
	reverse.ConvOptions
}

// NewConvTranspose2D returns a ConvTranspose2D from in channels to out channels with square
// kernels, and with weights and biases drawn uniformly between ±1/√(out/groups·kernel²).
func NewConvTranspose2D(in, out, kernel int, o reverse.ConvOptions, rng *rand.Rand) *ConvTranspose2D {
	l := &ConvTranspose2D{NewParam("weight", in, out/max(1, o.Groups), kernel, kernel), NewParam("bias", out), o}
	uniformByFan(l.Weight, l.Bias, rng)
	return l
}

// Forward returns an array of shape [images, out, h, w] from x of shape [images, in, height,
// width].
//
// Cost: O(images·in·height·width·out/groups·kernel height·kernel width).
func (l *ConvTranspose2D) Forward(x reverse.Array) reverse.Array {
	weight := l.Weight.On(x)
	checkChannels(l, x, l.Weight.Shape[0], "images", "height", "width")
	return x.ConvTranspose2D(weight, optional(l.Bias, x), l.ConvOptions)
}

// Params returns the weight, and the bias if there is one.
func (l *ConvTranspose2D) Params() []*Param { return present(l.Weight, l.Bias) }
