package exercises

// accumulate sweeps back over a tape, and returns the gradient by the inputs.
func accumulate(t *Tape) []float64 {
	adjoint := make([]float64, len(t.Nodes))
	adjoint[t.Result] = 1
	for k := t.Result; k >= 0; k-- {
		for i, operand := range t.Nodes[k].Operands {
			adjoint[operand] = adjoint[k] * t.Nodes[k].Slopes[i]
		}
	}
	return adjoint[:t.Inputs]
}
