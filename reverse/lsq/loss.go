package lsq

import (
	"fmt"
	"math"
)

// A Loss says how much a residual counts. The solver minimizes ½ Σ ρ(z) where z is the square
// of a residual. The function returns ρ(z), ρ′(z) and ρ″(z) for z ≥ 0. ρ must not decrease.
//
// A loss of a scale c leaves residuals well below c as they are: ρ(z) ≈ z. It lets those far
// beyond c, the outliers, count less than their squares. All losses here are scipy's and
// Ceres': c² ρ₁(z/c²), with ρ₁ as each of them says.
type Loss func(z float64) (value, slope, curve float64)

// Huber returns the loss that is quadratic up to c, and linear beyond: ρ₁(z) = z for z ≤ 1,
// else 2√z − 1.
//
// Huber panics unless c is positive and finite.
func Huber(c float64) Loss {
	return scaled("Huber", c, func(z float64) (float64, float64, float64) {
		if z <= 1 {
			return z, 1, 0
		}
		root := math.Sqrt(z)
		return 2*root - 1, 1 / root, -0.5 / (z * root)
	})
}

// SoftL1 returns a smooth form of Huber: ρ₁(z) = 2(√(1+z) − 1).
//
// SoftL1 panics unless c is positive and finite.
func SoftL1(c float64) Loss {
	return scaled("SoftL1", c, func(z float64) (float64, float64, float64) {
		root := math.Sqrt(1 + z)
		return 2 * z / (root + 1), 1 / root, -0.5 / (root * (1 + z))
	})
}

// Cauchy returns the loss of Cauchy's distribution: ρ₁(z) = log(1+z). An outlier hardly pulls at
// all, and there may be several minima.
//
// Cauchy panics unless c is positive and finite.
func Cauchy(c float64) Loss {
	return scaled("Cauchy", c, func(z float64) (float64, float64, float64) {
		slope := 1 / (1 + z)
		return math.Log1p(z), slope, -slope * slope
	})
}

// Arctan returns a loss that is bounded: ρ₁(z) = arctan z.
//
// Arctan panics unless c is positive and finite.
func Arctan(c float64) Loss {
	return scaled("Arctan", c, func(z float64) (float64, float64, float64) {
		slope := 1 / (1 + z*z)
		return math.Atan(z), slope, -2 * (z * slope) * slope
	})
}

// scaled returns c² ρ₁(z/c²).
func scaled(name string, c float64, unit Loss) Loss {
	if !(c > 0) || math.IsInf(c, 1) {
		panic(fmt.Sprintf("lsq.%s: the scale is %v, want a positive number", name, c))
	}
	return func(z float64) (value, slope, curve float64) {
		value, slope, curve = unit(z / c / c)
		return value * c * c, slope, curve / c / c
	}
}
