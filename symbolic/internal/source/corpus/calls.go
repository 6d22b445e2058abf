package corpus

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func portfolio,standardized,attention,spread,fused,polar,moments,checkedLog,rotated -o calls_adgen.go calls.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func portfolio,standardized,attention,spread,fused -o calls_hvp_adgen.go calls.go

// portfolio reads its weights by functions of gonum.
func portfolio(x []float64) float64 {
	risk := floats.Norm(x, 2) + 0.1*floats.Norm(x, 1) + 0.2*floats.Norm(x, math.Inf(1)) + 0.01*floats.Norm(x, 3)
	return floats.Dot(x, x)/risk + floats.LogSumExp(x) - floats.Max(x)*floats.Min(x) + floats.Prod(x)/(1+math.Abs(floats.Sum(x)))
}

// standardized writes to a slice of its own by functions of gonum.
func standardized(x []float64) float64 {
	z := make([]float64, len(x))
	copy(z, x)
	floats.AddConst(-floats.Sum(x)/float64(len(x)), z)
	floats.Scale(1/floats.Distance(z, x, 2), z)
	floats.AddScaled(z, x[0], x)
	floats.CumSum(z, z)
	floats.Mul(z, x)
	floats.Sub(z, x)
	w := make([]float64, len(x))
	floats.SubTo(w, z, x)
	floats.MulTo(w, w, z)
	floats.AddScaledTo(w, w, 0.5, x)
	floats.Add(w, z)
	return floats.Sum(w) + floats.Distance(z, w, 1) + floats.Distance(z, w, math.Inf(1))
}

// softmax returns a slice of its own.
func softmax(x []float64) []float64 {
	p := make([]float64, len(x))
	largest := floats.Max(x)
	for i, v := range x {
		p[i] = math.Exp(v - largest)
	}
	floats.Scale(1/floats.Sum(p), p)
	return p
}

func attention(x []float64) float64 {
	p := softmax(x)
	q := softmax(p)
	return floats.Dot(q, x) * p[0]
}

func sumOf(xs ...float64) (total float64) {
	for _, v := range xs {
		total += v * v
	}
	return total
}

func minMax(a, b float64) (low, high float64, swapped bool) {
	if a > b {
		return b, a, true
	}
	return a, b, false
}

func addTo(dst []float64, v float64) {
	for i := range dst {
		dst[i] += v * float64(i+1)
	}
}

// spread calls functions with several results, variadic ones, and one that fills a slice.
func spread(x []float64) float64 {
	low, high, swapped := minMax(x[0], x[1])
	for _, v := range x {
		low, high, _ = minMax(low*v, high+v*v)
	}
	s := []float64{low, high}
	addTo(s, x[0])
	addTo(s, s[1])
	if swapped {
		return s[0] * sumOf(s...)
	}
	return s[1] - sumOf(low, high, x[1])
}

func fused(x []float64) float64 {
	y := 1.0
	for _, v := range x {
		y = math.FMA(y, v, math.FMA(v, v, 0.5))
	}
	return y
}

// polar has two results.
func polar(r, phi float64) (float64, float64) {
	sin, cos := math.Sincos(phi)
	return r * cos, r * sin
}

// moments has results with names, one of which is read.
func moments(x []float64) (mean, variance float64, n int) {
	for _, v := range x {
		mean += v
		n++
	}
	if n == 0 {
		return
	}
	mean /= float64(n)
	for _, v := range x {
		variance += (v - mean) * (v - mean)
	}
	return mean, variance / float64(n), n
}

// checkedLog returns a sum of logarithms, or an error.
func checkedLog(x []float64) (float64, error) {
	sum := 0.0
	for i, v := range x {
		if v < 0 {
			return 0, fmt.Errorf("element %d is negative", i)
		}
		sum += math.Log(v)
	}
	return sum, nil
}

// rotated returns the results of another function.
func rotated(x []float64, phi float64) (a, b float64) {
	a, b = polar(math.Hypot(x[0], x[1]), phi)
	if a < b {
		return b, a
	}
	return polar(a, b)
}
