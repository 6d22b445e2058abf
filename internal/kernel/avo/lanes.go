package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// lanes writes the kernels that follow a list of operations on rows of laneNumbers numbers.
func lanes() {
	for _, w := range []width{avx512, avx2} {
		lanesOf(machine{w})
	}
}

const laneNumbers = 64

func lanesOf(m machine) {
	name := "lanes" + m.name
	TEXT(name, NOSPLIT, "func(n int, rows *float64, count int, ops *int32) (done int)")
	Pragma("noescape")
	Doc(name + " follows n operations on count rows, and says how many it followed.")
	n := Load(Param("n"), GP64())
	rows := Load(Param("rows"), GP64())
	count := Load(Param("count"), GP64())
	op := Load(Param("ops"), GP64())
	left := GP64()
	MOVQ(n, left)
	at := func(base Register, block int) Mem { return Mem{Base: base, Disp: block * m.bytes} }
	row := func(field int) Register { // of a field of the operation
		r := GP64()
		MOVLQSX(Mem{Base: op, Disp: 4 * field}, r)
		CMPQ(r, count)
		JAE(LabelRef("done"))
		SHLQ(Imm(uint64(log2(8*laneNumbers))), r)
		ADDQ(rows, r)
		return r
	}

	Label("loop")
	TESTQ(left, left)
	JE(LabelRef("done"))
	kind := GP32()
	MOVL(Mem{Base: op}, kind)
	dst, a, x := row(1), row(2), row(3)
	for i, kind1 := range []string{"product", "sum", "difference", "quotient"} {
		CMPL(kind, Imm(uint64(i+1)))
		JE(LabelRef(kind1))
	}
	c, y := row(4), row(5)
	for i := range 8 * laneNumbers / m.bytes {
		p, q := m.load(at(a, i)), m.load(at(c, i))
		VMULPD(at(x, i), p, p)
		VMULPD(at(y, i), q, q)
		VADDPD(q, p, p)
		VMOVUPD(p, at(dst, i))
	}
	Label("next")
	ADDQ(Imm(24), op)
	DECQ(left)
	JMP(LabelRef("loop"))

	for _, k := range []struct {
		name string
		f    func(a, b Op) Register
	}{{"product", m.mul}, {"sum", m.add}, {"difference", m.sub}, {"quotient", m.div}} {
		Label(k.name)
		for i := range 8 * laneNumbers / m.bytes {
			VMOVUPD(k.f(m.load(at(a, i)), at(x, i)), at(dst, i))
		}
		JMP(LabelRef("next"))
	}

	Label("done")
	SUBQ(left, n)
	Store(n, ReturnIndex(0))
	leave()
}
