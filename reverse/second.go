package reverse

import (
	"fmt"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// pullSecond sweeps forwards in the direction v of the inputs, then backwards from
// the results with their seeds at second order: it leaves in dadj the derivative of
// every adjoint in that direction. For the inputs that is the product of v with the
// Hessian of the weighted sum of the results.
func (t *tape) pullSecond(results []Var, seeds, v []float64) {
	t.careful = false
	t.seedTangent(v)
	t.pushQuick()
	last := t.seedSecond(results, seeds)
	t.pullSecondQuick(last)
	for _, d := range t.dadj[1:t.first] {
		if d != d { // perhaps from 0 against an infinite slope
			t.seedTangent(v)
			t.pushCareful()
			t.seedSecond(results, seeds)
			t.careful = true
			t.reached = zeroed(t.reached, int(t.n))
			for k, y := range results {
				if seeds[k] != 0 {
					t.reached[y.slot()] = true
				}
			}
			t.pullSecondCareful(last)
			return
		}
	}
}

// pullSecondOne is pullSecond from one result.
func (t *tape) pullSecondOne(y Var, v []float64) { t.pullSecond([]Var{y}, one, v) }

// seedSecond is seed for a sweep at second order.
func (t *tape) seedSecond(results []Var, seeds []float64) (last uint32) {
	t.prepareAll(rate)
	return t.seed(results, seeds)
}

// pullSecondQuick multiplies whatever is 0 like any other number. Where that
// makes a NaN that the structure would not have, the NaN is carried on to an
// input.
func (t *tape) pullSecondQuick(last uint32) {
	adj, dadj, tan := t.adj, t.dadj, t.tan
	for i := last; i >= t.first; i-- {
		c := t.chunks[i/chunkLen]
		r, o := &c.edges[i%chunkLen], c.op[i%chunkLen]
		a, da := adj[i], dadj[i]
		var ra, rb float64
		switch kind := o.Kind(); {
		case kind == program.Mul || kind == program.Square:
			ra, rb = tan[r.b], tan[r.a]
		case kind <= program.Sub || kind == program.Neg:
		case kind == program.Node:
			t.nodes[o.Index()].pullNodeSecond()
			adj, dadj = t.adj, t.dadj
			continue
		case kind == program.Nary:
			m := &t.nary[o.Index()]
			if m.row.Terms == rule.Products && m.nx == m.ny {
				t.pullSecondDot(m, a, da)
				continue
			}
			slopes, operands, rates := t.ratesOfNary(i)
			for k, operand := range operands {
				if operand == 0 {
					continue
				}
				s := slopes[k]
				adj[operand] += a * s
				dadj[operand] += da*s + a*rates[k]
			}
			continue
		default:
			ra, rb = t.rates(i)
		}
		if r.a != 0 {
			adj[r.a] += a * r.da
			dadj[r.a] += da*r.da + a*ra
		}
		if r.b != 0 {
			adj[r.b] += a * r.db
			dadj[r.b] += da*r.db + a*rb
		}
	}
}

// pullSecondDot sweeps a dot product, of which each factor has the other for its slope.
func (t *tape) pullSecondDot(m *naryStatement, a, da float64) {
	adj, dadj, tan := t.adj, t.dadj, t.tan
	slopes, operands := t.operandsOfNary(m)
	x, y := operands[:m.nx], operands[m.nx:]
	sx, sy := slopes[:m.nx], slopes[m.nx:]
	for k, i := range x {
		j := y[k]
		di, dj := tan[i], tan[j]
		adj[i] += a * sx[k]
		dadj[i] += da*sx[k] + a*dj
		if j != 0 {
			adj[j] += a * sy[k]
			dadj[j] += da*sy[k] + a*di
		}
	}
}

// pullSecondCareful lets an adjoint, or its rate, contribute only where a result
// reaches it, and a slope's rate only where the direction moves the slope.
func (t *tape) pullSecondCareful(last uint32) {
	t.adjMoved = zeroed(t.adjMoved, int(t.n))
	for i := last; i >= t.first; i-- {
		if o := t.op(i); o.Kind() == program.Node {
			if n := t.nodes[o.Index()]; n.out.active && n.op.reach(t, n) {
				n.pullNodeSecond()
			}
			continue
		}
		if !t.reached[i] {
			continue
		}
		a, da := t.adj[i], t.dadj[i]
		pull := func(operand uint32, slope, rate float64, moved bool) {
			if operand == 0 {
				return
			}
			t.adj[operand] += a * slope
			t.reached[operand] = true
			if t.adjMoved[i] {
				t.dadj[operand] += da * slope
				t.adjMoved[operand] = true
			}
			if moved {
				t.dadj[operand] += a * rate
				t.adjMoved[operand] = true
			}
		}
		if t.op(i).Kind() == program.Nary {
			slopes, operands, rates := t.ratesOfNary(i)
			m := &t.nary[t.op(i).Index()]
			for k, operand := range operands {
				pull(operand, slopes[k], rates[k], t.movesSlope(m, k, t.moved[i]))
			}
			continue
		}
		r := t.edgesOf(i)
		ra, rb := t.rates(i)
		ma, mb := t.movesSlopes(i)
		pull(r.a, r.da, ra, ma)
		pull(r.b, r.db, rb, mb)
	}
}

// movesSlopes reports whether the direction moves the slopes of a statement of
// one or two operands.
func (t *tape) movesSlopes(slot uint32) (a, b bool) {
	r := t.edgesOf(slot)
	switch t.op(slot).Kind() {
	case program.Mul, program.Square:
		return t.moved[r.b], t.moved[r.a]
	case program.Div:
		return t.moved[r.b], t.moved[slot]
	case program.Apply, program.Apply2:
		return t.moved[slot], t.moved[slot]
	}
	return false, false
}

// movesSlope reports whether the direction moves the slope of the k-th operand of
// an n-ary statement, which it moves or not.
func (t *tape) movesSlope(m *naryStatement, k int, moved bool) bool {
	switch m.row.Terms {
	case rule.Singles:
		return false
	case rule.Squares:
		return t.moved[t.operands[m.first+k]]
	case rule.Products:
		if m.nx != m.ny {
			return false // its partner is a constant
		}
		n := int(m.nx)
		return t.moved[t.operands[m.first+(k+n)%(2*n)]]
	}
	return moved
}

// rates returns how fast the two slopes of a statement change in the direction
// of the tangents.
func (t *tape) rates(slot uint32) (ra, rb float64) {
	r := t.edgesOf(slot)
	o := t.op(slot)
	switch o.Kind() {
	case program.Mul, program.Square:
		return t.along(1, r.b), t.along(1, r.a)
	case program.Div: // z = a/b has the slopes da = 1/b and db = -z/b
		if r.b == 0 {
			return 0, 0
		}
		b := t.value(r.b)
		return -t.along(r.da, r.b) / b, -(t.along(1, slot) + t.along(r.db, r.b)) / b
	case program.Apply:
		f := t.rows[o.Index()]
		if f.Curve == nil {
			panic(noCurve(f.Name))
		}
		return t.along(f.Curve(t.value(r.a), t.value(slot)), r.a), 0
	case program.Apply2:
		f := t.rows2[o.Index()]
		if f.CurveXX == nil || f.CurveXY == nil || f.CurveYY == nil {
			panic(noCurve(f.Name))
		}
		x, y, z := t.operand(r.a, r.da), t.operand(r.b, r.db), t.value(slot)
		if r.a != 0 {
			ra = t.along(f.CurveXX(x, y, z), r.a)
		}
		if r.b != 0 {
			rb = t.along(f.CurveYY(x, y, z), r.b)
		}
		if r.a != 0 && r.b != 0 {
			xy := f.CurveXY(x, y, z)
			ra += t.along(xy, r.b)
			rb += t.along(xy, r.a)
		}
		return ra, rb
	}
	return 0, 0
}

// along returns the tangent of an operand scaled by a second derivative. An
// operand that the direction does not reach contributes nothing to a careful
// sweep.
func (t *tape) along(curve float64, operand uint32) float64 {
	if t.careful && !t.moved[operand] {
		return 0
	}
	return curve * t.tan[operand]
}

// operand returns the value of an operand, which for a constant is kept in the
// place of its slope.
func (t *tape) operand(slot uint32, slope float64) float64 {
	if slot == 0 {
		return slope
	}
	return t.value(slot)
}

// ratesOfNary returns the slopes and operands of an n-ary statement,
// and how fast the slopes change in the direction of the tangents.
func (t *tape) ratesOfNary(slot uint32) (slopes []float64, operands []uint32, rates []float64) {
	m := &t.nary[t.op(slot).Index()]
	slopes, operands = t.operandsOfNary(m)
	t.vx, t.cx = t.vx[:0], zeroed(t.cx, len(operands))
	for _, operand := range operands {
		t.vx = append(t.vx, t.tan[operand])
	}
	nx := m.nx
	m.row.Curve(slopes[:nx], slopes[nx:], t.value(slot), t.vx[:nx], t.vx[nx:], t.cx[:nx], t.cx[nx:])
	return slopes, operands, t.cx
}

func noCurve(name string) string {
	return fmt.Sprintf("reverse: %s has no second derivative (its Curve is nil), which Hessian and HVP need", name)
}
