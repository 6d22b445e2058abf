package reverse

import "github.com/quartet-ad/ad/reverse/sparse"

// SparseJacobian returns the Jacobian of f at x as a sparse matrix.
//
// Cost: a replay, and for every color that sparse.ColorBoth finds for JacobianPattern a sweep of its tape.
// Pattern and colors are found once for a recording.
//
// SparseJacobian panics if x has not as many entries as there are inputs.
func (f *Func) SparseJacobian(x []float64) *sparse.Matrix {
	r := f.at("reverse.Func.SparseJacobian", x)
	defer r.release()
	dst := sparse.NewMatrix(r.jacobianPattern(), nil)
	r.sparseJacobian(dst)
	return dst
}

// SparseJacobianTo writes the Jacobian of f at x to dst and returns f(x).
//
// Cost: as SparseJacobian.
//
// SparseJacobianTo panics as SparseJacobian does, or if the pattern of dst is not that of f at x; what
// SparseJacobian returned at another point has it, as long as no comparison comes out
// otherwise.
func (f *Func) SparseJacobianTo(dst *sparse.Matrix, x []float64) []float64 {
	r := f.at("reverse.Func.SparseJacobianTo", x)
	defer r.release()
	if !dst.Pattern().Equal(r.jacobianPattern()) {
		panic("reverse.Func.SparseJacobianTo: dst has another pattern than the function at x")
	}
	r.sparseJacobian(dst)
	return r.all()
}

// SparseHessian returns the Hessian of f, which has one result, at x as a sparse matrix,
// both triangles.
//
// Cost: a replay, and for every color that sparse.ColorSymmetric finds for HessianPattern a forward sweep of
// its tape and one at second order. Pattern and colors are found once for a recording.
//
// SparseHessian panics if f has another number of results, or uses a function without a
// second derivative.
func (f *Func) SparseHessian(x []float64) *sparse.Matrix {
	r := f.scalarAt("reverse.Func.SparseHessian", x)
	defer r.release()
	dst := sparse.NewMatrix(r.hessianPattern(), nil)
	r.sparseHessian(dst)
	return dst
}

// SparseHessianTo writes the Hessian of f at x to dst and returns f(x).
//
// Cost: as SparseHessian, and no allocation in steady state.
//
// SparseHessianTo panics as SparseHessian does, or if the pattern of dst is not that of
// f at x; see SparseJacobianTo.
func (f *Func) SparseHessianTo(dst *sparse.Matrix, x []float64) float64 {
	r := f.scalarAt("reverse.Func.SparseHessianTo", x)
	defer r.release()
	if !dst.Pattern().Equal(r.hessianPattern()) {
		panic("reverse.Func.SparseHessianTo: dst has another pattern than the function at x")
	}
	r.sparseHessian(dst)
	return r.result(0)
}

// JacobianPattern returns which entries of the Jacobian may differ from 0: those whose
// result depends on their input, by the recording that holds at x. Both branches of an
// IfPos count. For a function that cannot be replayed these are all.
//
// Cost: that of Eval, and the first time for a recording of the order of the sizes of the sets
// of inputs that its operations depend on.
//
// JacobianPattern panics if x has not as many entries as there are inputs.
func (f *Func) JacobianPattern(x []float64) *sparse.Pattern {
	r := f.at("reverse.Func.JacobianPattern", x)
	defer r.release()
	return r.jacobianPattern()
}

// HessianPattern returns which entries of the Hessian of f, or of any weighted sum of
// its results, may differ from 0: those whose two inputs meet in an operation that is
// not linear. See JacobianPattern.
//
// HessianPattern panics if x has not as many entries as there are inputs.
func (f *Func) HessianPattern(x []float64) *sparse.Pattern {
	r := f.at("reverse.Func.HessianPattern", x)
	defer r.release()
	return r.hessianPattern()
}

func (r *runner) jacobianPattern() *sparse.Pattern {
	if r.p == nil {
		return sparse.Full(len(r.results), int(r.t.first)-1)
	}
	return r.p.JacobianPattern()
}

func (r *runner) hessianPattern() *sparse.Pattern {
	if r.p == nil {
		n := int(r.t.first) - 1
		return sparse.Full(n, n)
	}
	return r.p.HessianPattern()
}

func (r *runner) sparseJacobian(dst *sparse.Matrix) {
	r.copyValues()
	r.coloring(false, dst.Pattern()).Recover(dst, r.jvp, func(dst, w []float64) { r.vjp("reverse.Func.SparseJacobian", dst, w) })
}

func (r *runner) sparseHessian(dst *sparse.Matrix) {
	r.copyValues()
	r.coloring(true, dst.Pattern()).Recover(dst, func(dst, v []float64) {
		r.t.pullSecondOne(r.results[0], v)
		copy(dst, r.t.dadj[1:])
	}, nil)
}

// coloring returns the colors for the Jacobian's pattern, or for the Hessian's.
func (r *runner) coloring(symmetric bool, pattern *sparse.Pattern) *sparse.Coloring {
	color := sparse.ColorBoth
	if symmetric {
		color = sparse.ColorSymmetric
	}
	if r.p == nil {
		return color(pattern)
	}
	c := &r.p.colors
	c.Lock()
	defer c.Unlock()
	known := &c.jacobian
	if symmetric {
		known = &c.hessian
	}
	if *known == nil {
		*known = color(pattern)
	}
	return *known
}
