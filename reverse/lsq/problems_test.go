package lsq_test

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// This file states problems of Moré, Garbow and Hillstrom, Testing Unconstrained Optimization
// Software (1981), by their numbers there.

type vars = []reverse.Var

// A testProblem has a start and the least sum of squares, at the minimum that is reached from
// there. At that of a singular one the Jacobian has not the full rank.
type testProblem struct {
	name     string
	f        func(x vars) vars
	start    []float64
	least    float64
	singular bool
}

func c(v float64) reverse.Var { return ad.Const[reverse.Var](v) }

func sq(x reverse.Var) reverse.Var { return x.Mul(x) }

var testProblems = []testProblem{
	{"1 Rosenbrock", func(x vars) vars {
		return vars{ad.Scale(x[1].Sub(sq(x[0])), 10), c(1).Sub(x[0])}
	}, []float64{-1.2, 1}, 0, false},
	{"2 Freudenstein and Roth", func(x vars) vars {
		a := ad.Shift(x[0].Add(c(5).Sub(x[1]).Mul(x[1]).Sub(c(2)).Mul(x[1])), -13)
		b := ad.Shift(x[0].Add(ad.Shift(x[1], 1).Mul(x[1]).Sub(c(14)).Mul(x[1])), -29)
		return vars{a, b}
	}, []float64{0.5, -2}, 48.98425367924, false},
	{"3 Powell, badly scaled", func(x vars) vars {
		return vars{ad.Shift(ad.Scale(x[0].Mul(x[1]), 1e4), -1), ad.Shift(ad.Exp(x[0].Neg()).Add(ad.Exp(x[1].Neg())), -1.0001)}
	}, []float64{0, 1}, 0, false},
	{"4 Brown, badly scaled", func(x vars) vars {
		return vars{ad.Shift(x[0], -1e6), ad.Shift(x[1], -2e-6), ad.Shift(x[0].Mul(x[1]), -2)}
	}, []float64{1, 1}, 0, false},
	{"5 Beale", func(x vars) vars {
		var r vars
		power := x[1]
		for _, y := range []float64{1.5, 2.25, 2.625} {
			r = append(r, c(y).Sub(x[0].Mul(c(1).Sub(power))))
			power = power.Mul(x[1])
		}
		return r
	}, []float64{1, 1}, 0, false},
	{"6 Jennrich and Sampson", func(x vars) vars {
		var r vars
		for i := 1.0; i <= 10; i++ {
			r = append(r, c(2+2*i).Sub(ad.Exp(ad.Scale(x[0], i)).Add(ad.Exp(ad.Scale(x[1], i)))))
		}
		return r
	}, []float64{0.3, 0.4}, 124.36218235561, false},
	{"7 helical valley", func(x vars) vars {
		angle := ad.Scale(ad.Atan(x[1].Div(x[0])), 1/(2*math.Pi)).Add(x[0].IfPos(c(0), c(0.5)))
		return vars{ad.Scale(x[2].Sub(ad.Scale(angle, 10)), 10), ad.Scale(ad.Shift(ad.Sqrt(sq(x[0]).Add(sq(x[1]))), -1), 10), x[2]}
	}, []float64{-1, 0, 0}, 0, false},
	{"8 Bard", func(x vars) vars {
		var r vars
		for i, y := range []float64{0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39} {
			u := float64(i + 1)
			v := 16 - u
			r = append(r, c(y).Sub(x[0].Add(c(u).Div(ad.Scale(x[1], v).Add(ad.Scale(x[2], min(u, v)))))))
		}
		return r
	}, []float64{1, 1, 1}, 8.21487730657e-3, false},
	{"12 box, three-dimensional", func(x vars) vars {
		var r vars
		for i := 1.0; i <= 10; i++ {
			t := 0.1 * i
			r = append(r, ad.Exp(ad.Scale(x[0], -t)).Sub(ad.Exp(ad.Scale(x[1], -t))).Sub(ad.Scale(x[2], math.Exp(-t)-math.Exp(-10*t))))
		}
		return r
	}, []float64{0, 10, 20}, 0, false},
	{"13 Powell, singular", func(x vars) vars {
		return vars{x[0].Add(ad.Scale(x[1], 10)), ad.Scale(x[2].Sub(x[3]), math.Sqrt(5)),
			sq(x[1].Sub(ad.Scale(x[2], 2))), ad.Scale(sq(x[0].Sub(x[3])), math.Sqrt(10))}
	}, []float64{3, -1, 0, 1}, 0, true},
	{"14 Wood", func(x vars) vars {
		return vars{ad.Scale(x[1].Sub(sq(x[0])), 10), c(1).Sub(x[0]), ad.Scale(x[3].Sub(sq(x[2])), math.Sqrt(90)), c(1).Sub(x[2]),
			ad.Scale(ad.Shift(x[1].Add(x[3]), -2), math.Sqrt(10)), ad.Scale(x[1].Sub(x[3]), 1/math.Sqrt(10))}
	}, []float64{-3, -1, -3, -1}, 0, false},
	{"15 Kowalik and Osborne", func(x vars) vars {
		u := []float64{4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625}
		var r vars
		for i, y := range []float64{0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246} {
			top := x[0].Mul(ad.Shift(ad.Scale(x[1], u[i]), u[i]*u[i]))
			r = append(r, c(y).Sub(top.Div(ad.Shift(ad.Scale(x[2], u[i]), u[i]*u[i]).Add(x[3]))))
		}
		return r
	}, []float64{0.25, 0.39, 0.415, 0.39}, 3.07505603849e-4, false},
	{"16 Brown and Dennis", func(x vars) vars {
		var r vars
		for i := 1.0; i <= 20; i++ {
			t := i / 5
			r = append(r, sq(ad.Shift(x[0].Add(ad.Scale(x[1], t)), -math.Exp(t))).
				Add(sq(ad.Shift(x[2].Add(ad.Scale(x[3], math.Sin(t))), -math.Cos(t)))))
		}
		return r
	}, []float64{25, 5, -5, -1}, 85822.2016263563, false},
	{"17 Osborne 1", func(x vars) vars {
		y := []float64{0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628,
			0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406}
		var r vars
		for i, v := range y {
			t := 10 * float64(i)
			r = append(r, c(v).Sub(x[0].Add(x[1].Mul(ad.Exp(ad.Scale(x[3], -t)))).Add(x[2].Mul(ad.Exp(ad.Scale(x[4], -t))))))
		}
		return r
	}, []float64{0.5, 1.5, -1, 0.01, 0.02}, 5.46489469749e-5, false},
	{"26 trigonometric", func(x vars) vars {
		n := float64(len(x))
		var cosines, r vars
		for _, v := range x {
			cosines = append(cosines, ad.Cos(v))
		}
		sum := ad.Sum(cosines)
		for i, v := range x {
			k := float64(i + 1)
			r = append(r, c(n).Sub(sum).Add(ad.Scale(c(1).Sub(cosines[i]), k)).Sub(ad.Sin(v)))
		}
		return r
	}, []float64{0.2, 0.2, 0.2, 0.2, 0.2}, 0, false},
	{"30 Broyden, tridiagonal", func(x vars) vars {
		r := make(vars, len(x))
		for i, v := range x {
			r[i] = ad.Shift(c(3).Sub(ad.Scale(v, 2)).Mul(v), 1)
			if i > 0 {
				r[i] = r[i].Sub(x[i-1])
			}
			if i+1 < len(x) {
				r[i] = r[i].Sub(ad.Scale(x[i+1], 2))
			}
		}
		return r
	}, []float64{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, 0, false},
	{"32 linear, full rank", func(x vars) vars {
		r := make(vars, 20)
		s := ad.Scale(ad.Sum(x), 2.0/20)
		for i := range r {
			r[i] = ad.Shift(s.Neg(), -1)
			if i < len(x) {
				r[i] = r[i].Add(x[i])
			}
		}
		return r
	}, []float64{1, 1, 1, 1, 1}, 15, false},
	{"33 linear, rank 1", func(x vars) vars {
		var r vars
		for i := 1.0; i <= 20; i++ {
			s := c(0)
			for j, v := range x {
				s = s.Add(ad.Scale(v, float64(j+1)))
			}
			r = append(r, ad.Shift(ad.Scale(s, i), -1))
		}
		return r
	}, []float64{1, 1, 1, 1, 1}, 20 * 19.0 / (2 * 41), false},
}
