package symbolic

import (
	"math"
	"sync"

	"github.com/quartet-ad/ad/internal/rule"
)

// A shortProgram runs on 256 registers, so that a register is a byte and no index needs a
// check. Sums and differences are of up to three products,
//
//	a·b + c·d + e·f
//
// with products and sums rounded one by one: a factor of 1 or -1 changes no other bit, nor
// does a first term of -0. So there are few kinds of words, and words of a kind stand
// together where they can: a processor's wrong guess of the next kind costs as much as
// some words.
type shortProgram struct {
	code    []shortWord
	start   [256]float64 // the registers before: inputs, and then constants
	results []uint8
	calls   []func(x float64) float64 // in the order of the words that call them
	calls2  []func(x, y float64) float64
	free    sync.Pool // of *[256]float64, registers in which the constants stay
}

// A shortWord is an instruction: a byte for its kind, and one for the register of the
// result and of each operand. It is one number, because a processor that has read it
// takes bytes from it faster than it reads seven.
type shortWord uint64

func newWord(kind wordKind, to uint8, operands [6]uint8) shortWord {
	w := shortWord(kind) | shortWord(to)<<8
	for i, at := range operands {
		w |= shortWord(at) << (16 + 8*i)
	}
	return w
}

func (w shortWord) kind() wordKind { return wordKind(w) }
func (w shortWord) to() uint8      { return uint8(w >> 8) }
func (w shortWord) a() uint8       { return uint8(w >> 16) }
func (w shortWord) b() uint8       { return uint8(w >> 24) }
func (w shortWord) c() uint8       { return uint8(w >> 32) }
func (w shortWord) d() uint8       { return uint8(w >> 40) }
func (w shortWord) e() uint8       { return uint8(w >> 48) }
func (w shortWord) f() uint8       { return uint8(w >> 56) }

type wordKind uint8

const (
	wordSum3       wordKind = iota // a·b + c·d + e·f
	wordProduct                    // a·b
	wordDiv                        // a / b
	wordDifference                 // a - b
	wordSum                        // a + b
	wordCall                       // the next function of calls, of a
	wordSqrt                       // √a
	wordInverse                    // 1 / |a|
	wordCall2                      // the next function of calls2, of a and b
	wordSinCos                     // sin a, and cos a in b
	wordAbs                        // |a|
	wordIfPos                      // b or c, by the sign of a
	wordKinds
)

// eval writes the results at x to dst.
func (p *shortProgram) eval(dst, x []float64) {
	r := p.free.Get().(*[256]float64)
	copy(r[:], x)
	calls, calls2 := 0, 0
	for _, w := range p.code {
		switch kind := w.kind(); { // no jump by a table: a processor foresees comparisons better
		case kind == wordSum3:
			r[w.to()] = float64(r[w.a()]*r[w.b()]) + float64(r[w.c()]*r[w.d()]) + float64(r[w.e()]*r[w.f()])
		case kind == wordProduct:
			r[w.to()] = r[w.a()] * r[w.b()]
		case kind == wordDiv:
			r[w.to()] = r[w.a()] / r[w.b()]
		case kind == wordDifference:
			r[w.to()] = r[w.a()] - r[w.b()]
		case kind == wordSum:
			r[w.to()] = r[w.a()] + r[w.b()]
		case kind == wordCall:
			r[w.to()] = p.calls[calls](r[w.a()])
			calls++
		case kind == wordSqrt:
			r[w.to()] = math.Sqrt(r[w.a()])
		case kind == wordInverse:
			r[w.to()] = 1 / math.Abs(r[w.a()])
		case kind == wordCall2:
			r[w.to()] = p.calls2[calls2](r[w.a()], r[w.b()])
			calls2++
		case kind == wordSinCos:
			r[w.to()], r[w.b()] = rule.SinCos(r[w.a()])
		case kind == wordAbs:
			r[w.to()] = math.Abs(r[w.a()])
		default:
			r[w.to()] = choose(r[w.a()], r[w.b()], r[w.c()])
		}
	}
	for i, at := range p.results {
		dst[i] = r[at]
	}
	p.free.Put(r)
}
