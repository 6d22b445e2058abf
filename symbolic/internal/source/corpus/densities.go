package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func logBernoulli,logBeta,logBinomial,logCategorical,logChi,logChiSquared,logF,logGammaDensity,logInverseGamma,logPoisson,logStudentsT -o densities_adgen.go densities.go gamma.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func logBernoulli,logBeta,logBinomial,logCategorical,logChi,logChiSquared,logF,logGammaDensity,logInverseGamma,logPoisson,logStudentsT -o densities_hvp_adgen.go densities.go gamma.go

// These are, with those of likelihood.go, the logarithms of the densities that package
// gonum.org/v1/gonum/stat/distuv has, of a number and the parameters, or of the parameters
// alone where the number is whole.

func logBernoulli(x []float64) float64 {
	seen := 1
	if seen == 1 {
		return math.Log(x[0])
	}
	return math.Log1p(-x[0])
}

// logBetaFunction is log B(a, b).
func logBetaFunction(a, b float64) float64 { return logGamma(a) + logGamma(b) - logGamma(a+b) }

func logBeta(x []float64) float64 {
	v, a, b := x[0], x[1], x[2]
	if v < 0 || v > 1 {
		return math.Inf(-1)
	}
	return (a-1)*math.Log(v) + (b-1)*math.Log1p(-v) - logBetaFunction(a, b)
}

func logBinomial(x []float64) float64 {
	const n, k = 12.0, 5.0
	ways := -logBetaFunction(k+1, n-k+1) - math.Log(n+1)
	return ways + k*math.Log(x[0]) + (n-k)*math.Log(1-x[0])
}

func logCategorical(x []float64) float64 {
	total := 0.0
	for _, w := range x {
		total += w
	}
	return math.Log(x[1] / total)
}

func logChi(x []float64) float64 {
	if x[0] < 0 {
		return math.Inf(-1)
	}
	half := x[1] / 2
	return (x[1]-1)*math.Log(x[0]) - x[0]*x[0]/2 - (half-1)*math.Ln2 - logGamma(half)
}

func logChiSquared(x []float64) float64 {
	if x[0] < 0 {
		return math.Inf(-1)
	}
	half := x[1] / 2
	return (half-1)*math.Log(x[0]) - x[0]/2 - half*math.Ln2 - logGamma(half)
}

func logF(x []float64) float64 {
	v, a, b := x[0], x[1], x[2]
	y := a*math.Log(a*v) + b*math.Log(b) - (a+b)*math.Log(a*v+b)
	return y/2 - math.Log(v) - logBetaFunction(a/2, b/2)
}

func logGammaDensity(x []float64) float64 {
	v, a, rate := x[0], x[1], x[2]
	switch {
	case v < 0:
		return math.Inf(-1)
	case a == 1:
		return math.Log(rate) - rate*v
	}
	return a*math.Log(rate) - logGamma(a) + (a-1)*math.Log(v) - rate*v
}

func logInverseGamma(x []float64) float64 {
	v, a, scale := x[0], x[1], x[2]
	if v > 0 {
		return a*math.Log(scale) - logGamma(a) - (a+1)*math.Log(v) - scale/v
	}
	return math.Inf(-1)
}

func logPoisson(x []float64) float64 {
	const k = 4.0
	return k*math.Log(x[0]) - x[0] - logGamma(k+1)
}

func logStudentsT(x []float64) float64 {
	z, nu := (x[0]-x[1])/x[2], x[3]
	y := logGamma((nu+1)/2) - logGamma(nu/2) - math.Log(math.Pi*nu)/2
	return y - math.Log(x[2]) - (nu+1)/2*math.Log(1+z*z/nu)
}
