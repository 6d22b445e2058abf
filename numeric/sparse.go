package numeric

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/reverse/sparse"
)

// SparseJacobian returns the Jacobian of f at x, by Richardson, where the pattern says
// which entries there are. Columns that share no row move together, so that an entry which
// is missing in the pattern is added to one that is there: a pattern may have too many
// entries, not too few.
//
// Cost: that of Derivative for every color of the pattern's columns, however many inputs
// there are. The coloring is made anew; SparseJacobianTo takes one.
//
// SparseJacobian panics if the pattern is nil or not of the Jacobian's size.
func SparseJacobian[F ~float64](f func([]F) []F, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	return sparseJacobian(Richardson, fromVector(f), x, pattern)
}

// SparseJacobianTo writes the Jacobian of f at x to dst and returns f(x). The coloring is
// one of the columns of dst's pattern.
//
// Cost: that of Derivative for every color.
//
// SparseJacobianTo panics if dst is not of the Jacobian's size, or has another pattern
// than the coloring, or if that colors rows, or if one of them is nil.
func SparseJacobianTo[F ~float64](dst *sparse.Matrix, f func([]F) []F, x []float64, colors *sparse.Coloring) []float64 {
	return sparseTo(Richardson, "numeric.SparseJacobianTo", dst, fromVector(f), x, colors)
}

// SparseJacobian returns the Jacobian of f at x, where the pattern says which entries
// there are.
//
// Cost: one quotient of s for every color of the pattern's columns.
//
// SparseJacobian panics if the pattern is nil or not of the Jacobian's size.
func (s Scheme) SparseJacobian(f func([]float64) []float64, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	return sparseJacobian(s, fromVector(f), x, pattern)
}

// SparseJacobianTo writes the Jacobian of f at x to dst and returns f(x), as the package's
// function does.
//
// Cost: one quotient of s for every color.
//
// SparseJacobianTo panics as the package's function does.
func (s Scheme) SparseJacobianTo(dst *sparse.Matrix, f func([]float64) []float64, x []float64, colors *sparse.Coloring) []float64 {
	return sparseTo(s, "numeric.SparseJacobianTo", dst, fromVector(f), x, colors)
}

func sparseJacobian(s Scheme, f function, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	const op = "numeric.SparseJacobian"
	if pattern == nil {
		panic(op + ": the pattern is nil")
	}
	dst := sparse.NewMatrix(pattern, nil)
	sparseTo(s, op, dst, f, x, sparse.ColorColumns(pattern))
	return dst
}

func sparseTo(s Scheme, op string, dst *sparse.Matrix, f function, x []float64, colors *sparse.Coloring) []float64 {
	if dst == nil || colors == nil {
		panic(op + ": dst or the coloring is nil")
	}
	p := newProbe(s, op, f, x)
	defer p.release()
	if m, n := dst.Dims(); m != len(p.y) || n != len(x) {
		panic(fmt.Sprintf("%s: dst is %d×%d, want %d×%d", op, m, n, len(p.y), len(x)))
	}
	if !dst.Pattern().Equal(colors.Pattern()) {
		panic(op + ": the coloring is of another pattern than dst's")
	}
	if colors.RowColors() > 0 {
		panic(fmt.Sprintf("%s: the coloring has %d colors of rows, want columns only", op, colors.RowColors()))
	}
	p.colors = colors
	products := p.each(colors.ColumnColors(), len(p.y), func(p *probe, k int, dst []Result) {
		p.desk.seed = resized(p.desk.seed, len(p.x))
		p.colors.Seed(p.desk.seed, k)
		copy(dst, p.tangents(p.desk.seed))
	})
	y := slices.Clone(p.y)
	for k := range colors.ColumnColors() {
		copyValues(p.y, products[k*len(y):])
		colors.Decompress(dst, k, p.y)
	}
	return y
}

// JacobianPattern returns which outputs of f depend on which inputs: those that
// become NaN with them. f must let NaN through; where it compares or branches on
// an input, or drops it by a maximum, a dependence may be missed.
//
// Cost: one evaluation of f for every input, and one.
//
// JacobianPattern panics if f returns NaN at x itself, where nothing would be seen.
func JacobianPattern[F ~float64](f func([]F) []F, x []float64) *sparse.Pattern {
	const op = "numeric.JacobianPattern"
	p := newProbe(Scheme{}, op, fromVector(f), x)
	defer p.release()
	for k, y := range p.y {
		if math.IsNaN(y) {
			panic(fmt.Sprintf("%s: output %d is NaN at x", op, k))
		}
	}
	var entries [][2]int
	y := make([]float64, len(p.y))
	for i := range x {
		p.next[i] = math.NaN()
		p.eval(y)
		for k, v := range y {
			if math.IsNaN(v) {
				entries = append(entries, [2]int{k, i})
			}
		}
	}
	return sparse.NewPattern(len(p.y), len(x), entries)
}
