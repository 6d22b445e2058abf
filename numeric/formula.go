package numeric

import (
	"fmt"
	"math"
	"slices"
)

// A formula takes quotients from any points, in steps from x, with the weights that
// suit the order of the derivative.
type formula struct {
	points    []float64 // ascending
	symmetric bool      // about 0
}

func newFormula(points []float64) *formula {
	f := &formula{points: slices.Sorted(slices.Values(points)), symmetric: true}
	for i, p := range f.points {
		f.symmetric = f.symmetric && p == -f.points[len(points)-1-i]
	}
	return f
}

// centered returns the formula of the points -m … m.
func centered(m int) *formula {
	var points []float64
	for i := -m; i <= m; i++ {
		points = append(points, float64(i))
	}
	return newFormula(points)
}

// Stencil returns the scheme that takes quotients from the given points, in steps from x,
// with generated weights (see Weights), once and with a fixed step. It is exact for
// polynomials of a degree below the number of points. Derivatives of order n take more
// than n points. A mixed second derivative takes the product of two first ones.
//
// Stencil panics as Weights does, and if there are fewer than two points.
func Stencil(points ...float64) Scheme {
	if len(points) < 2 {
		panic(fmt.Sprintf("numeric.Stencil: %d points, want at least 2", len(points)))
	}
	Weights(points, 1)
	return Scheme{plain: true, formula: newFormula(points)}
}

// farthest returns the distance of the farthest point.
func (f *formula) farthest() float64 { return max(-f.points[0], f.points[len(f.points)-1]) }

// accuracy returns the order of the error of a derivative of the given order. A
// symmetric formula has an error of even order.
func (f *formula) accuracy(order int) int {
	a := len(f.points) - order
	if f.symmetric {
		a += a % 2
	}
	return a
}

// shifted returns the formula as a stencil, and if it is symmetric moved to the right
// and to the left of x, with a point more if that keeps the order of its error.
func (f *formula) shifted(p *probe, d direction, order int) []choice {
	choices := []choice{f.choice(p, d, order)}
	if !f.symmetric {
		return choices
	}
	n := f.accuracy(order) + order
	right, left := make([]float64, n), make([]float64, n)
	for i := range n {
		right[i], left[i] = float64(i), -float64(i)
	}
	choices = append(choices, newFormula(right).choice(p, d, order), newFormula(left).choice(p, d, order))
	roomier(choices[1:])
	return choices
}

// choice returns the formula as a stencil.
func (f *formula) choice(p *probe, d direction, order int) choice {
	right, left := math.Inf(1), math.Inf(1)
	if far := f.points[len(f.points)-1]; far > 0 {
		right, _ = p.rooms(d, far)
	}
	if far := -f.points[0]; far > 0 {
		_, left = p.rooms(d, far)
	}
	room := min(right, left)
	return choice{func() stencil { return newWeighted(p, d, f, order) }, steps{room, room}}
}

func (s Scheme) shifted(p *probe, d direction, order int) []choice {
	if len(s.formula.points) <= order {
		panic(fmt.Sprintf("%s: a derivative of order %d by a stencil of %d points, want more points", p.op, order, len(s.formula.points)))
	}
	return s.formula.shifted(p, d, order)
}

// weighted is the stencil of a formula.
type weighted struct {
	p               *probe
	dir             direction
	order, power    int
	points, weights []float64
	size            float64     // the sum of the weights' sizes
	others          []float64   // the weights of the next derivative, or of the one before, which show the skew
	last            []slope     // of every output, where it is the one before
	y               [][]float64 // of every point
}

func newWeighted(p *probe, d direction, f *formula, order int) *weighted {
	w := &weighted{p: p, dir: d, order: order, power: 1, points: f.points, weights: Weights(f.points, order)}
	if f.symmetric {
		w.power = 2
	}
	// A symmetric formula sees the odd or the even part of f only.
	switch {
	case f.symmetric && order%2 == 1 && len(f.points) > order+1:
		w.others = Weights(f.points, order+1)
	case f.symmetric && order%2 == 0:
		w.others, w.last = Weights(f.points, order-1), make([]slope, len(p.y))
	}
	w.y = make([][]float64, len(w.points))
	for i := range w.y {
		w.size += math.Abs(w.weights[i])
		w.y[i] = make([]float64, len(p.y))
	}
	return w
}

func (w *weighted) series() (order, power int) { return w.order, w.power }

// used reports whether point i is one where f must be evaluated. At x itself it is
// known.
func (w *weighted) used(i int) bool {
	return w.points[i] != 0 && (math.Abs(w.weights[i]) > 0x1p-40*w.size || w.others != nil)
}

func (w *weighted) sample(rows []row, s steps) {
	for i, t := range w.points {
		if w.used(i) {
			w.p.move(w.dir, t*s.h).eval(w.y[i])
		}
	}
	for k, y := range w.p.y {
		r := row{h: s.h, gain: over(w.size, s.h, w.order), change: math.Inf(1)}
		for i := range w.points {
			if w.used(i) {
				r.change = min(r.change, change(y, w.y[i][k]))
			}
		}
		d, noise, _ := w.sum(w.weights, k, r.change)
		r.d, r.noise = over(d, s.h, w.order), over(noise, s.h, w.order)
		if w.order == 1 {
			r.slope = r.d
		}
		if w.others != nil {
			d, noise, size := w.sum(w.others, k, r.change)
			if w.last != nil {
				n := w.order - 1
				w.last[k].follow(&r, over(d, s.h, n), over(noise, s.h, n))
				r.skewGain *= over(size, s.h, n) * s.h
			} else {
				n := w.order
				r.skew, r.skewNoise, r.skewGain = over(d, s.h, n)/2, over(noise, s.h, n)/2, over(size, s.h, n)/2
			}
		}
		rows[k] = r
	}
}

// sum returns the values of output k with the given weights, a bound on the rounding in
// that, and the sum of the weights' sizes.
func (w *weighted) sum(weights []float64, k int, change float64) (sum, noise, size float64) {
	y, largest := w.p.y[k], 0.0
	for i, c := range weights {
		v := y
		if w.used(i) {
			v = w.y[i][k]
		}
		sum += c * (v - y)
		largest += math.Abs(c * v)
		size += math.Abs(c)
	}
	if math.IsInf(change, 1) { // see rounding
		largest += size
	}
	return sum, ulp*largest + smallest, size
}

// over returns v/hⁿ.
func over(v, h float64, n int) float64 {
	for range n {
		v /= h
	}
	return v
}

// products returns the stencil of a mixed second derivative, the product of two first
// ones, to the sides where there is room.
func (s Scheme) products(p *probe, u, v direction) []choice {
	var choices []choice
	fu, fv := s.formula.sides(), s.formula.sides()
	for i, a := range fu {
		for j, b := range fv {
			if i == 0 && j != 0 || i != 0 && j == 0 {
				continue // a symmetric formula loses its accuracy beside another
			}
			room := steps{a.choice(p, u, 1).room.h, b.choice(p, v, 1).room.h}
			if u.v != nil || v.v != nil {
				room = room.scaled(1.0 / 2)
			}
			choices = append(choices, choice{func() stencil { return newProduct(p, u, v, a, b) }, room})
		}
	}
	roomier(choices[1:])
	return choices
}

// sides returns the formula, and if it is symmetric those to the right and to the left
// with as many points.
func (f *formula) sides() []*formula {
	if !f.symmetric {
		return []*formula{f}
	}
	n := len(f.points)
	right, left := make([]float64, n), make([]float64, n)
	for i := range n {
		right[i], left[i] = float64(i), -float64(i)
	}
	return []*formula{f, newFormula(right), newFormula(left)}
}

// product is the stencil of a mixed second derivative by two formulas.
type product struct {
	p      *probe
	u, v   direction
	fu, fv *formula
	wu, wv []float64
	size   float64
	power  int
	last   slope // along both directions at a time
}

func newProduct(p *probe, u, v direction, fu, fv *formula) *product {
	st := &product{p: p, u: u, v: v, fu: fu, fv: fv, wu: Weights(fu.points, 1), wv: Weights(fv.points, 1), power: 1}
	if fu.symmetric && fv.symmetric {
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
	y, value := st.p.y[0], []float64{0}
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
	rows[0] = row{
		h: s.h, d: sum / s.h / s.k, noise: (ulp*largest + smallest) / s.h / s.k, gain: st.size / s.h / s.k,
		change: least,
	}
	if st.power == 2 { // as cross does
		st.last.follow(&rows[0], along/s.k, rounding/s.k)
	}
}
