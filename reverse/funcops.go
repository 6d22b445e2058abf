package reverse

import (
	"fmt"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/reverse/internal/vector"
	"gonum.org/v1/gonum/mat"
)

// Eval returns f(x).
//
// Cost: a replay: about 2 ns for every operation.
func (f *Func) Eval(x []float64) []float64 {
	r := f.at("reverse.Func.Eval", x)
	defer r.release()
	return r.all()
}

// EvalTo writes f(x) to dst.
//
// Cost: as Eval, and no allocation in steady state.
//
// EvalTo panics if dst has not as many entries as there are results.
func (f *Func) EvalTo(dst, x []float64) {
	r := f.at("reverse.Func.EvalTo", x)
	defer r.release()
	check.Length("reverse.Func.EvalTo", "dst", len(dst), len(r.results))
	r.eval(dst)
}

func (r *runner) eval(dst []float64) {
	for k := range dst {
		dst[k] = r.result(k)
	}
}

// Gradient returns the gradient of f, which has one result, at x.
//
// Cost: a replay and a sweep of its tape.
//
// Gradient panics if f has another number of results.
func (f *Func) Gradient(x []float64) []float64 {
	g := make([]float64, f.n)
	f.GradientTo(g, x)
	return g
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient, and no allocation in steady state.
//
// GradientTo panics if f has another number of results than one, or if dst and x
// differ in length.
func (f *Func) GradientTo(dst, x []float64) float64 {
	check.Length("reverse.Func.GradientTo", "dst", len(dst), f.n)
	r := f.scalarAt("reverse.Func.GradientTo", x)
	defer r.release()
	r.seeds[0] = 1
	r.t.pull(r.results, r.seeds)
	copy(dst, r.t.adj[1:])
	return r.result(0)
}

// scalarAt is at for a function with one result.
func (f *Func) scalarAt(name string, x []float64) *runner {
	r := f.at(name, x)
	if m := len(r.results); m != 1 {
		r.release()
		panic(fmt.Sprintf("%s: the function has %d results, want 1", name, m))
	}
	return r
}

// JVP returns the derivative of f at x in the direction v.
//
// Cost: a replay and a forward sweep of its tape.
//
// JVP panics if x and v differ in length.
func (f *Func) JVP(x, v []float64) []float64 {
	check.Length("reverse.Func.JVP", "v", len(v), f.n)
	r := f.at("reverse.Func.JVP", x)
	defer r.release()
	dst := make([]float64, len(r.results))
	r.jvp(dst, v)
	return dst
}

// JVPTo writes the derivative of f at x in the direction v to dst and returns f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the results.
func (f *Func) JVPTo(dst, x, v []float64) []float64 {
	check.Length("reverse.Func.JVPTo", "v", len(v), f.n)
	r := f.at("reverse.Func.JVPTo", x)
	defer r.release()
	check.Length("reverse.Func.JVPTo", "dst", len(dst), len(r.results))
	r.jvp(dst, v)
	return r.all()
}

func (r *runner) jvp(dst, v []float64) {
	r.copyValues()
	r.push(dst, v)
}

// push is jvp where the values lie on the tape.
func (r *runner) push(dst, v []float64) {
	r.t.pushTangent(v)
	for k, y := range r.results {
		dst[k] = r.t.tan[y.slot()]
	}
}

// VJP returns the product of w with the Jacobian of f at x: the gradient of the results
// weighted with w.
//
// Cost: a replay and a sweep of its tape.
//
// VJP panics if w has not as many entries as there are results.
func (f *Func) VJP(x, w []float64) []float64 {
	dst := make([]float64, f.n)
	r := f.at("reverse.Func.VJP", x)
	defer r.release()
	r.vjp("reverse.Func.VJP", dst, w)
	return dst
}

// VJPTo writes the product of w with the Jacobian of f at x to dst and returns f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the results.
func (f *Func) VJPTo(dst, x, w []float64) []float64 {
	check.Length("reverse.Func.VJPTo", "dst", len(dst), f.n)
	r := f.at("reverse.Func.VJPTo", x)
	defer r.release()
	r.vjp("reverse.Func.VJPTo", dst, w)
	return r.all()
}

func (r *runner) vjp(name string, dst, w []float64) {
	check.Length(name, "w", len(w), len(r.results))
	r.t.pull(r.results, w)
	copy(dst, r.t.adj[1:])
}

// Jacobian returns the Jacobian of f at x: a row for every result, a column for every
// input.
//
// Cost: a replay, and one of these, by which takes less time: a sweep of its tape for every
// result, or one in the directions of all inputs at once, which for every operation takes
// those that it depends on.
//
// Jacobian panics if f has no inputs or no results.
func (f *Func) Jacobian(x []float64) *mat.Dense {
	var j mat.Dense
	f.JacobianTo(&j, x)
	return &j
}

// JacobianTo writes the Jacobian of f at x to dst and returns f(x). An empty dst is
// given its size.
//
// Cost: as Jacobian.
//
// JacobianTo panics if dst is neither empty nor of the Jacobian's size.
func (f *Func) JacobianTo(dst *mat.Dense, x []float64) []float64 {
	r := f.at("reverse.Func.JacobianTo", x)
	defer r.release()
	m := len(r.results)
	check.Dense("reverse.Func.JacobianTo", dst, m, f.n)
	if r.jacobianFan(dst) {
		return r.all()
	}
	if f.n < m {
		r.copyValues()
		v := make([]float64, f.n)
		for j := range v {
			v[j] = 1
			r.t.pushTangent(v)
			v[j] = 0
			for k, y := range r.results {
				dst.Set(k, j, r.t.tan[y.slot()])
			}
		}
		return r.all()
	}
	for k, y := range r.results {
		r.t.pullOne(y)
		dst.SetRow(k, r.t.adj[1:f.n+1])
	}
	return r.all()
}

// jacobianFan writes the Jacobian by a sweep in all directions at once. It reports false
// where that is not the way, or an entry is not finite: then the structure decides.
func (r *runner) jacobianFan(dst *mat.Dense) bool {
	if r.p == nil {
		return false
	}
	f := r.p.Fan()
	if f == nil {
		return false
	}
	r.pushAll(f)
	for k, y := range r.results {
		row, slot := dst.RawRowView(k), y.slot()
		tangents := r.tangents[f.At[slot]:f.At[slot+1]]
		if !vector.SumFinite(tangents) {
			return false
		}
		clear(row)
		copy(row[f.First[slot]:], tangents)
	}
	return true
}

// all returns the values of the results.
func (r *runner) all() []float64 {
	y := make([]float64, len(r.results))
	r.eval(y)
	return y
}

// HVP returns the Hessian of f, which has one result, at x times the vector v.
//
// Cost: a replay, a forward sweep and one at second order.
//
// HVP panics if x and v differ in length, if f has another number of results, or uses a
// function without a second derivative.
func (f *Func) HVP(x, v []float64) []float64 {
	dst := make([]float64, f.n)
	f.HVPTo(dst, x, v)
	return dst
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP, and no allocation in steady state.
//
// HVPTo panics as HVP does, or if dst and x differ in length.
func (f *Func) HVPTo(dst, x, v []float64) float64 {
	check.Length("reverse.Func.HVPTo", "dst", len(dst), f.n)
	check.Length("reverse.Func.HVPTo", "v", len(v), f.n)
	r := f.scalarAt("reverse.Func.HVPTo", x)
	defer r.release()
	r.copyValues()
	r.t.pullSecondOne(r.results[0], v)
	copy(dst, r.t.dadj[1:])
	return r.result(0)
}

// Hessian returns the Hessian of f, which has one result, at x.
//
// Cost: a replay, and a forward sweep and one at second order for every input.
//
// Hessian panics if f has no inputs, another number of results, or uses a function
// without a second derivative.
func (f *Func) Hessian(x []float64) *mat.SymDense {
	var h mat.SymDense
	f.HessianTo(&h, x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst is given
// its size.
//
// Cost: as Hessian, and no allocation in steady state.
//
// HessianTo panics as Hessian does, or if dst is neither empty nor n×n.
func (f *Func) HessianTo(dst *mat.SymDense, x []float64) float64 {
	check.Sym("reverse.Func.HessianTo", dst, f.n)
	r := f.scalarAt("reverse.Func.HessianTo", x)
	defer r.release()
	r.copyValues()
	r.t.hessian(dst, r.results[0])
	return r.result(0)
}
