package vector

import "github.com/quartet-ad/ad/internal/kernel"

// Add adds x to the first elements of dst.
func Add(dst, x []float64) { kernel.Axpy(dst[:len(x)], 1, x) }

// AddProduct adds x[i]·s[i], and nothing where x[i] is 0.
func AddProduct(dst, x, s []float64) {
	if SumFinite(s) {
		kernel.MulAdd(dst, x, s)
		return
	}
	for i, v := range x {
		if v != 0 {
			dst[i] += v * s[i]
		}
	}
}

// Dot returns Σ x[i]·s[i], leaving out where x[i] is 0.
func Dot(x, s []float64) float64 {
	if SumFinite(s) {
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

// SumFinite reports whether the sum of all elements is finite: then they are too.
func SumFinite(x []float64) bool {
	sum := kernel.Sum(x)
	return sum-sum == 0
}

// AllFinite reports whether all elements are finite.
func AllFinite(x []float64) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}

// AddScaledProduct adds a·v[i]·x[i], and nothing where v[i] is 0.
func AddScaledProduct(dst []float64, a float64, v, x []float64) {
	for i, d := range v {
		if d != 0 {
			dst[i] += a * d * x[i]
		}
	}
}
