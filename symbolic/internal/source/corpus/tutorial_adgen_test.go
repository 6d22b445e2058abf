package corpus

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
)

// TestValleyDerivatives holds the derivatives of valley against differences, and its generic form by all methods.
func TestValleyDerivatives(t *testing.T) {
	f := valley
	for _, x := range [][]float64{{0.4, 1.1, 0.8, 0.5}, {0.7, 1.4, 1.1, 0.8}} {
		compare.TestGradient(t, f, func(grad, x []float64) { valleyGrad(grad, x) }, x)
		compare.TestProducts(t, func(x []float64) []float64 { return []float64{f(x)} },
			func(dst, x, v []float64) { _, dst[0] = valleyJVP(x, v) }, nil, x)
		compare.Test(t, compare.New("valley", valleyGeneric, valleyGeneric, valleyGeneric, valleyGeneric, valleyGeneric), x)
	}
}

// TestGrowthDerivatives holds the derivatives of growth against differences, and its generic form by all methods.
func TestGrowthDerivatives(t *testing.T) {
	f := growth
	for _, x := range [][]float64{{0.4, 1.1, 0.8, 0.5}, {0.7, 1.4, 1.1, 0.8}} {
		compare.TestGradient(t, f, func(grad, x []float64) { growthGrad(grad, x) }, x)
		compare.TestProducts(t, func(x []float64) []float64 { return []float64{f(x)} },
			func(dst, x, v []float64) { _, dst[0] = growthJVP(x, v) }, nil, x)
		compare.Test(t, compare.New("growth", growthGeneric, growthGeneric, growthGeneric, growthGeneric, growthGeneric), x)
	}
}

// TestSurvivalDerivatives holds the derivatives of survival against differences, and its generic form by all methods.
func TestSurvivalDerivatives(t *testing.T) {
	f := survival
	for _, x := range [][]float64{{0.4, 1.1, 0.8, 0.5}, {0.7, 1.4, 1.1, 0.8}} {
		compare.TestGradient(t, f, func(grad, x []float64) { survivalGrad(grad, x) }, x)
		compare.TestProducts(t, func(x []float64) []float64 { return []float64{f(x)} },
			func(dst, x, v []float64) { _, dst[0] = survivalJVP(x, v) }, nil, x)
		compare.Test(t, compare.New("survival", survivalGeneric, survivalGeneric, survivalGeneric, survivalGeneric, nil), x)
	}
}

// distanceOf is distanceGeneric of a list.
func distanceOf[T ad.Scalar[T]](x []T) T { return distanceGeneric(x[0], x[1]) }

// TestDistanceDerivatives holds the derivatives of distance against differences, and its generic form by all methods.
func TestDistanceDerivatives(t *testing.T) {
	f := func(x []float64) float64 { return distance(x[0], x[1]) }
	for _, x := range [][]float64{{0.4, 1.1}, {0.7, 1.4}} {
		compare.TestGradient(t, f, func(grad, x []float64) { _, grad[0], grad[1] = distanceGrad(x[0], x[1]) }, x)
		compare.TestProducts(t, func(x []float64) []float64 { return []float64{f(x)} },
			func(dst, x, v []float64) { _, dst[0] = distanceJVP(x[0], x[1], v[0], v[1]) }, nil, x)
		compare.Test(t, compare.New("distance", distanceOf, distanceOf, distanceOf, distanceOf, distanceOf), x)
	}
}
