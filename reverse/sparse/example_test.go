package sparse_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// A coloring by itself: which columns of a matrix may be differentiated together.
func ExampleColorColumns() {
	p := sparse.Band(5, 5, 1, 1)
	c := sparse.ColorColumns(p)
	fmt.Println(p)
	seed := make([]float64, 5)
	for k := range c.Len() {
		c.Seed(seed, k)
		fmt.Println(seed)
	}
	// Output:
	// ××···
	// ×××··
	// ·×××·
	// ··×××
	// ···××
	// [1 0 0 1 0]
	// [0 1 0 0 1]
	// [0 0 1 0 0]
}

// A full row and a full column: rows and columns are colored.
func ExampleColorBoth() {
	var entries [][2]int
	for i := range 1000 {
		entries = append(entries, [2]int{0, i}, [2]int{i, 0}, [2]int{i, i})
	}
	p := sparse.NewPattern(1000, 1000, entries)
	c := sparse.ColorBoth(p)
	fmt.Println(sparse.ColorColumns(p).Len(), c.ColumnColors(), c.RowColors())
	// Output: 1000 2 1
}

// The Jacobian of a function of 1000 variables by 3 products with vectors.
func ExampleColoring_Recover() {
	const n = 1000
	f := func(x []reverse.Var) []reverse.Var { // a nonlinear tridiagonal system
		y := make([]reverse.Var, n)
		for i := range y {
			y[i] = x[i].Mul(x[i])
			if i > 0 {
				y[i] = y[i].Sub(x[i-1])
			}
			if i < n-1 {
				y[i] = y[i].Sub(ad.Sin(x[i+1]))
			}
		}
		return y
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i)
	}
	c := sparse.ColorColumns(sparse.Band(n, n, 1, 1))
	j := sparse.NewMatrix(c.Pattern(), nil)
	products := 0
	c.Recover(j, func(dst, v []float64) {
		products++
		reverse.JVPTo(dst, f, x, v)
	}, nil)
	fmt.Println(products, j.At(7, 6), j.At(7, 7), j.At(7, 8) == -math.Cos(8))
	// Output: 3 -1 14 true
}

// A Hessian of a chain, its two triangles by star coloring, as a matrix of gonum's
// for its Cholesky decomposition.
func ExampleColorSymmetric() {
	f := func(x []reverse.Var) reverse.Var {
		y := x[0].Mul(x[0])
		for i := 1; i < len(x); i++ {
			d := x[i].Sub(x[i-1])
			y = y.Add(d.Mul(d))
		}
		return y
	}
	x := make([]float64, 5)
	c := sparse.ColorSymmetric(sparse.Band(5, 5, 1, 1))
	h := sparse.NewMatrix(c.Pattern(), nil)
	c.Recover(h, func(dst, v []float64) { reverse.HVPTo(dst, f, x, v) }, nil)
	fmt.Println(c.Len())
	fmt.Println(h)

	var chol mat.BandCholesky
	fmt.Println(chol.Factorize(h.SymBandDense()), math.Round(chol.Det()))
	// Output:
	// 3
	// ⎡ 4  -2   0   0   0⎤
	// ⎢-2   4  -2   0   0⎥
	// ⎢ 0  -2   4  -2   0⎥
	// ⎢ 0   0  -2   4  -2⎥
	// ⎣ 0   0   0  -2   2⎦
	// true 32
}
