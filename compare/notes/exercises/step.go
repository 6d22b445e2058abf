package exercises

import "slices"

// step returns the gradient of a function by differences to both sides.
func step(f func(x []float64) float64, x []float64) []float64 {
	const h = 1e-5
	gradient := make([]float64, len(x))
	for i := range x {
		up, down := slices.Clone(x), slices.Clone(x)
		up[i] += h
		down[i] -= h
		gradient[i] = (f(up) - f(down)) / (up[i] - down[i])
	}
	return gradient
}
