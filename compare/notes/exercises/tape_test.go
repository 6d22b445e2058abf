package exercises

import (
	"slices"
	"testing"
)

// TestRecord: a tape has the inputs first, operations after their operands, and no constants.
func TestRecord(t *testing.T) {
	tape := Record(func(x []Var) Var { return x[0].Mul(x[1]).Add(x[0].Const(3)).Div(x[1]) }, []float64{4, 2})
	var values []float64
	for k, n := range tape.Nodes {
		values = append(values, n.Value)
		for _, operand := range n.Operands {
			if operand >= k {
				t.Errorf("node %d has operand %d", k, operand)
			}
		}
	}
	if want := []float64{4, 2, 8, 11, 5.5}; !slices.Equal(values, want) || tape.Result != 4 || tape.Inputs != 2 {
		t.Errorf("values %v, result %d of %d inputs", values, tape.Result, tape.Inputs)
	}
	if slopes := tape.Nodes[4].Slopes; !slices.Equal(slopes, []float64{0.5, -2.75}) {
		t.Errorf("slopes of the quotient %v", slopes)
	}
	constant := Record(func(x []Var) Var { return x[0].Const(7) }, []float64{1})
	if n := constant.Nodes[constant.Result]; n.Value != 7 {
		t.Errorf("a constant has the value %v", n.Value)
	}
}
