package onnx

import (
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// pooling writes a pooling; "" for another layer.
func (e *exporter) pooling(l nn.Layer, x array, y reverse.Array) string {
	switch l := l.(type) {
	case nn.MaxPool1D:
		return e.pool("MaxPool", x, l.PoolOptions, 1)
	case nn.MaxPool2D:
		return e.pool("MaxPool", x, l.PoolOptions, 2)
	case nn.AvgPool1D:
		return e.pool("AveragePool", x, l.PoolOptions, 1)
	case nn.AvgPool2D:
		return e.pool("AveragePool", x, l.PoolOptions, 2)
	case nn.AdaptiveAvgPool1D:
		right := e.node("Transpose", []string{e.matrix(l, x.shape()[2], l.Length)}, attribute{"perm", []int{1, 0}})
		return e.node("MatMul", []string{x.name, right})
	case nn.AdaptiveAvgPool2D:
		return e.resize(l, x, y)
	case nn.AdaptiveMaxPool1D:
		return e.largestOfBins(x.name, 2, x.shape()[2], l.Length)
	case nn.AdaptiveMaxPool2D:
		rows := e.largestOfBins(x.name, 2, x.shape()[2], l.Height)
		return e.largestOfBins(rows, 3, x.shape()[3], l.Width)
	case nn.GlobalAvgPool:
		axes := make([]int, len(x.shape())-2)
		for i := range axes {
			axes[i] = i + 2
		}
		if len(axes) == 0 {
			return x.name
		}
		return e.node("ReduceMean", []string{x.name, e.indices(axes...)}, attribute{"keepdims", 0})
	}
	return ""
}

func (e *exporter) pool(op string, x array, o reverse.PoolOptions, axes int) string {
	if o.Stride == [2]int{} {
		o.Stride = o.Kernel
	}
	for i := range axes {
		if o.Stride[i] == 0 {
			o.Stride[i] = o.Kernel[i]
		}
	}
	attributes := windows(o.Kernel[:axes], o.Stride, o.Padding, o.Dilation)
	if op == "AveragePool" {
		attributes = attributes[:3] // there is no dilation in this version
		if o.CountPadding {
			attributes = append(attributes, attribute{"count_include_pad", 1})
		}
	}
	if o.Ceil {
		attributes = append(attributes, attribute{"ceil_mode", 1})
	}
	return e.node(op, []string{x.name}, attributes...)
}

// largestOfBins writes the largest elements of m bins along an axis of length n: of bin i those
// from ⌊in/m⌋ to before ⌈(i+1)n/m⌉.
func (e *exporter) largestOfBins(x string, axis, n, m int) string {
	bins := make([]string, m)
	for i := range bins {
		bin := e.slice(x, axis, i*n/m, ((i+1)*n+m-1)/m)
		bins[i] = e.node("ReduceMax", []string{bin, e.indices(axis)}, attribute{"keepdims", 1})
	}
	return e.node("Concat", bins, attribute{"axis", axis})
}
