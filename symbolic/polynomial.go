package symbolic

import (
	"maps"
	"math/big"
	"slices"
	"strings"
)

// A polynomial is a sum of monomials in the atoms of a proof, which may have negative
// exponents: exact coefficients by monomial. None of them is 0.
type polynomial map[monomial]*big.Rat

// A monomial has two bytes for the exponent of each atom, without zeros at the end.
type monomial string

func (m monomial) exponents() []int {
	e := make([]int, len(m)/2)
	for i := range e {
		e[i] = int(int16(uint16(m[2*i])<<8 | uint16(m[2*i+1])))
	}
	return e
}

func monomialOf(exponents []int) monomial {
	n := len(exponents)
	for n > 0 && exponents[n-1] == 0 {
		n--
	}
	b := make([]byte, 0, 2*n)
	for _, e := range exponents[:n] {
		b = append(b, byte(uint16(e)>>8), byte(e))
	}
	return monomial(b)
}

// atomTo returns the atom i to a power.
func atomTo(i, e int) monomial {
	exponents := make([]int, i+1)
	exponents[i] = e
	return monomialOf(exponents)
}

func (m monomial) times(o monomial) monomial {
	a, b := m.exponents(), o.exponents()
	if len(a) < len(b) {
		a, b = b, a
	}
	for i, e := range b {
		a[i] += e
	}
	return monomialOf(a)
}

func constantOf(c *big.Rat) polynomial {
	if c.Sign() == 0 {
		return polynomial{}
	}
	return polynomial{"": c}
}

func (p polynomial) add(m monomial, c *big.Rat) {
	if old, ok := p[m]; ok {
		c = new(big.Rat).Add(old, c)
	}
	if c.Sign() == 0 {
		delete(p, m)
		return
	}
	p[m] = c
}

func (p polynomial) plus(q polynomial) polynomial {
	sum := make(polynomial, len(p)+len(q))
	maps.Copy(sum, p)
	for m, c := range q {
		sum.add(m, c)
	}
	return sum
}

func (p polynomial) scaled(c *big.Rat) polynomial {
	q := make(polynomial, len(p))
	for m, v := range p {
		q[m] = new(big.Rat).Mul(v, c)
	}
	return q
}

func (p polynomial) monomials() []monomial { return slices.Sorted(maps.Keys(p)) }

// single returns the monomial and the coefficient of a polynomial of one term.
func (p polynomial) single() (m monomial, c *big.Rat, ok bool) {
	if len(p) != 1 {
		return "", nil, false
	}
	for m, c := range p {
		return m, c, true
	}
	return "", nil, false
}

// leading returns the coefficient of the last monomial, and 1 for 0.
func (p polynomial) leading() *big.Rat {
	list := p.monomials()
	if len(list) == 0 {
		return big.NewRat(1, 1)
	}
	return p[list[len(list)-1]]
}

// content returns the monomial of the least exponents of all terms.
func (p polynomial) content() monomial {
	var least []int
	for i, m := range p.monomials() {
		e := m.exponents()
		if i == 0 {
			least = e
			continue
		}
		for len(e) < len(least) {
			e = append(e, 0)
		}
		for len(least) < len(e) {
			least = append(least, 0)
		}
		for k := range least {
			least[k] = min(least[k], e[k])
		}
	}
	return monomialOf(least)
}

func (m monomial) inverse() monomial {
	e := m.exponents()
	for i := range e {
		e[i] = -e[i]
	}
	return monomialOf(e)
}

// over returns the polynomial divided by a monomial.
func (p polynomial) over(m monomial) polynomial {
	by := m.inverse()
	q := make(polynomial, len(p))
	for o, c := range p {
		q[o.times(by)] = c
	}
	return q
}

// String returns a text that two polynomials of one proof have in common if they are equal.
func (p polynomial) String() string {
	var b strings.Builder
	for _, m := range p.monomials() {
		b.WriteString(string(m) + ":" + p[m].RatString() + ";")
	}
	return b.String()
}
