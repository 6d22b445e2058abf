package onnx

import (
	"errors"
	"fmt"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// leaf writes a layer that is not made of others, or that writes them itself. y is its result for
// the sample.
func (e *exporter) leaf(l nn.Layer, x array, y reverse.Array) (string, error) {
	switch l := l.(type) {
	case *nn.Linear:
		return e.linear(l, x), nil
	case *nn.Embedding:
		index := e.node("Cast", []string{x.name}, attribute{"to", int64s})
		return e.node("Gather", []string{e.param(l.Weight), index}), nil
	case *nn.Dropout:
		return x.name, nil
	case nn.Flatten:
		return e.reshape(x.name, 0, y.Shape()[1]), nil
	case *nn.BatchNorm:
		return e.batchNorm(l, x), nil
	case *nn.LayerNorm:
		return e.node("LayerNormalization", []string{x.name, e.param(l.Weight), e.param(l.Bias)},
			attribute{"axis", -len(l.Weight.Shape)}, float("epsilon", l.Epsilon)), nil
	case *nn.GroupNorm:
		return e.groupNorm(l, x), nil
	case *nn.MultiHeadAttention:
		return e.attention(l, x), nil
	case *nn.RNN, *nn.GRU, *nn.LSTM:
		return e.recurrent(l, x.name, false)
	case *nn.Recurrent:
		return e.layers(l, x.name)
	case nn.Func:
		return "", errors.New("cannot be written: it is a function in Go, which nobody can look into")
	}
	for _, write := range []func(l nn.Layer, x array, y reverse.Array) string{e.spatial, e.pooling, e.activation} {
		if name := write(l, x, y); name != "" {
			return name, nil
		}
	}
	return "", fmt.Errorf("cannot be written: no operator is known for %T", l)
}

// linear writes a product with a matrix and a sum: of batches of vectors as one Gemm.
func (e *exporter) linear(l *nn.Linear, x array) string {
	weight := e.param(l.Weight)
	if len(x.shape()) == 2 {
		inputs := []string{x.name, weight}
		if l.Bias != nil {
			inputs = append(inputs, e.param(l.Bias))
		}
		return e.node("Gemm", inputs, attribute{"transB", 1})
	}
	y := e.node("MatMul", []string{x.name, e.node("Transpose", []string{weight}, attribute{"perm", []int{1, 0}})})
	if l.Bias != nil {
		y = e.node("Add", []string{y, e.param(l.Bias)})
	}
	return y
}

func (e *exporter) batchNorm(l *nn.BatchNorm, x array) string {
	inputs := []string{x.name}
	for _, p := range []*nn.Param{l.Weight, l.Bias, l.Mean, l.Variance} {
		if p != nil {
			inputs = append(inputs, e.param(p))
			continue
		}
		value := 0.0
		if len(inputs) == 1 {
			value = 1
		}
		inputs = append(inputs, e.constants(value, len(l.Mean.Value)))
	}
	return e.node("BatchNormalization", inputs, float("epsilon", l.Epsilon))
}

// groupNorm writes the normalization of groups of channels by means: the operator of that name has
// changed its meaning between versions.
func (e *exporter) groupNorm(l *nn.GroupNorm, x array) string {
	groups := e.reshape(x.name, 0, l.Groups, -1)
	mean := func(x string) string {
		return e.node("ReduceMean", []string{x, e.indices(2)}, attribute{"keepdims", 1})
	}
	d := e.number(groups).Sub(e.number(mean(groups)))
	y := d.Div(e.number(mean(d.square().name)).shift(l.Epsilon).sqrt())
	y = e.number(e.reshape(y.name, append([]int{0}, x.sample()...)...))
	if l.Weight != nil {
		y = y.Mul(e.number(e.perChannel(l.Weight, x)))
	}
	if l.Bias != nil {
		y = y.Add(e.number(e.perChannel(l.Bias, x)))
	}
	return y.name
}

// perChannel returns a weight of every channel, along axis 1 of x.
func (e *exporter) perChannel(p *nn.Param, x array) string {
	shape := []int{len(p.Value)}
	for range len(x.shape()) - 2 {
		shape = append(shape, 1)
	}
	return e.array(p, p.Value, shape)
}
