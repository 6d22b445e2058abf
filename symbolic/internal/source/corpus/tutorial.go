package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func valley,growth,survival,distance -o tutorial_adgen.go -tests tutorial.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func valley,growth,survival -o tutorial_hvp_adgen.go tutorial.go

// valley is a sum of terms: its loop is undone as it goes, and nothing is stored.
func valley(x []float64) float64 {
	sum := 0.0
	for i := 0; i < len(x)-1; i++ {
		a := 1 - x[i]
		b := x[i+1] - x[i]*x[i]
		sum += a*a + 100*b*b
	}
	return sum
}

// growth takes steps in time: each step overwrites p, so the gradient keeps the values of
// p and goes through the steps from the last to the first.
func growth(x []float64) float64 {
	p := x[0]
	for range 50 {
		p += 0.1 * x[1] * p * (1 - p)
	}
	return p
}

// survival has branches: only those that were taken contribute.
func survival(x []float64) float64 {
	if x[0] <= 0 {
		return math.Inf(-1)
	}
	y := math.Log(x[0])
	if x[1] > 0 {
		y -= x[0] * x[1]
	} else {
		y += x[1]
	}
	return y
}

// distance is a function of numbers: its derivatives are results.
func distance(x, y float64) float64 {
	return math.Sqrt(x*x + y*y)
}
