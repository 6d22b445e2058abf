package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// exp writes what is built on the exponential function.
func exp() {
	writeLoops(
		loop{"exp", "writes the exponentials.", "x", "dst", "", func(m machine, in, _ []Register) []Register {
			return []Register{m.exp(in[0], "store")}
		}},
		loop{"expm1", "writes the exponentials less 1.", "x", "dst", "", func(m machine, in, _ []Register) []Register {
			return []Register{m.expm1(in[0])}
		}},
		loop{"sigmoid", "writes 1/(1+exp(-x)).", "x", "dst", "", func(m machine, in, _ []Register) []Register {
			return []Register{m.sigmoid(in[0])}
		}},
		loop{"tanh", "writes the hyperbolic tangents.", "x", "dst", "", func(m machine, in, _ []Register) []Register {
			return []Register{m.tanh(in[0])}
		}},
	)
}

const (
	log2e  = 1.4426950408889634
	ln2    = 0.6931471805599453
	ln2Low = 2.3190468138462996e-17

	// Added to a number below 2⁵¹ it leaves an integer, nearest to it, in the
	// last bits.
	shifter = 0x1.8p52
)

// reduce returns exp(r)-1 for x = n·ln 2 + r, |r| ≤ ln 2/2, and n twice: as a
// number, and in the last bits.
//
// exp(r) = 1 + r + r²·P(r), where P is Chebyshev's interpolant of
// degree 10 on the interval; its error is 1.4e-18.
func (m machine) reduce(x Register) (t, n, last Register) {
	last = m.load(number(shifter))
	VFMADD231PD(number(log2e), x, last)
	n = m.sub(last, number(shifter))
	r := m.register()
	VMOVAPD(x, r)
	VFNMADD231PD(number(ln2), n, r)
	VFNMADD231PD(number(ln2Low), n, r)
	p := m.horner(r,
		0x1.1f731ea5352cap-29, 0x1.af4e196027428p-26, 0x1.27e4db57442fbp-22, 0x1.71de021a90822p-19, 0x1.a01a01a6dcaffp-16,
		0x1.a01a01abef415p-13, 0x1.6c16c16c162ccp-10, 0x1.11111111100cep-7, 0x1.5555555555556p-5, 0x1.5555555555557p-3, 0.5)
	return m.fma(m.mul(r, r), p, r), n, last
}

// power returns 2ⁿ for n in the last bits, between -1022 and 1023.
func (m machine) power(last Register) Register {
	e := m.register()
	VPSLLQ(Imm(52), last, e)
	VPADDQ(number(1), e, e)
	return e
}

// scaleTwice returns p·2ⁿ for n of any size that exp meets: where it leaves the
// normal numbers it is rounded once.
func (m machine) scaleTwice(p, n, last Register) Register {
	half := m.load(number(shifter)) // n/2, rounded
	VFMADD231PD(number(0.5), n, half)
	rest := m.register()
	VPSUBQ(half, last, rest)
	return m.mul(m.mul(p, m.power(half)), m.power(rest))
}

// exp leaves what it returns behind the label done.
func (m machine) exp(x Register, done string) Register {
	// Beyond these bounds all is 0 or +Inf; NaN stays.
	c := m.min(m.load(number(710)), x)
	c = m.max(m.load(number(-746)), c)
	t, n, last := m.reduce(c)
	y := m.add(t, number(1))
	large := m.compare(notLessEqual, m.and(c, bits(allBut)), number(708))
	m.ifAny(large, "scaleTwice")
	e := m.register()
	VPSLLQ(Imm(52), last, e)
	VPADDQ(e, y, y)
	JMP(LabelRef(done))
	Label("scaleTwice")
	VMOVAPD(m.scaleTwice(y, n, last), y)
	return y
}

const (
	signBit uint64 = 1 << 63
	allBut         = ^signBit
)

// expm1 is 2ⁿ·(exp(r)-1) + (2ⁿ-1). Half of it is computed, so that 2ⁿ does not
// overflow before it does; where x is so small that this would round, it is x.
func (m machine) expm1(x Register) Register {
	c := m.min(m.load(number(710)), x)
	c = m.max(m.load(number(-40)), c)
	t, _, last := m.reduce(c)
	half := m.register()
	VPSLLQ(Imm(52), last, half)
	VPADDQ(number(0.5), half, half)
	y := m.fma(half, t, m.sub(half, number(0.5)))
	VADDPD(y, y, y)
	tiny := m.compare(notGreaterEq, m.and(x, bits(allBut)), number(0x1p-54))
	return m.choose(tiny, x, y)
}

// sigmoid is 1/(1+e), or where x is negative e/(1+e), for e = exp(-|x|).
func (m machine) sigmoid(x Register) Register {
	e := m.exp(m.or(x, bits(signBit)), "scaled")
	Label("scaled")
	top := m.choose(m.signs(x), e, m.load(number(1)))
	return m.div(top, m.add(e, number(1)))
}

// signs returns the lanes with a sign.
func (m machine) signs(x Register) Register {
	if m.width == avx2 {
		return x
	}
	k := K()
	VPMOVQ2M(x, k)
	return k
}

// tanh is x + x³·P(x²)/Q(x²) up to 0.625, with the coefficients of S. Moshier's
// Cephes library, and beyond it 1 - 2/(exp(2|x|)+1).
func (m machine) tanh(x Register) Register {
	a := m.and(x, bits(allBut))
	t, _, last := m.reduce(m.mul(m.min(m.load(number(22)), a), number(2)))
	e := m.add(t, number(1))
	VPSLLQ(Imm(52), last, last)
	VPADDQ(last, e, e)
	s := m.mul(a, a)
	p := m.horner(s, -9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3)
	q := m.add(s, number(1.12811678491632931402e2))
	VFMADD213PD(number(2.23548839060100448583e3), s, q)
	VFMADD213PD(number(4.84406305325125486048e3), s, q)
	p = m.mul(m.mul(p, s), a)
	small := m.compare(notGreaterEq, a, number(0.625)) // or NaN
	top := m.choose(small, p, m.load(number(-2)))
	bottom := m.choose(small, q, m.add(e, number(1)))
	y := m.add(m.div(top, bottom), m.choose(small, a, m.load(number(1))))
	return m.or(y, m.and(x, bits(signBit)))
}
