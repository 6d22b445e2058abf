package exercises

// order sweeps over a tape, and returns the gradient by the inputs.
func order(t *Tape) []float64 {
	adjoint := make([]float64, len(t.Nodes))
	adjoint[t.Result] = 1
	for k := range t.Nodes[:t.Result+1] {
		for i, operand := range t.Nodes[k].Operands {
			adjoint[operand] += adjoint[k] * t.Nodes[k].Slopes[i]
		}
	}
	return adjoint[:t.Inputs]
}
