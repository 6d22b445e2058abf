package lsq

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// polish takes Newton's steps, or damped ones where Newton's are not known or do not help, for as
// long as each makes the gradient less than half as large, and none leaves the box. Close to a
// minimum f is flat: where half of the digits of x are right, f has all of its own. So the gradient
// judges.
func (l *search) polish() {
	for slope := l.at.model.steepness(l.free()); slope > 0; {
		p, next := l.closer(slope, l.newton)
		if p == nil {
			p, next = l.closer(slope, l.damped)
		}
		if p == nil {
			return
		}
		l.take(p)
		if next > slope/2 {
			return
		}
		slope = next
	}
}

// closer returns the point after a step, and its gradient, if that is smaller than slope and f is
// not larger than rounding makes it. Otherwise the point is nil.
func (l *search) closer(slope float64, try func() (step, bool)) (*point, float64) {
	st, ok := try()
	if !ok || l.stats.Evaluations >= l.settings.MaxEvaluations {
		return nil, slope
	}
	p := l.whole(st.next)
	if p == nil || p.f > l.at.f*(1+1e-8) {
		return nil, slope
	}
	after := p.model.steepness(l.box.free(p.x, p.model.gradient))
	if !(after < slope) {
		return nil, slope
	}
	return p, after
}

// jump takes Newton's steps for as long as each lowers f by a tenth or more, if the curvature is
// known. It reports whether it took any.
func (l *search) jump() bool {
	for took := false; ; took = true {
		st, ok := l.newton()
		if !ok || norm(l.scale, st.s) > l.longest() || l.stats.Evaluations >= l.settings.MaxEvaluations {
			return took
		}
		p, before := l.whole(st.next), l.at.f
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

// damped returns a step that is damped as the last was, and keeps to the bounds.
func (l *search) damped() (step, bool) {
	if l.solver.set(l.at.model) != nil {
		return step{}, false
	}
	return l.box.step(l.solver, l.at.x, l.at.model.gradient, l.scale, l.damping)
}

// newton returns the step of Newton's method over the free parameters, if it does not leave the
// box.
func (l *search) newton() (step, bool) {
	if !l.curved() {
		return step{}, false
	}
	m, free := l.at.model, l.free()
	curvature := mat.NewSymDense(m.n, nil)
	l.Curvature(curvature, l.at.x, l.pulls(l.at))
	l.stats.Curvatures++
	var columns []int
	for k, isFree := range free {
		if isFree {
			columns = append(columns, k)
		}
	}
	if len(columns) == 0 {
		return step{}, false
	}
	j, bent := mat.NewDense(m.m, len(columns), nil), mat.NewDense(len(columns), len(columns), nil)
	for c, k := range columns {
		j.SetCol(c, mat.Col(nil, k, m.dense))
		for d, i := range columns {
			bent.Set(c, d, curvature.At(k, i))
		}
	}
	x, ok := newtonStep(j, bent, m.r)
	s := make([]float64, m.n)
	for c, v := range x {
		s[columns[c]] = v
	}
	next := floats.AddTo(make([]float64, m.n), l.at.x, s)
	return step{s: s, next: next}, ok && finite(next) && l.box.inside(next)
}

// newtonStep returns -(JᵀJ + S)⁻¹ Jᵀr, where S is the curvature of the residuals. JᵀJ has the square
// of J's condition and is never formed: with J = QR it is -R⁻¹ (I + R⁻ᵀ S R⁻¹)⁻¹ Qᵀr. It is
// not ok where J is singular or f not convex.
func newtonStep(j, curvature *mat.Dense, r []float64) (s []float64, ok bool) {
	_, n := j.Dims()
	factor, projected := triangle(j, r)
	var inverse, curved mat.Dense
	if err := inverse.Inverse(factor); err == mat.Condition(math.Inf(1)) {
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
	step := mat.NewVecDense(n, slices.Clone(projected))
	var cholesky mat.Cholesky
	if !cholesky.Factorize(bent) {
		return nil, false
	}
	_ = cholesky.SolveVecTo(step, step)
	step.MulVec(&inverse, step)
	step.ScaleVec(-1, step)
	return step.RawVector().Data, true
}
