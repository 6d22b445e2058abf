package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func betaBinomial,gammaProduct,logGammaSum -o gamma_adgen.go gamma.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func betaBinomial,gammaProduct,logGammaSum -o gamma_hvp_adgen.go gamma.go

func logGamma(x float64) float64 {
	y, _ := math.Lgamma(x)
	return y
}

// betaBinomial is the likelihood of counts out of 10, where both parameters are sought.
func betaBinomial(x []float64) float64 {
	a, b := math.Exp(x[0]), math.Exp(x[1])
	sum := 0.0
	counts := []float64{0, 3, 4, 7, 10}
	for _, k := range counts {
		sum += logGamma(k+a) + logGamma(10-k+b) - logGamma(10+a+b)
		sum -= logGamma(a) + logGamma(b) - logGamma(a+b)
	}
	return sum
}

func gammaProduct(x []float64) float64 {
	y := 1.0
	for _, v := range x {
		y *= math.Gamma(v)
	}
	return y
}

func logGammaSum(x []float64) float64 {
	sum := 0.0
	for i, v := range x {
		l, _ := math.Lgamma(v)
		sum += l * float64(i+1)
	}
	return sum * sum
}
