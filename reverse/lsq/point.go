package lsq

import (
	"fmt"
	"math"
)

// An evaluator evaluates a problem with its weights and loss, and counts.
//
// All residuals are multiplied by a power of two, unit, so that squares of large or small ones
// neither overflow nor vanish.
type evaluator struct {
	Problem
	n     int
	rows  []float64 // what residuals are multiplied with: the unit times the roots of the weights
	unit  float64
	loss  Loss // nil is the square
	stats Stats
}

// A point is the residuals at x.
type point struct {
	x     []float64
	raw   []float64 // r(x)
	r     []float64 // times rows
	f     float64   // Σ ρ(r²), twice the cost in the unit's square
	model *model    // nil until it is asked for
}

func newEvaluator(p Problem, s *Settings, n int) *evaluator {
	e := &evaluator{Problem: p, n: n, unit: 1, loss: s.Loss, rows: make([]float64, p.Size)}
	for i := range e.rows {
		e.rows[i] = 1
		if s.Weights != nil {
			e.rows[i] = math.Sqrt(s.Weights[i])
		}
	}
	return e
}

// start evaluates the first point, and sets the unit.
func (e *evaluator) start(x []float64) (*point, error) {
	at := e.at(x)
	largest := 0.0
	for i, v := range at.r {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("lsq: residual %d is %v at the start, its weighted form %v", i, at.raw[i], v)
		}
		largest = max(largest, math.Abs(v))
	}
	if _, exponent := math.Frexp(largest); exponent > 300 || exponent < -300 {
		e.measure(at, min(-exponent, mostUnit))
	}
	if !(at.f >= 0) || math.IsInf(at.f, 1) {
		return nil, fmt.Errorf("lsq: the cost is %v at the start", at.f)
	}
	return at, nil
}

// mostUnit is the greatest exponent of the unit, for residuals that are subnormal.
const mostUnit = 1000

// measure makes 2 to the exponent the unit, and weighs the point by it.
func (e *evaluator) measure(at *point, exponent int) {
	unit := math.Ldexp(1, exponent)
	for i := range e.rows {
		e.rows[i] *= unit / e.unit
	}
	e.unit = unit
	e.weigh(at)
}

// at evaluates the residuals.
func (e *evaluator) at(x []float64) *point {
	p := &point{x: x, raw: make([]float64, e.Size), r: make([]float64, e.Size)}
	e.Residuals(p.raw, x)
	e.stats.Evaluations++
	e.weigh(p)
	return p
}

func (e *evaluator) weigh(p *point) {
	p.f = 0
	for i, c := range e.rows {
		p.r[i] = 0
		if c == 0 {
			continue
		}
		p.r[i] = c * p.raw[i]
		value, _, _ := e.rho(p.r[i])
		p.f += value
	}
}

// rho returns the loss of a residual in the unit.
func (e *evaluator) rho(r float64) (value, slope, curve float64) {
	z := r * r
	if e.loss == nil {
		return z, 1, 0
	}
	u := e.unit
	value, slope, curve = e.loss(z / u / u)
	return value * u * u, slope, curve / u / u
}

// cost returns ½ Σ ρ in the caller's unit.
func (e *evaluator) cost(p *point) float64 { return p.f / 2 / e.unit / e.unit }

// pulls writes what the gradient of f/2 weights the raw residuals' gradients with.
func (e *evaluator) pulls(p *point) []float64 {
	w := make([]float64, e.Size)
	for i, c := range e.rows {
		if c != 0 {
			_, slope, _ := e.rho(p.r[i])
			w[i] = slope * p.r[i] * c
		}
	}
	return w
}
