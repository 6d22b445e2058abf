package symbolic

import "math"

// A shortInstruction is an instruction of a program with at most 256 registers, so that
// a register is a byte and no index needs a check. A product that is used once, in the
// sum that follows, is part of it, rounded as before.
type shortInstruction struct {
	op           opcode
	dst, a, b, c uint8
	call         uint16 // which instruction of the code has the function
}

// The operations that short instructions have besides.
const (
	opMulAdd opcode = iota + opAbs + 1 // a·b + c
	opMulSub                           // a·b - c
	opSubMul                           // c - a·b
)

// shorten makes short code, if registers and instructions are few enough.
func (p *Program) shorten() {
	if len(p.start) > 256 || len(p.code) > math.MaxUint16 {
		return
	}
	p.start = append(p.start, make([]float64, 256-len(p.start))...)
	once := p.usedOnce()
	code := make([]shortInstruction, 0, len(p.code))
	for i := range p.code {
		op := &p.code[i]
		s := shortInstruction{op.op, uint8(op.dst), uint8(op.a), uint8(op.b), uint8(op.c), uint16(i)}
		if n := len(code); n > 0 && (op.op == opAdd || op.op == opSub) {
			before := code[n-1]
			if before.op == opMul && once[i-1] && (uint8(op.a) == before.dst) != (uint8(op.b) == before.dst) {
				fused := opMulAdd
				other := op.b
				switch left := uint8(op.a) == before.dst; {
				case !left:
					other = op.a
					if op.op == opSub {
						fused = opSubMul
					}
				case op.op == opSub:
					fused = opMulSub
				}
				code[n-1] = shortInstruction{fused, uint8(op.dst), before.a, before.b, uint8(other), 0}
				continue
			}
		}
		code = append(code, s)
	}
	p.short = code
}

// usedOnce tells for every instruction whether its result is used by the next one alone.
func (p *Program) usedOnce() []bool {
	once := make([]bool, len(p.code))
	reads := func(op *instruction, r int32) bool {
		switch op.op {
		case opNeg, opCall, opSqrt, opAbs:
			return op.a == r
		case opIfPos:
			return op.a == r || op.b == r || op.c == r
		}
		return op.a == r || op.b == r
	}
	lastRead := make(map[int32]int) // of a register, as far as it has been seen from the end
	for _, r := range p.results {
		lastRead[r] = len(p.code)
	}
	for i := len(p.code) - 1; i >= 0; i-- {
		op := &p.code[i]
		next, read := lastRead[op.dst], false
		if _, read = lastRead[op.dst]; read && next == i+1 && i+1 < len(p.code) {
			once[i] = reads(&p.code[i+1], op.dst)
		}
		delete(lastRead, op.dst)
		for _, r := range []int32{op.a, op.b, op.c} {
			if reads(op, r) {
				if _, later := lastRead[r]; !later {
					lastRead[r] = i
				}
			}
		}
	}
	return once
}

func (p *Program) execShort(r *[256]float64) {
	for i := range p.short {
		op := p.short[i]
		switch op.op {
		case opAdd:
			r[op.dst] = r[op.a] + r[op.b]
		case opSub:
			r[op.dst] = r[op.a] - r[op.b]
		case opMul:
			r[op.dst] = r[op.a] * r[op.b]
		case opDiv:
			r[op.dst] = r[op.a] / r[op.b]
		case opMulAdd:
			r[op.dst] = float64(r[op.a]*r[op.b]) + r[op.c]
		case opMulSub:
			r[op.dst] = float64(r[op.a]*r[op.b]) - r[op.c]
		case opSubMul:
			r[op.dst] = r[op.c] - float64(r[op.a]*r[op.b])
		case opNeg:
			r[op.dst] = -r[op.a]
		case opSqrt:
			r[op.dst] = math.Sqrt(r[op.a])
		case opAbs:
			r[op.dst] = math.Abs(r[op.a])
		case opCall:
			r[op.dst] = p.code[op.call].f(r[op.a])
		case opCall2:
			r[op.dst] = p.code[op.call].g(r[op.a], r[op.b])
		case opIfPos:
			r[op.dst] = choose(r[op.a], r[op.b], r[op.c])
		}
	}
}
