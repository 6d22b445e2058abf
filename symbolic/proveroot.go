package symbolic

import "math/big"

// This file has absolute values, roots and logarithms in a proof.

// abs is a product where its argument is.
func (t *prover) abs(u rationalFunction) rationalFunction {
	if t.failed || len(u.num) == 0 {
		return u
	}
	if len(u.den) > 1 && t.isPositive(u.den) || len(u.den) == 1 {
		if over := (rationalFunction{u.den, unit}); len(u.den) > 1 {
			return t.div(t.abs(rationalFunction{u.num, unit}), over)
		}
	} else {
		return t.div(t.abs(rationalFunction{u.num, unit}), t.abs(rationalFunction{u.den, unit}))
	}
	if t.isPositive(u.num) {
		return u
	}
	m := u.num.content()
	rest := u.num.over(m)
	c := rest.leading()
	result := rationalFunction{constantOf(new(big.Rat).Abs(c)), unit}
	for i, e := range m.exponents() {
		switch a := t.atoms[i]; {
		case e == 0:
		case a.nonnegative || e%2 == 0:
			result = t.mul(result, t.power(i, e))
		default:
			result = t.mul(result, t.power(t.absolute(polynomial{atomTo(i, 1): big.NewRat(1, 1)}), e))
		}
	}
	if len(rest) > 1 {
		result = t.mul(result, t.power(t.absolute(rest.scaled(new(big.Rat).Inv(c))), 1))
	}
	return result
}

// absolute is the atom |p|.
func (t *prover) absolute(p polynomial) int {
	if i, ok := t.id["abs"+p.String()]; ok {
		return i
	}
	return t.atom("abs"+p.String(), atom{nonnegative: true, degree: 2, equal: t.times(p, p)})
}

// sqrt is a product of roots where all factors are known not to be negative.
func (t *prover) sqrt(u rationalFunction) rationalFunction {
	if t.failed || len(u.num) == 0 {
		return u
	}
	if q, ok := t.square(u.num); ok && len(u.den) == 1 {
		return t.abs(rationalFunction{q, unit})
	}
	t.isNonnegative(u)
	if len(u.den) > 1 {
		if !t.isPositive(u.den) {
			return t.power(t.atom("sqrt"+u.String(), atom{nonnegative: true}), 1)
		}
		return t.div(t.root(u.num), t.root(u.den))
	}
	return t.root(u.num)
}

// root returns the root of a polynomial.
func (t *prover) root(p polynomial) rationalFunction {
	m := p.content()
	rest := p.over(m)
	c := rest.leading()
	apart := c.Sign() > 0
	for i, e := range m.exponents() {
		apart = apart && (e%2 == 0 || t.atoms[i].nonnegative)
	}
	whole := func(p polynomial) rationalFunction {
		return t.power(t.atom("sqrt"+p.String(), atom{nonnegative: true, positive: t.isPositive(p), degree: 2, equal: p}), 1)
	}
	if !apart {
		return whole(p)
	}
	result := t.rootOfNumber(c)
	for i, e := range m.exponents() {
		one := polynomial{atomTo(i, 1): big.NewRat(1, 1)}
		switch {
		case e%2 == 0 && e != 0:
			result = t.mul(result, t.raise(t.abs(rationalFunction{one, unit}), e/2))
		case e != 0:
			result = t.mul(result, t.raise(whole(one), e))
		}
	}
	if len(rest) > 1 {
		result = t.mul(result, whole(rest.scaled(new(big.Rat).Inv(c))))
	}
	return result
}

// square returns a sum of two terms whose square is p, if p looks like one.
func (t *prover) square(p polynomial) (q polynomial, ok bool) {
	if len(p) < 2 || len(p) > 4 {
		return nil, false
	}
	list := p.monomials()
	for i, a := range list {
		for _, b := range list[i+1:] {
			x, okA := rootOfTerm(a, p[a])
			y, okB := rootOfTerm(b, p[b])
			if !okA || !okB {
				continue
			}
			for _, sign := range []int64{1, -1} {
				q := x.plus(y.scaled(big.NewRat(sign, 1)))
				if t.times(q, q).String() == p.String() {
					return q, true
				}
			}
		}
	}
	return nil, false
}

func rootOfTerm(m monomial, c *big.Rat) (polynomial, bool) {
	e := m.exponents()
	for i := range e {
		if e[i]%2 != 0 {
			return nil, false
		}
		e[i] /= 2
	}
	a, ok := rootOfRat(c)
	return polynomial{monomialOf(e): a}, ok
}

// rootOfRat returns the root of a number that is a square.
func rootOfRat(c *big.Rat) (*big.Rat, bool) {
	if c.Sign() <= 0 {
		return nil, false
	}
	p, q := new(big.Int).Sqrt(c.Num()), new(big.Int).Sqrt(c.Denom())
	r := new(big.Rat).SetFrac(p, q)
	return r, new(big.Rat).Mul(r, r).Cmp(c) == 0
}

// rootOfNumber takes squares out of the root of a positive number: √8 is 2·√2, √½ is √2/2.
func (t *prover) rootOfNumber(c *big.Rat) rationalFunction {
	n := new(big.Int).Mul(c.Num(), c.Denom()) // √(p/q) is √(pq)/q
	outside := new(big.Rat).SetFrac(big.NewInt(1), c.Denom())
	for k := int64(2); k < 200; k++ {
		square := big.NewInt(k * k)
		for {
			quotient, rest := new(big.Int).QuoRem(n, square, new(big.Int))
			if rest.Sign() != 0 {
				break
			}
			n = quotient
			outside.Mul(outside, big.NewRat(k, 1))
		}
	}
	result := rationalFunction{constantOf(outside), unit}
	if n.IsInt64() && n.Int64() == 1 {
		return result
	}
	inside := constantOf(new(big.Rat).SetInt(n))
	return t.mul(result, t.power(t.atom("sqrt"+inside.String(), atom{positive: true, nonnegative: true, degree: 2, equal: inside}), 1))
}

// isNonnegative notes that u is not negative.
func (t *prover) isNonnegative(u rationalFunction) {
	if len(u.num) == 0 || t.isEven(u.num) && (len(u.den) == 1 || t.isPositive(u.den)) {
		return
	}
	if len(u.den) == 1 {
		u = rationalFunction{u.num.scaled(new(big.Rat).Inv(new(big.Rat).Abs(u.num.leading()))), unit}
	}
	t.others[">="+u.String()] = true
}

// isEven reports whether no term of a polynomial is negative.
func (t *prover) isEven(p polynomial) bool {
	for m, c := range p {
		if c.Sign() < 0 {
			return false
		}
		for i, e := range m.exponents() {
			if e%2 != 0 && !t.atoms[i].nonnegative {
				return false
			}
		}
	}
	return true
}

// log is a sum where its argument is a product of factors of which all but one are known to
// be positive, or squares.
func (t *prover) log(u rationalFunction) rationalFunction {
	if t.failed || len(u.num) == 0 {
		t.failed = true
		return u
	}
	result := constantFunction(0, 1)
	if len(u.den) > 1 && t.isPositive(u.den) {
		result = t.sub(result, t.log(rationalFunction{u.den, unit}))
		u.den = unit
	}
	m := u.num.content()
	rest := u.num.over(m)
	c := new(big.Rat).Abs(rest.leading())
	rest = rest.scaled(new(big.Rat).Inv(c))
	result = t.add(result, t.logOfNumber(c))
	left := polynomial{"": big.NewRat(1, 1)}
	for i, e := range m.exponents() {
		switch a := t.atoms[i]; {
		case e == 0:
		case a.positive || e%2 == 0 || a.nonnegative:
			size := t.abs(t.power(i, 1))
			if !a.positive {
				t.isNonzero(t.power(i, 1))
			}
			result = t.add(result, t.mul(constantFunction(int64(e), 1), t.logOfAtom(i, size)))
		default:
			left = t.times(left, polynomial{atomTo(i, e): big.NewRat(1, 1)})
		}
	}
	left = t.times(left, rest)
	if _, one, ok := left.single(); ok && len(u.den) == 1 && one.Cmp(big.NewRat(1, 1)) == 0 && left.String() == unit.String() {
		return result
	}
	argument := t.quotient(left, u.den)
	if len(u.den) > 1 || !t.isPositive(left) {
		t.others[">"+argument.String()] = true
	}
	made := atom{}
	if len(argument.den) == 1 {
		made.log = argument.num
	}
	return t.add(result, t.power(t.atom("log"+argument.String(), made), 1))
}

// logOfAtom returns the logarithm of the absolute value of an atom: of an exponential, its
// argument, of a root or an absolute value, half of that of its square.
func (t *prover) logOfAtom(i int, size rationalFunction) rationalFunction {
	switch a := t.atoms[i]; {
	case a.exp != nil:
		return rationalFunction{a.exp, unit}
	case a.nonnegative && a.degree == 2:
		return t.div(t.log(rationalFunction{a.equal, unit}), constantFunction(2, 1))
	}
	return t.power(t.atom("log"+size.String(), atom{log: size.num}), 1)
}

// logOfNumber is a sum over the small primes of a positive number.
func (t *prover) logOfNumber(c *big.Rat) rationalFunction {
	result := constantFunction(0, 1)
	part := func(n *big.Int, sign int64) {
		n = new(big.Int).Set(n)
		log := func(p *big.Int, times int64) {
			i := t.atom("logarithm of "+p.String(), atom{positive: true, nonnegative: true, log: constantOf(new(big.Rat).SetInt(p))})
			result = t.add(result, t.mul(constantFunction(sign*times, 1), t.power(i, 1)))
		}
		for k := int64(2); k < 200; k++ {
			times := int64(0)
			for {
				quotient, rest := new(big.Int).QuoRem(n, big.NewInt(k), new(big.Int))
				if rest.Sign() != 0 {
					break
				}
				n, times = quotient, times+1
			}
			if times > 0 {
				log(big.NewInt(k), times)
			}
		}
		if !n.IsInt64() || n.Int64() != 1 {
			log(n, 1)
		}
	}
	part(c.Num(), 1)
	part(c.Denom(), -1)
	return result
}
