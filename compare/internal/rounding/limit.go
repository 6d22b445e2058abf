package rounding

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A Limit says how far apart two correct computations of one number may lie, and how
// large the terms are that it is the sum of.
type Limit struct {
	Err, Size float64

	// Input is how much the number would change with the inputs, each by as much as
	// itself.
	Input float64

	// Hazard says that something on the way came close to the end of the range, so that
	// the order of operations decides.
	Hazard bool
}

// Times returns the limit of a multiple of the number.
func (l Limit) Times(w float64) Limit {
	w = math.Abs(w)
	l.Err, l.Size, l.Input = w*l.Err, w*l.Size, w*l.Input
	return l
}

// huge is where products begin to overflow.
const huge = 1e290

// Value returns the limit of result k, that b are the adjoints of.
func (t *Trace) Value(k int, b []float64) Limit {
	l := Limit{Err: t.out[k].err, Size: math.Abs(t.out[k].V)}
	for k, b := range b {
		if b == 0 {
			continue
		}
		s := &t.Statements[k]
		if k < len(t.X) {
			l.Input += times(b, t.X[k])
		}
		l.Err += math.Abs(b) * s.rounding()
		l.Size = max(l.Size, math.Abs(b*s.V))
		l.Hazard = l.Hazard || !(math.Abs(s.V) <= huge && math.Abs(b) <= huge)
	}
	return l
}

// rounding is how far apart two values of a statement may be whose operands are equal.
func (s *Statement) rounding() float64 {
	switch s.Kind {
	case Input, Neg:
		return s.noise
	case Add, Sub:
		return Unit*math.Abs(s.V) + s.noise
	case Mul, Div:
		return Unit*math.Abs(s.V) + grain + s.noise
	}
	return roundValue*math.Abs(s.V) + grain + s.noise
}

// First returns the limit of the derivative along the tangents d of what b are the
// adjoints of; r are the rates of b.
func (t *Trace) First(b, d, r []float64) Limit {
	var l Limit
	for k := range t.Statements {
		s := &t.Statements[k]
		if k < len(t.X) {
			l.see(b[k] * d[k])
			l.Input += times(r[k], t.X[k])
			continue
		}
		if b[k] == 0 && r[k] == 0 {
			continue
		}
		l.Err += times(r[k], s.rounding())
		if s.A >= 0 && b[k] != 0 && d[s.A] != 0 {
			l.edge(b[k], s.x, d[s.A], s.dx, t.uses[s.A])
		}
		if s.B >= 0 && b[k] != 0 && d[s.B] != 0 {
			l.edge(b[k], s.y, d[s.B], s.dy, t.uses[s.B])
		}
	}
	return l
}

// edge adds what is lost along an operand that moves at the rate d and has the slope p in
// a statement with the adjoint b. Forwards the product p·d is rounded, backwards b·p; and
// the adjoint of an operand of many statements is the sum of as many terms.
func (l *Limit) edge(b, p, d, dp float64, uses int32) {
	b, p, d = math.Abs(b), math.Abs(p), math.Abs(d)
	flow := b * p * d
	if p == 0 {
		flow = 0
	}
	l.Err += (4+float64(uses))*Unit*flow + b*dp*d + grain*(b+d)
	l.see(flow)
	l.Hazard = l.Hazard || !(b*p <= huge && p*d <= huge)
}

// see notes a term.
func (l *Limit) see(term float64) { l.Size = max(l.Size, math.Abs(term)) }

// Seconds finds limits of second derivatives of what has the adjoints b.
type Seconds struct {
	t *Trace
	m second
}

// Seconds returns a finder of limits of second derivatives.
func (t *Trace) Seconds(b []float64) *Seconds {
	n := len(t.Statements)
	return &Seconds{t, second{b: b, d12: make([]float64, n), b12: make([]float64, n)}}
}

// Limit returns the limit of the second derivative in two directions.
func (q *Seconds) Limit(u, v Direction) Limit {
	t, m := q.t, &q.m
	d1, r1, d2, r2 := u.tangent, u.rate, v.tangent, v.rate
	m.d1, m.b1, m.d2, m.b2 = d1, r1, d2, r2
	m.at = m.at[:0]
	for _, k := range u.at {
		if v.moves[k] {
			m.at = append(m.at, k)
		}
	}
	m.run(t)
	var l Limit
	for _, k := range m.at {
		b, b1, b2, b12 := m.b[k], r1[k], r2[k], m.b12[k]
		if int(k) < len(t.X) {
			l.see(b1 * d2[k])
			l.see(b2 * d1[k])
			l.Input += times(b12, t.X[k])
			continue
		}
		if b == 0 && b1 == 0 && b2 == 0 && b12 == 0 {
			continue
		}
		s := &t.Statements[k]
		x12, y12 := s.operands(m.d12)
		if s.linear() && b1 == 0 && b2 == 0 && b12 == 0 && x12 == 0 && y12 == 0 {
			continue
		}
		l.Err += times(b12, s.rounding())
		x1, y1 := s.operands(d1)
		x2, y2 := s.operands(d2)
		if s.A >= 0 {
			l.second(b, b1, b2, s.x, s.dx, x1, x2, x12, t.uses[s.A])
			l.curve(b, s.xx, s.dxx, x1, x2, t.uses[s.A])
		}
		if s.B >= 0 {
			l.second(b, b1, b2, s.y, s.dy, y1, y2, y12, t.uses[s.B])
			l.curve(b, s.yy, s.dyy, y1, y2, t.uses[s.B])
			if s.A >= 0 {
				l.curve(b, s.xy, s.dxy, x1, y2, t.uses[s.A]+t.uses[s.B])
				l.curve(b, s.xy, s.dxy, y1, x2, t.uses[s.A]+t.uses[s.B])
			}
		}
	}
	for _, k := range m.at {
		m.d12[k], m.b12[k] = 0, 0
	}
	return l
}

// second adds what is lost along an operand with the slope p.
func (l *Limit) second(b, b1, b2, p, dp, d1, d2, d12 float64, uses int32) {
	if b2 != 0 && d1 != 0 {
		l.edge(b2, p, d1, dp, uses)
	}
	if b1 != 0 && d2 != 0 {
		l.edge(b1, p, d2, dp, uses)
	}
	if b != 0 && d12 != 0 {
		l.edge(b, p, d12, dp, uses)
	}
}

// curve adds what is lost in the term of a second derivative c.
func (l *Limit) curve(b, c, dc, d1, d2 float64, uses int32) {
	if b == 0 || d1 == 0 || d2 == 0 {
		return
	}
	b, c, d1, d2 = math.Abs(b), math.Abs(c), math.Abs(d1), math.Abs(d2)
	flow := 0.0
	if c != 0 {
		flow = b * (c * d1) * d2
	}
	l.Err += (8+float64(uses))*Unit*flow + b*dc*d1*d2 + grain*(b+b*d1+b*d2+d1+d2+d1*d2)
	l.see(flow)
	l.Hazard = l.Hazard || !(b*c*max(d1, 1) <= huge && c*d1*d2 <= huge)
}

// guards is how many perturbed traces are asked before a limit counts as exceeded.
const guards = 3

// Guards returns the trace with every partial derivative moved by about as much as
// roundings may move it, at random, in several ways. Where derivatives cancel exactly,
// and first-order bounds are 0, those of such a trace are what a product of two errors
// comes to.
func (t *Trace) Guards() []*Trace {
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]*Trace, guards)
	for i := range all {
		all[i] = t.perturbed(r)
	}
	return all
}

func (t *Trace) perturbed(r *rand.Rand) *Trace {
	p := *t
	p.Statements = slices.Clone(t.Statements)
	move := func(x *float64, by float64) {
		if *x != 0 && by <= math.Abs(*x) {
			*x += (2*r.Float64() - 1) * (by + 4*Unit*math.Abs(*x))
		}
	}
	for k := range p.Statements {
		s := &p.Statements[k]
		move(&s.x, s.dx)
		move(&s.y, s.dy)
		move(&s.xx, s.dxx)
		move(&s.xy, s.dxy)
		move(&s.yy, s.dyy)
	}
	return &p
}
