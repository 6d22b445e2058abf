package exercises

// A Sweeper sweeps back over tapes, and keeps its storage from one to the next.
type Sweeper struct{ adjoint []float64 }

// sweep returns the gradient by the inputs.
func (s *Sweeper) sweep(t *Tape) []float64 {
	for len(s.adjoint) < len(t.Nodes) {
		s.adjoint = append(s.adjoint, 0)
	}
	clear(s.adjoint)
	for k := t.Result; k >= 0; k-- {
		for i, operand := range t.Nodes[k].Operands {
			s.adjoint[operand] += s.adjoint[k] * t.Nodes[k].Slopes[i]
		}
	}
	return append([]float64(nil), s.adjoint[:t.Inputs]...)
}

func seed(t *Tape) []float64 { return new(Sweeper).sweep(t) }
