package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes reverse,forward -func waves,drag -o rules_adgen.go rules.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func waves,drag -o rules_hvp_adgen.go rules.go

//ad:rule math.J0(x): -math.J1(x)
//ad:rule math.J1(x): math.J0(x) - math.J1(x)/x
//ad:rule math.Jn(n, x): _; 0.5 * (math.Jn(n-1, x) - math.Jn(n+1, x))

// waves is of functions that the module does not have.
func waves(x []float64) float64 {
	y := 1.0
	for i, v := range x {
		y = y*math.J0(v*x[0]) + math.J1(v+y)*float64(i)
	}
	return y * y
}

// table is not differentiated, but has a derivative that is known.
//
//ad:rule table(speed, scale, n): tableSlope(speed, scale, n); table(speed, scale, n)/scale; _
func table(speed, scale float64, n int) float64 {
	y := scale
	for range n {
		y *= speed
	}
	return y
}

func tableSlope(speed, scale float64, n int) float64 {
	return float64(n) * table(speed, scale, n) / speed
}

func drag(x []float64, n int) float64 {
	return table(x[0]*x[1], 2+x[1], n) + math.Jn(n, x[0])
}
