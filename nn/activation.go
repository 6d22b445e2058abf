package nn

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// The activations of package ad as layers, element by element. Formulas, special cases
// and slopes at kinks are those of the function of the name.
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
func (Sigmoid) Forward(x reverse.Array) reverse.Array { return ad.Sigmoid(x) }

// Forward returns the logarithm of the sigmoid.
func (LogSigmoid) Forward(x reverse.Array) reverse.Array { return ad.LogSigmoid(x) }

// Forward returns tanh x (equation 12 of the notes).
func (Tanh) Forward(x reverse.Array) reverse.Array { return ad.Tanh(x) }

// Forward returns x - tanh x.
func (TanhShrink) Forward(x reverse.Array) reverse.Array { return ad.TanhShrink(x) }

// Forward returns max(x, 0) (equation 10 of the notes).
func (ReLU) Forward(x reverse.Array) reverse.Array { return ad.ReLU(x) }

// Forward returns x held between 0 and 6.
func (ReLU6) Forward(x reverse.Array) reverse.Array { return ad.ReLU6(x) }

// Forward returns the scaled exponential linear unit (Klambauer et al. 2017).
func (SELU) Forward(x reverse.Array) reverse.Array { return ad.SELU(x) }

// Forward returns x times the standard normal distribution's cumulative probability (Hendrycks and
// Gimpel 2016).
func (GELU) Forward(x reverse.Array) reverse.Array { return ad.GELU(x) }

// Forward returns the approximation of GELU by tanh.
func (GELUTanh) Forward(x reverse.Array) reverse.Array { return ad.GELUTanh(x) }

// Forward returns x times its sigmoid.
func (SiLU) Forward(x reverse.Array) reverse.Array { return ad.SiLU(x) }

// Forward returns x·tanh(log(1+eˣ)) (Misra 2019).
func (Mish) Forward(x reverse.Array) reverse.Array { return ad.Mish(x) }

// Forward returns x/(1+|x|).
func (Softsign) Forward(x reverse.Array) reverse.Array { return ad.Softsign(x) }

// Forward returns x/6 + ½ held between 0 and 1.
func (HardSigmoid) Forward(x reverse.Array) reverse.Array { return ad.HardSigmoid(x) }

// Forward returns x times its HardSigmoid.
func (HardSwish) Forward(x reverse.Array) reverse.Array { return ad.HardSwish(x) }

// or returns v, and in place of 0 what is usual.
func or(v, usual float64) float64 {
	if v == 0 {
		return usual
	}
	return v
}

// LeakyReLU is x where it is positive and Slope·x elsewhere: max(x, 0) + Slope·min(x, 0), as
// equation 11 of the notes has it under the name of ReLU. A Slope of 0 means 0.01.
// Above 1, which the equation allows, it is no longer the greater of x and Slope·x.
type LeakyReLU struct {
	Slope float64
	stateless
}

// Forward returns the unit of every element.
func (l LeakyReLU) Forward(x reverse.Array) reverse.Array { return ad.LeakyReLU(x, or(l.Slope, 0.01)) }

// ELU is x where it is positive and Alpha·(eˣ-1) elsewhere (Clevert et al. 2016). An Alpha of 0 means 1.
type ELU struct {
	Alpha float64
	stateless
}

// Forward returns the unit of every element.
func (l ELU) Forward(x reverse.Array) reverse.Array { return ad.ELU(x, or(l.Alpha, 1)) }

// CELU is x where it is positive and Alpha·(e^(x/Alpha)-1) elsewhere (Barron 2017). An Alpha of 0 means 1.
type CELU struct {
	Alpha float64
	stateless
}

// Forward returns the unit of every element.
func (l CELU) Forward(x reverse.Array) reverse.Array { return ad.CELU(x, or(l.Alpha, 1)) }

// Softplus is log(1+e^(Beta·x))/Beta (equation 13 of the notes). A Beta of 0 means 1.
type Softplus struct {
	Beta float64
	stateless
}

// Forward returns the function of every element.
func (l Softplus) Forward(x reverse.Array) reverse.Array { return ad.Softplus(x, or(l.Beta, 1)) }

// HardTanh is x held between Lo and Hi. Both 0 mean -1 and 1.
type HardTanh struct {
	Lo, Hi float64
	stateless
}

// Forward returns the function of every element. It panics unless Lo <= Hi.
func (l HardTanh) Forward(x reverse.Array) reverse.Array {
	if l.Lo == 0 && l.Hi == 0 {
		return ad.HardTanh(x)
	}
	return ad.HardTanh(x, l.Lo, l.Hi)
}

// HardShrink is x where |x| is greater than Lambda and 0 elsewhere. A Lambda of 0 means ½.
type HardShrink struct {
	Lambda float64
	stateless
}

// Forward returns the function of every element.
func (l HardShrink) Forward(x reverse.Array) reverse.Array {
	return ad.HardShrink(x, or(l.Lambda, 0.5))
}

// SoftShrink is x moved toward 0 by Lambda, and 0 where it is not greater than that. A Lambda of 0
// means ½.
type SoftShrink struct {
	Lambda float64
	stateless
}

// Forward returns the function of every element.
func (l SoftShrink) Forward(x reverse.Array) reverse.Array {
	return ad.SoftShrink(x, or(l.Lambda, 0.5))
}

// PReLU is LeakyReLU with slopes that are learnt: one for all channels, or one for each
// (He et al. 2015).
type PReLU struct {
	Slope *Param // [1] or [channels]
}

// NewPReLU returns a PReLU with so many slopes, which are 0.25.
//
// NewPReLU panics if there are none.
func NewPReLU(slopes int) *PReLU {
	atLeastOne("NewPReLU", "slopes", slopes)
	l := &PReLU{NewParam("slope", slopes)}
	initialize(nil, Constant(0.25), l.Slope)
	return l
}

// Forward returns the unit of every element of x. Several slopes are those of axis 1.
//
// Forward panics if there are several slopes, and not as many as elements along axis 1.
func (l *PReLU) Forward(x reverse.Array) reverse.Array {
	slopes, slope, s := len(l.Slope.Value), l.Slope.On(x), x.Shape()
	if slopes != 1 {
		if len(s) < 2 || s[1] != slopes {
			panic(fmt.Sprintf("nn: PReLU of %d slopes of shape %v", slopes, s))
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

// Softmax is exponentials over their sum along an axis (equation 9 of the notes); a
// negative one counts from the end. An Axis of 0, which is the batch, means the last.
type Softmax struct {
	Axis int
	stateless
}

// Forward returns probabilities, in the shape of x.
func (l Softmax) Forward(x reverse.Array) reverse.Array { return x.Softmax(lastFor0(l.Axis)) }

// LogSoftmax is the logarithm of Softmax, with the same Axis.
type LogSoftmax struct {
	Axis int
	stateless
}

// Forward returns logarithms of probabilities, in the shape of x.
func (l LogSoftmax) Forward(x reverse.Array) reverse.Array { return x.LogSoftmax(lastFor0(l.Axis)) }

// GLU is the first half of the elements along an axis times the sigmoid of the second
// (Dauphin et al. 2017). A negative axis counts from the end, and 0 means the last.
type GLU struct {
	Axis int
	stateless
}

// Forward returns an array with half as many elements along the axis.
//
// Forward panics if their number is odd.
func (l GLU) Forward(x reverse.Array) reverse.Array {
	axis := lastFor0(l.Axis)
	return part(x, axis, 0, 2).Mul(ad.Sigmoid(part(x, axis, 1, 2)))
}

// lastFor0 returns the last axis in place of that of the batch.
func lastFor0(axis int) int {
	if axis == 0 {
		return -1
	}
	return axis
}
