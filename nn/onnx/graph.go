package onnx

import (
	"fmt"
	"math"
	"strconv"
)

// A graph is a model in the making. Values are known by their names.
type graph struct {
	precision Precision
	native    bool   // engines have all operators in this precision
	place     string // begins the names of nodes: the path of a layer

	nodes, tensors, inputs, outputs []message

	known map[string]string // results of nodes, and constants, by what makes them
	names map[string]bool   // that tensors have
	count int               // of values with a number for a name

	lost error // a number that the precision does not have
}

func newGraph(p Precision) *graph {
	return &graph{precision: p, native: p == Float32, known: map[string]string{}, names: map[string]bool{}}
}

// input declares an input.
func (g *graph) input(name string, sample []int) string {
	g.inputs = append(g.inputs, valueMessage(name, g.precision, sample))
	return name
}

// output declares that a value is an output of that name.
func (g *graph) output(name, value string, sample []int) {
	g.nodes = append(g.nodes, nodeMessage("Identity", name, []string{value}, []string{name}, nil))
	g.outputs = append(g.outputs, valueMessage(name, g.precision, sample))
}

// node returns the result of an operator. What is there already is not computed again.
func (g *graph) node(op string, inputs []string, attributes ...attribute) string {
	key := op
	for _, s := range inputs {
		key += "\x00" + s
	}
	if len(attributes) > 0 {
		key += fmt.Sprintf("\x01%q", attributes)
	}
	if name, ok := g.known[key]; ok {
		return name
	}
	name := g.results(op, inputs, 1, attributes...)[0]
	g.known[key] = name
	return name
}

// results returns the first n results of an operator.
func (g *graph) results(op string, inputs []string, n int, attributes ...attribute) []string {
	outputs := make([]string, n)
	for i := range outputs {
		outputs[i] = "v" + strconv.Itoa(g.count)
		g.count++
	}
	name := g.place + "/" + op + "_" + outputs[0]
	g.nodes = append(g.nodes, nodeMessage(op, name, inputs, outputs, attributes))
	return outputs
}

// constant returns a number.
func (g *graph) constant(c float64) string {
	key := "\x02" + strconv.FormatUint(math.Float64bits(c), 16)
	if name, ok := g.known[key]; ok {
		return name
	}
	name := g.tensor("c"+strconv.Itoa(g.count), []float64{c}, []int{})
	g.count++
	g.known[key] = name
	return name
}

// tensor returns an array of that name, or of one that is like it and free.
func (g *graph) tensor(name string, values []float64, shape []int) string {
	for g.names[name] {
		name += "_"
	}
	g.names[name] = true
	for _, v := range values {
		if g.lost == nil && g.precision == Float32 && math.IsInf(float64(float32(v)), 0) && !math.IsInf(v, 0) {
			g.lost = fmt.Errorf("%s: %s holds %v, which float32 does not: use Float64", g.place, name, v)
		}
	}
	g.tensors = append(g.tensors, tensorMessage(name, g.precision, values, shape))
	return name
}

// indices returns a list of integers.
func (g *graph) indices(values ...int) string {
	key := fmt.Sprint("\x03", values)
	if name, ok := g.known[key]; ok {
		return name
	}
	name := "i" + strconv.Itoa(g.count)
	g.count++
	g.tensors = append(g.tensors, indexMessage(name, values))
	g.known[key] = name
	return name
}
