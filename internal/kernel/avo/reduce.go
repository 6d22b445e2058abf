package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// reduce writes what makes one number of many.
func reduce() {
	sum := func(m machine, acc, x Register) { VADDPD(x, acc, acc) }
	fused := func(m machine, acc Register, x, y Register) { VFMADD231PD(x, y, acc) }
	for _, w := range []width{avx2, avx512} {
		m := machine{w}
		reduction{"sum", "returns the sum.", "x", "", 4, number(0), func(in, _ []Register, acc Register) { sum(m, acc, in[0]) }, sum}.write(m)
		reduction{"sumSq", "returns the sum of the squares.", "x", "", 4, number(0), func(in, _ []Register, acc Register) { fused(m, acc, in[0], in[0]) }, sum}.write(m)
		reduction{"dot", "returns the sum of the products.", "x y", "", 4, number(0), func(in, _ []Register, acc Register) { fused(m, acc, in[0], in[1]) }, sum}.write(m)
		reduction{"greatest", "returns the greatest number, or NaN.", "x", "", 4, bits(0xfff << 52), func(in, _ []Register, acc Register) { m.keepGreatest(acc, in[0]) }, machine.keepGreatest}.write(m)
		reduction{"sumExp", "returns the sum of exp(x+a).", "x", "a", 0, bits(0xfff << 52), func(in, s []Register, acc Register) {
			e := m.exp(m.add(in[0], s[0]), "scaled")
			Label("scaled")
			VADDPD(e, acc, acc)
		}, sum}.write(m)
	}
}

// keepGreatest makes acc the greater of both, or NaN if one is.
func (m machine) keepGreatest(acc, x Register) {
	VMOVAPD(m.choose(m.compare(unordered, acc, acc), acc, m.max(acc, x)), acc)
}

// A reduction is a kernel that makes one number of the elements of some slices.
// It keeps several sums in several lanes, and adds them up in the order of a
// tree, so that its bits depend on nothing but the numbers and how many there
// are. Its last elements are loaded under a mask, with others in the lanes
// beyond that change nothing.
type reduction struct {
	name, doc string
	in        string
	scalars   string
	unroll    int // registers of sums, 0 for one that is slow to make
	neutral   Mem // the elements beyond the last; 0 is what sums begin with
	step      func(in, scalars []Register, acc Register)
	join      func(m machine, acc, x Register)
}

func (r reduction) write(m machine) {
	text := loop{name: r.name, doc: r.doc, in: r.in, scalars: r.scalars}
	n, at, scalars := text.begin(m, " float64")
	names := words(r.in)
	acc := make([]Register, max(r.unroll, 1))
	for i := range acc {
		if r.unroll > 0 {
			acc[i] = m.load(r.neutral)
		} else {
			acc[i] = m.load(number(0))
		}
	}
	step := m.lanes() * len(acc)
	if r.unroll > 0 {
		Label("many")
		CMPQ(n, Imm(uint64(step)))
		JLT(LabelRef("few"))
		for i := range acc {
			var in []Register
			for _, name := range names {
				in = append(in, m.load(Mem{Base: at[name], Disp: i * m.bytes}))
			}
			r.step(in, scalars, acc[i])
		}
		for _, name := range names {
			ADDQ(U32(uint32(8*step)), at[name])
		}
		SUBQ(Imm(uint64(step)), n)
		JMP(LabelRef("many"))
	}
	Label("few")
	TESTQ(n, n)
	JLE(LabelRef("done"))
	// Of the next register, the first n lanes.
	left := GP64()
	MOVQ(n, left)
	lanes := GP64()
	MOVQ(U64(m.lanes()), lanes)
	CMPQ(left, lanes)
	CMOVQGT(lanes, left)
	SUBQ(lanes, left)
	mask := m.mask(left)
	var in []Register
	for _, name := range names {
		x := m.register()
		m.loadPart(Mem{Base: at[name]}, mask, x)
		in = append(in, m.choose(mask, x, m.load(r.neutral)))
	}
	r.step(in, scalars, acc[0])
	for _, name := range names {
		ADDQ(Imm(uint64(m.bytes)), at[name])
	}
	SUBQ(Imm(uint64(m.lanes())), n)
	JMP(LabelRef("few"))

	Label("done")
	for half := len(acc) / 2; half > 0; half /= 2 {
		for i := range half {
			r.join(m, acc[i], acc[i+half])
		}
	}
	sum := acc[0].(Vec)
	if m.width == avx512 {
		high := YMM()
		VEXTRACTF64X4(Imm(1), sum.AsZ(), high)
		r.join(machine{avx2}, sum.AsY(), high)
	}
	// The upper half onto the lower, then the second lane onto the first, in
	// registers of four lanes all the same.
	narrow := machine{avx2}
	high := YMM()
	VPERM2F128(Imm(0x01), sum.AsY(), sum.AsY(), high)
	r.join(narrow, sum.AsY(), high)
	second := YMM()
	VPERMILPD(Imm(0x05), sum.AsY(), second)
	r.join(narrow, sum.AsY(), second)
	result, err := ReturnIndex(0).Resolve()
	if err != nil {
		panic(err)
	}
	VMOVSD(sum.AsX(), result.Addr)
	leave()
}
