// Package problems states test problems of optimization straight from their formulas, over any
// number type: least-squares problems with the numbers that they have in Moré, Garbow and
// Hillstrom, Testing Unconstrained Optimization Software (1981), and classic objectives.
// Golden's family test_functions has their derivatives.
package problems

import (
	"math"

	"github.com/quartet-ad/ad"
)

// A Problem asks for the least value of an objective, or of the sum of squares
// of residuals, from a starting point.
type Problem[T any] struct {
	Name      string
	Start     []float64
	Residuals func([]T) []T // nil if the objective is no sum of squares
	Objective func([]T) T
}

// All returns them all.
func All[T ad.Scalar[T]]() []Problem[T] {
	squares := func(name string, residuals func([]T) []T, start ...float64) Problem[T] {
		return Problem[T]{name, start, residuals, func(x []T) T { return ad.SumSq(residuals(x)) }}
	}
	plain := func(name string, objective func([]T) T, start ...float64) Problem[T] {
		return Problem[T]{name, start, nil, objective}
	}
	return []Problem[T]{
		squares("powell_badly_scaled", powellBadlyScaled[T], 0, 1),
		squares("brown_badly_scaled", brownBadlyScaled[T], 1, 1),
		squares("helical_valley", helicalValley[T], -1, 0, 0),
		squares("gaussian", gaussian[T], 0.4, 1, 0),
		squares("meyer", meyer[T], 0.02, 4000, 250),
		squares("gulf", gulf[T], 5, 2.5, 0.15),
		squares("powell_singular", powellSingular[T], 3, -1, 0, 1),
		squares("wood", wood[T], -3, -1, -3, -1),
		squares("kowalik_osborne", kowalikOsborne[T], 0.25, 0.39, 0.415, 0.39),
		squares("watson9", watson[T], make([]float64, 9)...),
		squares("extended_rosenbrock", extendedRosenbrock[T], -1.2, 1, -1.2, 1, -1.2, 1),
		squares("extended_powell", powellSingular[T], 3, -1, 0, 1, 3, -1, 0, 1),
		squares("penalty1_4", penalty1[T], 1, 2, 3, 4),
		squares("discrete_boundary_value", discreteBoundaryValue[T], parabola(6)...),
		squares("discrete_integral", discreteIntegral[T], parabola(6)...),
		squares("broyden_tridiagonal", broydenTridiagonal[T], -1, -1, -1, -1, -1, -1),
		squares("broyden_banded", broydenBanded[T], -1, -1, -1, -1, -1, -1),
		squares("chebyquad8", chebyquad[T], spaced(8)...),
		plain("sphere", ad.SumSq[T], 1, -2, 3),
		plain("booth", booth[T], 0, 0),
		plain("matyas", matyas[T], 5, -3),
		plain("himmelblau", himmelblau[T], 0, 0),
		plain("goldstein_price", goldsteinPrice[T], 1, 1),
		plain("levy", levy[T], 3, -2),
	}
}

// parabola returns t(t-1) at n points between 0 and 1, which are spaced(n).
func parabola(n int) []float64 {
	x := spaced(n)
	for i, t := range x {
		x[i] = t * (t - 1)
	}
	return x
}

func spaced(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i+1) / float64(n+1)
	}
	return x
}

// num returns the constant c.
func num[T ad.Scalar[T]](c float64) T { return ad.Const[T](c) }

func square[T ad.Scalar[T]](x T) T { return x.Mul(x) }

func cube[T ad.Scalar[T]](x T) T { return x.Mul(x).Mul(x) }

// scaled returns c·x, shifted x + c.
func scaled[T ad.Scalar[T]](c float64, x T) T { return num[T](c).Mul(x) }

func shifted[T ad.Scalar[T]](x T, c float64) T { return x.Add(num[T](c)) }

// Number 3.
func powellBadlyScaled[T ad.Scalar[T]](x []T) []T {
	return []T{
		shifted(scaled(1e4, x[0]).Mul(x[1]), -1),
		shifted(ad.Exp(x[0].Neg()).Add(ad.Exp(x[1].Neg())), -1.0001),
	}
}

// Number 4.
func brownBadlyScaled[T ad.Scalar[T]](x []T) []T {
	return []T{shifted(x[0], -1e6), shifted(x[1], -2e-6), shifted(x[0].Mul(x[1]), -2)}
}

// Number 7. The angle is a share of a whole turn.
func helicalValley[T ad.Scalar[T]](x []T) []T {
	angle := scaled(1/(2*math.Pi), ad.Atan(x[1].Div(x[0]))).Add(x[0].IfPos(num[T](0), num[T](0.5)))
	return []T{
		scaled(10, x[2].Sub(scaled(10, angle))),
		scaled(10, shifted(ad.Sqrt(square(x[0]).Add(square(x[1]))), -1)),
		x[2],
	}
}

// Number 9.
func gaussian[T ad.Scalar[T]](x []T) []T {
	half := []float64{0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989}
	r := make([]T, 15)
	for i := range r {
		t := float64(7-i) / 2
		r[i] = shifted(x[0].Mul(ad.Exp(scaled(-0.5, x[1]).Mul(square(num[T](t).Sub(x[2]))))), -half[min(i, 14-i)])
	}
	return r
}

// Number 10.
func meyer[T ad.Scalar[T]](x []T) []T {
	y := []float64{34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872}
	r := make([]T, len(y))
	for i := range r {
		t := float64(45 + 5*(i+1))
		r[i] = shifted(x[0].Mul(ad.Exp(x[1].Div(shifted(x[2], t)))), -y[i])
	}
	return r
}

// Number 11, with |y - x₂| in the place of the |y m i x₂| that the paper prints.
func gulf[T ad.Scalar[T]](x []T) []T {
	r := make([]T, 20)
	for i := range r {
		t := float64(i+1) / 100
		y := 25 + math.Pow(-50*math.Log(t), 2.0/3)
		distance := ad.Abs(num[T](y).Sub(x[1]))
		r[i] = shifted(ad.Exp(ad.Pow(distance, x[2]).Div(x[0]).Neg()), -t)
	}
	return r
}

// Number 13, and number 22 of more than four variables.
func powellSingular[T ad.Scalar[T]](x []T) []T {
	var r []T
	for ; len(x) > 0; x = x[4:] {
		r = append(r,
			x[0].Add(scaled(10, x[1])),
			scaled(math.Sqrt(5), x[2].Sub(x[3])),
			square(x[1].Sub(scaled(2, x[2]))),
			scaled(math.Sqrt(10), square(x[0].Sub(x[3]))),
		)
	}
	return r
}

// Number 14.
func wood[T ad.Scalar[T]](x []T) []T {
	return []T{
		scaled(10, x[1].Sub(square(x[0]))),
		num[T](1).Sub(x[0]),
		scaled(math.Sqrt(90), x[3].Sub(square(x[2]))),
		num[T](1).Sub(x[2]),
		scaled(math.Sqrt(10), shifted(x[1].Add(x[3]), -2)),
		scaled(1/math.Sqrt(10), x[1].Sub(x[3])),
	}
}

// Number 15.
func kowalikOsborne[T ad.Scalar[T]](x []T) []T {
	y := []float64{0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246}
	u := []float64{4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625}
	r := make([]T, len(y))
	for i := range r {
		u, uu := num[T](u[i]), num[T](u[i]*u[i])
		r[i] = num[T](y[i]).Sub(x[0].Mul(uu.Add(u.Mul(x[1]))).Div(uu.Add(u.Mul(x[2])).Add(x[3])))
	}
	return r
}

// Number 20.
func watson[T ad.Scalar[T]](x []T) []T {
	r := make([]T, 29, 31)
	for i := range r {
		t := float64(i+1) / 29
		var slope, sum T
		for j, power := 0, 1.0; j < len(x); j, power = j+1, power*t {
			sum = sum.Add(scaled(power, x[j]))
			if j > 0 {
				slope = slope.Add(scaled(float64(j)*power/t, x[j]))
			}
		}
		r[i] = shifted(slope.Sub(square(sum)), -1)
	}
	return append(r, x[0], shifted(x[1].Sub(square(x[0])), -1))
}

// Number 21.
func extendedRosenbrock[T ad.Scalar[T]](x []T) []T {
	var r []T
	for ; len(x) > 0; x = x[2:] {
		r = append(r, scaled(10, x[1].Sub(square(x[0]))), num[T](1).Sub(x[0]))
	}
	return r
}

// Number 23.
func penalty1[T ad.Scalar[T]](x []T) []T {
	var r []T
	for _, v := range x {
		r = append(r, scaled(math.Sqrt(1e-5), shifted(v, -1)))
	}
	return append(r, shifted(ad.SumSq(x), -0.25))
}

// Number 28.
func discreteBoundaryValue[T ad.Scalar[T]](x []T) []T {
	t := spaced(len(x))
	h := t[0]
	r := make([]T, len(x))
	for i := range r {
		r[i] = scaled(2, x[i]).Sub(at(x, i-1)).Sub(at(x, i+1)).Add(scaled(h*h/2, cube(shifted(x[i], t[i]+1))))
	}
	return r
}

// at returns x[i], and 0 outside.
func at[T ad.Scalar[T]](x []T, i int) T {
	if i < 0 || i >= len(x) {
		return num[T](0)
	}
	return x[i]
}

// Number 29.
func discreteIntegral[T ad.Scalar[T]](x []T) []T {
	t := spaced(len(x))
	h := t[0]
	r := make([]T, len(x))
	for i := range r {
		var below, above T
		for j, v := range x {
			c := cube(shifted(v, t[j]+1))
			if j <= i {
				below = below.Add(scaled(t[j], c))
			} else {
				above = above.Add(scaled(1-t[j], c))
			}
		}
		r[i] = x[i].Add(scaled(h/2, scaled(1-t[i], below).Add(scaled(t[i], above))))
	}
	return r
}

// Number 30.
func broydenTridiagonal[T ad.Scalar[T]](x []T) []T {
	r := make([]T, len(x))
	for i, v := range x {
		r[i] = shifted(num[T](3).Sub(scaled(2, v)).Mul(v).Sub(at(x, i-1)).Sub(scaled(2, at(x, i+1))), 1)
	}
	return r
}

// Number 31, with a band of five below the diagonal and one above.
func broydenBanded[T ad.Scalar[T]](x []T) []T {
	r := make([]T, len(x))
	for i, v := range x {
		r[i] = shifted(v.Mul(shifted(scaled(5, square(v)), 2)), 1)
		for j := max(0, i-5); j <= min(i+1, len(x)-1); j++ {
			if j != i {
				r[i] = r[i].Sub(x[j].Mul(shifted(x[j], 1)))
			}
		}
	}
	return r
}

// Number 35: the mean of the k-th Chebyshev polynomial, shifted to [0, 1], over
// x, less its integral.
func chebyquad[T ad.Scalar[T]](x []T) []T {
	r := make([]T, len(x))
	for _, v := range x {
		t := shifted(scaled(2, v), -1)
		before, now := num[T](1), t
		for k := range r {
			r[k] = r[k].Add(now)
			before, now = now, scaled(2, t).Mul(now).Sub(before)
		}
	}
	for k := range r {
		r[k] = r[k].Div(num[T](float64(len(x))))
		if degree := float64(k + 1); k%2 == 1 {
			r[k] = shifted(r[k], 1/(degree*degree-1))
		}
	}
	return r
}

func booth[T ad.Scalar[T]](x []T) T {
	a := shifted(x[0].Add(scaled(2, x[1])), -7)
	b := shifted(scaled(2, x[0]).Add(x[1]), -5)
	return square(a).Add(square(b))
}

func matyas[T ad.Scalar[T]](x []T) T {
	return scaled(0.26, square(x[0]).Add(square(x[1]))).Sub(scaled(0.48, x[0]).Mul(x[1]))
}

func himmelblau[T ad.Scalar[T]](x []T) T {
	a := shifted(square(x[0]).Add(x[1]), -11)
	b := shifted(x[0].Add(square(x[1])), -7)
	return square(a).Add(square(b))
}

func goldsteinPrice[T ad.Scalar[T]](x []T) T {
	xx, xy, yy := square(x[0]), x[0].Mul(x[1]), square(x[1])
	quadratic := func(c, cx, cy, cxx, cxy, cyy float64) T {
		terms := []T{num[T](c), scaled(cx, x[0]), scaled(cy, x[1]), scaled(cxx, xx), scaled(cxy, xy), scaled(cyy, yy)}
		return ad.Sum(terms)
	}
	a := square(shifted(x[0].Add(x[1]), 1)).Mul(quadratic(19, -14, -14, 3, 6, 3))
	b := square(scaled(2, x[0]).Sub(scaled(3, x[1]))).Mul(quadratic(18, -32, 48, 12, -36, 27))
	return shifted(a, 1).Mul(shifted(b, 30))
}

func levy[T ad.Scalar[T]](x []T) T {
	d := make([]T, len(x)) // w - 1 of every variable
	for i, v := range x {
		d[i] = scaled(0.25, shifted(v, -1))
	}
	turn := func(d T) T { return scaled(math.Pi, shifted(d, 1)) }
	last := d[len(d)-1]
	f := square(ad.Sin(turn(d[0])))
	for _, d := range d[:len(d)-1] {
		f = f.Add(square(d).Mul(shifted(scaled(10, square(ad.Sin(shifted(turn(d), 1)))), 1)))
	}
	return f.Add(square(last).Mul(shifted(square(ad.Sin(scaled(2, turn(last)))), 1)))
}
