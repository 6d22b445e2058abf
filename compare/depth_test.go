package compare

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A deep program applies an elementary function s again and again: what it is of one
// and of the next state, n times.
type deep struct {
	name string
	x    []float64
	over func(s ad.Op, n int) Func
}

// sineRow is a user's own sine, whose Slope is off by the share fault.
func sineRow(fault float64) *ad.Func {
	return &ad.Func{
		Name:  "s",
		Value: math.Sin,
		Slope: func(x, _ float64) float64 { return (1 + fault) * math.Cos(x) },
		Curve: func(x, _ float64) float64 { return -math.Sin(x) },
		Text:  "cos(x)",
		Lo:    -3, Hi: 3,
	}
}

func forms(name string, number func([]dual.Number) dual.Number, real func([]numeric.Real) numeric.Real, hyper func([]dual.Hyper) dual.Hyper, tape func([]reverse.Var) reverse.Var, paper func([]symbolic.Expr) symbolic.Expr) Func {
	return New(name, real, number, hyper, tape, paper)
}

var deeps = []deep{
	{"iterated map", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("map", iterated[dual.Number](s, n), iterated[numeric.Real](s, n), iterated[dual.Hyper](s, n), iterated[reverse.Var](s, n), iterated[symbolic.Expr](s, n))
	}},
	{"heat equation", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("heat", heat[dual.Number](s, n), heat[numeric.Real](s, n), heat[dual.Hyper](s, n), heat[reverse.Var](s, n), heat[symbolic.Expr](s, n))
	}},
	{"network", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("network", network[dual.Number](s, n), network[numeric.Real](s, n), network[dual.Hyper](s, n), network[reverse.Var](s, n), network[symbolic.Expr](s, n))
	}},
	{"pendulum", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("pendulum", pendulum[dual.Number](s, n), pendulum[numeric.Real](s, n), pendulum[dual.Hyper](s, n), pendulum[reverse.Var](s, n), pendulum[symbolic.Expr](s, n))
	}},
	{"Runge-Kutta", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("rk4", rungeKutta[dual.Number](s, n), rungeKutta[numeric.Real](s, n), rungeKutta[dual.Hyper](s, n), rungeKutta[reverse.Var](s, n), rungeKutta[symbolic.Expr](s, n))
	}},
	{"continued fraction", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("fraction", fraction[dual.Number](s, n), fraction[numeric.Real](s, n), fraction[dual.Hyper](s, n), fraction[reverse.Var](s, n), fraction[symbolic.Expr](s, n))
	}},
	{"log-likelihood", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("likelihood", likelihood[dual.Number](s, n), likelihood[numeric.Real](s, n), likelihood[dual.Hyper](s, n), likelihood[reverse.Var](s, n), likelihood[symbolic.Expr](s, n))
	}},
	{"product", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("product", factors[dual.Number](s, n), factors[numeric.Real](s, n), factors[dual.Hyper](s, n), factors[reverse.Var](s, n), factors[symbolic.Expr](s, n))
	}},
	{"Kalman filter", []float64{1, 0.3}, func(s ad.Op, n int) Func {
		return forms("kalman", kalman[dual.Number](s, n), kalman[numeric.Real](s, n), kalman[dual.Hyper](s, n), kalman[reverse.Var](s, n), kalman[symbolic.Expr](s, n))
	}},
}

func c[T ad.Scalar[T]](v float64) T { return ad.Const[T](v) }

func iterated[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	return func(x []T) T {
		y := x[1]
		for range n {
			y = y.Apply(s).Sub(c[T](0.6).Mul(y)).Add(c[T](0.1).Mul(x[0]))
		}
		return y
	}
}

func heat[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	return func(x []T) T {
		u := []T{x[0], x[1], x[0], x[1], x[0].Mul(x[1])}
		for range n {
			next := make([]T, len(u))
			for i := range u {
				left, right := c[T](0), c[T](0)
				if i > 0 {
					left = u[i-1]
				}
				if i < len(u)-1 {
					right = u[i+1]
				}
				flow := left.Sub(c[T](2).Mul(u[i])).Add(right)
				next[i] = u[i].Add(c[T](0.4).Mul(flow)).Add(c[T](0.02).Mul(u[i].Apply(s)))
			}
			u = next
		}
		return u[2]
	}
}

func network[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	w := [3][3]float64{{0.7, -0.7, 0.7}, {-0.7, 0.7, 0.7}, {0.7, 0.7, -0.7}}
	return func(x []T) T {
		h := []T{x[0], x[1], x[0].Sub(x[1])}
		for range n {
			next := make([]T, 3)
			for i := range next {
				sum := c[T](0.1)
				for j := range h {
					sum = sum.Add(c[T](w[i][j]).Mul(h[j]))
				}
				next[i] = sum.Apply(s)
			}
			h = next
		}
		return h[0].Add(h[1]).Add(h[2])
	}
}

func pendulum[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	return func(x []T) T {
		q, p := x[0], x[1]
		for range n {
			p = p.Sub(c[T](0.05).Mul(q.Apply(s)))
			q = q.Add(c[T](0.05).Mul(p))
		}
		return q
	}
}

func rungeKutta[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	f := func(y, x T) T { return y.Apply(s).Neg().Add(c[T](0.3).Mul(x)) }
	return func(x []T) T {
		y, h := x[1], c[T](0.1)
		half := c[T](0.05)
		for range n {
			k1 := f(y, x[0])
			k2 := f(y.Add(half.Mul(k1)), x[0])
			k3 := f(y.Add(half.Mul(k2)), x[0])
			k4 := f(y.Add(h.Mul(k3)), x[0])
			y = y.Add(h.Mul(k1.Add(c[T](2).Mul(k2)).Add(c[T](2).Mul(k3)).Add(k4)).Div(c[T](6)))
		}
		return y
	}
}

func fraction[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	return func(x []T) T {
		y := x[1]
		for range n {
			y = x[0].Div(c[T](1).Add(y.Apply(s)))
		}
		return y
	}
}

func likelihood[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	return func(x []T) T {
		sum := c[T](0)
		for i := range n {
			d := c[T](math.Cos(float64(i))).Sub(x[0])
			sum = sum.Sub(d.Mul(d).Div(x[1])).Sub(ad.Log(x[1])).Add(d.Apply(s))
		}
		return sum
	}
}

func factors[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	return func(x []T) T {
		y := c[T](1)
		for i := range n {
			y = y.Mul(c[T](1).Add(c[T](math.Sin(float64(i)) / 8).Mul(x[0].Add(x[1].Apply(s)))))
		}
		return y
	}
}

func kalman[T ad.Scalar[T]](s ad.Op, n int) func(x []T) T {
	return func(x []T) T {
		m, p := x[0], c[T](1)
		for i := range n {
			p = p.Add(x[1])
			k := p.Div(p.Add(c[T](1)))
			m = m.Add(k.Mul(c[T](math.Sin(float64(i))).Sub(m.Apply(s))))
			p = c[T](1).Sub(k).Mul(p)
		}
		return m
	}
}

var depths = []int{10, 20, 40, 160, 1280}

// TestDepth: a Slope that is wrong is caught however often the program uses it, and a
// program without fault is agreed about.
func TestDepth(t *testing.T) {
	for _, d := range deeps {
		for _, n := range depths {
			if testing.Short() && n > 160 {
				continue
			}
			if r := Check(d.over(ad.NewOp(sineRow(0)), n), d.x); r.Verdict() != Agree {
				t.Errorf("%s of %d steps without fault: %v", d.name, n, r)
			}
			for _, fault := range []float64{0.5, 1e-2, 1e-4} {
				r := Check(d.over(ad.NewOp(sineRow(fault)), n), d.x)
				if r.Verdict() != Disagree || r.Culprit != "Slope of s" {
					t.Errorf("%s of %d steps, Slope off by %v: %v", d.name, n, fault, r)
				}
			}
		}
	}
}

// TestDepthOfMethods: so is a method that is wrong by itself, which no column tells.
func TestDepthOfMethods(t *testing.T) {
	right := ad.NewOp(sineRow(0))
	for _, d := range deeps {
		for _, n := range depths {
			if testing.Short() && n > 160 {
				continue
			}
			for _, fault := range []float64{0.5, 1e-4} {
				wrong := ad.NewOp(sineRow(fault))
				good, bad := d.over(right, n), d.over(wrong, n)
				good.tape = bad.tape
				if r := Check(good, d.x); r.Verdict() != Disagree || r.Culprit != "reverse" {
					t.Errorf("%s of %d steps, the tape's Slope off by %v: %v", d.name, n, fault, r)
				}
			}
		}
	}
	_ = fmt.Sprint
}
