package catalog

import (
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// perRow is how many points of a row's interval are checked, besides its kinks.
const perRow = 24

// points1 spreads points over the interval of a row and adds its kinks.
func points1(row *rule.Func) [][]float64 {
	points := spread(perRow, []float64{row.Lo}, []float64{row.Hi})
	for _, k := range row.Kinks {
		points = append(points, []float64{k.At})
	}
	return points
}

// points2 spreads points over the box of a row, and adds a tie where the box has
// one.
func points2(row *rule.Func2) [][]float64 {
	points := spread(perRow, row.Lo[:], row.Hi[:])
	if row.Lo[0] == row.Lo[1] && row.Hi[0] == row.Hi[1] {
		mid := (row.Lo[0] + row.Hi[0]) / 2
		points = append(points, []float64{mid, mid})
	}
	return points
}

// spread returns n points of a box, evenly but not regularly: the fractions of
// multiples of powers of the plastic number (Roberts' low-discrepancy sequence),
// and of its generalizations to more dimensions.
func spread(n int, lo, hi []float64) [][]float64 {
	d := float64(len(lo))
	phi := 2.0
	for range 30 { // phi^(d+1) = phi + 1
		phi = math.Pow(1+phi, 1/(d+1))
	}
	points := make([][]float64, n)
	for k := range points {
		points[k] = make([]float64, len(lo))
		for i := range lo {
			_, frac := math.Modf(0.5 + float64(k+1)*math.Pow(phi, -float64(i+1)))
			points[k][i] = lo[i] + frac*(hi[i]-lo[i])
		}
	}
	return points
}

// box returns n points of the cube [lo, hi]^d.
func box(n, d int, lo, hi float64) [][]float64 {
	l, h := make([]float64, d), make([]float64, d)
	for i := range l {
		l[i], h[i] = lo, hi
	}
	return spread(n, l, h)
}

// wholes returns the k-th point of d whole numbers, of those from lo rounded down to hi
// rounded up but not more than 2 from 0: zeros, ones and others, with ties.
func wholes(k, d int, lo, hi float64) []float64 {
	lo, hi = max(math.Floor(lo), -2), min(math.Ceil(hi), 2)
	x := make([]float64, d)
	for i := range x {
		_, frac := math.Modf(float64((i+1)*(i+1))*math.Phi + float64(k)*math.Sqrt2)
		x[i] = lo + math.Floor(frac*(hi-lo+1))
	}
	return x
}
