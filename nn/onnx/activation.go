package onnx

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// activation writes the function of every element that l is, or a softmax; "" for another layer.
func (e *exporter) activation(l nn.Layer, in array, _ reverse.Array) string {
	x := e.number(in.name)
	switch l := l.(type) {
	case nn.Softmax:
		return e.node("Softmax", []string{in.name}, attribute{"axis", l.Axis})
	case nn.LogSoftmax:
		return e.node("LogSoftmax", []string{in.name}, attribute{"axis", l.Axis})
	case nn.GLU:
		return e.glu(l, in)
	case *nn.PReLU:
		slope := e.param
		if len(l.Slope.Value) > 1 {
			slope = func(p *nn.Param) string { return e.perChannel(p, in) }
		}
		return ad.PReLU(x, e.number(slope(l.Slope))).name
	}
	if y, ok := activationOf(l, x); ok {
		return y.name
	}
	return ""
}

// activationOf returns the function of a number that l is. It is the generic one of package ad, on a
// number that writes.
func activationOf(l nn.Layer, x number) (number, bool) {
	switch l := l.(type) {
	case nn.Sigmoid:
		return ad.Sigmoid(x), true
	case nn.LogSigmoid:
		return ad.LogSigmoid(x), true
	case nn.Tanh:
		return ad.Tanh(x), true
	case nn.TanhShrink:
		return ad.TanhShrink(x), true
	case nn.ReLU:
		return ad.ReLU(x), true
	case nn.ReLU6:
		return ad.ReLU6(x), true
	case nn.SELU:
		return ad.SELU(x), true
	case nn.GELU:
		return ad.GELU(x), true
	case nn.GELUTanh:
		return ad.GELUTanh(x), true
	case nn.SiLU:
		return ad.SiLU(x), true
	case nn.Mish:
		return ad.Mish(x), true
	case nn.Softsign:
		return ad.Softsign(x), true
	case nn.HardSigmoid:
		return ad.HardSigmoid(x), true
	case nn.HardSwish:
		return ad.HardSwish(x), true
	case nn.LeakyReLU:
		return ad.LeakyReLU(x, l.Slope), true
	case nn.ELU:
		return ad.ELU(x, l.Alpha), true
	case nn.CELU:
		return ad.CELU(x, l.Alpha), true
	case nn.Softplus:
		return ad.Softplus(x, l.Beta), true
	case nn.HardTanh:
		return ad.HardTanh(x, l.Lo, l.Hi), true
	case nn.HardShrink:
		return ad.HardShrink(x, l.Lambda), true
	case nn.SoftShrink:
		return ad.SoftShrink(x, l.Lambda), true
	}
	return x, false
}

// glu writes the first half times the sigmoid of the second.
func (e *exporter) glu(l nn.GLU, x array) string {
	axis := l.Axis
	if axis < 0 {
		axis += len(x.shape())
	}
	n := x.shape()[axis] / 2
	gate := ad.Sigmoid(e.number(e.slice(x.name, axis, n, 2*n)))
	return e.number(e.slice(x.name, axis, 0, n)).Mul(gate).name
}

// slice returns the entries of x along an axis from a start to before an end.
func (e *exporter) slice(x string, axis, start, end int) string {
	return e.node("Slice", []string{x, e.indices(start), e.indices(end), e.indices(axis)})
}
