package reverse

import (
	"fmt"
	"sync"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

var batches = sync.Pool{New: func() any { return new(batch) }}

// columns returns the columns of rows of n numbers.
func columns(dst []program.Column, rows []float64, n int) []program.Column {
	dst = dst[:0]
	for i := range n {
		c := program.Column{Stride: n}
		if len(rows) > 0 {
			c.Data = rows[i:]
		}
		dst = append(dst, c)
	}
	return dst
}

// points returns how many points x holds, and how many results the function has.
func (f *Func) points(name string, x []float64) (k, m int) {
	if f.n == 0 || len(x)%f.n != 0 {
		panic(fmt.Sprintf("%s: x has length %d, want a multiple of the %d inputs", name, len(x), f.n))
	}
	if len(x) > 0 && f.outputs.Load() == 0 {
		f.at(name, x[:f.n]).release()
	}
	return len(x) / f.n, f.Outputs()
}

// EvalBatch returns the values of f at many points, row by row, as the points are in x.
//
// Points are replayed in blocks, whose elementary functions may be rounded in another way
// than those of Eval, and whose sums may be added in another order. What comparisons and
// IfPos go by is computed as Eval does it, so that they take the same path. The bits do
// not depend on GOMAXPROCS. A block with a point on another path than the first one
// is done point by point.
//
// Cost: a replay in blocks, on up to GOMAXPROCS cores: some tenths of a nanosecond for
// every operation and point where there is a kernel for it.
//
// EvalBatch panics if the length of x is no multiple of the number of inputs, or if there
// are no inputs.
func (f *Func) EvalBatch(x []float64) []float64 {
	k, m := f.points("reverse.Func.EvalBatch", x)
	y := make([]float64, k*m)
	f.EvalBatchTo(y, x)
	return y
}

// EvalBatchTo writes the values of f at many points to dst. See EvalBatch.
//
// EvalBatchTo panics as EvalBatch does, or if dst has not a row of results for every
// point.
func (f *Func) EvalBatchTo(dst, x []float64) {
	k, m := f.points("reverse.Func.EvalBatchTo", x)
	check.Length("reverse.Func.EvalBatchTo", "dst", len(dst), k*m)
	w := batches.Get().(*batch)
	defer batches.Put(w)
	w.f, w.k, w.back, w.each, w.set = f, k, false, false, false
	w.x, w.y = columns(w.x, x, f.n), columns(w.y, dst, m)
	w.run()
}

// GradientBatch returns the gradients of f, which has one result, at many points, row by
// row, as the points are in x. A block with a gradient that is not finite is done point
// by point, so that what package ad says of structural zeros holds here too. See
// EvalBatch.
//
// Cost: a replay in blocks and a sweep of them, on as many cores as are free.
//
// GradientBatch panics as EvalBatch does, or if f has another number of results.
func (f *Func) GradientBatch(x []float64) []float64 {
	dst := make([]float64, len(x))
	f.GradientBatchTo(dst, nil, x)
	return dst
}

// GradientBatchTo writes the gradients of f at many points to dst, and the values to y
// unless that is nil. See GradientBatch.
//
// GradientBatchTo panics as GradientBatch does, or if dst and x differ in length, or y
// and the number of points.
func (f *Func) GradientBatchTo(dst, y, x []float64) {
	if _, m := f.points("reverse.Func.GradientBatchTo", x); m != 1 {
		panic(fmt.Sprintf("reverse.Func.GradientBatchTo: the function has %d results, want 1", m))
	}
	f.vjpBatch("reverse.Func.GradientBatchTo", dst, y, x, nil)
}

// VJPBatch returns, at many points, the products of the rows of w with the Jacobian of f
// there.
//
// Cost: as GradientBatch.
//
// VJPBatch panics as EvalBatch does, or if w has not a row of results for every point.
func (f *Func) VJPBatch(x, w []float64) []float64 {
	dst := make([]float64, len(x))
	f.vjpBatch("reverse.Func.VJPBatch", dst, nil, x, w)
	return dst
}

// VJPBatchTo writes what VJPBatch returns to dst, and the values of f to y unless that
// is nil.
//
// VJPBatchTo panics as VJPBatch does, or if dst and x differ in length, or y and w.
func (f *Func) VJPBatchTo(dst, y, x, w []float64) {
	f.vjpBatch("reverse.Func.VJPBatchTo", dst, y, x, w)
}

// vjpBatch takes weights of 1 if w is nil.
func (f *Func) vjpBatch(name string, dst, y, x, w []float64) {
	k, m := f.points(name, x)
	check.Length(name, "dst", len(dst), len(x))
	if y != nil {
		check.Length(name, "y", len(y), k*m)
	}
	s := batches.Get().(*batch)
	defer batches.Put(s)
	if w == nil {
		s.w = append(s.w[:0], program.Column{Data: one, Stride: 0})
	} else {
		check.Length(name, "w", len(w), k*m)
		s.w = columns(s.w, w, m)
	}
	s.f, s.k, s.back, s.each, s.set = f, k, true, false, true
	s.x, s.dx, s.y = columns(s.x, x, f.n), columns(s.dx, dst, f.n), s.y[:0]
	if y != nil {
		s.y = columns(s.y, y, m)
	}
	s.run()
}

// JacobianBatch returns the Jacobians of f at many points: for every point its rows, one
// after the other.
//
// Cost: a replay in blocks and a sweep of them for every result, of the operations that it
// depends on, on as many cores as are free.
//
// JacobianBatch panics as EvalBatch does.
func (f *Func) JacobianBatch(x []float64) []float64 {
	_, m := f.points("reverse.Func.JacobianBatch", x)
	dst := make([]float64, len(x)*m)
	f.JacobianBatchTo(dst, nil, x)
	return dst
}

// JacobianBatchTo writes what JacobianBatch returns to dst, and the values of f to y
// unless that is nil.
//
// JacobianBatchTo panics as EvalBatch does, or if dst has not a Jacobian for every point,
// or y not a row.
func (f *Func) JacobianBatchTo(dst, y, x []float64) {
	k, m := f.points("reverse.Func.JacobianBatchTo", x)
	check.Length("reverse.Func.JacobianBatchTo", "dst", len(dst), k*m*f.n)
	s := batches.Get().(*batch)
	defer batches.Put(s)
	s.f, s.k, s.back, s.each, s.set = f, k, true, true, true
	s.x, s.dx, s.y = columns(s.x, x, f.n), columns(s.dx, dst, m*f.n), s.y[:0]
	if y != nil {
		check.Length("reverse.Func.JacobianBatchTo", "y", len(y), k*m)
		s.y = columns(s.y, y, m)
	}
	s.run()
}
