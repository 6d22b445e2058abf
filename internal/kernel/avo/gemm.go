package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// vectors is how many registers of columns a tile is wide.
const vectors = 3

// gemm writes the kernels of the matrix product: a tile of C as wide as three
// registers, all of it in registers while k runs. Rows of B lie apart by a stride,
// or each where a list says.
func gemm() {
	for _, w := range []width{avx2, avx512} {
		for _, f := range []string{"float64", "float32"} {
			tile{width: w, float: f}.write()
			tile{width: w, float: f, listed: true}.write()
		}
	}
}

type tile struct {
	width
	float  string
	listed bool

	k, a, ars, acs, b, brs, list, c, ldc, cols Register
}

func (t tile) single() bool { return t.float == "float32" }

// size of an entry of the operands.
func (t tile) size() int {
	if t.single() {
		return 4
	}
	return 8
}

// lanes of the operands in a register.
func (t tile) lanes() int { return t.bytes / t.size() }

// rows of the largest tile: with AVX2 12 of the 16 registers hold sums, with
// AVX-512 24 of 32.
func (t tile) rows() int {
	if t.width == avx2 {
		return 4
	}
	return 8
}

func (t tile) vector() Register {
	if t.width == avx2 {
		return YMM()
	}
	return ZMM()
}

func (t tile) write() {
	bits := t.size() * 8
	name, of, rowsOfB := "tile", "tileFunc", "brs int"
	if t.listed {
		name, of, rowsOfB = "listed", "listedFunc", "rowsOfB *int"
	}
	name = fmt.Sprintf("%s%d%s", name, bits, t.name)
	TEXT(name, NOSPLIT, fmt.Sprintf(
		"func(k int, a *%[1]s, ars, acs int, b *%[1]s, %[2]s, c *float64, ldc, rows, cols int, add bool)", t.float, rowsOfB))
	Pragma("noescape")
	Doc(fmt.Sprintf("%s is a %s for 1, 2, … or %d rows and up to %d columns.", name, of, t.rows(), vectors*t.lanes()))
	t.k = Load(Param("k"), GP64())
	t.a = Load(Param("a"), GP64())
	t.ars = Load(Param("ars"), GP64())
	t.acs = Load(Param("acs"), GP64())
	t.b = Load(Param("b"), GP64())
	if t.listed {
		t.list = Load(Param("rowsOfB"), GP64())
	} else {
		t.brs = Load(Param("brs"), GP64())
	}
	t.c = Load(Param("c"), GP64())
	t.ldc = Load(Param("ldc"), GP64())
	t.cols = Load(Param("cols"), GP64())
	strides := []Register{t.ars, t.acs}
	if !t.listed {
		strides = append(strides, t.brs)
	}
	for _, stride := range strides {
		SHLQ(Imm(uint64(log2(t.size()))), stride)
	}
	SHLQ(Imm(3), t.ldc)
	rows := Load(Param("rows"), GP64())
	for r := t.rows(); r >= 1; r /= 2 {
		if r > 1 {
			CMPQ(rows, Imm(uint64(r)))
			JLT(LabelRef(fmt.Sprintf("rows%d", r/2)))
		}
		for v := vectors; v >= 1; v-- {
			Label(fmt.Sprintf("tile%dx%d", r, v))
			if v > 1 {
				CMPQ(t.cols, Imm(uint64((v-1)*t.lanes())))
				JLE(LabelRef(fmt.Sprintf("tile%dx%d", r, v-1)))
			}
			t.body(r, v)
		}
		if r > 1 {
			Label(fmt.Sprintf("rows%d", r/2))
		}
	}
}

func log2(n int) int {
	l := 0
	for ; n > 1; n /= 2 {
		l++
	}
	return l
}

// body computes and stores a tile of r rows and v registers of columns.
func (t tile) body(r, v int) {
	name := func(s string) string { return fmt.Sprintf("%s%dx%d", s, r, v) }
	sum := make([][]Register, r)
	for i := range sum {
		sum[i] = make([]Register, v)
		for j := range sum[i] {
			sum[i][j] = t.vector()
			t.zero(sum[i][j])
		}
	}
	// a and, four rows further down, a4; three rows are a third index.
	a4, ars3 := GP64(), GP64()
	if r > 2 {
		LEAQ(Mem{Base: t.ars, Index: t.ars, Scale: 2}, ars3)
	}
	if r > 4 {
		LEAQ(Mem{Base: t.a, Index: t.ars, Scale: 4}, a4)
	}
	entry := func(i int) Mem {
		m := Mem{Base: t.a}
		if i >= 4 {
			m.Base = a4
		}
		switch i % 4 {
		case 1, 2:
			m.Index, m.Scale = t.ars, uint8(i%4)
		case 3:
			m.Index, m.Scale = ars3, 1
		}
		return m
	}
	TESTQ(t.k, t.k)
	JEQ(LabelRef(name("store")))
	Label(name("loop"))
	row := Mem{Base: t.b}
	if t.listed {
		row.Index, row.Scale = GP64(), uint8(t.size())
		MOVQ(Mem{Base: t.list}, row.Index)
		ADDQ(Imm(8), t.list)
	}
	b := make([]Register, v)
	for j := range b {
		b[j] = t.vector()
		t.load(row, b[j])
		row.Disp += t.bytes
	}
	if !t.listed {
		ADDQ(t.brs, t.b)
	}
	for i := range sum {
		t.multiply(entry(i), b, sum[i])
	}
	ADDQ(t.acs, t.a)
	if r > 4 {
		ADDQ(t.acs, a4)
	}
	DECQ(t.k)
	JNE(LabelRef(name("loop")))
	Label(name("store"))

	masks := t.masks(v)
	CMPQ(t.cols, Imm(uint64(v*t.lanes())))
	JNE(LabelRef(name("masked")))
	t.store(sum, nil, name("full"))
	leave()
	Label(name("masked"))
	t.store(sum, masks(), name("part"))
	leave()
}

func (t tile) zero(x Register) {
	if t.width == avx2 {
		VXORPD(x, x, x)
	} else {
		VPXORQ(x, x, x)
	}
}

func (t tile) load(m Mem, x Register) {
	if t.single() {
		VMOVUPS(m, x)
	} else {
		VMOVUPD(m, x)
	}
}

// multiply adds the entry at a times each of b to the sums.
func (t tile) multiply(a Mem, b, sum []Register) {
	switch {
	case t.width == avx512 && t.single():
		x := ZMM()
		VBROADCASTSS(a, x)
		for j := range b {
			VFMADD231PS(x, b[j], sum[j])
		}
	case t.width == avx512:
		x := ZMM()
		VBROADCASTSD(a, x)
		for j := range b {
			VFMADD231PD(x, b[j], sum[j])
		}
	case t.single():
		x := YMM()
		VBROADCASTSS(a, x)
		for j := range b {
			VFMADD231PS(x, b[j], sum[j])
		}
	default:
		x := YMM()
		VBROADCASTSD(a, x)
		for j := range b {
			VFMADD231PD(x, b[j], sum[j])
		}
	}
}

// masks returns a function that loads the masks of the last register of
// columns: for float32 there are two, since C is float64.
func (t tile) masks(v int) func() []Register {
	return func() []Register {
		n := 1
		if t.single() {
			n = 2
		}
		masks := make([]Register, n)
		left := GP64()
		MOVQ(t.cols, left)
		SUBQ(U32(uint32((v-1)*t.lanes())), left)
		if t.width == avx2 {
			from := GP64()
			LEAQ(window(), from)
			NEGQ(left)
			for i := range masks {
				masks[i] = YMM()
				VMOVUPD(Mem{Base: from, Index: left, Scale: 8, Disp: 8 * (8 + 4*i)}, masks[i])
			}
			return masks
		}
		// A register holds 8 of C: bits left..0 of a word, 8 to a mask.
		bits := GP64()
		MOVQ(I64(-1), bits)
		SHLXQ(left, bits, bits)
		NOTQ(bits)
		for i := range masks {
			masks[i] = K()
			KMOVW(bits.(GP).As32(), masks[i])
			if i+1 < len(masks) {
				SHRQ(Imm(8), bits)
			}
		}
		return masks
	}
}

// store writes or adds the sums to C, the last register's masked if there are
// masks.
func (t tile) store(sum [][]Register, masks []Register, name string) {
	CMPB(t.adding(), Imm(0))
	JNE(LabelRef(name + "add"))
	for _, add := range []bool{false, true} {
		if add {
			Label(name + "add")
		}
		c := GP64()
		MOVQ(t.c, c)
		for i := range sum {
			for j := range sum[i] {
				var m []Register
				if j == len(sum[i])-1 {
					m = masks
				}
				t.storeVector(sum[i][j], Mem{Base: c, Disp: j * t.lanes() * 8}, m, add)
			}
			if i < len(sum)-1 {
				ADDQ(t.ldc, c)
			}
		}
		if !add {
			JMP(LabelRef(name + "done"))
		}
	}
	Label(name + "done")
}

func (t tile) adding() Op {
	add, err := Param("add").Resolve()
	if err != nil {
		panic(err)
	}
	return add.Addr
}

func (t tile) storeVector(x Register, c Mem, masks []Register, add bool) {
	if !t.single() {
		var m Register
		if masks != nil {
			m = masks[0]
		}
		t.storeDoubles(x, c, m, add)
		return
	}
	for i := range 2 {
		d := t.vector()
		if t.width == avx2 {
			if i == 0 {
				VCVTPS2PD(x.(Vec).AsX(), d)
			} else {
				half := XMM()
				VEXTRACTF128(Imm(1), x, half)
				VCVTPS2PD(half, d)
			}
		} else {
			if i == 0 {
				VCVTPS2PD(x.(Vec).AsY(), d)
			} else {
				half := YMM()
				VEXTRACTF64X4(Imm(1), x, half)
				VCVTPS2PD(half, d)
			}
		}
		var m Register
		if masks != nil {
			m = masks[i]
		}
		t.storeDoubles(d, c, m, add)
		c.Disp += t.bytes
	}
}

func (t tile) storeDoubles(x Register, c Mem, mask Register, add bool) {
	switch {
	case mask == nil:
		if add {
			VADDPD(c, x, x)
		}
		VMOVUPD(x, c)
	case t.width == avx2:
		if add {
			old := YMM()
			VMASKMOVPD(c, mask, old)
			VADDPD(old, x, x)
		}
		VMASKMOVPD(x, mask, c)
	default:
		if add {
			VADDPD(c, x, mask, x)
		}
		VMOVUPD(x, mask, c)
	}
}
