package nn

import (
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

// Forward returns 1/(1+e⁻ˣ).
func (Sigmoid) Forward(x reverse.Array) reverse.Array { return ad.Sigmoid(x) }

// Forward returns the logarithm of the sigmoid.
func (LogSigmoid) Forward(x reverse.Array) reverse.Array { return ad.LogSigmoid(x) }

// Forward returns tanh x.
func (Tanh) Forward(x reverse.Array) reverse.Array { return ad.Tanh(x) }

// Forward returns x - tanh x.
func (TanhShrink) Forward(x reverse.Array) reverse.Array { return ad.TanhShrink(x) }

// Forward returns max(x, 0).
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

// LeakyReLU is x where it is positive and Slope·x elsewhere. A Slope of 0 is ReLU; 0.01
// is usual, and it must not be greater than 1 (equation 11 of the notes allows it, and
// then it is no longer the greater of x and Slope·x).
type LeakyReLU struct {
	Slope float64
	stateless
}

// Forward returns the unit of every element.
func (l LeakyReLU) Forward(x reverse.Array) reverse.Array { return ad.LeakyReLU(x, l.Slope) }

// ELU is x where it is positive and Alpha·(eˣ-1) elsewhere.
type ELU struct {
	Alpha float64
	stateless
}

// Forward returns the unit of every element.
func (l ELU) Forward(x reverse.Array) reverse.Array { return ad.ELU(x, l.Alpha) }

// CELU is x where it is positive and Alpha·(e^(x/Alpha)-1) elsewhere.
type CELU struct {
	Alpha float64
	stateless
}

// Forward returns the unit of every element.
func (l CELU) Forward(x reverse.Array) reverse.Array { return ad.CELU(x, l.Alpha) }

// Softplus is log(1+e^(Beta·x))/Beta.
type Softplus struct {
	Beta float64
	stateless
}

// Forward returns the function of every element.
func (l Softplus) Forward(x reverse.Array) reverse.Array { return ad.Softplus(x, l.Beta) }

// HardTanh is x held between Lo and Hi.
type HardTanh struct {
	Lo, Hi float64
	stateless
}

// Forward returns the function of every element.
func (l HardTanh) Forward(x reverse.Array) reverse.Array { return ad.HardTanh(x, l.Lo, l.Hi) }

// HardShrink is x where |x| is greater than Lambda and 0 elsewhere.
type HardShrink struct {
	Lambda float64
	stateless
}

// Forward returns the function of every element.
func (l HardShrink) Forward(x reverse.Array) reverse.Array { return ad.HardShrink(x, l.Lambda) }

// SoftShrink is x moved toward 0 by Lambda, and 0 where it is not greater than that.
type SoftShrink struct {
	Lambda float64
	stateless
}

// Forward returns the function of every element.
func (l SoftShrink) Forward(x reverse.Array) reverse.Array { return ad.SoftShrink(x, l.Lambda) }

// PReLU is LeakyReLU with slopes that are learnt: one for all channels, or one for each
// (He et al. 2015).
type PReLU struct {
	Slope *Param // [1] or [channels]
}

// NewPReLU returns a PReLU with so many slopes, which are 0.25.
func NewPReLU(slopes int) *PReLU {
	l := &PReLU{NewParam("slope", slopes)}
	initialize(nil, Constant(0.25), l.Slope)
	return l
}

// Forward returns the unit of every element of x; where there are several slopes, they are those of axis 1.
func (l *PReLU) Forward(x reverse.Array) reverse.Array {
	s := l.Slope.On(x)
	if rank := x.Rank(); l.Slope.Shape[0] != 1 && rank > 2 {
		shape := make([]int, rank-1)
		for i := range shape {
			shape[i] = 1
		}
		shape[0] = l.Slope.Shape[0]
		s = s.Reshape(shape...)
	}
	return ad.PReLU(x, s)
}

// Params returns the slopes.
func (l *PReLU) Params() []*Param { return []*Param{l.Slope} }

// Softmax is exponentials over their sum along an axis; a negative one counts from the
// end. Its zero value is that of axis 0, the batch: say Axis 1 or -1.
type Softmax struct {
	Axis int
	stateless
}

// Forward returns probabilities, in the shape of x.
func (l Softmax) Forward(x reverse.Array) reverse.Array { return x.Softmax(l.Axis) }

// LogSoftmax is the logarithm of Softmax.
type LogSoftmax struct {
	Axis int
	stateless
}

// Forward returns logarithms of probabilities, in the shape of x.
func (l LogSoftmax) Forward(x reverse.Array) reverse.Array { return x.LogSoftmax(l.Axis) }

// GLU is the first half of the elements along an axis times the sigmoid of the second
// (Dauphin et al. 2017). A negative axis counts from the end.
type GLU struct {
	Axis int
	stateless
}

// Forward returns an array with half as many elements along the axis.
func (l GLU) Forward(x reverse.Array) reverse.Array {
	return part(x, l.Axis, 0, 2).Mul(ad.Sigmoid(part(x, l.Axis, 1, 2)))
}
