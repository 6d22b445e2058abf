package nn

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// Layers that apply the activation of that name in package ad to every element. Special cases and
// slopes at kinks are described there. The result has the shape of x.
type (
	Sigmoid     struct{ stateless }
	LogSigmoid  struct{ stateless }
	Tanh        struct{ stateless }
	TanhShrink  struct{ stateless }
	ReLU        struct{ stateless }
	ReLU6       struct{ stateless }
	SELU        struct{ stateless }
	GELU        struct{ stateless }
	GELUTanh    struct{ stateless }
	SiLU        struct{ stateless }
	Mish        struct{ stateless }
	Softsign    struct{ stateless }
	HardSigmoid struct{ stateless }
	HardSwish   struct{ stateless }
)

// Forward returns 1/(1+e⁻ˣ) (equation 7 of the notes).
//
// Cost: linear in the elements.
func (Sigmoid) Forward(x reverse.Array) reverse.Array { return ad.Sigmoid(x) }

// Forward returns the logarithm of the sigmoid.
//
// Cost: linear in the elements.
func (LogSigmoid) Forward(x reverse.Array) reverse.Array { return ad.LogSigmoid(x) }

// Forward returns tanh x (equation 12 of the notes).
//
// Cost: linear in the elements.
func (Tanh) Forward(x reverse.Array) reverse.Array { return ad.Tanh(x) }

// Forward returns x - tanh x.
//
// Cost: linear in the elements.
func (TanhShrink) Forward(x reverse.Array) reverse.Array { return ad.TanhShrink(x) }

// Forward returns max(x, 0) (equation 10 of the notes).
//
// Cost: linear in the elements.
func (ReLU) Forward(x reverse.Array) reverse.Array { return ad.ReLU(x) }

// Forward returns x held between 0 and 6.
//
// Cost: linear in the elements.
func (ReLU6) Forward(x reverse.Array) reverse.Array { return ad.ReLU6(x) }

// Forward returns the scaled exponential linear unit (Klambauer et al. 2017).
//
// Cost: linear in the elements.
func (SELU) Forward(x reverse.Array) reverse.Array { return ad.SELU(x) }

// Forward returns x times the standard normal distribution's cumulative probability (Hendrycks and
// Gimpel 2016).
//
// Cost: linear in the elements.
func (GELU) Forward(x reverse.Array) reverse.Array { return ad.GELU(x) }

// Forward returns the approximation of GELU by tanh.
//
// Cost: linear in the elements.
func (GELUTanh) Forward(x reverse.Array) reverse.Array { return ad.GELUTanh(x) }

// Forward returns x times its sigmoid.
//
// Cost: linear in the elements.
func (SiLU) Forward(x reverse.Array) reverse.Array { return ad.SiLU(x) }

// Forward returns x·tanh(log(1+eˣ)) (Misra 2019).
//
// Cost: linear in the elements.
func (Mish) Forward(x reverse.Array) reverse.Array { return ad.Mish(x) }

// Forward returns x/(1+|x|).
//
// Cost: linear in the elements.
func (Softsign) Forward(x reverse.Array) reverse.Array { return ad.Softsign(x) }

// Forward returns x/6 + ½ held between 0 and 1.
//
// Cost: linear in the elements.
func (HardSigmoid) Forward(x reverse.Array) reverse.Array { return ad.HardSigmoid(x) }

// Forward returns x times its HardSigmoid.
//
// Cost: linear in the elements.
func (HardSwish) Forward(x reverse.Array) reverse.Array { return ad.HardSwish(x) }

// LeakyReLU is x where it is positive and Slope·x elsewhere: max(x, 0) + Slope·min(x, 0), which
// equation 11 of the notes calls ReLU. With a Slope above 1, which the equation allows, it is no
// longer the greater of x and Slope·x. With a Slope of 0 it is ReLU.
type LeakyReLU struct {
	Slope float64
	stateless
}

// NewLeakyReLU returns a LeakyReLU with the usual Slope of 0.01.
func NewLeakyReLU() LeakyReLU { return LeakyReLU{Slope: 0.01} }

// Forward returns the function of every element, in the shape of x.
//
// Cost: linear in the elements.
func (l LeakyReLU) Forward(x reverse.Array) reverse.Array { return ad.LeakyReLU(x, l.Slope) }

// ELU is x where it is positive and Alpha·(eˣ-1) elsewhere (Clevert et al. 2016). With an Alpha
// of 0 it is ReLU.
type ELU struct {
	Alpha float64
	stateless
}

// NewELU returns an ELU with the usual Alpha of 1.
func NewELU() ELU { return ELU{Alpha: 1} }

// Forward returns the function of every element, in the shape of x.
//
// Cost: linear in the elements.
func (l ELU) Forward(x reverse.Array) reverse.Array { return ad.ELU(x, l.Alpha) }

// CELU is x where it is positive and Alpha·(e^(x/Alpha)-1) elsewhere (Barron 2017).
type CELU struct {
	Alpha float64 // not 0
	stateless
}

// NewCELU returns a CELU with the usual Alpha of 1.
func NewCELU() CELU { return CELU{Alpha: 1} }

// Forward returns the function of every element, in the shape of x. It panics if Alpha is 0.
//
// Cost: linear in the elements.
func (l CELU) Forward(x reverse.Array) reverse.Array {
	checkNotZero("CELU", "Alpha", l.Alpha)
	return ad.CELU(x, l.Alpha)
}

// Softplus is log(1+e^(Beta·x))/Beta (equation 13 of the notes).
type Softplus struct {
	Beta float64 // not 0
	stateless
}

// NewSoftplus returns a Softplus with the usual Beta of 1.
func NewSoftplus() Softplus { return Softplus{Beta: 1} }

// Forward returns the function of every element, in the shape of x. It panics if Beta is 0.
//
// Cost: linear in the elements.
func (l Softplus) Forward(x reverse.Array) reverse.Array {
	checkNotZero("Softplus", "Beta", l.Beta)
	return ad.Softplus(x, l.Beta)
}

// checkNotZero panics if a field that a layer divides by is 0.
func checkNotZero(who, field string, x float64) {
	if x == 0 {
		panic(fmt.Sprintf("nn: %s of %s 0, by which it divides; New%s sets the usual one", who, field, who))
	}
}

// HardTanh is x held between Lo and Hi.
type HardTanh struct {
	Lo, Hi float64
	stateless
}

// NewHardTanh returns a HardTanh with the usual bounds, -1 and 1.
func NewHardTanh() HardTanh { return HardTanh{Lo: -1, Hi: 1} }

// Forward returns the function of every element, in the shape of x. It panics unless Lo <= Hi.
//
// Cost: linear in the elements.
func (l HardTanh) Forward(x reverse.Array) reverse.Array { return ad.HardTanh(x, l.Lo, l.Hi) }

// HardShrink is x where |x| is greater than Lambda, and 0 elsewhere.
type HardShrink struct {
	Lambda float64
	stateless
}

// NewHardShrink returns a HardShrink with the usual Lambda of ½.
func NewHardShrink() HardShrink { return HardShrink{Lambda: 0.5} }

// Forward returns the function of every element, in the shape of x.
//
// Cost: linear in the elements.
func (l HardShrink) Forward(x reverse.Array) reverse.Array { return ad.HardShrink(x, l.Lambda) }

// SoftShrink is x moved toward 0 by Lambda, and 0 where |x| is at most Lambda.
type SoftShrink struct {
	Lambda float64
	stateless
}

// NewSoftShrink returns a SoftShrink with the usual Lambda of ½.
func NewSoftShrink() SoftShrink { return SoftShrink{Lambda: 0.5} }

// Forward returns the function of every element, in the shape of x.
//
// Cost: linear in the elements.
func (l SoftShrink) Forward(x reverse.Array) reverse.Array { return ad.SoftShrink(x, l.Lambda) }

// PReLU is LeakyReLU with slopes that are learned: one for all channels, or one for each
// (He et al. 2015).
type PReLU struct {
	Slope *Param // [1] or [channels]
}

// NewPReLU returns a PReLU with n slopes, initialized to 0.25: one shared by all channels if n is
// 1, else one for each channel.
//
// NewPReLU panics if n < 1.
func NewPReLU(n int) *PReLU {
	if n < 1 {
		panic(fmt.Sprintf("nn: NewPReLU of slopes %d, want at least 1", n))
	}
	l := &PReLU{NewParam("slope", n)}
	initialize(nil, Constant(0.25), l.Slope)
	return l
}

// Forward returns the function of every element, in the shape of x. Several slopes belong to the
// channels along axis 1.
//
// Cost: linear in the elements.
//
// Forward panics if there are several slopes and axis 1 has another length.
func (l *PReLU) Forward(x reverse.Array) reverse.Array {
	slopes, slope, s := len(l.Slope.Value), l.Slope.On(x), x.Shape()
	if slopes != 1 {
		if len(s) < 2 || s[1] != slopes {
			wants(l, fmt.Sprintf("[batch %d …]", slopes), x)
		}
		shape := append(make([]int, 0, 8), slopes)
		for range len(s) - 2 {
			shape = append(shape, 1)
		}
		slope = slope.Reshape(shape...)
	}
	return ad.PReLU(x, slope)
}

// Params returns the slopes.
func (l *PReLU) Params() []*Param { return []*Param{l.Slope} }

// Softmax is the exponentials over their sum along an axis (equation 9 of the notes). Axes count
// from 0, which is usually the batch; -1 is the last.
type Softmax struct {
	Axis int
	stateless
}

// NewSoftmax returns a Softmax along the last axis.
func NewSoftmax() Softmax { return Softmax{Axis: -1} }

// Forward returns probabilities, in the shape of x. It panics if x has no such axis.
//
// Cost: linear in the elements.
func (l Softmax) Forward(x reverse.Array) reverse.Array { return x.Softmax(l.Axis) }

// LogSoftmax is the logarithm of Softmax along an axis, which counts as there.
type LogSoftmax struct {
	Axis int
	stateless
}

// NewLogSoftmax returns a LogSoftmax along the last axis.
func NewLogSoftmax() LogSoftmax { return LogSoftmax{Axis: -1} }

// Forward returns logarithms of probabilities, in the shape of x. It panics if x has no such
// axis.
//
// Cost: linear in the elements.
func (l LogSoftmax) Forward(x reverse.Array) reverse.Array { return x.LogSoftmax(l.Axis) }

// GLU is the first half of the elements along an axis times the sigmoid of the second
// (Dauphin et al. 2017). Axes count from 0; -1 is the last.
type GLU struct {
	Axis int
	stateless
}

// NewGLU returns a GLU along the last axis.
func NewGLU() GLU { return GLU{Axis: -1} }

// Forward returns an array of the shape of x, half as long along the axis.
//
// Cost: linear in the elements.
//
// Forward panics if x has no such axis, or one of an odd length.
func (l GLU) Forward(x reverse.Array) reverse.Array {
	s, axis := x.Shape(), l.Axis
	if axis < 0 {
		axis += len(s)
	}
	if axis < 0 || axis >= len(s) || s[axis]%2 != 0 {
		panic(fmt.Sprintf("nn: GLU wants an even length along axis %d, got %v", l.Axis, s))
	}
	return part(x, axis, 0, 2).Mul(ad.Sigmoid(part(x, axis, 1, 2)))
}
