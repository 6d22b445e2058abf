package main

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// A leastSquares problem asks for the x with the least sum of squares of
// residuals r(x).
type leastSquares struct {
	residuals func(x []float64) []float64

	// jacobian writes the Jacobian of r at x to dst and returns r(x).
	jacobian func(dst *mat.Dense, x []float64) []float64

	// curvature writes the Hessian at x of Σ w[i]·r[i](x) to dst, for
	// constant weights w.
	curvature func(dst *mat.SymDense, x, w []float64)
}

// A fit is where a least-squares method ended.
type fit struct {
	x          []float64
	rss        float64 // the sum of squares there
	iterations int     // Jacobians computed
}

const (
	mostIterations = 10_000
	flat           = 1e-12 // a step that promises less than this share of f is one of the last
	firstDamping   = 1e-3
)

// levenbergMarquardt minimises a sum of squares from a starting point.
//
// A step s minimises ‖r + J s‖² + λ ‖D s‖², by a QR factorisation of J on top of
// √λ D, where D holds the largest norm that each column of J has had (Moré 1978),
// so that the result does not depend on the units of x. It is taken if f falls,
// and the damping λ follows how well the linear model foretold by how much
// (Nielsen 1999).
//
// Close to a minimum f is flat: x with half of the digits right have the same f
// to all its digits. The last steps are therefore Newton's, and are judged by
// the gradient.
//
// Cost: one Jacobian for a step taken, one evaluation of r for a step tried, some
// Hessians at the end.
func levenbergMarquardt(p leastSquares, start []float64) fit {
	x := append([]float64(nil), start...)
	n := len(x)
	var j mat.Dense
	r := p.jacobian(&j, x)
	f := floats.Dot(r, r)
	scale := make([]float64, n)
	widen(scale, &j)
	at := fit{iterations: 1}
	damping, growth := firstDamping, 2.0
	for at.iterations < mostIterations {
		s := dampedStep(&j, r, scale, damping)
		promised := foretold(&j, s, scale, damping)
		if !(promised > flat*f) {
			break
		}
		next := floats.AddTo(make([]float64, n), x, s)
		rNext := p.residuals(next)
		fNext := floats.Dot(rNext, rNext)
		ratio := (f - fNext) / promised
		if !(ratio > 1e-4) || far(x, s, scale) { // also if fNext is NaN
			damping *= growth
			growth *= 2
			if math.IsInf(damping, 0) {
				break
			}
			continue
		}
		damping *= max(1.0/3, 1-math.Pow(2*ratio-1, 3))
		growth = 2
		x = next
		r, f = p.jacobian(&j, x), fNext
		widen(scale, &j)
		at.iterations++
	}
	at.x, at.rss = x, f
	return p.polish(at)
}

// widen raises every scale to the norm of its column of the Jacobian.
func widen(scale []float64, j *mat.Dense) {
	for k := range scale {
		norm := mat.Norm(j.ColView(k), 2)
		scale[k] = max(scale[k], norm)
		if scale[k] == 0 {
			scale[k] = 1
		}
	}
}

// dampedStep returns the s that minimises ‖r + J s‖² + λ ‖D s‖².
func dampedStep(j *mat.Dense, r, scale []float64, damping float64) []float64 {
	m, n := j.Dims()
	a := mat.NewDense(m+n, n, nil)
	a.Slice(0, m, 0, n).(*mat.Dense).Copy(j)
	b := mat.NewVecDense(m+n, nil)
	for i, v := range r {
		b.SetVec(i, -v)
	}
	root := math.Sqrt(damping)
	for k, d := range scale {
		a.Set(m+k, k, root*d)
	}
	var qr mat.QR
	qr.Factorize(a)
	s := mat.NewVecDense(n, nil)
	if err := qr.SolveVecTo(s, false, b); err != nil {
		if _, ok := err.(mat.Condition); !ok {
			panic(err)
		}
	}
	return s.RawVector().Data
}

// foretold returns by how much f falls in a step if r is linear.
func foretold(j *mat.Dense, s, scale []float64, damping float64) float64 {
	m, n := j.Dims()
	var change mat.VecDense
	change.MulVec(j, mat.NewVecDense(n, s))
	c := change.RawVector().Data[:m]
	sum := floats.Dot(c, c)
	for k, d := range scale {
		sum += 2 * damping * d * s[k] * d * s[k]
	}
	return sum
}

// polish takes Newton's steps for as long as each makes the gradient less than
// half as large.
func (p leastSquares) polish(at fit) fit {
	var j mat.Dense
	r := p.jacobian(&j, at.x)
	slope := steepness(&j, r)
	for {
		s, ok := p.newton(&j, r, at.x)
		if !ok {
			return at
		}
		next := floats.AddTo(make([]float64, len(at.x)), at.x, s)
		var jNext mat.Dense
		rNext := p.jacobian(&jNext, next)
		slopeNext := steepness(&jNext, rNext)
		at.iterations++
		if !(slopeNext < slope) {
			return at
		}
		at.x, at.rss = next, floats.Dot(rNext, rNext)
		halved := slopeNext < slope/2
		j, r, slope = jNext, rNext, slopeNext
		if !halved {
			return at
		}
	}
}

// steepness returns the largest cosine of an angle between the residuals and a
// column of the Jacobian: the gradient, free of all units.
func steepness(j *mat.Dense, r []float64) float64 {
	_, n := j.Dims()
	worst := 0.0
	v := mat.NewVecDense(len(r), r)
	for k := range n {
		column := j.ColView(k)
		c := math.Abs(mat.Dot(column, v)) / (mat.Norm(column, 2) * mat.Norm(v, 2))
		if !(c <= worst) {
			worst = c
		}
	}
	return worst
}

// newton returns the step of Newton's method, -(JᵀJ + S)⁻¹ Jᵀr where S is the
// curvature of the residuals. JᵀJ is never formed: with J = QR the step is
// -R⁻¹ (I + R⁻ᵀ S R⁻¹)⁻¹ Qᵀr.
func (p leastSquares) newton(j *mat.Dense, r, x []float64) (step []float64, ok bool) {
	m, n := j.Dims()
	var qr mat.QR
	qr.Factorize(j)
	var q, rr mat.Dense
	qr.QTo(&q)
	qr.RTo(&rr)
	upper := mat.NewTriDense(n, mat.Upper, nil)
	for i := range n {
		for k := i; k < n; k++ {
			upper.SetTri(i, k, rr.At(i, k))
		}
	}
	var inverse mat.TriDense
	if err := inverse.InverseTri(upper); err != nil {
		if _, ok := err.(mat.Condition); !ok {
			return nil, false
		}
	}
	var s mat.SymDense
	p.curvature(&s, x, r)
	var t, c mat.Dense
	t.Mul(&s, &inverse)
	c.Mul(inverse.T(), &t)
	for i := range n {
		c.Set(i, i, 1+c.At(i, i))
	}
	var qtr, z, d mat.VecDense
	qtr.MulVec(q.Slice(0, m, 0, n).T(), mat.NewVecDense(m, r))
	if err := z.SolveVec(&c, &qtr); err != nil {
		return nil, false
	}
	d.MulVec(&inverse, &z)
	d.ScaleVec(-1, &d)
	return d.RawVector().Data, true
}

func far(x, s, scale []float64) bool {
	a, b := 0.0, 0.0
	for i := range x {
		a += scale[i] * scale[i] * x[i] * x[i]
		b += scale[i] * scale[i] * s[i] * s[i]
	}
	return b > 4*a
}
