package compare

import (
	"math"

	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// Identities are what must hold between the results of different operators.

// dotProduct tests wᵀ(Jv) = (Jᵀw)ᵀv for the JVP of every exact method with the
// VJP of every one: it needs no step and no second opinion.
func (j *judgement) dotProduct() {
	c := j.e
	for a := Dual; a < methods; a++ {
		for b := Dual; b < methods; b++ {
			if len(c.jvp.by[a]) == 0 || len(c.vjp.by[b]) == 0 {
				continue
			}
			j.identity("wᵀ(Jv) = (Jᵀw)ᵀv", "", a, b, dot(c.w, c.jvp.by[a]), dot(c.v, c.vjp.by[b]), func(of limits) (l limit) {
				for k, w := range c.w {
					l.add(of(&c.jvp, k), w, c.jvp.by[a][k])
				}
				for i, v := range c.v {
					l.add(of(&c.vjp, i), v, c.vjp.by[b][i])
				}
				return l
			})
		}
	}
}

// hessianTimesVector tests that every exact method's HVP is its Hessian times
// the vector.
func (j *judgement) hessianTimesVector() {
	c := j.e
	n := len(c.x)
	for a := Dual; a < methods; a++ {
		if len(c.hessian.by[a]) == 0 {
			continue
		}
		product := make([]float64, n)
		for k, h := range c.hessian.by[a] {
			i, l := place(k, n)
			product[i] += h * c.v[l]
			if i != l {
				product[l] += h * c.v[i]
			}
		}
		for i, p := range product {
			j.identity("Hessian·v = HVP", input(i), a, a, p, c.hvp.by[a][i], func(of limits) (l limit) {
				for m := range n {
					k := index(min(i, m), max(i, m), n)
					l.add(of(&c.hessian, k), c.v[m], c.hessian.by[a][k])
				}
				l.add(of(&c.hvp, i), 1, c.hvp.by[a][i])
				return l
			})
		}
	}
}

// limits returns the limit of an entry.
type limits func(t *table, i int) limit

// plainly returns the limit that a table has.
func plainly(t *table, i int) limit { return t.limits[i] }

// identity compares the two sides of an identity, which come from methods a and
// b.
func (j *judgement) identity(operator, entry string, a, b Method, x, y float64, of func(limits) limit) {
	if !finite(x) || !finite(y) {
		if j.report.Class == Undefined {
			j.without(NotANumber)
		} else {
			j.without(Overflow)
		}
		return
	}
	l := of(plainly)
	outcome := l.compare(x, y, l.Err)
	if outcome == apart {
		l = of(j.guarded)
		outcome = l.compare(x, y, l.Err)
	}
	switch {
	case outcome == fits && !(l.Err <= slack*max(math.Abs(x), math.Abs(y), l.Size)+least) && x != 0:
		j.without(Cancellation)
	case outcome == fits:
		j.report.Comparisons++
	case outcome == apart:
		j.report.Comparisons++
		j.report.Findings = append(j.report.Findings, Finding{operator, entry, a, b, x, y, l.Err})
	default:
		j.without(outcome)
	}
}

// add adds the limit of a term that is weighted with w and has the value y.
func (l *limit) add(term limit, w, y float64) {
	w = math.Abs(w)
	l.Size = max(l.Size, w*term.Size)
	l.Err += w*term.Err + 64*rounding.Unit*w*max(term.Size, math.Abs(y))
	l.Hazard = l.Hazard || term.Hazard
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += v * y[i]
	}
	return sum
}
