package numeric_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

// TestKnownWeights: Fornberg 1988, tables 1 and 3.
func TestKnownWeights(t *testing.T) {
	for _, c := range []struct {
		points []float64
		order  int
		want   []float64
	}{
		{[]float64{-1, 0, 1}, 1, []float64{-0.5, 0, 0.5}},
		{[]float64{-2, -1, 0, 1, 2}, 1, []float64{1.0 / 12, -2.0 / 3, 0, 2.0 / 3, -1.0 / 12}},
		{[]float64{-3, -2, -1, 0, 1, 2, 3}, 1, []float64{-1.0 / 60, 3.0 / 20, -3.0 / 4, 0, 3.0 / 4, -3.0 / 20, 1.0 / 60}},
		{[]float64{-2, -1, 0, 1, 2}, 2, []float64{-1.0 / 12, 4.0 / 3, -5.0 / 2, 4.0 / 3, -1.0 / 12}},
		{[]float64{-2, -1, 0, 1, 2}, 3, []float64{-0.5, 1, 0, -1, 0.5}},
		{[]float64{-2, -1, 0, 1, 2}, 4, []float64{1, -4, 6, -4, 1}},
		{[]float64{0, 1, 2, 3}, 1, []float64{-11.0 / 6, 3, -3.0 / 2, 1.0 / 3}},
		{[]float64{-0.5, 0.5}, 0, []float64{0.5, 0.5}},
		{[]float64{1}, 0, []float64{1}},
	} {
		optest.Within(t, fmt.Sprintf("order %d from %v", c.order, c.points), numeric.Weights(c.points, c.order), c.want, 1e-14)
	}
}

// FuzzWeights holds weights against the moment equations Σ wᵢ·pᵢᵏ = k! where k is the order, else 0, for
// every k below the number of points, in exact arithmetic.
func FuzzWeights(f *testing.F) {
	f.Add([]byte{1, 2, 3}, uint8(1))
	f.Add([]byte{0, 255, 128, 7, 9, 11, 200}, uint8(4))
	f.Add([]byte{10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, uint8(10))
	f.Fuzz(func(t *testing.T, data []byte, order uint8) {
		var points []float64
		for _, b := range data[:min(len(data), 13)] {
			if p := float64(int8(b)) / 8; !slices.Contains(points, p) {
				points = append(points, p)
			}
		}
		if len(points) <= int(order) {
			return
		}
		w := numeric.Weights(points, int(order))
		// An error of a few units in the last place of the weights, through the products of distances.
		for k := range points {
			sum, size := new(big.Float).SetPrec(400), new(big.Float).SetPrec(400)
			for i, p := range points {
				term := new(big.Float).SetPrec(400).SetFloat64(w[i])
				for range k {
					term.Mul(term, big.NewFloat(p))
				}
				sum.Add(sum, term)
				size.Add(size, term.Abs(term))
			}
			want := 0.0
			if k == int(order) {
				want = math.Gamma(float64(k + 1))
			}
			off, _ := sum.Sub(sum, big.NewFloat(want)).Float64()
			scale, _ := size.Float64()
			if math.Abs(off) > 1e-10*max(scale, want) {
				t.Errorf("points %v, order %d: moment %d is off by %g, of terms of %g", points, order, k, off, scale)
			}
		}
	})
}
