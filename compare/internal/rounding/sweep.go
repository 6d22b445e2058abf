package rounding

// Tangent returns the tangents of all statements where the inputs move at the rates v.
func (t *Trace) Tangent(v []float64) []float64 {
	d := make([]float64, len(t.Statements))
	copy(d, v)
	for k := len(t.X); k < len(d); k++ {
		s := &t.Statements[k]
		if s.A >= 0 {
			d[k] += product(s.x, d[s.A])
		}
		if s.B >= 0 {
			d[k] += product(s.y, d[s.B])
		}
	}
	return d
}

// Adjoint returns the adjoints of all statements on the results, weighted with w.
func (t *Trace) Adjoint(w []float64) []float64 {
	b := make([]float64, len(t.Statements))
	for k, y := range t.out {
		if y.t != nil {
			b[y.id] += w[k]
		}
	}
	for k := len(b) - 1; k >= len(t.X); k-- {
		if b[k] == 0 {
			continue
		}
		s := &t.Statements[k]
		if s.A >= 0 {
			b[s.A] += product(b[k], s.x)
		}
		if s.B >= 0 {
			b[s.B] += product(b[k], s.y)
		}
	}
	return b
}

// Rate returns the rates of the adjoints b where the statements move with the tangents d.
func (t *Trace) Rate(b, d []float64) []float64 {
	r := make([]float64, len(b))
	for k := len(b) - 1; k >= len(t.X); k-- {
		if b[k] == 0 && r[k] == 0 {
			continue
		}
		s := &t.Statements[k]
		x, y := s.operands(d)
		if s.A >= 0 {
			r[s.A] += product(r[k], s.x) + product(b[k], s.changeX(x, y))
		}
		if s.B >= 0 {
			r[s.B] += product(r[k], s.y) + product(b[k], s.changeY(x, y))
		}
	}
	return r
}

// operands returns the entries of d that belong to a statement's operands.
func (s *Statement) operands(d []float64) (x, y float64) {
	if s.A >= 0 {
		x = d[s.A]
	}
	if s.B >= 0 {
		y = d[s.B]
	}
	return x, y
}

// changeX and changeY return the rates of a statement's partial derivatives where its
// operands move at the rates x and y.
func (s *Statement) changeX(x, y float64) float64 { return product(s.xx, x) + product(s.xy, y) }
func (s *Statement) changeY(x, y float64) float64 { return product(s.xy, x) + product(s.yy, y) }

// Flow returns what flows through a statement with the adjoint b where the statements move
// with the tangents d.
func (s *Statement) Flow(b float64, d []float64) float64 {
	x, y := s.operands(d)
	return product(b, product(s.x, x)+product(s.y, y))
}

// A Direction is how statements and their adjoints move.
type Direction struct {
	tangent, rate []float64
	moves         []bool  // whether a statement or its adjoint depends on the direction
	at            []int32 // which do
}

// Direction returns how statements, and their adjoints b, move with the inputs, at the
// rates v.
func (t *Trace) Direction(b, v []float64) Direction {
	d := Direction{tangent: t.Tangent(v), moves: make([]bool, len(t.Statements))}
	d.rate = t.Rate(b, d.tangent)
	copyMoves := func(s *Statement) bool { return s.A >= 0 && d.moves[s.A] || s.B >= 0 && d.moves[s.B] }
	for k := range t.Statements {
		if k < len(t.X) {
			d.moves[k] = v[k] != 0
		} else {
			d.moves[k] = copyMoves(&t.Statements[k])
		}
	}
	back := make([]bool, len(t.Statements))
	for k := len(back) - 1; k >= len(t.X); k-- {
		s := &t.Statements[k]
		bends := back[k] || s.Kind >= Mul && s.Kind != Neg && copyMoves(s)
		if s.A >= 0 {
			back[s.A] = back[s.A] || bends
		}
		if s.B >= 0 {
			back[s.B] = back[s.B] || bends
		}
	}
	for k := range back {
		if d.moves[k] = d.moves[k] || back[k]; d.moves[k] {
			d.at = append(d.at, int32(k))
		}
	}
	return d
}

// A second is a second-order sweep: in the directions 1 and 2, whose tangents and rates
// are given.
type second struct {
	b, d1, d2, b1, b2 []float64
	d12, b12          []float64 // mixed; 0 outside of a run
	at                []int32   // the statements that move in both directions
}

// run sets the mixed tangents and rates.
func (m *second) run(t *Trace) {
	for _, k := range m.at {
		s := &t.Statements[k]
		if s.Kind == Input {
			continue
		}
		x12, y12 := s.operands(m.d12)
		z := 0.0
		if x12 != 0 {
			z = s.x * x12
		}
		if y12 != 0 {
			z += s.y * y12
		}
		if s.linear() {
			m.d12[k] = z
			continue
		}
		x1, y1 := s.operands(m.d1)
		x2, y2 := s.operands(m.d2)
		if (x1 != 0 || y1 != 0) && (x2 != 0 || y2 != 0) {
			z += product(s.changeX(x1, y1), x2) + product(s.changeY(x1, y1), y2)
		}
		m.d12[k] = z
	}
	for at := len(m.at) - 1; at >= 0; at-- {
		k := m.at[at]
		if int(k) < len(t.X) {
			break
		}
		b, b1, b2, b12 := m.b[k], m.b1[k], m.b2[k], m.b12[k]
		if b == 0 && b1 == 0 && b2 == 0 && b12 == 0 {
			continue
		}
		s := &t.Statements[k]
		if s.linear() {
			if s.A >= 0 {
				m.b12[s.A] += product(b12, s.x)
			}
			if s.B >= 0 {
				m.b12[s.B] += product(b12, s.y)
			}
			continue
		}
		x1, y1 := s.operands(m.d1)
		x2, y2 := s.operands(m.d2)
		x12, y12 := s.operands(m.d12)
		if s.A >= 0 {
			z := product(b12, s.x) + product(b1, s.changeX(x2, y2)) + product(b2, s.changeX(x1, y1)) + product(b, s.changeX(x12, y12))
			if x1 != 0 || y1 != 0 {
				z += product(b, product(s.xxx, x1*x2)+product(s.xxy, x1*y2+x2*y1)+product(s.xyy, y1*y2))
			}
			m.b12[s.A] += z
		}
		if s.B >= 0 {
			z := product(b12, s.y) + product(b1, s.changeY(x2, y2)) + product(b2, s.changeY(x1, y1)) + product(b, s.changeY(x12, y12))
			if x1 != 0 || y1 != 0 {
				z += product(b, product(s.xxy, x1*x2)+product(s.xyy, x1*y2+x2*y1)+product(s.yyy, y1*y2))
			}
			m.b12[s.B] += z
		}
	}
}

// product is x·y, 0 where either is: what is not there is not multiplied with an
// infinite slope.
func product(x, y float64) float64 {
	if x == 0 || y == 0 {
		return 0
	}
	return x * y
}
