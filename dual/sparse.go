package dual

import (
	"fmt"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// SparseJacobian returns the Jacobian of f at x, where the pattern says which entries
// there are. Columns that share no row move together. An entry that the pattern leaves
// out would be added to another one: JacobianPattern finds them all.
//
// Cost: one evaluation of f on Numbers for every color of the pattern's columns, however
// many inputs there are. The coloring is made anew; SparseJacobianTo takes one.
//
// SparseJacobian panics if the pattern is not of the Jacobian's size.
func SparseJacobian(f func([]Number) []Number, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	dst := sparse.NewMatrix(pattern, nil)
	SparseJacobianTo(dst, f, x, sparse.ColorColumns(pattern))
	return dst
}

// SparseJacobianTo writes the Jacobian of f at x to dst and returns f(x). The coloring is
// one of the columns of dst's pattern. f must not keep its argument.
//
// Cost: one evaluation of f on Numbers for every color.
//
// SparseJacobianTo panics if dst is not of the Jacobian's size, or has another pattern
// than the coloring, or if that colors rows.
func SparseJacobianTo(dst *sparse.Matrix, f func([]Number) []Number, x []float64, colors *sparse.Coloring) []float64 {
	const op = "SparseJacobianTo"
	m, n := dst.Dims()
	check.Length("dual."+op, "x", len(x), n)
	if !dst.Pattern().Equal(colors.Pattern()) {
		panic("dual." + op + ": the coloring is of another pattern than dst's")
	}
	if colors.RowColors() > 0 {
		panic(fmt.Sprintf("dual.%s: the coloring has %d colors of rows, want columns only", op, colors.RowColors()))
	}
	vars, v, at := numbers.get(n), floats.get(n), floats.get(n)
	defer numbers.put(vars)
	defer floats.put(v)
	defer floats.put(at)
	copy(*at, x) // which may be the values of dst
	var value []float64
	tangents := floats.get(m)
	defer floats.put(tangents)
	for k := range max(1, colors.ColumnColors()) { // once at least, for the value
		clear(*v)
		if k < colors.ColumnColors() {
			colors.Seed(*v, k)
		}
		own := newTag()
		seed(*vars, *at, *v, own)
		y := f(*vars)
		check.Length("dual."+op, "the result of f", len(y), m)
		if value == nil {
			value = make([]float64, m)
		}
		for i, yi := range y {
			own.check(op, yi)
			value[i], (*tangents)[i] = yi.v, yi.t+0
		}
		if k < colors.ColumnColors() {
			colors.Decompress(dst, k, *tangents)
		}
	}
	return value
}

// JacobianPattern returns which outputs of f depend on which inputs at x: those that are
// not constants where the input is a variable, whatever the slopes on the way are. A branch
// that is not taken at x, by IfPos or by Less, does not count.
//
// Cost: one evaluation of f on Numbers for every input.
//
// JacobianPattern panics if f has no inputs.
func JacobianPattern(f func([]Number) []Number, x []float64) *sparse.Pattern {
	const op = "JacobianPattern"
	if len(x) == 0 {
		panic("dual.JacobianPattern: x has length 0, want 1 or more")
	}
	vars, v := numbers.get(len(x)), floats.get(len(x))
	defer numbers.put(vars)
	defer floats.put(v)
	clear(*v)
	m := -1
	var entries [][2]int
	for j := range x {
		own := newTag()
		(*v)[j] = 1
		seed(*vars, x, *v, own)
		(*v)[j] = 0
		y := f(*vars)
		if m < 0 {
			m = len(y)
		}
		check.Length("dual."+op, "the result of f", len(y), m)
		for i, yi := range y {
			own.check(op, yi)
			if !yi.IsConst() {
				entries = append(entries, [2]int{i, j})
			}
		}
	}
	return sparse.NewPattern(m, len(x), entries)
}

// SparseHessian returns the Hessian of f at x, both triangles, where the pattern says
// which entries there are. Elements outside of it are not looked at. A recorded function
// of package reverse finds the pattern (HessianPattern).
//
// Cost: one evaluation of f on Hypers for every entry on and above the diagonal, and one
// more. SparseHessian of package reverse takes a few sweeps.
//
// SparseHessian panics if the pattern is not n×n and symmetric for n inputs.
func SparseHessian(f func([]Hyper) Hyper, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	dst := sparse.NewMatrix(pattern, nil)
	SparseHessianTo(dst, f, x)
	return dst
}

// SparseHessianTo writes the entries of dst's pattern of the Hessian of f at x to dst, and
// returns f(x). f must not keep its argument.
//
// Cost: as SparseHessian.
//
// SparseHessianTo panics as SparseHessian does.
func SparseHessianTo(dst *sparse.Matrix, f func([]Hyper) Hyper, x []float64) float64 {
	const op = "SparseHessianTo"
	if m, n := dst.Dims(); m != len(x) || n != len(x) {
		panic(fmt.Sprintf("dual.%s: dst is %d×%d, want %d×%d", op, m, n, len(x), len(x)))
	}
	if !dst.Pattern().IsSymmetric() {
		panic("dual." + op + ": the pattern of dst is not symmetric")
	}
	s := newSeconds(op, f, x)
	defer s.end()
	values := dst.Values()
	mirror := make([]int, len(x)) // of each row, the first entry above the diagonal that is not mirrored yet
	for e, i := 0, 0; i < len(x); i++ {
		mirror[i] = -1
		for _, c := range dst.Pattern().Row(i) {
			j := int(c)
			if j < i {
				values[e] = values[mirror[j]]
				mirror[j]++
			} else {
				values[e] = s.sum(i, j, j+1) + 0
				if j > i && mirror[i] < 0 {
					mirror[i] = e
				}
			}
			e++
		}
	}
	return s.value
}
