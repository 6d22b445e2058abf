package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// A machine emits instructions on registers of one width, each on all lanes.
// Where AVX2 and AVX-512 have the same form, kernels call the instruction
// itself; the methods below hide where they differ.
type machine struct{ width }

func (m machine) lanes() int { return m.bytes / 8 }

func (m machine) register() Register {
	if m.width == avx2 {
		return YMM()
	}
	return ZMM()
}

func (m machine) load(x Op) Register {
	r := m.register()
	VMOVUPD(x, r)
	return r
}

// op returns the result of an instruction that takes two operands, in Intel's
// order: a is a register, b may be in memory.
func (m machine) op(f func(...Op), a, b Op) Register {
	r := m.register()
	f(b, a, r)
	return r
}

func (m machine) add(a, b Op) Register { return m.op(VADDPD, a, b) }
func (m machine) sub(a, b Op) Register { return m.op(VSUBPD, a, b) }
func (m machine) mul(a, b Op) Register { return m.op(VMULPD, a, b) }
func (m machine) div(a, b Op) Register { return m.op(VDIVPD, a, b) }
func (m machine) and(a, b Op) Register { return m.op(VANDPD, a, b) }
func (m machine) or(a, b Op) Register  { return m.op(VORPD, a, b) }

// min and max return b where a or b is NaN, or both are zeros.
func (m machine) min(a, b Op) Register { return m.op(VMINPD, a, b) }
func (m machine) max(a, b Op) Register { return m.op(VMAXPD, a, b) }

// fma returns a·b + c, in c's register unless c is in memory.
func (m machine) fma(a, b, c Op) Register {
	if r, ok := c.(Register); ok {
		VFMADD231PD(b, a, r)
		return r
	}
	r := m.register()
	VMOVAPD(a, r)
	VFMADD213PD(c, b, r)
	return r
}

// horner returns the polynomial in x with these coefficients, the highest first.
func (m machine) horner(x Register, c ...float64) Register {
	p := m.load(number(c[0]))
	for _, c := range c[1:] {
		VFMADD213PD(number(c), x, p)
	}
	return p
}

// A predicate of a comparison.
type predicate uint64

const (
	equal        predicate = 0x00
	greater      predicate = 0x1e
	unordered    predicate = 0x03
	notLessEqual predicate = 0x16 // or unordered
	notGreaterEq predicate = 0x19 // or unordered
)

// compare returns the lanes where p holds.
func (m machine) compare(p predicate, a, b Op) Register {
	if m.width == avx2 {
		r := YMM()
		VCMPPD(Imm(uint64(p)), b, a, r)
		return r
	}
	k := K()
	VCMPPD(Imm(uint64(p)), b, a, k)
	return k
}

// choose returns yes in the lanes of which, and no in the others.
func (m machine) choose(which Register, yes, no Op) Register {
	r := m.register()
	if m.width == avx2 {
		VBLENDVPD(which, yes, no, r)
	} else {
		VBLENDMPD(yes, no, which, r)
	}
	return r
}

// ifAny jumps if there is a lane.
func (m machine) ifAny(which Register, label string) {
	bits := GP32()
	if m.width == avx2 {
		VMOVMSKPD(which, bits)
	} else {
		KMOVB(which, bits)
	}
	TESTL(bits, bits)
	JNE(LabelRef(label))
}

// number returns the place of a constant, once for every lane.
func number(x float64) Mem { return bits(math.Float64bits(x)) }

var constants = map[uint64]Mem{}

func bits(x uint64) Mem {
	if m, ok := constants[x]; ok {
		return m
	}
	m := GLOBL(fmt.Sprintf("x%016x", x), RODATA|NOPTR)
	for i := range 8 {
		DATA(8*i, U64(x))
	}
	constants[x] = m
	return m
}

// window is the place of eight ones and eight zeros, from which any mask of up
// to eight lanes can be read.
func window() Mem {
	if m, ok := constants[1]; ok { // no kernel needs the bits of 5e-324
		return m
	}
	m := GLOBL("window", RODATA|NOPTR)
	for i := range 16 {
		x := U64(0)
		if i < 8 {
			x = ^x
		}
		DATA(8*i, x)
	}
	constants[1] = m
	return m
}

// A loop is a kernel that does the same to every element of some slices. Its
// last elements go through the same instructions, under a mask.
type loop struct {
	name, doc string
	in        string // the slices it reads, in order: "x y"
	out       string // those it writes; a slice may be in both
	scalars   string // numbers, the same for all elements
	body      func(m machine, in, scalars []Register) (out []Register)
}

// begin declares the kernel and loads its arguments.
func (l loop) begin(m machine, result string) (n Register, at map[string]Register, scalars []Register) {
	names := words(l.out)
	for _, name := range words(l.in) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	signature := "func(n int, " + strings.Join(names, ", ") + " *float64"
	if l.scalars != "" {
		signature += ", " + strings.Join(words(l.scalars), ", ") + " float64"
	}
	TEXT(l.name+m.name, NOSPLIT, signature+")"+result)
	Pragma("noescape")
	Doc(l.name + m.name + " " + l.doc)
	n = Load(Param("n"), GP64())
	at = map[string]Register{}
	for _, name := range names {
		at[name] = Load(Param(name), GP64())
	}
	for _, name := range words(l.scalars) {
		a, err := Param(name).Resolve()
		if err != nil {
			panic(err)
		}
		s := m.register()
		VBROADCASTSD(a.Addr, s)
		scalars = append(scalars, s)
	}
	return n, at, scalars
}

func words(s string) []string { return strings.Fields(s) }

func (l loop) write(w width) {
	m := machine{w}
	n, at, scalars := l.begin(m, "")
	i := GP64()
	XORQ(i, i)
	element := func(name string) Mem { return Mem{Base: at[name], Index: i, Scale: 8} }

	Label("loop")
	SUBQ(Imm(uint64(m.lanes())), n)
	JLT(LabelRef("tail"))
	var in []Register
	for _, name := range words(l.in) {
		in = append(in, m.load(element(name)))
	}
	Label("body")
	out := l.body(m, in, scalars)
	Label("store")
	TESTQ(n, n)
	JLT(LabelRef("part"))
	for j, name := range words(l.out) {
		VMOVUPD(out[j], element(name))
	}
	ADDQ(Imm(uint64(m.lanes())), i)
	JMP(LabelRef("loop"))

	Label("tail")
	CMPQ(n, I8(int8(-m.lanes())))
	JEQ(LabelRef("done"))
	mask := m.mask(n)
	for j, name := range words(l.in) {
		m.loadPart(element(name), mask, in[j])
	}
	JMP(LabelRef("body"))

	Label("part")
	mask = m.mask(n)
	for j, name := range words(l.out) {
		m.storePart(out[j], mask, element(name))
	}
	Label("done")
	leave()
}

// mask returns the first n+lanes lanes, for a negative n.
func (m machine) mask(n Register) Register {
	if m.width == avx2 {
		from, back, mask := GP64(), GP64(), YMM()
		LEAQ(window(), from)
		MOVQ(n, back)
		NEGQ(back)
		VMOVUPD(Mem{Base: from, Index: back, Scale: 8, Disp: 8 * (8 - m.lanes())}, mask)
		return mask
	}
	left, ones, mask := GP64(), GP64(), K()
	LEAQ(Mem{Base: n, Disp: m.lanes()}, left)
	MOVQ(I64(-1), ones)
	SHLXQ(left, ones, ones)
	NOTQ(ones)
	KMOVW(ones.(GP).As32(), mask)
	return mask
}

func (m machine) loadPart(from Mem, mask, to Register) {
	if m.width == avx2 {
		VMASKMOVPD(from, mask, to)
	} else {
		VMOVUPD_Z(from, mask, to)
	}
}

func (m machine) storePart(from, mask Register, to Mem) {
	if m.width == avx2 {
		VMASKMOVPD(from, mask, to)
	} else {
		VMOVUPD(from, mask, to)
	}
}

func writeLoops(loops ...loop) {
	for _, w := range []width{avx2, avx512} {
		for _, l := range loops {
			l.write(w)
		}
	}
}
