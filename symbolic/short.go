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
// together where they can: what costs most is a processor's wrong guess of the next kind.
type shortProgram struct {
	kinds   []wordKind // of the words of the code
	code    []shortWord
	start   [256]float64 // the registers before: inputs, and then constants
	results []uint8
	calls   []func(x float64) float64 // in the order of the words that call them
	calls2  []func(x, y float64) float64
	free    sync.Pool // of *[256]float64, registers in which the constants stay
}

// A shortWord is an instruction: the registers of the result and of the operands.
type shortWord struct{ to, a, b, c, d, e, f, _ uint8 }

type wordKind uint8

const (
	wordSum3       wordKind = iota // a·b + c·d + e·f
	wordProduct                    // a·b
	wordDiv                        // a / b
	wordDifference                 // a - b
	wordSum                        // a + b
	wordCall                       // the next function of calls, of a
	wordCall2                      // the next function of calls2, of a and b
	wordSinCos                     // sin a, and cos a in b
	wordSqrt                       // √a
	wordInverse                    // 1 / |a|
	wordAbs                        // |a|
	wordIfPos                      // b or c, by the sign of a
	wordKinds
)

// eval writes the results at x to dst.
func (p *shortProgram) eval(dst, x []float64) {
	r := p.free.Get().(*[256]float64)
	copy(r[:], x)
	code := p.code[:len(p.kinds)]
	calls, calls2 := 0, 0
	for i, kind := range p.kinds {
		w := &code[i]
		switch { // no jump by a table: a processor foresees comparisons better
		case kind == wordSum3:
			r[w.to] = float64(r[w.a]*r[w.b]) + float64(r[w.c]*r[w.d]) + float64(r[w.e]*r[w.f])
		case kind == wordProduct:
			r[w.to] = r[w.a] * r[w.b]
		case kind == wordDiv:
			r[w.to] = r[w.a] / r[w.b]
		case kind == wordDifference:
			r[w.to] = r[w.a] - r[w.b]
		case kind == wordSum:
			r[w.to] = r[w.a] + r[w.b]
		case kind == wordCall:
			r[w.to] = p.calls[calls](r[w.a])
			calls++
		case kind == wordCall2:
			r[w.to] = p.calls2[calls2](r[w.a], r[w.b])
			calls2++
		default:
			w.other(kind, r)
		}
	}
	for i, at := range p.results {
		dst[i] = r[at]
	}
	p.free.Put(r)
}

// other runs a word of a less frequent kind.
func (w *shortWord) other(kind wordKind, r *[256]float64) {
	switch a := r[w.a]; kind {
	case wordSinCos:
		r[w.to], r[w.b] = rule.SinCos(a)
	case wordSqrt:
		r[w.to] = math.Sqrt(a)
	case wordInverse:
		r[w.to] = 1 / math.Abs(a)
	case wordAbs:
		r[w.to] = math.Abs(a)
	default:
		r[w.to] = choose(a, r[w.b], r[w.c])
	}
}
