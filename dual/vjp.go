package dual

import "github.com/quartet-ad/ad/internal/check"

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: as many evaluations of f on Numbers as Gradient takes.
//
// VJP panics if w and the result of f differ in length.
func VJP(f func([]Number) []Number, x, w []float64) []float64 {
	dst := make([]float64, len(x))
	pullback("VJP", dst, f, x, w)
	return dst
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func VJPTo(dst []float64, f func([]Number) []Number, x, w []float64) []float64 {
	check.Length("dual.VJPTo", "dst", len(dst), len(x))
	return pullback("VJPTo", dst, f, x, w)
}

func pullback(op string, dst []float64, f func([]Number) []Number, x, w []float64) []float64 {
	p := newPasses(op, x)
	defer p.end()
	values := make([]float64, len(w))
	pass := func() []Number {
		y := f(p.vars)
		if len(y) != len(w) { // a text only where it is needed
			check.Length("dual."+op, "w", len(w), len(y))
		}
		for k, yk := range y {
			p.check(yk)
			values[k] = yk.v
		}
		return y
	}
	if len(x) == 0 {
		pass()
	}
	for p.next() {
		y := pass()
		for p.sweep() {
			for i := p.from; i < p.from+p.width; i++ {
				p.g[i] = 0
				for k, yk := range y {
					if w[k] != 0 && !yk.IsConst() {
						p.g[i] += w[k] * p.tangent(yk, i)
					}
				}
			}
		}
	}
	copy(dst, p.g) // dst may be an argument
	return values
}
