package compare

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
)

// A deep program applies an elementary function s again and again: what it is of one
// and of the next state, n times.
type deep struct {
	name string
	over func(repeat) Func
}

// A repeat is how often a program applies which function.
type repeat struct {
	s ad.Op
	n int
}

// deepPoint is where deep programs are checked.
var deepPoint = []float64{1, 0.3}

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

var deeps = []deep{
	{"iterated map", func(by repeat) Func {
		return NewWith("iterated map", by, iterated, iterated, iterated, iterated, iterated)
	}},
	{"heat equation", func(by repeat) Func { return NewWith("heat equation", by, heat, heat, heat, heat, heat) }},
	{"network", func(by repeat) Func { return NewWith("network", by, network, network, network, network, network) }},
	{"pendulum", func(by repeat) Func { return NewWith("pendulum", by, pendulum, pendulum, pendulum, pendulum, pendulum) }},
	{"Runge-Kutta", func(by repeat) Func {
		return NewWith("Runge-Kutta", by, rungeKutta, rungeKutta, rungeKutta, rungeKutta, rungeKutta)
	}},
	{"continued fraction", func(by repeat) Func {
		return NewWith("continued fraction", by, fraction, fraction, fraction, fraction, fraction)
	}},
	{"log-likelihood", func(by repeat) Func {
		return NewWith("log-likelihood", by, likelihood, likelihood, likelihood, likelihood, likelihood)
	}},
	{"product", func(by repeat) Func { return NewWith("product", by, factors, factors, factors, factors, factors) }},
	{"Kalman filter", func(by repeat) Func { return NewWith("Kalman filter", by, kalman, kalman, kalman, kalman, kalman) }},
}

func c[T ad.Scalar[T]](v float64) T { return ad.Const[T](v) }

func iterated[T ad.Scalar[T]](x []T, by repeat) T {
	y := x[1]
	for range by.n {
		y = y.Apply(by.s).Sub(c[T](0.6).Mul(y)).Add(c[T](0.1).Mul(x[0]))
	}
	return y
}

func heat[T ad.Scalar[T]](x []T, by repeat) T {
	u := []T{x[0], x[1], x[0], x[1], x[0].Mul(x[1])}
	for range by.n {
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
			next[i] = u[i].Add(c[T](0.4).Mul(flow)).Add(c[T](0.02).Mul(u[i].Apply(by.s)))
		}
		u = next
	}
	return u[2]
}

func network[T ad.Scalar[T]](x []T, by repeat) T {
	w := [3][3]float64{{0.7, -0.7, 0.7}, {-0.7, 0.7, 0.7}, {0.7, 0.7, -0.7}}
	h := []T{x[0], x[1], x[0].Sub(x[1])}
	for range by.n {
		next := make([]T, 3)
		for i := range next {
			sum := c[T](0.1)
			for j := range h {
				sum = sum.Add(c[T](w[i][j]).Mul(h[j]))
			}
			next[i] = sum.Apply(by.s)
		}
		h = next
	}
	return h[0].Add(h[1]).Add(h[2])
}

func pendulum[T ad.Scalar[T]](x []T, by repeat) T {
	q, p := x[0], x[1]
	for range by.n {
		p = p.Sub(c[T](0.05).Mul(q.Apply(by.s)))
		q = q.Add(c[T](0.05).Mul(p))
	}
	return q
}

func rungeKutta[T ad.Scalar[T]](x []T, by repeat) T {
	f := func(y, x T) T { return y.Apply(by.s).Neg().Add(c[T](0.3).Mul(x)) }
	y, h := x[1], c[T](0.1)
	half := c[T](0.05)
	for range by.n {
		k1 := f(y, x[0])
		k2 := f(y.Add(half.Mul(k1)), x[0])
		k3 := f(y.Add(half.Mul(k2)), x[0])
		k4 := f(y.Add(h.Mul(k3)), x[0])
		y = y.Add(h.Mul(k1.Add(c[T](2).Mul(k2)).Add(c[T](2).Mul(k3)).Add(k4)).Div(c[T](6)))
	}
	return y
}

func fraction[T ad.Scalar[T]](x []T, by repeat) T {
	y := x[1]
	for range by.n {
		y = x[0].Div(c[T](1).Add(y.Apply(by.s)))
	}
	return y
}

func likelihood[T ad.Scalar[T]](x []T, by repeat) T {
	sum := c[T](0)
	for i := range by.n {
		d := c[T](math.Cos(float64(i))).Sub(x[0])
		sum = sum.Sub(d.Mul(d).Div(x[1])).Sub(ad.Log(x[1])).Add(d.Apply(by.s))
	}
	return sum
}

func factors[T ad.Scalar[T]](x []T, by repeat) T {
	y := c[T](1)
	for i := range by.n {
		y = y.Mul(c[T](1).Add(c[T](math.Sin(float64(i)) / 8).Mul(x[0].Add(x[1].Apply(by.s)))))
	}
	return y
}

func kalman[T ad.Scalar[T]](x []T, by repeat) T {
	m, p := x[0], c[T](1)
	for i := range by.n {
		p = p.Add(x[1])
		k := p.Div(p.Add(c[T](1)))
		m = m.Add(k.Mul(c[T](math.Sin(float64(i))).Sub(m.Apply(by.s))))
		p = c[T](1).Sub(k).Mul(p)
	}
	return m
}

var depths = []int{10, 20, 40, 160, 1280}

// TestDepth: a Slope that is wrong is caught however often the program uses it, and a
// program without fault is agreed about.
func TestDepth(t *testing.T) {
	for _, d := range deeps {
		for _, n := range depths {
			if testing.Short() && n > 40 {
				continue
			}
			if r := Check(d.over(repeat{ad.NewOp(sineRow(0)), n}), deepPoint); r.Verdict() != Agree {
				t.Errorf("%s of %d steps without fault: %v", d.name, n, r)
			}
			for _, fault := range []float64{1e-4, 1e-2, 0.5} {
				if n > 160 && fault > 1e-4 {
					break // the smallest is the hardest
				}
				r := Check(d.over(repeat{ad.NewOp(sineRow(fault)), n}), deepPoint)
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
		for _, n := range depths[:4] { // deeper is TestDepth's question
			if testing.Short() && n > 40 {
				continue
			}
			for _, fault := range []float64{1e-4, 0.5} {
				wrong := ad.NewOp(sineRow(fault))
				good, bad := d.over(repeat{right, n}), d.over(repeat{wrong, n})
				good.tape = bad.tape
				if r := Check(good, deepPoint); r.Verdict() != Disagree || r.Culprit != "reverse" {
					t.Errorf("%s of %d steps, the tape's Slope off by %v: %v", d.name, n, fault, r)
				}
			}
		}
	}
}
