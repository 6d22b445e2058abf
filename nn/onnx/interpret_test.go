package onnx

import (
	"math"
	"slices"
	"testing"
)

// This file evaluates models, by the definitions of the operators in the ONNX specification.

// elementwise are the operators of every element, with broadcasting.
var elementwise = map[string]func(x []float64) float64{
	"Identity": func(x []float64) float64 { return x[0] },
	"Add":      func(x []float64) float64 { return x[0] + x[1] },
	"Sub":      func(x []float64) float64 { return x[0] - x[1] },
	"Mul":      func(x []float64) float64 { return x[0] * x[1] },
	"Div":      func(x []float64) float64 { return x[0] / x[1] },
	"Pow":      func(x []float64) float64 { return math.Pow(x[0], x[1]) },
	"Mod":      func(x []float64) float64 { return math.Mod(x[0], x[1]) },
	"Neg":      func(x []float64) float64 { return -x[0] },
	"Abs":      func(x []float64) float64 { return math.Abs(x[0]) },
	"Exp":      func(x []float64) float64 { return math.Exp(x[0]) },
	"Log":      func(x []float64) float64 { return math.Log(x[0]) },
	"Sqrt":     func(x []float64) float64 { return math.Sqrt(x[0]) },
	"Sin":      func(x []float64) float64 { return math.Sin(x[0]) },
	"Cos":      func(x []float64) float64 { return math.Cos(x[0]) },
	"Tanh":     func(x []float64) float64 { return math.Tanh(x[0]) },
	"Atan":     func(x []float64) float64 { return float64(float32(math.Atan(x[0]))) },
	"Floor":    func(x []float64) float64 { return math.Floor(x[0]) },
	"Ceil":     func(x []float64) float64 { return math.Ceil(x[0]) },
	"Round":    func(x []float64) float64 { return math.RoundToEven(x[0]) },
	"Erf":      func(x []float64) float64 { return math.Erf(x[0]) },
	"Relu":     func(x []float64) float64 { return max(x[0], 0) },
	"Sigmoid":  func(x []float64) float64 { return 1 / (1 + math.Exp(-x[0])) },
	"Softsign": func(x []float64) float64 { return x[0] / (1 + math.Abs(x[0])) },
	"HardSwish": func(x []float64) float64 {
		return x[0] * max(0, min(1, x[0]/6+0.5))
	},
	"Reciprocal":     func(x []float64) float64 { return 1 / x[0] },
	"Greater":        func(x []float64) float64 { return truth(x[0] > x[1]) },
	"Less":           func(x []float64) float64 { return truth(x[0] < x[1]) },
	"GreaterOrEqual": func(x []float64) float64 { return truth(x[0] >= x[1]) },
	"LessOrEqual":    func(x []float64) float64 { return truth(x[0] <= x[1]) },
	"Equal":          func(x []float64) float64 { return truth(x[0] == x[1]) },
	"And":            func(x []float64) float64 { return x[0] * x[1] },
	"Or":             func(x []float64) float64 { return max(x[0], x[1]) },
	"Where": func(x []float64) float64 {
		if x[0] != 0 {
			return x[1]
		}
		return x[2]
	},
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// evaluate returns the outputs of a model, of one input.
func evaluate(t testing.TB, m *readModel, x *tensor) []*tensor {
	t.Helper()
	values := map[string]*tensor{m.inputs[0]: x, "": nil}
	for name, v := range m.tensors {
		values[name] = v
	}
	for _, n := range m.nodes {
		var in []*tensor
		for _, name := range n.inputs {
			v, ok := values[name]
			if !ok {
				t.Fatalf("%s uses %q before it is there", n.name, name)
			}
			in = append(in, v)
		}
		for i, y := range n.run(t, in) {
			if i < len(n.outputs) {
				values[n.outputs[i]] = y
			}
		}
	}
	var out []*tensor
	for _, name := range m.outputs {
		out = append(out, values[name])
	}
	return out
}

func (n *readNode) run(t testing.TB, in []*tensor) []*tensor {
	t.Helper()
	if f := elementwise[n.op]; f != nil {
		return []*tensor{broadcast(t, in, f)}
	}
	if n.op == "Cast" {
		y := &tensor{in[0].shape, slices.Clone(in[0].v)}
		for i, v := range y.v {
			switch n.ints["to"][0] {
			case 1:
				y.v[i] = float64(float32(v))
			case 7:
				y.v[i] = math.Trunc(v)
			}
		}
		return []*tensor{y}
	}
	f := operators[n.op]
	if f == nil {
		t.Fatalf("operator %s", n.op)
	}
	return f(n, in)
}

// strides returns how far apart the elements along every axis lie.
func strides(shape []int) []int {
	s := make([]int, len(shape))
	step := 1
	for i := len(shape) - 1; i >= 0; i-- {
		s[i], step = step, step*shape[i]
	}
	return s
}

// each calls f with every index of a shape, in order.
func each(shape []int, f func(at []int)) {
	at := make([]int, len(shape))
	for range size(shape) {
		f(at)
		for i := len(at) - 1; i >= 0; i-- {
			if at[i]++; at[i] < shape[i] {
				break
			}
			at[i] = 0
		}
	}
}

// get returns an element, of an axis of length 1 the only one; missing axes come first.
func (x *tensor) get(at []int) float64 {
	s, k := strides(x.shape), 0
	skip := len(at) - len(x.shape)
	for i := range x.shape {
		if x.shape[i] != 1 {
			k += s[i] * at[i+skip]
		}
	}
	return x.v[k]
}

func broadcast(t testing.TB, in []*tensor, f func(x []float64) float64) *tensor {
	var shape []int
	for _, x := range in {
		for len(shape) < len(x.shape) {
			shape = append([]int{1}, shape...)
		}
	}
	for _, x := range in {
		skip := len(shape) - len(x.shape)
		for i, d := range x.shape {
			switch at := &shape[i+skip]; {
			case *at == 1:
				*at = d
			case d != 1 && d != *at:
				t.Fatalf("shapes do not fit: %v in %v", x.shape, shape)
			}
		}
	}
	y, args := &tensor{shape: shape}, make([]float64, len(in))
	each(shape, func(at []int) {
		for i, x := range in {
			args[i] = x.get(at)
		}
		y.v = append(y.v, f(args))
	})
	return y
}
