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

	// curvature writes the Hessian of Σ w[i]·r[i] at x to dst, for constant
	// weights w.
	curvature func(dst *mat.SymDense, x, w []float64)
}

// A fit is where a least-squares method ended.
type fit struct {
	x          []float64
	rss        float64 // the sum of squares there
	iterations int     // points that a Jacobian was computed at
}

const (
	mostIterations = 10_000
	leastPromise   = 1e-12 // a step that promises less than this share of f is one of the last
	leastRatio     = 1e-4  // of what a step promises it must keep this share
	firstDamping   = 1e-3
	longestStep    = 2 // times the norm of x
)

// levenbergMarquardt minimises a sum of squares f(x) = ‖r(x)‖² from a starting
// point.
//
// A step s minimises ‖r + J s‖² + λ ‖D s‖², where D holds the largest norm that
// each column of J has had, so that the units of x do not matter (Moré, The
// Levenberg-Marquardt Algorithm: Implementation and Theory, 1978). It is taken if
// f falls and ‖D s‖ is not far beyond ‖D x‖. The damping λ follows how well the
// linear model foretold by how much f falls (Nielsen, Damping Parameter in
// Marquardt's Method, 1999).
//
// Close to a minimum f is flat: where half of the digits of x are right, f has
// all of its own. The last steps are therefore Newton's, and are judged by the
// gradient.
//
// Cost: a Jacobian for every step taken, an evaluation of r for every step tried,
// and some Hessians at the end.
func levenbergMarquardt(p leastSquares, start []float64) fit {
	n := len(start)
	x := append([]float64(nil), start...)
	var j mat.Dense
	r := p.jacobian(&j, x)
	f := sumSq(r)
	scale := make([]float64, n)
	widen(scale, &j)
	iterations := 1
	damping, growth := firstDamping, 2.0
	for iterations < mostIterations {
		s := dampedStep(&j, r, scale, damping)
		promise := promised(&j, s, scale, damping)
		if !(promise > leastPromise*f) { // also if it is NaN
			break
		}
		next := floats.AddTo(make([]float64, n), x, s)
		fNext := sumSq(p.residuals(next))
		ratio := (f - fNext) / promise
		size := norm(scale, x)
		if !(ratio > leastRatio) || size > 0 && norm(scale, s) > longestStep*size {
			damping *= growth
			growth *= 2
			continue
		}
		x, f = next, fNext
		r = p.jacobian(&j, x)
		widen(scale, &j)
		iterations++
		damping *= max(1.0/3, 1-math.Pow(2*ratio-1, 3))
		growth = 2
	}
	return p.polish(fit{x, f, iterations})
}

// widen raises every scale to the norm of its column of the Jacobian.
func widen(scale []float64, j *mat.Dense) {
	for k := range scale {
		scale[k] = max(scale[k], mat.Norm(j.ColView(k), 2))
	}
}

// norm returns ‖D x‖.
func norm(scale, x []float64) float64 {
	return floats.Norm(floats.MulTo(make([]float64, len(x)), scale, x), 2)
}

func sumSq(r []float64) float64 { return floats.Dot(r, r) }

// dampedStep returns the s that minimises ‖r + J s‖² + λ ‖D s‖²: the solution of
// J s = -r on top of √λ D s = 0, by a QR factorisation.
func dampedStep(j *mat.Dense, r, scale []float64, damping float64) []float64 {
	m, n := j.Dims()
	a, b := mat.NewDense(m+n, n, nil), mat.NewVecDense(m+n, nil)
	a.Copy(j)
	for i, v := range r {
		b.SetVec(i, -v)
	}
	for k, d := range scale {
		if d == 0 {
			d = 1 // r has not depended on x[k] so far
		}
		a.Set(m+k, k, math.Sqrt(damping)*d)
	}
	var qr mat.QR
	qr.Factorize(a)
	s := mat.NewVecDense(n, nil)
	_ = qr.SolveVecTo(s, false, b) // an ill-conditioned step is tried like any other
	return s.RawVector().Data
}

// promised returns by how much f falls in a damped step if r is linear.
func promised(j *mat.Dense, s, scale []float64, damping float64) float64 {
	var change mat.VecDense
	change.MulVec(j, mat.NewVecDense(len(s), s))
	d := norm(scale, s)
	return mat.Dot(&change, &change) + 2*damping*d*d
}

// polish takes Newton's steps for as long as each makes the gradient less than
// half as large.
func (p leastSquares) polish(at fit) fit {
	j := new(mat.Dense)
	r := p.jacobian(j, at.x)
	slope := steepness(j, r)
	for {
		s, ok := p.newton(j, r, at.x)
		if !ok {
			return at
		}
		next := floats.AddTo(make([]float64, len(s)), at.x, s)
		jNext := new(mat.Dense)
		rNext := p.jacobian(jNext, next)
		at.iterations++
		before := slope
		if slope = steepness(jNext, rNext); !(slope < before) {
			return at
		}
		at.x, at.rss = next, sumSq(rNext)
		if slope > before/2 {
			return at
		}
		j, r = jNext, rNext
	}
}

// steepness returns the gradient free of all units: the largest cosine of an
// angle between r and a column of J.
func steepness(j *mat.Dense, r []float64) float64 {
	v := mat.NewVecDense(len(r), r)
	largest := 0.0
	for k := range j.RawMatrix().Cols {
		column := j.ColView(k)
		largest = max(largest, math.Abs(mat.Dot(column, v))/(mat.Norm(column, 2)*mat.Norm(v, 2)))
	}
	return largest
}

// newton returns the step of Newton's method, -(JᵀJ + S)⁻¹ Jᵀr, where S is the
// curvature of the residuals, weighted with r. JᵀJ has the square of J's
// condition and is never formed: with J = QR the step is
// -R⁻¹ (I + R⁻ᵀ S R⁻¹)⁻¹ Qᵀr. It is not ok where J is singular or f not convex.
func (p leastSquares) newton(j *mat.Dense, r, x []float64) (s []float64, ok bool) {
	m, n := j.Dims()
	var qr mat.QR
	qr.Factorize(j)
	var q, upper, inverse, curved mat.Dense
	qr.QTo(&q)
	qr.RTo(&upper)
	if err := inverse.Inverse(upper.Slice(0, n, 0, n)); err == mat.Condition(math.Inf(1)) {
		return nil, false
	}
	var curvature mat.SymDense
	p.curvature(&curvature, x, r)
	curved.Product(inverse.T(), &curvature, &inverse)
	bent := mat.NewSymDense(n, nil)
	for i := range n {
		for k := i; k < n; k++ {
			bent.SetSym(i, k, curved.At(i, k))
		}
		bent.SetSym(i, i, 1+curved.At(i, i))
	}
	var step mat.VecDense
	step.MulVec(q.Slice(0, m, 0, n).T(), mat.NewVecDense(m, r))
	var cholesky mat.Cholesky
	if !cholesky.Factorize(bent) {
		return nil, false
	}
	_ = cholesky.SolveVecTo(&step, &step)
	step.MulVec(&inverse, &step)
	step.ScaleVec(-1, &step)
	return step.RawVector().Data, true
}
