package symbolic

import (
	"math"
	"math/big"

	"github.com/quartet-ad/ad/internal/rule"
)

// multiple returns how many units of a body an argument c times the body is. The unit is
// made smaller if it is no whole number, for another round.
func (t *prover) multiple(body string, c *big.Rat) int {
	if t.units[body] == 0 {
		t.units[body] = 1
	}
	n := new(big.Rat).Mul(c, big.NewRat(t.units[body], 1))
	if n.IsInt() && n.Num().IsInt64() && n.Num().Int64() <= 64 && n.Num().Int64() >= -64 {
		return int(n.Num().Int64())
	}
	if !n.IsInt() && n.Denom().IsInt64() && n.Denom().Int64() <= 64/t.units[body] {
		t.units[body] *= n.Denom().Int64()
		t.again = true
		return 0
	}
	t.failed = true
	return 0
}

// addends calls f with the terms of an argument: numbers and what they multiply, which is
// the argument as a whole where it is a quotient.
func (t *prover) addends(u rationalFunction, f func(body string, m monomial, c *big.Rat)) {
	if _, _, ok := u.den.single(); ok {
		for _, m := range u.num.monomials() {
			f(string(m), m, u.num[m])
		}
		return
	}
	c := u.num.leading()
	f(t.mul(u, rationalFunction{constantOf(new(big.Rat).Inv(c)), unit}).String(), "", c)
}

// exp is a product of powers of exponentials.
func (t *prover) exp(u rationalFunction) rationalFunction {
	result := constantFunction(1, 1)
	if t.failed || len(u.num) == 0 {
		return result
	}
	t.addends(u, func(body string, m monomial, c *big.Rat) {
		if a, ok := t.single(m); ok && a.log != nil { // of a logarithm
			switch two := new(big.Rat).Mul(c, big.NewRat(2, 1)); {
			case c.IsInt() && c.Num().IsInt64():
				result = t.mul(result, t.raise(rationalFunction{a.log, unit}, clamped(c)))
				return
			case two.IsInt() && two.Num().IsInt64():
				result = t.mul(result, t.raise(t.sqrt(rationalFunction{a.log, unit}), clamped(two)))
				return
			}
		}
		n := t.multiple("exp"+body, c)
		made := atom{positive: true, nonnegative: true}
		if len(u.den) == 1 {
			made.exp = polynomial{m: big.NewRat(1, t.units["exp"+body])}
		}
		result = t.mul(result, t.power(t.atom("exp"+body, made), n))
	})
	return result
}

// clamped returns a whole number, or one that is too large if it is.
func clamped(c *big.Rat) int {
	return int(max(-1000, min(1000, c.Num().Int64())))
}

func (t *prover) hyperbolic(row *rule.Func, u rationalFunction) rationalFunction {
	e := t.exp(u)
	back := t.div(constantFunction(1, 1), e)
	sinh, cosh := t.div(t.sub(e, back), constantFunction(2, 1)), t.div(t.add(e, back), constantFunction(2, 1))
	switch row {
	case rule.Sinh:
		return sinh
	case rule.Cosh:
		return cosh
	case rule.Sech:
		return t.div(constantFunction(1, 1), cosh)
	}
	return t.div(sinh, cosh)
}

// trigonometric goes by the angles that an argument is the sum of.
func (t *prover) trigonometric(row *rule.Func, u rationalFunction) rationalFunction {
	zero, one := constantFunction(0, 1), constantFunction(1, 1)
	cos, sin := one, zero
	turn := func(c, s rationalFunction, n int) {
		if n < 0 {
			s, n = t.sub(zero, s), -n
		}
		for range n {
			if t.failed {
				return
			}
			cos, sin = t.sub(t.mul(cos, c), t.mul(sin, s)), t.add(t.mul(sin, c), t.mul(cos, s))
		}
	}
	if len(u.num) > 0 {
		t.addends(u, func(body string, m monomial, c *big.Rat) {
			a, _ := t.single(m)
			quarters := new(big.Rat).Mul(c, big.NewRat(2, 1))
			isPi := m != "" && m == atomTo(t.atom("pi", atom{positive: true, nonnegative: true}), 1)
			switch {
			case isPi && quarters.IsInt() && quarters.Num().IsInt64():
				turn(zero, one, int(((quarters.Num().Int64()%4)+4)%4))
				return
			case a.asin != nil && c.IsInt():
				v := rationalFunction{a.asin, unit}
				turn(t.sqrt(t.sub(one, t.mul(v, v))), v, clamped(c))
				return
			case a.atan != nil && c.IsInt():
				v := rationalFunction{a.atan, unit}
				h := t.sqrt(t.add(one, t.mul(v, v)))
				turn(t.div(one, h), t.div(v, h), clamped(c))
				return
			}
			n := t.multiple("angle"+body, c)
			i := t.atom("cos"+body, atom{})
			square := polynomial{"": big.NewRat(1, 1), atomTo(i, 2): big.NewRat(-1, 1)}
			k := t.atom("sin"+body, atom{degree: 2, equal: square})
			turn(t.power(i, 1), t.power(k, 1), n)
		})
	}
	switch row {
	case rule.Sin:
		return sin
	case rule.Cos:
		return cos
	case rule.Sec:
		return t.div(one, cos)
	}
	return t.div(sin, cos)
}

// atan is odd; of 1/u, where u is positive, it is π/2 - atan u.
func (t *prover) atan(u rationalFunction) rationalFunction {
	if m, c, ok := u.num.single(); ok && len(u.den) == 1 && c.Sign() > 0 && t.isPositive(u.num) {
		if e := m.exponents(); len(e) > 0 && e[len(e)-1] < 0 {
			return t.sub(t.number(math.Pi/2), t.atan(t.div(constantFunction(1, 1), u)))
		}
	}
	made := atom{}
	if len(u.den) == 1 && len(u.num) > 0 {
		made.atan = u.num.scaled(big.NewRat(int64(u.num.leading().Sign()), 1))
	}
	return t.odd("atan", u, made)
}
