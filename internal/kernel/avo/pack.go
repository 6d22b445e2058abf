package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// pack writes the kernels that copy operands of a product into panels.
func pack() {
	for _, float := range []string{"float64", "float32"} {
		interleave(float)
		rows(float)
	}
}

func sizeOf(float string) int {
	if float == "float32" {
		return 4
	}
	return 8
}

// storeAs stores four numbers as float.
func storeAs(float string, x Register, dst Mem) {
	if float == "float32" {
		s := XMM()
		VCVTPD2PSY(x, s)
		VMOVUPS(s, dst)
	} else {
		VMOVUPD(x, dst)
	}
}

// interleave transposes four rows, in squares of 4×4.
func interleave(float string) {
	size := sizeOf(float)
	name := fmt.Sprintf("interleave%dAVX2", size*8)
	TEXT(name, NOSPLIT, fmt.Sprintf("func(dst *%s, width int, src *float64, stride, k int)", float))
	Pragma("noescape")
	Doc(name + " writes k numbers of each of four rows of src to columns of dst.")
	dst := Load(Param("dst"), GP64())
	width := Load(Param("width"), GP64())
	src := Load(Param("src"), GP64())
	stride := Load(Param("stride"), GP64())
	k := Load(Param("k"), GP64())
	SHLQ(Imm(uint64(log2(size))), width)
	SHLQ(Imm(3), stride)
	stride3 := GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	rows := []Mem{{Base: src}, {Base: src, Index: stride, Scale: 1}, {Base: src, Index: stride, Scale: 2}, {Base: src, Index: stride3, Scale: 1}}

	Label("loop")
	SUBQ(Imm(4), k)
	JLT(LabelRef("tail"))
	var x, pair, column [4]Register
	for i := range 4 {
		x[i], pair[i], column[i] = YMM(), YMM(), YMM()
		VMOVUPD(rows[i], x[i])
	}
	VUNPCKLPD(x[1], x[0], pair[0]) // 00 10 02 12
	VUNPCKHPD(x[1], x[0], pair[1]) // 01 11 03 13
	VUNPCKLPD(x[3], x[2], pair[2])
	VUNPCKHPD(x[3], x[2], pair[3])
	VPERM2F128(Imm(0x20), pair[2], pair[0], column[0])
	VPERM2F128(Imm(0x20), pair[3], pair[1], column[1])
	VPERM2F128(Imm(0x31), pair[2], pair[0], column[2])
	VPERM2F128(Imm(0x31), pair[3], pair[1], column[3])
	for i := range 4 {
		storeAs(float, column[i], Mem{Base: dst})
		ADDQ(width, dst)
	}
	ADDQ(Imm(32), src)
	JMP(LabelRef("loop"))

	Label("tail")
	ADDQ(Imm(4), k)
	JEQ(LabelRef("done"))
	Label("one")
	low, high, all := XMM(), XMM(), YMM()
	VMOVSD(rows[0], low)
	VMOVHPD(rows[1], low, low)
	VMOVSD(rows[2], high)
	VMOVHPD(rows[3], high, high)
	VINSERTF128(Imm(1), high, low.AsY(), all)
	storeAs(float, all, Mem{Base: dst})
	ADDQ(width, dst)
	ADDQ(Imm(8), src)
	DECQ(k)
	JNE(LabelRef("one"))
	Label("done")
	leave()
}

// rows copies rows.
func rows(float string) {
	size := sizeOf(float)
	name := fmt.Sprintf("rows%dAVX2", size*8)
	TEXT(name, NOSPLIT, fmt.Sprintf("func(dst *%s, width int, src *float64, stride, count, k int)", float))
	Pragma("noescape")
	Doc(name + " writes count numbers, a multiple of four, of each of k rows of src to rows of dst.")
	dst := Load(Param("dst"), GP64())
	width := Load(Param("width"), GP64())
	src := Load(Param("src"), GP64())
	stride := Load(Param("stride"), GP64())
	count := Load(Param("count"), GP64())
	k := Load(Param("k"), GP64())
	SHLQ(Imm(uint64(log2(size))), width)
	SHLQ(Imm(3), stride)
	Label("row")
	i := GP64()
	XORQ(i, i)
	Label("four")
	x := YMM()
	VMOVUPD(Mem{Base: src, Index: i, Scale: 8}, x)
	storeAs(float, x, Mem{Base: dst, Index: i, Scale: uint8(size)})
	ADDQ(Imm(4), i)
	CMPQ(i, count)
	JLT(LabelRef("four"))
	ADDQ(stride, src)
	ADDQ(width, dst)
	DECQ(k)
	JNE(LabelRef("row"))
	leave()
}
