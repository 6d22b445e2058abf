package main

import (
	"math/big"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// erf writes the error function.
func erf() {
	table := erfTable()
	writeLoops(loop{"erf", "writes the error functions.", "x", "dst", "", func(m machine, in, _ []Register) []Register {
		return []Register{m.erf(in[0], table)}
	}})
}

// The error function is tabulated up to erfEnd, beyond which it is 1, at
// erfSteps points in 1.
const (
	erfEnd   = 6
	erfSteps = 128
)

// erf is the Taylor series about the nearest point r of the table:
//
//	erf(r+d) = erf(r) + 2/√π exp(-r²) Σ (-1)ⁿ Hₙ(r) dⁿ⁺¹/(n+1)!
//
// (Abramowitz and Stegun, 7.1.19), with Hermite's polynomials up to the fifth.
func (m machine) erf(x Register, table Mem) Register {
	a := m.and(x, bits(allBut))
	a = m.min(a, m.load(number(erfEnd))) // NaN is put back below
	index := m.load(number(shifter))
	VFMADD231PD(number(erfSteps), a, index)
	r := m.mul(m.sub(index, number(shifter)), number(1./erfSteps))
	d := m.sub(a, r)
	place := m.register()
	VANDPD(bits(0xffff), index, place)
	VPADDQ(place, place, place) // two numbers a point
	from := GP64()
	LEAQ(table, from)
	value := m.gather(Mem{Base: from, Index: place, Scale: 8})
	slope := m.gather(Mem{Base: from, Index: place, Scale: 8, Disp: 8})

	// 1 - r·d + (2r²-1)/3·d² - r(2r²-3)/6·d³ + (4r⁴-12r²+3)/30·d⁴ - r(4r⁴-20r²+15)/90·d⁵
	s := m.mul(r, r)
	c5 := m.mul(r, m.horner(s, -4./90, 20./90, -15./90))
	c4 := m.horner(s, 4./30, -12./30, 3./30)
	c3 := m.mul(r, m.horner(s, -2./6, 3./6))
	c2 := m.horner(s, 2./3, -1./3)
	VFMADD231PD(d, c5, c4)
	VFMADD231PD(d, c4, c3)
	VFMADD231PD(d, c3, c2)
	VFMSUB213PD(r, d, c2) // c2·d - r
	rest := m.mul(c2, m.mul(d, d))
	VADDPD(d, rest, rest)
	y := m.fma(slope, rest, value)
	y = m.or(y, m.and(x, bits(signBit)))
	return m.choose(m.compare(unordered, x, x), x, y)
}

// gather loads the numbers at from, whose index is a register of indices.
func (m machine) gather(from Mem) Register {
	r := m.register()
	VXORPD(r, r, r)
	if m.width == avx2 {
		all := YMM()
		VPCMPEQQ(all, all, all)
		VGATHERQPD(all, from, r)
		return r
	}
	all := K()
	KXNORW(all, all, all)
	VGATHERQPD(from, all, r)
	return r
}

// erfTable writes erf(r) and its slope at the points of the table.
func erfTable() Mem {
	table := GLOBL("erfTable", RODATA|NOPTR)
	for i := 0; i <= erfEnd*erfSteps; i++ {
		value, slope := erfAt(float64(i) / erfSteps)
		DATA(16*i, F64(value))
		DATA(16*i+8, F64(slope))
	}
	return table
}

// erfAt returns 2/√π·Σ (-1)ⁿ r²ⁿ⁺¹/(n!(2n+1)) and 2/√π·Σ (-1)ⁿ r²ⁿ/n!, rounded.
// The terms grow to 1e15 at most.
func erfAt(r float64) (value, slope float64) {
	const precision = 300
	float := func(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }
	pi, _ := float(0).SetString("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534")
	scale := float(0).Quo(float(2), float(0).Sqrt(pi))
	square := float(0).Mul(float(r), float(r))
	term, v, s := float(1), float(0), float(0)
	for n := range 250 {
		s.Add(s, term)
		v.Add(v, float(0).Quo(term, float(float64(2*n+1))))
		term.Mul(term, square)
		term.Quo(term, float(-float64(n+1)))
	}
	v.Mul(v, float(r))
	value, _ = v.Mul(v, scale).Float64()
	slope, _ = s.Mul(s, scale).Float64()
	return value, slope
}
