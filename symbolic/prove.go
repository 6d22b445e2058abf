package symbolic

import (
	"maps"
	"math/big"
	"slices"
	"strings"
)

// This file proves identities. Expressions become quotients of polynomials in atoms:
// variables, exponentials, sines and cosines of basic angles, roots, absolute values,
// logarithms, other functions. What is known of atoms (sin² = 1 - cos²) reduces their
// powers. Each step is an identity of real numbers wherever its left side has a value;
// beside it stand the conditions under which it has one.

// A prover knows the atoms of a proof.
type prover struct {
	*knowledge
	id     map[string]int
	atoms  []atom
	units  map[string]int64 // by body of an exponential or angle, what it is divided by
	again  bool             // a unit has changed
	failed bool
	work   int

	nonzero map[string]polynomial // conditions of the side at hand: these are not 0
	others  map[string]bool       // and others
}

// An atom is a number that proofs take as it is.
type atom struct {
	positive, nonnegative bool
	partial               bool // it is a function that may be infinite
	degree                int  // if it is not 0, this power of it is
	equal                 polynomial
	log, asin, atan, exp  polynomial // what it is the function of
}

// A rational function is a quotient of polynomials. The denominator of one term is 1.
type rationalFunction struct{ num, den polynomial }

var unit = polynomial{"": big.NewRat(1, 1)}

// prove reports whether a is b wherever one of them has a value; if all is regular,
// wherever both have.
func prove(k *knowledge, a, b Expr) bool {
	p := compile(a, b)
	if len(p.steps) > 300 {
		return false
	}
	units := make(map[string]int64)
	for range 6 {
		t := &prover{knowledge: k, id: make(map[string]int), units: units, work: 30_000}
		x, zeroA, othersA := t.side(a)
		y, zeroB, othersB := t.side(b)
		if t.again {
			continue
		}
		if t.failed {
			return false
		}
		d := t.times(x.num, y.den).plus(t.times(y.num, x.den).scaled(big.NewRat(-1, 1)))
		if d = t.whole(d); t.failed || len(d) != 0 {
			return false
		}
		return k.regular || maps.Equal(othersA, othersB) && t.sameZeros(zeroA, zeroB)
	}
	return false
}

// side returns an expression as a rational function, and its conditions.
func (t *prover) side(e Expr) (f rationalFunction, nonzero map[string]polynomial, others map[string]bool) {
	t.nonzero, t.others = make(map[string]polynomial), make(map[string]bool)
	p := e.compile()
	v := make([]rationalFunction, len(p.steps))
	for i, s := range p.steps {
		if v[i] = t.step(p, s, v); t.failed {
			return f, nil, nil
		}
	}
	return v[p.roots[0]], t.nonzero, t.others
}

// sameZeros reports whether the conditions are that the same product is not 0.
func (t *prover) sameZeros(a, b map[string]polynomial) bool {
	product := func(list map[string]polynomial) string {
		p := unit
		for _, key := range slices.Sorted(maps.Keys(list)) {
			p = t.times(p, list[key])
		}
		if len(p) == 0 || t.failed {
			t.failed = true
			return ""
		}
		return p.scaled(new(big.Rat).Inv(p.leading())).String()
	}
	x, y := product(a), product(b)
	return !t.failed && x == y
}

// whole multiplies by what makes all exponents positive, and reduces.
func (t *prover) whole(p polynomial) polynomial {
	e := p.content().exponents()
	for i := range e {
		e[i] = max(-e[i], 0)
	}
	return t.times(p, polynomial{monomialOf(e): big.NewRat(1, 1)})
}

// atom returns the number of the atom of that name, which is made if there is none.
func (t *prover) atom(name string, a atom) int {
	if i, ok := t.id[name]; ok {
		return i
	}
	t.id[name] = len(t.atoms)
	t.atoms = append(t.atoms, a)
	return len(t.atoms) - 1
}

func (t *prover) power(i, e int) rationalFunction {
	return rationalFunction{t.reduced(atomTo(i, e), big.NewRat(1, 1)), unit}
}

// times returns the product of polynomials, reduced.
func (t *prover) times(p, q polynomial) polynomial {
	product := make(polynomial)
	for m, a := range p {
		for o, b := range q {
			if t.work--; t.work < 0 || len(product) > 2000 {
				t.failed = true
				return polynomial{}
			}
			for m, c := range t.reduced(m.times(o), new(big.Rat).Mul(a, b)) {
				product.add(m, c)
			}
		}
	}
	return product
}

// reduced returns a term with powers of atoms replaced by what they are.
func (t *prover) reduced(m monomial, c *big.Rat) polynomial {
	e := m.exponents()
	for i := len(e) - 1; i >= 0; i-- {
		a := t.atoms[i]
		if e[i] > 64 || e[i] < -64 {
			t.failed = true
			return polynomial{}
		}
		if a.degree == 0 || e[i] < a.degree {
			continue
		}
		e[i] -= a.degree
		return t.times(polynomial{monomialOf(e): c}, a.equal)
	}
	return polynomial{m: c}
}

func constantFunction(p, q int64) rationalFunction {
	return rationalFunction{constantOf(big.NewRat(p, q)), unit}
}

func (t *prover) mul(a, b rationalFunction) rationalFunction {
	return t.quotient(t.times(a.num, b.num), t.times(a.den, b.den))
}

func (t *prover) add(a, b rationalFunction) rationalFunction {
	if a.den.String() == b.den.String() {
		return t.quotient(a.num.plus(b.num), a.den)
	}
	return t.quotient(t.times(a.num, b.den).plus(t.times(b.num, a.den)), t.times(a.den, b.den))
}

func (t *prover) sub(a, b rationalFunction) rationalFunction {
	return t.add(a, rationalFunction{b.num.scaled(big.NewRat(-1, 1)), b.den})
}

// div divides, and notes that b is not 0.
func (t *prover) div(a, b rationalFunction) rationalFunction {
	t.isNonzero(b)
	if t.failed || len(b.num) == 0 {
		t.failed = true
		return a
	}
	return t.quotient(t.times(a.num, b.den), t.times(a.den, b.num))
}

// quotient brings a denominator to a form: 1 if it has one term, else without a monomial
// as a factor and with 1 for its leading coefficient.
func (t *prover) quotient(num, den polynomial) rationalFunction {
	if t.failed || len(den) == 0 {
		t.failed = true
		return rationalFunction{polynomial{}, unit}
	}
	m, c := den.content(), den.leading()
	inverse := new(big.Rat).Inv(c)
	return rationalFunction{t.times(num.over(m).scaled(inverse), unit), den.over(m).scaled(inverse)}
}

// raise returns a to a whole power.
func (t *prover) raise(a rationalFunction, n int) rationalFunction {
	if n < 0 {
		return t.div(constantFunction(1, 1), t.raise(a, -n))
	}
	if n > 64 {
		t.failed = true
	}
	result := constantFunction(1, 1)
	for range n {
		if t.failed {
			break
		}
		result = t.mul(result, a)
	}
	return result
}

// isNonzero notes that a is not 0.
func (t *prover) isNonzero(a rationalFunction) {
	if len(a.num) == 0 {
		t.failed = true
		return
	}
	m := a.num.content()
	for i, e := range m.exponents() {
		switch a := t.atoms[i]; {
		case e == 0 || a.positive:
		case a.nonnegative && a.degree > 0: // a root or an absolute value
			t.isNonzero(rationalFunction{a.equal, unit})
		default:
			t.isNonzeroPolynomial(polynomial{atomTo(i, 1): big.NewRat(1, 1)})
		}
	}
	if rest := a.num.over(m); len(rest) > 1 && !t.isPositive(rest) {
		t.isNonzeroPolynomial(rest)
	}
}

func (t *prover) isNonzeroPolynomial(p polynomial) {
	p = p.scaled(new(big.Rat).Inv(p.leading()))
	t.nonzero[p.String()] = p
}

// isPositive reports whether a polynomial is known to be positive: all coefficients are, no
// factor is negative, and in one term all are positive.
func (t *prover) isPositive(p polynomial) bool {
	some := false
	for m, c := range p {
		if c.Sign() < 0 {
			return false
		}
		strictly := true
		for i, e := range m.exponents() {
			a := t.atoms[i]
			if e%2 != 0 && !a.nonnegative {
				return false
			}
			strictly = strictly && (e == 0 || a.positive)
		}
		some = some || strictly
	}
	return some
}

// single returns the atom that a monomial is, if it is one.
func (t *prover) single(m monomial) (a atom, ok bool) {
	e := m.exponents()
	if len(e) == 0 || e[len(e)-1] != 1 || strings.Trim(string(m[:len(m)-2]), "\x00") != "" {
		return atom{}, false
	}
	return t.atoms[len(e)-1], true
}
