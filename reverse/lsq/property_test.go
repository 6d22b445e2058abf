package lsq_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse/lsq"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// TestBoxProperty: at the least of a random linear problem in a box, the gradient is 0 for free
// parameters and presses the others against their bounds (Karush, Kuhn and Tucker). All linear
// solvers find the same cost, dense and sparse.
func TestBoxProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		m := n + rapid.IntRange(0, 8).Draw(t, "more")
		var entries [][2]int
		for i := range m {
			for k := range n {
				if i == k || rapid.IntRange(0, 2).Draw(t, "entry") == 0 {
					entries = append(entries, [2]int{i, k})
				}
			}
		}
		number := rapid.Float64Range(-3, 3)
		j := sparse.NewMatrix(sparse.NewPattern(m, n, entries), nil)
		for i := range j.Values() {
			j.Values()[i] = number.Draw(t, "J")
		}
		for k := range n { // well conditioned
			columns, row := j.Row(k)
			for e, c := range columns {
				if int(c) == k {
					row[e] += math.Copysign(10, row[e])
				}
			}
		}
		b := rapid.SliceOfN(rapid.Float64Range(-50, 50), m, m).Draw(t, "b")
		residuals := func(dst, x []float64) {
			j.MulVec(dst, x)
			for i := range dst {
				dst[i] -= b[i]
			}
		}
		s := lsq.NewSettings()
		start := make([]float64, n)
		for range n {
			lower := number.Draw(t, "lower")
			s.Lower = append(s.Lower, lower)
			s.Upper = append(s.Upper, lower+rapid.Float64Range(0, 3).Draw(t, "width"))
		}
		copy(start, s.Lower)
		cost := math.NaN()
		for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky, lsq.CG} {
			s.Linear = how
			for name, p := range map[string]lsq.Problem{
				"sparse": {Size: m, Residuals: residuals, SparseJacobian: func([]float64) *sparse.Matrix { return j }},
				"dense":  {Size: m, Residuals: residuals, Jacobian: func(dst *mat.Dense, _ []float64) { dst.Copy(j) }},
			} {
				r, err := lsq.Minimize(p, start, s)
				if err != nil || r.Status.Early() {
					t.Fatalf("%s, %v: %+v, %v", name, how, r, err)
				}
				for k, g := range r.Gradient {
					x, small := r.X[k], 1e-6
					gain := max(g*(x-s.Lower[k]), g*(x-s.Upper[k])) // if it went to the bound that it is pressed against
					if !(s.Lower[k] <= x && x <= s.Upper[k]) {
						t.Fatalf("%s, %v: parameter %d is %v, outside of %v and %v", name, how, k, x, s.Lower[k], s.Upper[k])
					}
					if math.Abs(g) > small && gain > 1e-10*(r.Cost+1) {
						t.Fatalf("%s, %v: parameter %d is %v between %v and %v, with the gradient %v", name, how, k, x, s.Lower[k], s.Upper[k], g)
					}
				}
				if math.IsNaN(cost) {
					cost = r.Cost
				}
				if !(math.Abs(r.Cost-cost) <= 1e-10*(cost+1)) {
					t.Fatalf("%s, %v: cost %v, and %v by another way", name, how, r.Cost, cost)
				}
			}
		}
	})
}

// TestLossProperty: slope and curve of every loss are the derivatives of its value, and near 0 the
// loss is z.
func TestLossProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"huber", "soft_l1", "cauchy", "arctan"}).Draw(t, "loss")
		c := rapid.Float64Range(0.1, 10).Draw(t, "scale")
		z := rapid.Float64Range(0, 100).Draw(t, "z")
		loss := losses[name](c)
		if z == c*c || math.Abs(z-c*c) < 1e-3*z {
			return // Huber's kink
		}
		_, slope, curve := loss(z)
		h := 1e-5 * (z + c*c)
		before, slopeBefore, _ := loss(max(0, z-h))
		after, slopeAfter, _ := loss(z + h)
		width := z + h - max(0, z-h)
		if math.Abs((after-before)/width-slope) > 1e-4 || math.Abs((slopeAfter-slopeBefore)/width-curve) > 1e-3*(1+math.Abs(curve))/min(1, c*c) {
			t.Fatalf("%s(%v) at %v: slope %v, curve %v; differences %v, %v", name, c, z, slope, curve,
				(after-before)/width, (slopeAfter-slopeBefore)/width)
		}
		tiny := 1e-12 * c * c
		if value, slope, _ := loss(tiny); math.Abs(value/tiny-1) > 1e-6 || math.Abs(slope-1) > 1e-6 {
			t.Fatalf("%s(%v) near 0: %v, slope %v", name, c, value, slope)
		}
	})
}

// TestOrders: Cholesky solves a bordered band, a grid and unknowns that meet few others, which want
// three different orders of elimination, as QR does.
func TestOrders(t *testing.T) {
	const side = 12
	var band, grid, star [][2]int
	rows := 0
	for i := range 80 {
		band = append(band, [2]int{i, i}, [2]int{i, (i + 1) % 80})
		star = append(star, [2]int{i, i}, [2]int{i, 80 + i%4}, [2]int{80 + i%4, 80 + i%4})
	}
	at := func(i, k int) int { return (i*side + k) * 55 % (side * side) } // shuffled
	for i := range side {
		for k := range side {
			for _, other := range []int{at((i+1)%side, k), at(i, (k+1)%side)} {
				grid = append(grid, [2]int{rows, at(i, k)}, [2]int{rows, other})
				rows++
			}
		}
	}
	for i := range side * side {
		grid = append(grid, [2]int{rows + i, i})
	}
	for name, p := range map[string]*sparse.Pattern{
		"band": sparse.NewPattern(80, 80, band), "grid": sparse.NewPattern(rows+side*side, side*side, grid), "star": sparse.NewPattern(84, 84, star),
	} {
		m, n := p.Dims()
		j := sparse.NewMatrix(p, nil)
		for i := range j.Values() {
			j.Values()[i] = 1 + math.Sin(float64(i*i))/2
		}
		problem := lsq.Problem{
			Size: m,
			Residuals: func(dst, x []float64) {
				j.MulVec(dst, x)
				for i := range dst {
					dst[i] -= math.Cos(float64(i))
				}
			},
			SparseJacobian: func([]float64) *sparse.Matrix { return j },
		}
		var costs []float64
		for _, how := range []lsq.Linear{lsq.QR, lsq.Cholesky} {
			s := lsq.NewSettings()
			s.Linear = how
			r, err := lsq.Minimize(problem, make([]float64, n), s)
			if err != nil || r.Status.Early() || r.Iterations > 30 {
				t.Fatalf("%s, %v: %+v, %v", name, how, r, err)
			}
			costs = append(costs, r.Cost)
		}
		if math.Abs(costs[0]-costs[1]) > 1e-10*(1+costs[0]) {
			t.Errorf("%s: costs %v", name, costs)
		}
	}
}
