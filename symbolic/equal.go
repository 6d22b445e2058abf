package symbolic

import (
	"math"

	"github.com/quartet-ad/ad"
)

// A Verdict answers whether two expressions are equal.
type Verdict int

const (
	Unknown Verdict = iota // neither was found
	Yes
	No
)

// String returns "unknown", "yes" or "no".
func (v Verdict) String() string { return [...]string{"unknown", "yes", "no"}[v] }

// Equal reports whether a and b are equal for all numbers that the variables may be under
// the assumptions: both have the same value, or both have none. If Regular() is assumed,
// only points count at which all parts of both have a value: (x^2 - 1)/(x - 1) is x + 1 then.
//
// Yes is a proof, of the real functions that the formulas say: a and b are brought to one
// normal form, or to quotients of polynomials with exact coefficients that cross-multiply to
// the same, by what textbooks know of exponentials, logarithms, angles, roots and absolute
// values. No has a point at which the two differ by far more than rounding explains. Anything
// else is Unknown: sameness at many points proves nothing. Numbers are what their shortest
// decimals say, or the short fractions and multiples of pi next to them.
//
//	exp(x + y) is exp(x)*exp(y)         log(x*y) is log(x) + log(y) where Positive is assumed of both
//	sin(2*x) is 2*sin(x)*cos(x)         log(x^2) is 2*log(abs(x)), and 2*log(x) where Positive(x) is assumed
//	tanh(x) is 2*sigmoid(2*x) - 1       asin(x) + acos(x) is pi/2 where Regular() is assumed
//
// Cost: two expansions, some 200 evaluations and at most 180,000 products of terms.
func Equal(a, b Expr, assume ...Assumption) Verdict {
	if a == b {
		return Yes
	}
	vars := a.Sub(b).Vars()
	all := assume
	for _, v := range vars {
		all = append(all[:len(all):len(all)], Finite(v))
	}
	k := newKnowledge(all)
	if differ(a, b, vars, newKnowledge(assume)) {
		return No
	}
	normal := func(e Expr) Expr {
		e = Expand(simplify(e.compile(), []Expr{e}, k)[0])
		return simplify(e.compile(), []Expr{e}, k)[0]
	}
	if x, y := normal(a), normal(b); x == y {
		return Yes
	}
	for _, d := range []Expr{a.Sub(b), a.Spelled().Sub(b.Spelled())} {
		if z, ok := normal(d).number(); ok && z == 0 {
			return Yes
		}
	}
	if prove(newKnowledge(assume), a, b) {
		return Yes
	}
	return Unknown
}

// differ looks for a point at which a and b differ.
func differ(a, b Expr, vars []Expr, k *knowledge) bool {
	p := compile(a, b)
	every := make([]Expr, len(p.steps))
	for i, s := range p.steps {
		every[i] = wrap(s.node)
	}
	state := uint64(1)
	next := func() float64 { // uniform in [0, 1): the same points every time
		state = state*6364136223846793005 + 1442695040888963407
		return float64(state>>11) / (1 << 53)
	}
	x := make([]ad.Real, len(vars))
	for i := range 200 {
		scale := []float64{1, 3, 0.1, 10}[i%4]
		for j, v := range vars {
			f := k.of(v.node())
			c := scale * (2*next() - 1)
			if f&nonnegative != 0 {
				c = math.Abs(c)
			}
			x[j] = ad.Real(c)
		}
		v := run(compile(every...), vars, x)
		y, z := float64(v[p.roots[0]]), float64(v[p.roots[1]])
		largest := 0.0
		for _, u := range v {
			largest = max(largest, math.Abs(float64(u)))
		}
		if d := math.Abs(y - z); d > 1e-6*(1+largest) && d-d == 0 && largest < 1e100 {
			return true
		}
	}
	return false
}
