package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func scaledRoot,shiftedRoot,skippedRoot,skippedInLoop,skippedElement,branchAway,quotientAway -o edges_adgen.go edges.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func scaledRoot,shiftedRoot,skippedRoot,skippedInLoop,skippedElement,branchAway,quotientAway -o edges_hvp_adgen.go edges.go

// The slopes of these are infinite where x[0] is 0 or 1, on paths that the result, or the
// direction, leaves out.

func scaledRoot(x []float64) float64 { return math.Sqrt(2*x[0]/3) + x[1]*x[1] }

func shiftedRoot(x []float64) float64 {
	z := 1 - x[0]
	u := 2*z + 0.5 - 0.5
	return math.Sqrt(u) + math.Sqrt(3*z) + x[1]*x[1]
}

// skippedRoot overwrites what has an infinite slope.
func skippedRoot(x []float64) float64 {
	v := x[0]
	w := math.Sqrt(v)
	if x[1] > 0 {
		w = x[1]
	}
	return w * w * x[1]
}

func skippedInLoop(x []float64) float64 {
	w := x[1]
	for range 3 {
		v := math.Sqrt(x[0]) + w
		if x[1] > 0 {
			v = x[1] * w
		}
		w = v * x[1]
	}
	return w
}

func skippedElement(x []float64) float64 {
	s := make([]float64, 2)
	s[0] = math.Log(x[0])
	s[1] = x[1] * x[1]
	if x[1] > 0 {
		s[0] = s[1]
	}
	return s[0] * s[1]
}

func branchAway(x []float64) float64 {
	y := x[1]
	if x[0] > 0 {
		y = math.Log(x[0])
	} else if x[0] < 0 {
		y = 1 / x[0]
	}
	return y * x[1]
}

func quotientAway(x []float64) float64 {
	q := x[1] / x[0]
	if !(q < 1e300) {
		q = x[1]
	}
	return q * x[1]
}
