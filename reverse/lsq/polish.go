package lsq

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// polish takes Newton's steps for as long as each makes the gradient less than half as large, and
// none leaves the box. Close to a minimum f is flat: where half of the digits of x are right, f
// has all of its own. So the gradient judges.
func (l *search) polish() {
	slope := l.at.model.steepness(l.free())
	for slope > 0 && l.stats.Evaluations < l.settings.MaxEvaluations {
		s, ok := l.newton()
		if !ok {
			return
		}
		next := floats.AddTo(make([]float64, len(s)), l.at.x, s)
		if !l.box.inside(next) {
			return
		}
		p := l.whole(next)
		if p == nil {
			return
		}
		before := slope
		if slope = p.model.steepness(l.box.free(p.x, p.model.gradient)); !(slope < before) || p.f > l.at.f*(1+1e-8) {
			return
		}
		l.take(p)
		if slope > before/2 {
			return
		}
	}
}

// jump takes Newton's steps for as long as each lowers f by a tenth or more, if the curvature is
// known. It reports whether it took any.
func (l *search) jump() bool {
	if !l.curved() {
		return false
	}
	for took := false; ; took = true {
		s, ok := l.newton()
		if !ok || norm(l.scale, s) > longestStep*norm(l.scale, l.at.x) || l.stats.Evaluations >= l.settings.MaxEvaluations {
			return took
		}
		next := floats.AddTo(make([]float64, len(s)), l.at.x, s)
		if !l.box.inside(next) {
			return took
		}
		p, before := l.whole(next), l.at.f
		if p == nil || !(p.f < before) {
			return took
		}
		l.take(p)
		if p.f > 0.9*before {
			return true
		}
	}
}

// curved reports whether Newton's steps can have the curvature.
func (l *search) curved() bool {
	return l.Curvature != nil && l.at.model.dense != nil && l.Size >= l.n
}

// newton returns the step of Newton's method, or of Gauss's and Newton's if the curvature is not
// known, over the free parameters.
func (l *search) newton() (s []float64, ok bool) {
	m, free := l.at.model, l.free()
	s = make([]float64, m.n)
	if !l.curved() {
		if l.solver.set(m) != nil {
			return nil, false
		}
		return s, l.solver.step(s, free, l.scale, 0) && finite(s)
	}
	var curvature mat.SymDense
	curvature.ReuseAsSym(m.n)
	l.Curvature(&curvature, l.at.x, l.pulls(l.at))
	l.stats.Curvatures++
	var columns []int
	for k, isFree := range free {
		if isFree {
			columns = append(columns, k)
		}
	}
	if len(columns) == 0 {
		return nil, false
	}
	j, bent := mat.NewDense(m.m, len(columns), nil), mat.NewDense(len(columns), len(columns), nil)
	for c, k := range columns {
		j.SetCol(c, mat.Col(nil, k, m.dense))
		for d, i := range columns {
			bent.Set(c, d, curvature.At(k, i))
		}
	}
	x, ok := newton(j, bent, m.r)
	for c, k := range columns {
		if ok {
			s[k] = x[c]
		}
	}
	return s, ok && finite(s)
}

// newton returns -(JᵀJ + S)⁻¹ Jᵀr, where S is the curvature of the residuals. JᵀJ has the square
// of J's condition and is never formed: with J = QR the step is -R⁻¹ (I + R⁻ᵀ S R⁻¹)⁻¹ Qᵀr. It is
// not ok where J is singular or f not convex.
func newton(j, curvature *mat.Dense, r []float64) (s []float64, ok bool) {
	_, n := j.Dims()
	var qr mat.QR
	qr.Factorize(j)
	var inverse, curved mat.Dense
	if err := inverse.Inverse(upper(&qr, n)); err == mat.Condition(math.Inf(1)) {
		return nil, false
	}
	curved.Product(inverse.T(), curvature, &inverse)
	bent := mat.NewSymDense(n, nil)
	for i := range n {
		for k := i; k < n; k++ {
			bent.SetSym(i, k, curved.At(i, k))
		}
		bent.SetSym(i, i, 1+curved.At(i, i))
	}
	step := mat.NewVecDense(n, projected(&qr, r, n))
	var cholesky mat.Cholesky
	if !cholesky.Factorize(bent) {
		return nil, false
	}
	_ = cholesky.SolveVecTo(step, step)
	step.MulVec(&inverse, step)
	step.ScaleVec(-1, step)
	return step.RawVector().Data, true
}
