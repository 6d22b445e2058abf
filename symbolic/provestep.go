package symbolic

import (
	"math"
	"math/big"
	"strconv"

	"github.com/quartet-ad/ad/internal/rule"
)

// This file says what each operation of a formula is in a proof.

// number returns the value of a constant.
func (t *prover) number(c float64) rationalFunction {
	if c != c || math.IsInf(c, 0) {
		t.failed = true
		return rationalFunction{}
	}
	for q := 1.0; q <= 12; q++ { // multiples of π
		if p := math.Round(c / math.Pi * q); p != 0 && math.Abs(p) <= 48 && (p*math.Pi/q == c || p*(math.Pi/q) == c) {
			pi := t.power(t.atom("pi", atom{positive: true, nonnegative: true}), 1)
			return t.mul(pi, constantFunction(int64(p), int64(q)))
		}
	}
	if r := ratioOf(c); whole(r.p) && whole(r.q) {
		return constantFunction(int64(r.p), int64(r.q))
	}
	v, ok := new(big.Rat).SetString(strconv.FormatFloat(c, 'g', -1, 64))
	if !ok || math.Abs(math.Log10(math.Abs(c))) > 100 {
		t.failed = true
		return rationalFunction{}
	}
	return rationalFunction{constantOf(v), unit}
}

// opaque is a function of which nothing is known but where it has a value.
func (t *prover) opaque(name string, total bool, args ...rationalFunction) rationalFunction {
	for _, a := range args {
		name += "," + a.String()
	}
	if !total {
		t.others[name] = true
	}
	return t.power(t.atom(name, atom{partial: !total}), 1)
}

func (a rationalFunction) String() string { return a.num.String() + "/" + a.den.String() }

// odd is an odd function that is an atom.
func (t *prover) odd(name string, a rationalFunction, made atom) rationalFunction {
	if len(a.num) == 0 {
		return a
	}
	sign := int64(a.num.leading().Sign())
	u := t.mul(a, constantFunction(sign, 1))
	return t.mul(constantFunction(sign, 1), t.power(t.atom(name+u.String(), made), 1))
}

// keepsInfinities reports whether a step is no number where an operand is infinite.
func (s step) keepsInfinities() bool {
	switch s.kind {
	case add, sub, neg, mul:
		return true
	case apply:
		switch s.row {
		case rule.Square, rule.Cube, rule.Abs, rule.Sqrt, rule.Cbrt, rule.Log, rule.Log2, rule.Log10, rule.Log1p:
			return true
		}
	case apply2:
		c, ok := exponentOf(s.node)
		return ok && c > 0
	}
	return false
}

// isFinite notes that a has a value where it is an operand of a function that may be a
// number elsewhere, such as 1/a.
func (t *prover) isFinite(a rationalFunction) {
	finite := len(a.den) == 1 || t.isPositive(a.den)
	for m := range a.num {
		for i, e := range m.exponents() {
			b := t.atoms[i]
			finite = finite && (e >= 0 || b.positive) && (e == 0 || !b.partial) && (e == 0 || b.log == nil || t.isPositive(b.log))
		}
	}
	if !finite {
		t.others["finite "+a.String()] = true
	}
}

// step returns the value of a step.
func (t *prover) step(p *program, s step, v []rationalFunction) rationalFunction {
	if !s.keepsInfinities() {
		for i, at := range p.operandsOf(s) {
			if s.kind != div || i == 1 {
				t.isFinite(v[at])
			}
		}
	}
	switch s.kind {
	case constant:
		return t.number(s.value())
	case variable:
		f := t.of(s.node)
		return t.power(t.atom("variable "+s.name+strconv.FormatUint(s.bits, 10), atom{positive: f&positive != 0, nonnegative: f&nonnegative != 0}), 1)
	case add:
		return t.add(v[s.a], v[s.b])
	case sub:
		return t.sub(v[s.a], v[s.b])
	case mul:
		return t.mul(v[s.a], v[s.b])
	case div:
		return t.div(v[s.a], v[s.b])
	case neg:
		return t.mul(v[s.a], constantFunction(-1, 1))
	case apply:
		return t.call(s.row, v[s.a])
	case apply2:
		return t.call2(s, v[s.a], v[s.b])
	case logSumExp, softmax:
		sum := constantFunction(0, 1)
		list := p.lists[s.a]
		for _, at := range list {
			sum = t.add(sum, t.exp(v[at]))
		}
		if s.kind == logSumExp {
			return t.log(sum)
		}
		return t.div(t.exp(v[list[int(s.bits)]]), sum)
	case norm:
		sum := constantFunction(0, 1)
		for _, at := range p.lists[s.a] {
			sum = t.add(sum, t.mul(v[at], v[at]))
		}
		return t.sqrt(sum)
	}
	t.failed = true
	return rationalFunction{}
}

// call returns the value of a function of one variable.
func (t *prover) call(row *rule.Func, u rationalFunction) rationalFunction {
	one, two := constantFunction(1, 1), constantFunction(2, 1)
	switch row {
	case rule.Square:
		return t.mul(u, u)
	case rule.Cube:
		return t.raise(u, 3)
	case rule.Reciprocal:
		return t.div(one, u)
	case rule.Sqrt:
		return t.sqrt(u)
	case rule.Rsqrt:
		return t.div(one, t.sqrt(u))
	case rule.Abs:
		return t.abs(u)
	case rule.ReLU:
		return t.div(t.add(u, t.abs(u)), two)
	case rule.Exp:
		return t.exp(u)
	case rule.Exp2:
		return t.exp(t.mul(u, t.log(two)))
	case rule.Expm1:
		return t.sub(t.exp(u), one)
	case rule.Gauss:
		return t.exp(t.sub(constantFunction(0, 1), t.mul(u, u)))
	case rule.Log:
		return t.log(u)
	case rule.Log2:
		return t.div(t.log(u), t.log(two))
	case rule.Log10:
		return t.div(t.log(u), t.log(constantFunction(10, 1)))
	case rule.Log1p:
		return t.log(t.add(one, u))
	case rule.Sinh, rule.Cosh, rule.Tanh, rule.Sech:
		return t.hyperbolic(row, u)
	case rule.Sigmoid, rule.LogSigmoid, rule.SiLU:
		e := t.exp(u)
		s := t.div(e, t.add(one, e))
		switch row {
		case rule.LogSigmoid:
			return t.log(s)
		case rule.SiLU:
			return t.mul(u, s)
		}
		return s
	case rule.Sin, rule.Cos, rule.Tan, rule.Sec:
		return t.trigonometric(row, u)
	case rule.Asin, rule.Acos:
		made := atom{}
		if _, _, ok := u.den.single(); ok && len(u.num) > 0 {
			made.asin = u.num.scaled(big.NewRat(int64(u.num.leading().Sign()), 1))
		}
		t.isNonnegative(t.sub(one, t.mul(u, u)))
		asin := t.odd("asin", u, made)
		if row == rule.Acos {
			return t.sub(t.number(math.Pi/2), asin)
		}
		return asin
	case rule.Atan:
		return t.atan(u)
	case rule.Asinh:
		return t.log(t.add(u, t.sqrt(t.add(t.mul(u, u), one))))
	case rule.Acosh:
		return t.log(t.add(u, t.sqrt(t.sub(t.mul(u, u), one))))
	case rule.Atanh:
		return t.div(t.log(t.div(t.add(one, u), t.sub(one, u))), two)
	case rule.Erf:
		return t.odd("erf", u, atom{})
	case rule.Erfc:
		return t.sub(one, t.odd("erf", u, atom{}))
	case rule.Cbrt:
		made := atom{}
		if _, _, ok := u.den.single(); ok && len(u.num) > 0 {
			made.degree, made.equal = 3, u.num.scaled(big.NewRat(int64(u.num.leading().Sign()), 1))
		}
		return t.odd("cbrt", u, made)
	}
	return t.opaque(row.Name, false, u)
}

// call2 returns the value of a function of two variables.
func (t *prover) call2(s step, u, w rationalFunction) rationalFunction {
	one, two := constantFunction(1, 1), constantFunction(2, 1)
	switch s.row2 {
	case rule.Pow:
		if c, ok := exponentOf(s.node); ok && c == math.Trunc(c) && math.Abs(c) <= 64 {
			return t.raise(u, int(c))
		} else if ok && 2*c == math.Trunc(2*c) && math.Abs(c) <= 32 {
			return t.raise(t.sqrt(u), int(2*c))
		}
		if t.isPositive(u.num) && t.isPositive(u.den) {
			return t.exp(t.mul(w, t.log(u)))
		}
	case rule.Max, rule.Min:
		d := t.abs(t.sub(u, w))
		if s.row2 == rule.Min {
			d = t.mul(d, constantFunction(-1, 1))
		}
		return t.div(t.add(t.add(u, w), d), two)
	case rule.Hypot:
		return t.sqrt(t.add(t.mul(u, u), t.mul(w, w)))
	case rule.LogAddExp:
		return t.log(t.add(t.exp(u), t.exp(w)))
	case rule.Share:
		return t.div(t.exp(u), t.add(t.exp(u), t.exp(w)))
	case rule.Softplus:
		return t.div(t.log(t.add(one, t.exp(t.mul(u, w)))), w)
	}
	return t.opaque(s.row2.Name, false, u, w)
}
