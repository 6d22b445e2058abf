package corpus

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// hands are gradients that were derived by hand, of programs with loops, branches and
// overwritten numbers. They write the gradient, in other words than the programs.
var hands = map[string]func(grad, x []float64){
	"valley":   func(grad, x []float64) { valleyByHand(grad, x) },
	"growth":   func(grad, x []float64) { growthByHand(grad, x) },
	"pendulum": func(grad, x []float64) { pendulumByHand(grad, x) },
	// Sensitivities of the state go with the state.
	"odeFit": func(grad, x []float64) {
		y, yY, yK, k := x[0], 1.0, 0.0, x[1]
		for _, d := range []float64{0.9, 0.8, 0.72, 0.65} {
			for range 5 {
				slope := func(y float64) float64 { return -k * (1 - y*y) / ((1 + y*y) * (1 + y*y)) }
				by := func(y float64) float64 { return -y / (1 + y*y) }
				mid := y + 0.05*k*by(y)
				midY, midK := yY*(1+0.05*slope(y)), yK+0.05*(slope(y)*yK+by(y))
				y += 0.1 * k * by(mid)
				yY += 0.1 * slope(mid) * midY
				yK += 0.1 * (slope(mid)*midK + by(mid))
			}
			grad[0] += 2 * (y - d) * yY
			grad[1] += 2 * (y - d) * yK
		}
	},
	// A root moves as the implicit function theorem says.
	"newtonRoot":  func(grad, x []float64) { grad[0] = 0.5 / math.Sqrt(x[0]) },
	"newtonWhile": func(grad, x []float64) { t := newtonWhile(x); grad[0] = 1 / (math.Exp(t) * (1 + t)) },
	// The adjoint λ of the right side solves the transposed system; that of the matrix is -λ·sᵀ.
	"eliminate": func(grad, x []float64) {
		var s, l mat.VecDense
		a := mat.NewDense(3, 3, x[:9])
		s.SolveVec(a, mat.NewVecDense(3, x[9:]))
		twice := mat.NewVecDense(3, nil)
		twice.ScaleVec(2, &s)
		l.SolveVec(a.T(), twice)
		for i := range 3 {
			grad[9+i] = l.AtVec(i)
			for j := range 3 {
				grad[3*i+j] = -l.AtVec(i) * s.AtVec(j)
			}
		}
	},
	// A joint turns all that comes after it.
	"robotArm": func(grad, x []float64) {
		var dx, dy []float64
		angle, px, py := 0.0, -0.7, -0.4
		for i, v := range x {
			angle += v
			dx, dy = append(dx, math.Cos(angle)/float64(i+1)), append(dy, math.Sin(angle)/float64(i+1))
			px, py = px+dx[i], py+dy[i]
		}
		for i := range x {
			for k := i; k < len(x); k++ {
				grad[i] += (py*dx[k] - px*dy[k]) / math.Hypot(px, py)
			}
		}
	},
	"springs": func(grad, x []float64) {
		for i := 0; i < len(x); i += 2 {
			for j := 0; j < len(x); j += 2 {
				if i != j {
					dx, dy := x[i]-x[j], x[i+1]-x[j+1]
					d := math.Hypot(dx, dy)
					grad[i] += (d - 1) * dx / d
					grad[i+1] += (d - 1) * dy / d
				}
			}
		}
	},
	"logSumExp": func(grad, x []float64) {
		y := logSumExp(x)
		for i, v := range x {
			grad[i] = math.Exp(v - y)
		}
	},
	"mixture": func(grad, x []float64) {
		for _, d := range []float64{-1.2, 0.3, 0.4, 2.2, 2.5} {
			total := 0.0
			for round := range 2 {
				for k := 0; k < len(x); k += 3 {
					z := (d - x[k]) * math.Exp(-x[k+1])
					share := math.Exp(x[k+2] - x[k+1] - 0.5*z*z)
					if round == 0 {
						total += share
						continue
					}
					share /= total
					grad[k] += share * z * math.Exp(-x[k+1])
					grad[k+1] += share * (z*z - 1)
					grad[k+2] += share
				}
			}
		}
	},
	// Derivatives of mean and variance by the two variances and the first mean go with them.
	"kalman": func(grad, x []float64) {
		m, p := x[2], 1.0
		mD, pD := [3]float64{0, 0, 1}, [3]float64{}
		for _, z := range []float64{1.1, 0.9, 1.4, 1.6, 1.2, 2.1} {
			p += x[0] * x[0]
			s, e := p+x[1]*x[1], z-m
			k := p / s
			for i := range 3 {
				if i == 0 {
					pD[0] += 2 * x[0]
				}
				sD := pD[i]
				if i == 1 {
					sD += 2 * x[1]
				}
				grad[i] -= 0.5 * (sD/s - 2*e*mD[i]/s - e*e*sD/(s*s))
				kD := (pD[i] - k*sD) / s
				mD[i] += kD*e - k*mD[i]
				pD[i] = pD[i]*(1-k) - p*kD
			}
			m += k * e
			p *= 1 - k
		}
	},
	// The Greeks of Black and Scholes.
	"blackScholes": func(grad, x []float64) {
		s, k, t, r, sigma := x[0], x[1], x[2], x[3], x[4]
		cdf := func(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }
		d1 := (math.Log(s/k) + (r+sigma*sigma/2)*t) / (sigma * math.Sqrt(t))
		d2 := d1 - sigma*math.Sqrt(t)
		density, discounted := math.Exp(-d1*d1/2)/math.Sqrt(2*math.Pi), k*math.Exp(-r*t)
		grad[0] = cdf(d1)
		grad[1] = -math.Exp(-r*t) * cdf(d2)
		grad[2] = s*density*sigma/(2*math.Sqrt(t)) + r*discounted*cdf(d2)
		grad[3] = t * discounted * cdf(d2)
		grad[4] = s * density * math.Sqrt(t)
	},
	"weibullCensored": func(grad, x []float64) {
		shape := math.Exp(x[0])
		seen := []bool{true, true, false, false, true}
		for i, t := range []float64{0.4, 1.1, 2.0, 2.0, 0.7} {
			l := math.Log(t) - x[1]
			h := math.Exp(shape * l)
			grad[0] -= h * shape * l
			grad[1] += h * shape
			if seen[i] {
				grad[0] += 1 + shape*l
				grad[1] -= shape
			}
		}
	},
}

// TestHands holds generated gradients against those by hand, at all points of the programs.
func TestHands(t *testing.T) {
	n := 0
	for _, p := range programs {
		hand := hands[p.name]
		if hand == nil {
			continue
		}
		n++
		for _, x := range p.points {
			got, want := make([]float64, len(x)), make([]float64, len(x))
			p.grad(got, x)
			hand(want, x)
			optest.Within(t, p.name, got, want, 1e-12)
		}
	}
	if n != len(hands) || n != 14 {
		t.Errorf("%d of %d gradients by hand were compared", n, len(hands))
	}
}

// TestKinds: the corpus has each kind of program that a generator is asked for first. Objectives of
// ADBench, gonum's functions and its densities have tests of their own.
func TestKinds(t *testing.T) {
	for kind, name := range map[string]string{
		"Runge and Kutta's method": "pendulum", "fit of a differential equation": "odeFit", "least squares over a sum of powers": "watson",
		"log-sum-exp with a running maximum": "logSumExp", "Newton's iteration, steps counted": "newtonRoot", "Newton's iteration, to convergence": "newtonWhile",
		"elimination with pivoting": "eliminate", "Kalman filter": "kalman", "Black and Scholes": "blackScholes", "robot arm": "robotArm",
		"network of springs": "springs", "Weibull likelihood with censoring": "weibullCensored", "mixture": "mixture", "recurrent cell": "cell",
	} {
		if !slices.ContainsFunc(programs, func(p program) bool { return p.name == name }) {
			t.Errorf("there is no %s: %s", kind, name)
		}
	}
}
