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

// TestWeightsAtAllScales: points of any size have weights, of which none is what overflows on the way.
func TestWeightsAtAllScales(t *testing.T) {
	points := []float64{-2, -1, 0, 1, 3}
	for _, e := range []int{-1060, -700, -300, 0, 300, 700, 1020} {
		scaled := make([]float64, len(points))
		for i, p := range points {
			scaled[i] = math.Ldexp(p, e)
		}
		for order := range 5 {
			want := numeric.Weights(points, order)
			over := false
			for i := range want {
				want[i] = math.Ldexp(want[i], -e*order)
				over = over || math.IsInf(want[i], 0)
			}
			name := fmt.Sprintf("order %d, points of 2^%d", order, e)
			if over {
				optest.Panics(t, fmt.Sprintf("numeric.Weights: the weights of order %d of %v overflow", order, scaled), func() { numeric.Weights(scaled, order) })
				continue
			}
			optest.Equal(t, name, numeric.Weights(scaled, order), want)
		}
	}
	for _, m := range []struct {
		points []float64
		order  int
		want   string
	}{
		{nil, 0, "numeric.Weights: 0 points for a derivative of order 0, want more points than that and an order that is not negative"},
		{[]float64{1}, -1, "numeric.Weights: 1 points for a derivative of order -1, want more points than that and an order that is not negative"},
		{[]float64{3, 2}, 2, "numeric.Weights: 2 points for a derivative of order 2, want more points than that and an order that is not negative"},
		{[]float64{0, 1, math.Copysign(0, -1)}, 1, "numeric.Weights: points 0 and 2 are both -0"},
		{[]float64{0, math.Inf(-1)}, 1, "numeric.Weights: point 1 is -Inf, want a finite number"},
		{[]float64{0, 5e-324, 1}, 1, "numeric.Weights: the weights of order 1 of [0 5e-324 1] overflow"},
		{[]float64{1e-320, 2e-320}, 1, "numeric.Weights: the weights of order 1 of [1e-320 2e-320] overflow"},
	} {
		optest.Panics(t, m.want, func() { numeric.Weights(m.points, m.order) })
	}
	optest.Panics(t, "numeric.Weights: the weights of order 1 of [1e-310 2e-310] overflow", func() { numeric.Stencil(1e-310, 2e-310) })
	optest.Panics(t, "numeric.DerivativeN: a derivative of order 3 by a stencil of 3 points, want more points", func() { numeric.Stencil(3, 1, 2).DerivativeN(math.Sin, 1, 3) })
	for _, p := range [][]float64{{3, 1, 2}, {-2, 5, 0.5}, {100, -100, 1}, {1e4, 2e4, 0, -1e4}, {1e-6, -1e-6}} { // unsorted, far, near
		r := numeric.Stencil(p...).DerivativeResult(math.Sin, 1)
		if off := math.Abs(r.Value - math.Cos(1)); off > honesty*r.Err || !(r.Err < 1e-2) {
			t.Errorf("Stencil(%v): %+v, want %v", p, r, math.Cos(1))
		}
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
