package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// log writes the logarithms.
func log() {
	writeLoops(
		loop{"log", "writes the natural logarithms.", "x", "dst", "", func(m machine, in, _ []Register) []Register {
			return []Register{m.log(in[0])}
		}},
		loop{"log1p", "writes the natural logarithms of 1+x.", "x", "dst", "", func(m machine, in, _ []Register) []Register {
			return []Register{m.log1p(in[0])}
		}},
		loop{"softplus", "writes log(1+exp(x)).", "x", "dst", "", func(m machine, in, _ []Register) []Register {
			return []Register{m.softplus(in[0])}
		}},
	)
}

const (
	// The integer part of ln 2 times any exponent is exact.
	ln2Upper = 6.93147180369123816490e-01
	ln2Rest  = 1.90821492927058770002e-10

	smallest = 0x1p-1022 // normal number
	rootHalf = 0x3fe6a09e667f3bcd
)

// split returns f and e for x = 2ᵉ·(1+f), √½ ≤ 1+f < √2, where x is positive and
// normal. Exponents are kept 1024 too large on the way, so that none is negative.
func (m machine) split(x Register) (f, e Register) {
	const high = 1024 << 52
	offset := uint64(rootHalf)
	shifted := m.register()
	VPADDQ(bits(high-offset), x, shifted)
	e = m.register()
	VPSRLQ(Imm(52), shifted, e)
	e = m.sub(m.or(e, number(0x1p52)), number(0x1p52+1024))
	f = m.register()
	VPSUBQ(m.and(shifted, bits(0xfff<<52)), x, f)
	VPADDQ(bits(high), f, f)
	return m.sub(f, number(1)), e
}

// log1f returns log(1+f) + e·ln 2 + c, by the method of FreeBSD's e_log.c: with
// s = f/(2+f), log(1+f) = f - f²/2 + s·(f²/2 + R(s²)).
func (m machine) log1f(f, e, c Register) Register {
	s := m.div(f, m.add(f, number(2)))
	z := m.mul(s, s)
	r := m.mul(z, m.horner(z, 1.479819860511658591e-01, 1.531383769920937332e-01, 1.818357216161805012e-01,
		2.222219843214978396e-01, 2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01))
	half := m.mul(m.mul(f, f), number(0.5))
	low := m.mul(s, m.add(half, r))
	VFMADD231PD(number(ln2Rest), e, low)
	if c != nil {
		VADDPD(c, low, low)
	}
	low = m.sub(f, m.sub(half, low))
	VFMADD231PD(number(ln2Upper), e, low)
	return low
}

// log scales subnormal numbers up, and mends what is no logarithm at the end.
func (m machine) log(x Register) Register {
	scaled, shift := m.register(), m.register()
	VMOVAPD(x, scaled)
	VXORPD(shift, shift, shift)
	odd := m.compare(notGreaterEq, x, number(smallest))
	m.ifAny(odd, "scale")
	Label("scaled")
	f, e := m.split(scaled)
	y := m.log1f(f, m.sub(e, shift), nil)
	m.ifAny(m.compare(notGreaterEq, x, number(smallest)), "mend")
	m.ifAny(m.compare(notLessEqual, x, number(maxFloat)), "mend")
	JMP(LabelRef("store"))

	Label("scale")
	VMOVAPD(m.choose(odd, m.mul(x, number(0x1p54)), x), scaled)
	VMOVAPD(m.choose(odd, m.load(number(54)), shift), shift)
	JMP(LabelRef("scaled"))

	Label("mend")
	VMOVAPD(m.mendLog(x, y), y)
	return y
}

const maxFloat = 0x1.fffffffffffffp1023

// mendLog returns y, but -Inf where x is ±0, NaN where it is less or NaN, +Inf
// where it is +Inf.
func (m machine) mendLog(x, y Register) Register {
	zero := m.load(number(0))
	y = m.choose(m.compare(equal, x, zero), m.load(bits(0xfff<<52)), y)
	y = m.choose(m.compare(equal, x, m.load(bits(0x7ff<<52))), x, y)
	return m.choose(m.compare(notGreaterEq, x, zero), m.load(bits(0x7ff8<<48)), y)
}

// log1pWithin returns log(1+x) where that is finite, and u = 1+x. It is the
// logarithm of the rounded u, plus the rounding error over u.
func (m machine) log1pWithin(x Register) (y, u Register) {
	one := m.load(number(1))
	u = m.add(x, one)
	v := m.sub(u, one)
	rest := m.add(m.sub(one, m.sub(u, v)), m.sub(x, v))
	f, e := m.split(u)
	return m.log1f(f, e, m.div(rest, u)), u
}

func (m machine) log1p(x Register) Register {
	y, u := m.log1pWithin(x)
	y = m.or(y, m.and(x, bits(signBit))) // of -0
	m.ifAny(m.compare(notGreaterEq, x, number(-0x1.fffffffffffffp-1)), "mend")
	m.ifAny(m.compare(notLessEqual, x, number(maxFloat)), "mend")
	JMP(LabelRef("store"))
	Label("mend")
	VMOVAPD(m.mendLog(u, y), y)
	return y
}

// softplus is max(x, 0) + log1p(exp(-|x|)), where NaN and infinities come through
// the first term.
func (m machine) softplus(x Register) Register {
	e := m.exp(m.or(x, bits(signBit)), "scaled")
	Label("scaled")
	y, _ := m.log1pWithin(e)
	return m.add(y, m.max(m.load(number(0)), x))
}
