package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// combine writes the kernels that make rows of rows before them, for rows of 8, 16, 32 and 64
// numbers.
func combine() {
	for _, w := range []width{avx512, avx2} {
		for _, numbers := range []int{8, 16, 32, 64} {
			combineRows(machine{w}, numbers)
		}
	}
}

func combineRows(m machine, numbers int) {
	name := fmt.Sprintf("combine%d%s", numbers, m.name)
	TEXT(name, NOSPLIT, "func(n int, rows *float64, first int, terms *float64) (done int)")
	Pragma("noescape")
	Doc(name + " makes n rows from first on, and says how many it made.")
	n := Load(Param("n"), GP64())
	rows := Load(Param("rows"), GP64())
	k := Load(Param("first"), GP64())
	term := Load(Param("terms"), GP64())
	dst, end := GP64(), GP64()
	shift := uint64(log2(8 * numbers))
	MOVQ(k, dst)
	SHLQ(Imm(shift), dst)
	ADDQ(rows, dst)
	MOVQ(n, end)
	ADDQ(k, end)
	blocks := 8 * numbers / m.bytes
	at := func(base Register, block int) Mem { return Mem{Base: base, Disp: block * m.bytes} }

	Label("loop")
	CMPQ(k, end)
	JGE(LabelRef("done"))
	x, y := GP64(), GP64()
	MOVLQSX(Mem{Base: term, Disp: 16}, x)
	MOVLQSX(Mem{Base: term, Disp: 20}, y)
	CMPQ(x, k)
	JAE(LabelRef("done")) // not before it
	SHLQ(Imm(shift), x)
	ADDQ(rows, x)
	a, c := m.register(), m.register()
	VBROADCASTSD(Mem{Base: term}, a)
	TESTQ(y, y)
	JLT(LabelRef("over"))
	CMPQ(y, k)
	JAE(LabelRef("done"))
	SHLQ(Imm(shift), y)
	ADDQ(rows, y)
	VBROADCASTSD(Mem{Base: term, Disp: 8}, c)
	for i := range blocks {
		p, q := m.register(), m.register()
		VMULPD(at(x, i), a, p)
		VMULPD(at(y, i), c, q)
		VADDPD(q, p, p)
		VMOVUPD(p, at(dst, i))
	}
	Label("next")
	ADDQ(Imm(24), term)
	ADDQ(U32(8*numbers), dst)
	INCQ(k)
	JMP(LabelRef("loop"))

	Label("over")
	for i := range blocks {
		p := m.load(at(x, i))
		VDIVPD(a, p, p)
		VMOVUPD(p, at(dst, i))
	}
	JMP(LabelRef("next"))

	Label("done")
	SUBQ(end, k)
	ADDQ(n, k)
	Store(k, ReturnIndex(0))
	leave()
}
