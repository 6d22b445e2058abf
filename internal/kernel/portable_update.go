package kernel

import "math"

// Steps of optimizers in Go alone.

func descendGo(n int, p, g *float64, rate, decay float64) {
	ps, gs := slice(p, n), slice(g, n)
	for i, x := range ps {
		ps[i] = x - rate*(gs[i]+decay*x)
	}
}

func momentumGo(n int, p, v, g *float64, rate, decay, mu float64) {
	ps, vs, gs := slice(p, n), slice(v, n), slice(g, n)
	for i, x := range ps {
		vs[i] = mu*vs[i] + (gs[i] + decay*x)
		ps[i] = x - rate*vs[i]
	}
}

func nesterovGo(n int, p, v, g *float64, rate, decay, mu float64) {
	ps, vs, gs := slice(p, n), slice(v, n), slice(g, n)
	for i, x := range ps {
		d := gs[i] + decay*x
		vs[i] = mu*vs[i] + d
		ps[i] = x - rate*(d+mu*vs[i])
	}
}

func adamGo(n int, p, m, v, g *float64, rate, keep, decay, a, hold, b, scale, epsilon float64) {
	ps, ms, vs, gs := slice(p, n), slice(m, n), slice(v, n), slice(g, n)
	for i, x := range ps {
		d := gs[i] + decay*x
		ms[i] += a * (d - ms[i])
		vs[i] = hold*vs[i] + b*(d*d)
		ps[i] = keep*x - rate*(ms[i]/(scale*math.Sqrt(vs[i])+epsilon))
	}
}
