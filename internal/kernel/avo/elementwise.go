package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/reg"
)

// elementwise writes arithmetic on every element.
func elementwise() {
	type registers = []Register
	one := func(r Register) registers { return registers{r} }
	writeLoops(
		loop{"add", "writes x+y.", "x y", "dst", "", func(m machine, in, _ registers) registers { return one(m.add(in[0], in[1])) }},
		loop{"sub", "writes x-y.", "x y", "dst", "", func(m machine, in, _ registers) registers { return one(m.sub(in[0], in[1])) }},
		loop{"mul", "writes x·y.", "x y", "dst", "", func(m machine, in, _ registers) registers { return one(m.mul(in[0], in[1])) }},
		loop{"div", "writes x/y.", "x y", "dst", "", func(m machine, in, _ registers) registers { return one(m.div(in[0], in[1])) }},
		loop{"max", "writes the greater of x and y.", "x y", "dst", "", func(m machine, in, _ registers) registers {
			x, y := in[0], in[1]
			return one(m.orNaN(x, y, m.and(m.max(x, y), m.max(y, x)))) // of ±0, +0
		}},
		loop{"min", "writes the lesser of x and y.", "x y", "dst", "", func(m machine, in, _ registers) registers {
			x, y := in[0], in[1]
			return one(m.orNaN(x, y, m.or(m.min(x, y), m.min(y, x)))) // of ±0, -0
		}},
		loop{"mulAdd", "adds x·y.", "dst x y", "dst", "", func(m machine, in, _ registers) registers { return one(m.fma(in[1], in[2], in[0])) }},
		loop{"scale", "writes a·x.", "x", "dst", "a", func(m machine, in, s registers) registers { return one(m.mul(in[0], s[0])) }},
		loop{"shift", "writes x+a.", "x", "dst", "a", func(m machine, in, s registers) registers { return one(m.add(in[0], s[0])) }},
		loop{"over", "writes x/a.", "x", "dst", "a", func(m machine, in, s registers) registers { return one(m.div(in[0], s[0])) }},
		loop{"axpy", "adds a·x.", "dst x", "dst", "a", func(m machine, in, s registers) registers { return one(m.fma(in[1], s[0], in[0])) }},
		loop{"mulShifted", "adds x·(y+a).", "dst x y", "dst", "a", func(m machine, in, s registers) registers {
			return one(m.fma(in[1], m.add(in[2], s[0]), in[0]))
		}},
		loop{"sqrt", "writes the square roots.", "x", "dst", "", func(m machine, in, _ registers) registers {
			r := m.register()
			VSQRTPD(in[0], r)
			return one(r)
		}},
		loop{"relu", "writes x, but 0 where it is negative.", "x", "dst", "", func(m machine, in, _ registers) registers {
			return one(m.max(m.load(number(0)), in[0])) // -0 and NaN stay
		}},
		loop{"addPositive", "adds y where x is positive, NaN where x is NaN and y is not 0.", "dst x y", "dst", "", func(m machine, in, _ registers) registers {
			dst, x, y := in[0], in[1], in[2]
			z := m.choose(m.compare(greater, x, m.load(number(0))), m.add(dst, y), dst)
			return one(m.choose(m.compare(equal, y, m.load(number(0))), dst, m.orNaN(x, x, z)))
		}},
		loop{"expShifted", "writes exp(x+a).", "x", "dst", "a", func(m machine, in, s registers) registers {
			return one(m.exp(m.add(in[0], s[0]), "store"))
		}},
		loop{"sigmoidSlope", "writes exp(-x)/(1+exp(-x))².", "x", "dst", "", func(m machine, in, _ registers) registers {
			e := m.exp(m.or(in[0], bits(signBit)), "scaled")
			Label("scaled")
			f := m.add(e, number(1))
			return one(m.div(e, m.mul(f, f)))
		}},
		loop{"tanhSlope", "writes 1/cosh(x)².", "x", "dst", "", func(m machine, in, _ registers) registers {
			x := m.mul(in[0], number(2))
			e := m.exp(m.or(x, bits(signBit)), "scaled")
			Label("scaled")
			f := m.add(e, number(1))
			return one(m.div(m.mul(e, number(4)), m.mul(f, f)))
		}},
	)
}

// orNaN returns z, but NaN where x or y is.
func (m machine) orNaN(x, y, z Register) Register {
	return m.choose(m.compare(unordered, x, y), m.add(x, y), z)
}
