package compare

import "math"

// Identities are what must hold between the results of different operators.

// dotProduct tests wᵀ(Jv) = (Jᵀw)ᵀv for the JVP of every exact method with the
// VJP of every one: it needs no step and no second opinion.
func (c *checker) dotProduct() {
	for a := Dual; a < methods; a++ {
		for b := Dual; b < methods; b++ {
			var l limit
			for k, w := range c.w {
				l.add(c.jvp.bounds[k], w, c.jvp.by[a][k])
			}
			for i, v := range c.v {
				l.add(c.vjp.bounds[i], v, c.vjp.by[b][i])
			}
			c.identity("wᵀ(Jv) = (Jᵀw)ᵀv", "", a, b, dot(c.w, c.jvp.by[a]), dot(c.v, c.vjp.by[b]), l)
		}
	}
}

// hessianTimesVector tests that every exact method's HVP is its Hessian times
// the vector.
func (c *checker) hessianTimesVector() {
	n := len(c.x)
	for a := Dual; a < methods; a++ {
		product, limits := make([]float64, n), make([]limit, n)
		for k, h := range c.hessian.by[a] {
			i, j := place(k, n)
			product[i] += h * c.v[j]
			limits[i].add(c.hessian.bounds[k], c.v[j], h)
			if i != j {
				product[j] += h * c.v[i]
				limits[j].add(c.hessian.bounds[k], c.v[i], h)
			}
		}
		for i, p := range product {
			limits[i].add(c.hvp.bounds[i], 1, c.hvp.by[a][i])
			c.identity("Hessian·v = HVP", input(i), a, a, p, c.hvp.by[a][i], limits[i])
		}
	}
}

// identity compares the two sides of an identity, which come from methods a and
// b.
func (c *checker) identity(operator, entry string, a, b Method, x, y float64, l limit) {
	if !finite(x) || !finite(y) || l.wild || l.err != l.err {
		c.report.Skipped++
		return
	}
	c.report.Comparisons++
	if !same(x, y) && !(math.Abs(x-y) <= l.err+0x1p-1050) {
		c.report.Findings = append(c.report.Findings, Finding{operator, entry, a, b, x, y, l.err})
	}
}

// add adds the limit of a term that is weighted with w and has the value y.
func (l *limit) add(term limit, w, y float64) {
	w = math.Abs(w)
	l.magnitude += w * term.magnitude
	l.err += w*term.err + 64*unit*w*max(term.magnitude, math.Abs(y))
	l.wild = l.wild || term.wild
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += v * y[i]
	}
	return sum
}
