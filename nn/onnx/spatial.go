package onnx

import (
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// spatial writes convolutions and layers that change the size of images; "" for another layer.
func (e *exporter) spatial(l nn.Layer, x array, y reverse.Array) string {
	switch l := l.(type) {
	case *nn.Conv1D:
		return e.convolution("Conv", x, l.Weight, l.Bias, l.ConvOptions)
	case *nn.Conv2D:
		return e.convolution("Conv", x, l.Weight, l.Bias, l.ConvOptions)
	case *nn.ConvTranspose2D:
		return e.convolution("ConvTranspose", x, l.Weight, l.Bias, l.ConvOptions)
	case nn.UpsampleNearest, nn.UpsampleBilinear:
		return e.resize(l, x, y)
	}
	return ""
}

func (e *exporter) convolution(op string, x array, weight, bias *nn.Param, o reverse.ConvOptions) string {
	inputs := []string{e.padded(x, &o), e.param(weight)}
	if bias != nil {
		inputs = append(inputs, e.param(bias))
	}
	kernel := weight.Shape[2:]
	attributes := append(windows(kernel, o.Stride, o.Padding, o.Dilation), attribute{"group", max(1, o.Groups)})
	if op == "ConvTranspose" {
		attributes = append(attributes, attribute{"output_padding", o.OutputPadding[:len(kernel)]})
	}
	return e.node(op, inputs, attributes...)
}

// padded writes padding that is not zeros, and takes it out of the options: along each axis it is
// a choice of places, which is the same in every version and engine.
func (e *exporter) padded(x array, o *reverse.ConvOptions) string {
	name := x.name
	if o.PadMode == reverse.PadZeros {
		return name
	}
	for i, n := range x.shape()[2:] {
		places := make([]float64, n)
		for k := range places {
			places[k] = float64(k)
		}
		width := o.Padding[i]
		from := make([]int, 0, n+2*width)
		for _, k := range reverse.NewTape().Const(places, n).PadWith(o.PadMode, [2]int{width, width}).Values() {
			from = append(from, int(k))
		}
		name = e.node("Gather", []string{name, e.indices(from...)}, attribute{"axis", 2 + i})
	}
	o.Padding = [2]int{}
	return name
}

// windows returns the attributes of windows that slide over an array. A stride and a dilation of 0
// stand for 1.
func windows(kernel []int, stride, padding, dilation [2]int) []attribute {
	n := len(kernel)
	pads := append(padding[:n:n], padding[:n]...)
	for i := range n {
		stride[i], dilation[i] = max(1, stride[i]), max(1, dilation[i])
	}
	return []attribute{{"kernel_shape", kernel}, {"strides", stride[:n]}, {"pads", pads}, {"dilations", dilation[:n]}}
}

// resize writes what is linear along rows and along columns as products with two matrices: with
// what the layer makes of unit vectors. Engines differ in what their own operator rounds.
func (e *exporter) resize(l nn.Layer, x array, y reverse.Array) string {
	from, to := x.shape(), y.Shape()
	name := x.name
	if from[2] != to[2] {
		name = e.node("MatMul", []string{e.matrix(l, from[2], to[2]), name})
	}
	if from[3] != to[3] {
		right := e.node("Transpose", []string{e.matrix(l, from[3], to[3])}, attribute{"perm", []int{1, 0}})
		name = e.node("MatMul", []string{name, right})
	}
	return name
}

// matrix returns what a layer that changes the length of an axis from n to m makes of unit
// vectors: an m×n matrix.
func (e *exporter) matrix(l nn.Layer, n, m int) string {
	unit := make([]float64, n*n)
	for i := range n {
		unit[i*n+i] = 1
	}
	images := reverse.NewTape().Const(unit, 1, 1, n, n)
	var y reverse.Array
	switch l := l.(type) {
	case nn.UpsampleNearest:
		y = images.UpsampleNearest(m, n)
	case nn.UpsampleBilinear:
		y = images.UpsampleBilinear(m, n, l.AlignCorners)
	case nn.AdaptiveAvgPool1D, nn.AdaptiveAvgPool2D:
		y = images.AdaptiveAvgPool2D(m, n)
	}
	return e.tensor("resize", y.Values(), []int{m, n})
}
