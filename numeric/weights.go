package numeric

import (
	"fmt"
	"math"
)

// Weights returns the weights of the formula for a derivative of f at 0 from values
// at the points:
//
//	f⁽ⁿ⁾(0) ≈ w₀·f(points₀) + w₁·f(points₁) + …    n = order
//
// It is exact where f is a polynomial of a degree below the number of points. Order
// 0 interpolates. For steps h of a coordinate x, divide by hⁿ.
//
// Cost: len(points)²·order multiplications.
//
// Source: Fornberg, Calculation of Weights in Finite Difference Formulas, SIAM
// Review 40 (1998).
//
// Weights panics if order is negative, if there are no more points than order, if
// two of them are equal or one is not finite, or if the weights overflow, as those of points
// very near to 0 or to each other do.
func Weights(points []float64, order int) []float64 {
	if order < 0 || len(points) <= order {
		panic(fmt.Sprintf("numeric.Weights: %d points for a derivative of order %d, want more points than that and an order that is not negative", len(points), order))
	}
	for i, p := range points {
		if !finite(p) {
			panic(fmt.Sprintf("numeric.Weights: point %d is %v, want a finite number", i, p))
		}
		for j := range i {
			if points[j] == p {
				panic(fmt.Sprintf("numeric.Weights: points %d and %d are both %v", j, i, p))
			}
		}
	}
	scaled, unit := normalized(points)
	weights := fornberg(scaled, order)
	for i, w := range weights {
		if weights[i] = math.Ldexp(w, -unit*order); !finite(weights[i]) {
			panic(fmt.Sprintf("numeric.Weights: the weights of order %d of %v overflow", order, points))
		}
	}
	return weights
}

// normalized returns the points in units of a power of two, such that the farthest is
// about 1, and products of distances do not overflow.
func normalized(points []float64) (scaled []float64, unit int) {
	far := 0.0
	for _, p := range points {
		far = max(far, math.Abs(p))
	}
	_, unit = math.Frexp(far)
	scaled = make([]float64, len(points))
	for i, p := range points {
		scaled[i] = math.Ldexp(p, -unit)
	}
	return scaled, unit
}

// fornberg returns the weights of different points.
func fornberg(points []float64, order int) []float64 {
	// w[i][k] is the weight of point i in the derivative of order k.
	w := make([][]float64, len(points))
	for i := range w {
		w[i] = make([]float64, order+1)
	}
	w[0][0] = 1
	product, here := 1.0, points[0]
	for i := 1; i < len(points); i++ {
		highest, before, last := min(i, order), here, product
		product, here = 1, points[i]
		for j := range i {
			apart := points[i] - points[j]
			product *= apart
			if j == i-1 {
				for k := highest; k >= 0; k-- {
					w[i][k] = last / product * (float64(k)*at(w[i-1], k-1) - before*w[i-1][k])
				}
			}
			for k := highest; k >= 0; k-- {
				w[j][k] = (here*w[j][k] - float64(k)*at(w[j], k-1)) / apart
			}
		}
	}
	weights := make([]float64, len(points))
	for i := range weights {
		weights[i] = w[i][order]
	}
	return weights
}

// at returns x[k], or 0 if k is negative.
func at(x []float64, k int) float64 {
	if k < 0 {
		return 0
	}
	return x[k]
}
