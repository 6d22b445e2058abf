package numeric

import "math"

// products offers the stencils of a mixed second derivative, the product of two first
// ones, to the sides where there is room.
func (s Scheme) products(pl *plan, p *probe, u, v direction) {
	sides, n := s.formula.sides()
	for i, a := range sides[:n] {
		for j, b := range sides[:n] {
			if i == 0 && j != 0 || i != 0 && j == 0 {
				continue // a symmetric formula loses its accuracy beside another
			}
			room := steps{a.choice(p, u, 1).room.h, b.choice(p, v, 1).room.h}
			if u.v != nil || v.v != nil {
				room = room.scaled(1.0 / 2)
			}
			pl.offer(choice{stencil: newProduct, u: u, v: v, fu: a, fv: b, room: room})
		}
	}
	roomier(pl.choices[1:])
}

// product is the stencil of a mixed second derivative by two formulas.
type product struct {
	p      *probe
	u, v   direction
	fu, fv *formula
	wu, wv []float64
	size   float64
	power  int
	value  [1]float64
	last   slope // along both directions at a time
}

func newProduct(b *bench, p *probe, c *choice) stencil {
	st := &b.product
	*st = product{p: p, u: c.u, v: c.v, fu: c.fu, fv: c.fv, wu: c.fu.weights(1), wv: c.fv.weights(1), power: 1}
	if st.fu.symmetric && st.fv.symmetric {
		st.power = 2
	}
	for _, a := range st.wu {
		for _, b := range st.wv {
			st.size += math.Abs(a * b)
		}
	}
	return st
}

func (st *product) series() (order, power int) { return 2, st.power }

func (st *product) sample(rows []row, s steps) {
	y, value := st.p.y[0], st.value[:]
	sum, largest, least := 0.0, 0.0, math.Inf(1)
	along, rounding := 0.0, float64(smallest)
	for i, a := range st.fu.points {
		for j, b := range st.fv.points {
			w := st.wu[i] * st.wv[j]
			if w == 0 {
				continue
			}
			value[0] = y
			if a != 0 || b != 0 {
				st.p.move(st.u, a*s.h).move(st.v, b*s.k).eval(value)
			}
			sum += w * (value[0] - y)
			largest += math.Abs(w * value[0])
			least = min(least, change(y, value[0]))
			if i == j {
				along += st.wu[i] * (value[0] - y)
				rounding += ulp * math.Abs(st.wu[i]*value[0])
			}
		}
	}
	if math.IsInf(least, 1) {
		largest += st.size
	}
	h, k := s.h/st.p.length, s.k/st.p.length
	rows[0] = row{
		h: h, d: sum / h / k, noise: (ulp*largest + smallest) / h / k, gain: st.size / h / k,
		change: least,
	}
	if st.power == 2 { // as cross does
		st.last.follow(&rows[0], along/k, rounding/k)
	}
}
