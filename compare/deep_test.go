package compare

import (
	"math"

	"github.com/quartet-ad/ad"
)

// A deep program applies an elementary function s again and again: what it is of one
// and of the next state, n times.
type deep struct {
	name  string
	steps int // that it is checked at; to 1280 with -full, what takes long included
	over  func(repeat) Func
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
	{"iterated map", 1280, func(by repeat) Func {
		return NewWith("iterated map", by, iterated, iterated, iterated, iterated, iterated)
	}},
	{"heat equation", 160, func(by repeat) Func {
		return NewWith("heat equation", by, heat, heat, heat, heat, heat)
	}},
	{"network", 160, func(by repeat) Func {
		return NewWith("network", by, network, network, network, network, network)
	}},
	{"pendulum", 1280, func(by repeat) Func {
		return NewWith("pendulum", by, pendulum, pendulum, pendulum, pendulum, pendulum)
	}},
	{"leapfrog", 160, func(by repeat) Func {
		return NewWith("leapfrog", by, leapfrog, leapfrog, leapfrog, leapfrog, leapfrog)
	}},
	{"Runge-Kutta", 160, func(by repeat) Func {
		return NewWith("Runge-Kutta", by, rungeKutta, rungeKutta, rungeKutta, rungeKutta, rungeKutta)
	}},
	{"LSTM", 200, func(by repeat) Func {
		return NewWith("LSTM", by, lstm, lstm, lstm, lstm, lstm)
	}},
	{"conjugate gradients", 40, func(by repeat) Func {
		return NewWith("conjugate gradients", by, conjugate, conjugate, conjugate, conjugate, conjugate)
	}},
	{"Horner", 1280, func(by repeat) Func {
		return NewWith("Horner", by, horner, horner, horner, horner, horner)
	}},
	{"matrix power", 1280, func(by repeat) Func {
		return NewWith("matrix power", by, matrixPower, matrixPower, matrixPower, matrixPower, matrixPower)
	}},
	{"continued fraction", 1280, func(by repeat) Func {
		return NewWith("continued fraction", by, fraction, fraction, fraction, fraction, fraction)
	}},
	{"log-likelihood", 1280, func(by repeat) Func {
		return NewWith("log-likelihood", by, likelihood, likelihood, likelihood, likelihood, likelihood)
	}},
	{"product", 1280, func(by repeat) Func {
		return NewWith("product", by, factors, factors, factors, factors, factors)
	}},
	{"Kalman filter", 160, func(by repeat) Func {
		return NewWith("Kalman filter", by, kalman, kalman, kalman, kalman, kalman)
	}},
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

func leapfrog[T ad.Scalar[T]](x []T, by repeat) T {
	q, p := x[0], x[1]
	half := c[T](0.025)
	kick := func() { p = p.Sub(half.Mul(q.Apply(by.s).Add(c[T](0.1).Mul(q).Mul(q).Mul(q)))) }
	for range by.n {
		kick()
		q = q.Add(c[T](0.05).Mul(p))
		kick()
	}
	return q
}

// lstm has one unit, whose candidate is squashed by s.
func lstm[T ad.Scalar[T]](x []T, by repeat) T {
	h, state := x[0], x[1]
	for i := range by.n {
		in := c[T](math.Cos(float64(i)))
		gate := func(u, w, b float64) T { return ad.Sigmoid(c[T](u).Mul(h).Add(c[T](w).Mul(in)).Add(c[T](b))) }
		candidate := c[T](0.9).Mul(h).Add(c[T](0.4).Mul(in)).Apply(by.s)
		state = gate(0.5, -0.3, 1).Mul(state).Add(gate(-0.6, 0.2, 0).Mul(candidate))
		h = gate(0.3, 0.7, 0.1).Mul(ad.Tanh(state))
	}
	return h.Add(state)
}

// conjugate takes implicit steps of a heat equation with a source, each by two iterations
// of conjugate gradients.
func conjugate[T ad.Scalar[T]](x []T, by repeat) T {
	times := func(v []T) []T { // the matrix
		three := c[T](3)
		return []T{three.Mul(v[0]).Sub(v[1]), three.Mul(v[1]).Sub(v[0]).Sub(v[2]), three.Mul(v[2]).Sub(v[1])}
	}
	plus := func(x []T, a T, y []T) []T {
		z := make([]T, len(x))
		for i := range z {
			z[i] = x[i].Add(a.Mul(y[i]))
		}
		return z
	}
	u := []T{x[0], x[1], x[0].Mul(x[1])}
	for range by.n {
		r := make([]T, len(u))
		for i := range r {
			r[i] = u[i].Add(u[i].Apply(by.s)).Add(c[T](0.1).Mul(x[0]))
		}
		z, p, size := []T{c[T](0), c[T](0), c[T](0)}, r, ad.Dot(r, r)
		for range 2 {
			along := times(p)
			step := size.Div(ad.Dot(p, along))
			z, r = plus(z, step, p), plus(r, step.Neg(), along)
			next := ad.Dot(r, r)
			p, size = plus(r, next.Div(size), p), next
		}
		u = z
	}
	return u[0].Add(u[2])
}

func horner[T ad.Scalar[T]](x []T, by repeat) T {
	y, sum := x[1].Apply(by.s), x[0]
	for i := range by.n {
		sum = sum.Mul(y).Add(c[T](math.Cos(float64(i))).Mul(x[0]))
	}
	return sum
}

func matrixPower[T ad.Scalar[T]](x []T, by repeat) T {
	m := [2][2]T{{c[T](1), c[T](0.05).Mul(x[1].Apply(by.s))}, {c[T](-0.05).Mul(x[0]), c[T](1)}}
	p := m
	for range by.n - 1 {
		q := p
		for i := range p {
			for j := range p[i] {
				p[i][j] = q[i][0].Mul(m[0][j]).Add(q[i][1].Mul(m[1][j]))
			}
		}
	}
	return p[0][0].Add(p[0][1])
}
