package onnx

import (
	"fmt"

	"github.com/quartet-ad/ad/nn"
)

// layers writes recurrent layers on top of each other, in evaluation: nothing is dropped between.
func (e *exporter) layers(l *nn.Recurrent, x string) (string, error) {
	var both []string
	for i, part := range l.Parts {
		y, err := e.recurrent(part, x, l.Bidirectional && i%2 == 1)
		if err != nil {
			return "", fmt.Errorf("part %d: %w", i, err)
		}
		if both = append(both, y); l.Bidirectional && len(both) < 2 {
			continue
		}
		if x = both[0]; l.Bidirectional {
			x = e.node("Concat", both, attribute{"axis", 2})
		}
		both = nil
	}
	return x, nil
}

// recurrent writes a recurrent layer. The operators take sequences step by step, of shape [length,
// batch, features], and one direction as an axis of its own.
func (e *exporter) recurrent(l nn.Layer, x string, backwards bool) (string, error) {
	var op string
	var order []int // of our gates in the operator
	var weights [4]*nn.Param
	switch l := l.(type) {
	case *nn.RNN:
		op, order, weights = "RNN", []int{0}, [4]*nn.Param{l.InputWeight, l.StateWeight, l.InputBias, l.StateBias}
	case *nn.GRU: // r, z, n to z, r, h
		op, order, weights = "GRU", []int{1, 0, 2}, [4]*nn.Param{l.InputWeight, l.StateWeight, l.InputBias, l.StateBias}
	case *nn.LSTM: // i, f, g, o to i, o, f, c
		op, order, weights = "LSTM", []int{0, 3, 1, 2}, [4]*nn.Param{l.InputWeight, l.StateWeight, l.InputBias, l.StateBias}
	}
	hidden := weights[1].Shape[1]
	if rows := len(order) * hidden; hidden == 0 || weights[0].Shape[0] != rows || weights[1].Shape[0] != rows || len(weights[2].Value) != rows {
		return "", fmt.Errorf("weights of shape %v for %d gates of %d", weights[0].Shape, len(order), hidden)
	}
	gates := func(p *nn.Param) []float64 {
		n := len(p.Value) / len(order)
		var list []float64
		for _, k := range order {
			list = append(list, p.Value[k*n:(k+1)*n]...)
		}
		return list
	}
	inputs := []string{e.node("Transpose", []string{x}, attribute{"perm", []int{1, 0, 2}})}
	for _, p := range weights[:2] {
		inputs = append(inputs, e.array(p, gates(p), append([]int{1}, p.Shape...)))
	}
	biases := append(gates(weights[2]), gates(weights[3])...)
	inputs = append(inputs, e.array(weights[2], biases, []int{1, len(biases)}))
	e.weight[&weights[3].Value[0]] = true // behind the other
	attributes := []attribute{{"hidden_size", hidden}}
	if backwards {
		attributes = append(attributes, attribute{"direction", "reverse"})
	}
	if op == "GRU" {
		attributes = append(attributes, attribute{"linear_before_reset", 1})
	}
	states := e.node(op, inputs, attributes...)
	states = e.node("Squeeze", []string{states, e.indices(1)})
	return e.node("Transpose", []string{states}, attribute{"perm", []int{1, 0, 2}}), nil
}
