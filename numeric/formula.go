package numeric

import (
	"fmt"
	"math"
	"slices"
	"sync"
)

// A formula takes quotients from any points, in steps from x, with the weights that
// suit the order of the derivative.
type formula struct {
	points    []float64 // ascending
	symmetric bool      // about 0
	around    bool      // has points on both sides of 0

	mu    sync.Mutex
	known [maxOrder + 2][]float64 // weights, by the order of the derivative
	moved [2][]*formula           // to the right and to the left, by the number of points
}

var threePoint = centered(1)

func newFormula(points []float64) *formula {
	f := &formula{points: slices.Sorted(slices.Values(points)), symmetric: true}
	f.around = f.points[0] < 0 && f.points[len(points)-1] > 0
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
// The points may be in any order, and to one side. The step is the smaller, the farther
// the points: they are to be of the size of 1. Where it would be below the last place of x,
// the derivative is NaN and Diverged. At bounds, a stencil with points on both sides gives
// way to as many points to one side, a step apart.
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

// weights returns those of a derivative of the given order.
func (f *formula) weights(order int) []float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known[order] == nil {
		w := Weights(f.points, order)
		if f.symmetric && order%2 == 1 && len(w)%2 == 1 {
			w[len(w)/2] = 0 // not a rounding error
		}
		f.known[order] = w
	}
	return f.known[order]
}

// to returns the formula of the points 0 … n-1, times sign.
func (f *formula) to(sign float64, n int) *formula {
	f.mu.Lock()
	defer f.mu.Unlock()
	moved := &f.moved[0]
	if sign < 0 {
		moved = &f.moved[1]
	}
	for _, m := range *moved {
		if len(m.points) == n {
			return m
		}
	}
	points := make([]float64, n)
	for i := range points {
		points[i] = sign * float64(i)
	}
	m := newFormula(points)
	*moved = append(*moved, m)
	return m
}

// sides returns the formula, and if it has points on both sides those to the right and to
// the left with as many.
func (f *formula) sides() (all [3]*formula, n int) {
	if !f.around {
		return [...]*formula{f, nil, nil}, 1
	}
	points := len(f.points)
	return [...]*formula{f, f.to(1, points), f.to(-1, points)}, 3
}

// shifted offers the formula as a stencil, and if it has points on both sides of x those
// to the right and to the left, with a point more if that keeps the order of its error.
func (f *formula) shifted(pl *plan, p *probe, d direction, order int) {
	pl.offer(f.choice(p, d, order))
	if f.around {
		n := f.accuracy(order) + order
		pl.offer(f.to(1, n).choice(p, d, order), f.to(-1, n).choice(p, d, order))
		roomier(pl.choices[1:])
	}
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
	return choice{stencil: newWeighted, u: d, fu: f, order: order, room: steps{room, room}}
}

func (s Scheme) shifted(pl *plan, p *probe, d direction, order int) {
	if len(s.formula.points) <= order {
		panic(fmt.Sprintf("%s: a derivative of order %d by a stencil of %d points, want more points", p.op, order, len(s.formula.points)))
	}
	s.formula.shifted(pl, p, d, order)
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
	reach           float64     // how far such a skew is from half the jump of the derivative
	values          []float64   // of every point, those of all outputs together
	y               [][]float64 // of every point
}

func newWeighted(b *bench, p *probe, c *choice) stencil {
	w, f, order, m := &b.weighted, c.fu, c.order, len(p.y)
	w.p, w.dir, w.order, w.power = p, c.u, order, 1
	w.points, w.weights, w.others, w.size = f.points, f.weights(order), nil, 0
	if f.symmetric {
		w.power = 2
	}
	// A symmetric formula sees the odd or the even part of f only.
	w.last = w.last[:0]
	switch {
	case f.symmetric && order%2 == 1 && len(f.points) > order+1:
		w.others = f.weights(order + 1)
	case f.symmetric && order%2 == 0:
		w.others, w.last = f.weights(order-1), resized(w.last, m)
		clear(w.last)
		if p.estimate {
			w.reach = f.reach(order)
		}
	}
	w.values, w.y = resized(w.values, len(w.points)*m), resized(w.y, len(w.points))
	for i := range w.y {
		w.size += math.Abs(w.weights[i])
		w.y[i] = w.values[i*m : (i+1)*m]
	}
	return w
}

// reach returns by how much the skew of a symmetric formula of even order n falls short of half
// the jump of that derivative, as of |t|·tⁿ⁻¹/n!, whose derivative before is to be twice the step.
func (f *formula) reach(n int) float64 {
	sum, factorial := 0.0, 1.0
	for i, c := range f.weights(n - 1) {
		sum += c * math.Copysign(math.Pow(math.Abs(f.points[i]), float64(n)), f.points[i])
	}
	for i := 2; i <= n; i++ {
		factorial *= float64(i)
	}
	return max(1, factorial/2/sum)
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
	h := s.h / w.p.length
	for k, y := range w.p.y {
		r := row{h: h, gain: over(w.size, h, w.order), change: math.Inf(1)}
		for i := range w.points {
			if w.used(i) {
				r.change = min(r.change, change(y, w.y[i][k]))
			}
		}
		d, noise, _ := w.sum(w.weights, k, r.change)
		r.d, r.noise = over(d, h, w.order), over(noise, h, w.order)
		if w.order == 1 {
			r.slope = r.d
		}
		if w.others != nil {
			d, noise, size := w.sum(w.others, k, r.change)
			if len(w.last) > 0 {
				n := w.order - 1
				w.last[k].follow(&r, over(d, h, n), over(noise, h, n))
				r.skewGain *= over(size, h, n) * h
				r.skew, r.skewNoise, r.skewGain = w.reach*r.skew, w.reach*r.skewNoise, w.reach*r.skewGain
			} else {
				n := w.order
				r.skew, r.skewNoise, r.skewGain = over(d, h, n)/2, over(noise, h, n)/2, over(size, h, n)/2
			}
		}
		rows[k] = r
	}
}

// sum returns the values of output k with the given weights, a bound on the rounding in
// that, and the sum of the weights' sizes.
func (w *weighted) sum(weights []float64, k int, change float64) (sum, noise, size float64) {
	y, largest := w.p.y[k], 0.0
	base := y // the weights sum up to 0, and differences of values are exact
	if w.power == 2 && w.order%2 == 1 {
		base = w.y[0][k] // f(x) may not be known
	}
	for i, c := range weights {
		v := y
		if w.used(i) {
			v = w.y[i][k]
		}
		if c != 0 {
			sum += c * (v - base)
		}
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
