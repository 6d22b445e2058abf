package reverse_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
)

// A coloring by itself: which columns of a matrix may be differentiated together.
func ExampleColorColumns() {
	p := reverse.BandPattern(5, 5, 1, 1)
	c := reverse.ColorColumns(p)
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
	p := reverse.NewPattern(1000, 1000, entries)
	c := reverse.ColorBoth(p)
	fmt.Println(reverse.ColorColumns(p).Len(), c.ColumnColors(), c.RowColors())
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
	c := reverse.ColorColumns(reverse.BandPattern(n, n, 1, 1))
	j := reverse.NewSparse(c.Pattern(), nil)
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
	c := reverse.ColorSymmetric(reverse.BandPattern(5, 5, 1, 1))
	h := reverse.NewSparse(c.Pattern(), nil)
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

// A schedule for six steps with two states kept.
func ExampleRevolve() {
	for a := range reverse.Revolve(6, 2) {
		fmt.Println(a)
	}
	fmt.Println(reverse.RevolveSteps(6, 2), reverse.RevolveSteps(1_000_000, 30))
	// Output:
	// Store 0 in 0
	// Advance 0 to 3
	// Store 3 in 1
	// Advance 3 to 5
	// Back 5
	// Restore 3 from 1
	// Advance 3 to 4
	// Back 4
	// Restore 3 from 1
	// Back 3
	// Restore 0 from 0
	// Advance 0 to 1
	// Store 1 in 1
	// Advance 1 to 2
	// Back 2
	// Restore 1 from 1
	// Back 1
	// Restore 0 from 0
	// Back 0
	// 8 5623008
}

// The gradient of a loop of 100 000 steps, with ten states kept.
func ExampleTimeLoop() {
	decay := reverse.TimeLoop{
		Steps: 100_000,
		Slots: 10,
		Step: func(_ int, x, p []reverse.Var) []reverse.Var {
			h := ad.Const[reverse.Var](1e-5)
			return []reverse.Var{x[0].Sub(h.Mul(p[0]).Mul(x[0]))}
		},
		Loss: func(x, p []reverse.Var) reverse.Var { return x[0] },
	}
	dx, dp := decay.Gradient([]float64{1}, []float64{2})
	fmt.Printf("%.4f %.4f\n", dx[0], dp[0])
	fmt.Printf("%.4f\n", math.Exp(-2))
	// Output:
	// 0.1353 -0.1353
	// 0.1353
}
