package symbolic

import (
	"math"
	"sync"
)

// A shortProgram runs on 256 registers, so that a register is a byte and no index needs a
// check. Sums and differences are of two products,
//
//	a·b + c·d    a·b - c·d
//
// with products and sum rounded one by one: a factor of 1 changes no bit. So there are few
// kinds of words, between which a processor guesses, and fewer words.
type shortProgram struct {
	code    []shortWord
	start   [256]float64 // the registers before: inputs, and then constants
	results []uint8
	calls   []func(x float64) float64
	calls2  []func(x, y float64) float64
	free    sync.Pool // of *[256]float64, registers in which the constants stay
}

// A shortWord is an instruction, a byte each from the lowest: its kind, the register of the
// result, and those of the operands a, b, c and d. The highest two say which function it
// calls.
type shortWord uint64

const (
	wordSum        shortWord = iota // a·b + c·d
	wordDifference                  // a·b - c·d
	wordProduct                     // a·b
	wordDiv                         // a / b
	wordSqrt                        // √a
	wordAbs                         // |a|
	wordCall                        // calls[…](a)
	wordCall2                       // calls2[…](a, b)
	wordIfPos                       // b or c, by the sign of a
)

// eval writes the results at x to dst.
func (p *shortProgram) eval(dst, x []float64) {
	r := p.free.Get().(*[256]float64)
	copy(r[:], x)
	for _, w := range p.code {
		a, b := r[uint8(w>>16)], r[uint8(w>>24)]
		var y float64
		switch kind := w & 0xff; { // no jump by a table: a processor foresees comparisons better
		case kind == wordSum:
			y = float64(a*b) + float64(r[uint8(w>>32)]*r[uint8(w>>40)])
		case kind == wordDifference:
			y = float64(a*b) - float64(r[uint8(w>>32)]*r[uint8(w>>40)])
		case kind == wordProduct:
			y = a * b
		case kind == wordDiv:
			y = a / b
		default:
			y = p.other(w, a, b, r)
		}
		r[uint8(w>>8)] = y
	}
	for i, at := range p.results {
		dst[i] = r[at]
	}
	p.free.Put(r)
}

// other returns the result of a word that is not arithmetic.
func (p *shortProgram) other(w shortWord, a, b float64, r *[256]float64) float64 {
	switch kind := w & 0xff; {
	case kind == wordSqrt:
		return math.Sqrt(a)
	case kind == wordAbs:
		return math.Abs(a)
	case kind == wordCall:
		return p.calls[w>>48](a)
	case kind == wordCall2:
		return p.calls2[w>>48](a, b)
	}
	return choose(a, b, r[uint8(w>>32)])
}
