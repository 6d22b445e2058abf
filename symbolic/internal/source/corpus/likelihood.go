package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func normal,logNormal,exponential,laplace,logistic,weibull,gumbel,cauchy,uniform,triangle,pareto,gammaDensity,beta,chiSquared,inverseGamma,studentsT,bernoulli,poisson,binomial,weibullCensored,logSumExp,mixture,kalman,blackScholes -o likelihood_adgen.go likelihood.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func normal,logNormal,exponential,laplace,logistic,weibull,gumbel,cauchy,uniform,triangle,pareto,gammaDensity,beta,chiSquared,inverseGamma,studentsT,bernoulli,poisson,binomial,weibullCensored,logSumExp,mixture,kalman,blackScholes -o likelihood_hvp_adgen.go likelihood.go

const logRoot2Pi = 0.91893853320467274178032973640562

func normal(x []float64) float64 {
	mu, sigma := x[1], x[2]
	d := (x[0] - mu) / sigma
	return -0.5*d*d - math.Log(sigma) - logRoot2Pi
}

func logNormal(x []float64) float64 {
	if x[0] < 0 {
		return math.Inf(-1)
	}
	l := math.Log(x[0])
	d := (l - x[1]) / x[2]
	return -0.5*d*d - math.Log(x[2]) - logRoot2Pi - l
}

func exponential(x []float64) float64 {
	if x[0] < 0 {
		return math.Inf(-1)
	}
	return math.Log(x[1]) - x[1]*x[0]
}

func laplace(x []float64) float64 {
	return -math.Ln2 - math.Log(x[2]) - math.Abs(x[0]-x[1])/x[2]
}

func logistic(x []float64) float64 {
	z := (x[0] - x[1]) / x[2]
	return -z - 2*math.Log1p(math.Exp(-z)) - math.Log(x[2])
}

func weibull(x []float64) float64 {
	k, lambda := x[1], x[2]
	if x[0] < 0 {
		return math.Inf(-1)
	} else if x[0] == 0 && k == 1 {
		return 0
	}
	return math.Log(k) - math.Log(lambda) + (k-1)*(math.Log(x[0])-math.Log(lambda)) - math.Pow(x[0]/lambda, k)
}

func gumbel(x []float64) float64 {
	z := (x[0] - x[1]) / x[2]
	return -math.Log(x[2]) - z - math.Exp(-z)
}

func cauchy(x []float64) float64 {
	z := (x[0] - x[1]) / x[2]
	return -math.Log(math.Pi*x[2]) - math.Log1p(z*z)
}

func uniform(x []float64) float64 {
	if x[0] < x[1] || x[0] > x[2] {
		return math.Inf(-1)
	}
	return -math.Log(x[2] - x[1])
}

func triangle(x []float64) float64 {
	a, b, c := x[1], x[2], x[3]
	switch {
	case x[0] < a:
		return math.Inf(-1)
	case x[0] < c:
		return math.Log(2*(x[0]-a)) - math.Log((b-a)*(c-a))
	case x[0] == c:
		return math.Log(2 / (b - a))
	case x[0] <= b:
		return math.Log(2*(b-x[0])) - math.Log((b-a)*(b-c))
	default:
		return math.Inf(-1)
	}
}

func pareto(x []float64) float64 {
	if x[0] < x[1] {
		return math.Inf(-1)
	}
	return math.Log(x[2]) + x[2]*math.Log(x[1]) - (x[2]+1)*math.Log(x[0])
}

func gammaDensity(x []float64) float64 {
	const alpha = 2.5
	if x[0] <= 0 {
		return math.Inf(-1)
	}
	l, _ := math.Lgamma(alpha)
	return alpha*math.Log(x[1]) - l + (alpha-1)*math.Log(x[0]) - x[1]*x[0]
}

func beta(x []float64) float64 {
	if x[0] < 0 || x[0] > 1 {
		return math.Inf(-1)
	}
	const a, b = 2.0, 3.5
	lab, _ := math.Lgamma(a + b)
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	return lab - la - lb + (a-1)*math.Log(x[0]) + (b-1)*math.Log(1-x[0])
}

func chiSquared(x []float64) float64 {
	const k = 3.0
	if x[0] < 0 {
		return math.Inf(-1)
	}
	lg, _ := math.Lgamma(k / 2)
	return (k/2-1)*math.Log(x[0]) - x[0]/2 - (k/2)*math.Ln2 - lg
}

func inverseGamma(x []float64) float64 {
	if x[0] <= 0 {
		return math.Inf(-1)
	}
	const a = 3.0
	lg, _ := math.Lgamma(a)
	return a*math.Log(x[1]) - lg - (a+1)*math.Log(x[0]) - x[1]/x[0]
}

func studentsT(x []float64) float64 {
	const nu = 4.0
	g1, _ := math.Lgamma((nu + 1) / 2)
	g2, _ := math.Lgamma(nu / 2)
	z := (x[0] - x[1]) / x[2]
	return g1 - g2 - math.Log(x[2]) - 0.5*math.Log(math.Pi*nu) - (nu+1)/2*math.Log(1+z*z/nu)
}

func bernoulli(x []float64) (sum float64) {
	data := []float64{1, 0, 0, 1, 1, 0, 1}
	for _, y := range data {
		if y == 1 {
			sum += math.Log(x[0])
		} else {
			sum += math.Log1p(-x[0])
		}
	}
	return sum
}

func poisson(x []float64) float64 {
	counts := []int{3, 1, 4, 1, 5}
	sum := 0.0
	for i, k := range counts {
		rate := math.Exp(x[0] + x[1]*float64(i))
		lg, _ := math.Lgamma(float64(k) + 1)
		sum += float64(k)*math.Log(rate) - rate - lg
	}
	return sum
}

func binomial(x []float64) float64 {
	return 7*math.Log(x[0]) + 5*math.Log1p(-x[0])
}

func weibullCensored(x []float64) float64 {
	times := []float64{0.4, 1.1, 2.0, 2.0, 0.7}
	seen := []bool{true, true, false, false, true}
	shape, scale := math.Exp(x[0]), math.Exp(x[1])
	sum := 0.0
	for i, t := range times {
		z := t / scale
		hazard := math.Pow(z, shape)
		if seen[i] {
			sum += math.Log(shape/scale) + (shape-1)*math.Log(z)
		}
		sum -= hazard
	}
	return sum
}

func logSumExp(x []float64) float64 {
	m, s := math.Inf(-1), 0.0
	for _, v := range x {
		if v > m {
			s *= math.Exp(m - v)
			m = v
		}
		s += math.Exp(v - m)
	}
	return m + math.Log(s)
}

func mixture(x []float64) float64 {
	data := []float64{-1.2, 0.3, 0.4, 2.2, 2.5}
	total := 0.0
	for _, d := range data {
		best := math.Inf(-1)
		terms := make([]float64, len(x)/3)
		for k := range terms {
			z := (d - x[3*k]) * math.Exp(-x[3*k+1])
			terms[k] = x[3*k+2] - x[3*k+1] - 0.5*z*z
			if terms[k] > best {
				best = terms[k]
			}
		}
		s := 0.0
		for _, t := range terms {
			s += math.Exp(t - best)
		}
		total += best + math.Log(s)
	}
	return total
}

func kalman(x []float64) float64 {
	z := []float64{1.1, 0.9, 1.4, 1.6, 1.2, 2.1}
	q, r := x[0]*x[0], x[1]*x[1]
	m, p := x[2], 1.0
	like := 0.0
	for _, obs := range z {
		p += q
		s := p + r
		e := obs - m
		like -= 0.5 * (math.Log(2*math.Pi*s) + e*e/s)
		k := p / s
		m += k * e
		p *= 1 - k
	}
	return like
}

func phi(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

func blackScholes(x []float64) float64 {
	s, k, t, r, sigma := x[0], x[1], x[2], x[3], x[4]
	sd := sigma * math.Sqrt(t)
	d1 := (math.Log(s/k) + (r+sigma*sigma/2)*t) / sd
	d2 := d1 - sd
	return s*phi(d1) - k*math.Exp(-r*t)*phi(d2)
}
