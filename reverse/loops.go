package reverse

// Loops over elements. In those that sweep an elementwise operation, an adjoint of
// 0 contributes nothing, even against an infinite slope: the branch that Where did
// not take, and what a mask leaves out.

func accumulate(dst, x []float64) {
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] += v
	}
}

func accumulateScaled(dst []float64, a float64, x []float64) {
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] += a * v
	}
}

// accumulateProduct adds x[i]·s[i], and nothing where x[i] is 0.
func accumulateProduct(dst, x, s []float64) {
	dst, s = dst[:len(x)], s[:len(x)]
	for i, v := range x {
		if v != 0 {
			dst[i] += v * s[i]
		}
	}
}

func sum(x []float64) float64 {
	var a, b, c, d float64
	for len(x) >= 4 {
		a, b, c, d = a+x[0], b+x[1], c+x[2], d+x[3]
		x = x[4:]
	}
	for _, v := range x {
		a += v
	}
	return (a + b) + (c + d)
}

// sumProduct returns Σ x[i]·s[i], leaving out where x[i] is 0.
func sumProduct(x, s []float64) float64 {
	z := 0.0
	s = s[:len(x)]
	for i, v := range x {
		if v != 0 {
			z += v * s[i]
		}
	}
	return z
}
