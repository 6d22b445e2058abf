package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// Loops over elements. In those that sweep an elementwise operation, an adjoint of
// 0 contributes nothing, even against an infinite slope: the branch that was not
// taken, and what a mask leaves out.

// accumulate adds x to the first elements of dst.
func accumulate(dst, x []float64) { kernel.Axpy(dst[:len(x)], 1, x) }

// accumulateProduct adds x[i]·s[i], and nothing where x[i] is 0.
func accumulateProduct(dst, x, s []float64) {
	if finite(s) {
		kernel.MulAdd(dst, x, s)
		return
	}
	for i, v := range x {
		if v != 0 {
			dst[i] += v * s[i]
		}
	}
}

// sumProduct returns Σ x[i]·s[i], leaving out where x[i] is 0.
func sumProduct(x, s []float64) float64 {
	if finite(s) {
		return kernel.Dot(x, s)
	}
	z := 0.0
	for i, v := range x {
		if v != 0 {
			z += v * s[i]
		}
	}
	return z
}

// finite reports whether all elements are, and their sum is not close to
// overflow.
func finite(x []float64) bool {
	sum := kernel.Sum(x)
	return sum-sum == 0
}

// allFinite reports whether all elements are finite.
func allFinite(x []float64) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
