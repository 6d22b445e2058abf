package symbolic

import (
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// A draft is a word whose operands are still steps of a program, or constants of the
// machine.
type draft struct {
	kind   shortWord
	result int32
	at     []int32 // a, b, c and d, as far as there are
	call   int
}

// Constants of the machine, as operands of drafts.
const (
	one int32 = -1 - iota
	minusZero
)

// shorten returns a short program of q, whose variables are the inputs known. It returns
// nil if 256 registers do not suffice.
func shorten(q *program, inputs int, known map[*node]int32) *shortProgram {
	p := new(shortProgram)
	drafts := p.drafts(q)
	r := registers{at: make(map[int32]int), last: lastReads(q, drafts), next: inputs}
	for i, s := range q.steps {
		switch s.kind {
		case variable:
			r.at[int32(i)] = int(known[s.node])
		case constant:
			r.hold(p, int32(i), s.value())
		}
	}
	r.hold(p, one, 1)
	r.hold(p, minusZero, math.Copysign(0, -1))
	for i, d := range drafts {
		p.code = append(p.code, r.shortWord(i, d))
	}
	for _, root := range q.roots {
		p.results = append(p.results, uint8(r.at[root]))
	}
	if r.next > len(p.start) || max(len(p.calls), len(p.calls2)) > math.MaxUint16 {
		return nil
	}
	p.free.New = func() any { start := p.start; return &start }
	return p
}

// drafts returns the drafts of the steps. A product that is used once, in a sum, is part
// of it.
func (p *shortProgram) drafts(q *program) []draft {
	part := partOfSum(q)
	term := func(at int32) (x, y int32) {
		if part[at] {
			return factors(q.steps[at])
		}
		return at, one
	}
	var drafts []draft
	for i, s := range q.steps {
		d := draft{result: int32(i)}
		switch {
		case part[i] || s.kind == constant || s.kind == variable:
			continue
		case hasFactors(s):
			x, y := factors(s)
			d.kind, d.at = wordProduct, []int32{x, y}
		case s.kind == neg: // -0 - x changes no bit of -x
			x, y := term(s.a)
			d.kind, d.at = wordDifference, []int32{minusZero, one, x, y}
		case s.kind == add || s.kind == sub:
			a, b := term(s.a)
			c, e := term(s.b)
			d.kind, d.at = wordSum, []int32{a, b, c, e}
			if s.kind == sub {
				d.kind = wordDifference
			}
		default:
			d.kind, d.call = p.kindOf(s)
			d.at = []int32{s.a, s.b, s.c}[:len(s.operands())]
		}
		drafts = append(drafts, d)
	}
	return drafts
}

// partOfSum tells which products are used once, and in a sum, difference or negative.
func partOfSum(q *program) []bool {
	uses := make([]int, len(q.steps))
	for _, s := range q.steps {
		for _, at := range q.operandsOf(s) {
			uses[at]++
		}
	}
	for _, root := range q.roots {
		uses[root]++
	}
	part := make([]bool, len(q.steps))
	for _, s := range q.steps {
		if s.kind == add || s.kind == sub || s.kind == neg {
			for _, at := range q.operandsOf(s) {
				part[at] = uses[at] == 1 && hasFactors(q.steps[at])
			}
		}
	}
	return part
}

// hasFactors reports whether a step is a product. A square is, the same to the bit.
func hasFactors(s step) bool {
	if s.kind == apply2 {
		c, ok := exponentOf(s.node)
		return ok && c == 2
	}
	return s.kind == mul || s.kind == apply && s.row == rule.Square
}

func factors(s step) (x, y int32) {
	if s.kind == mul {
		return s.a, s.b
	}
	return s.a, s.a
}

// kindOf returns the kind of a step that is neither sum nor product, and the number of the
// function that it calls.
func (p *shortProgram) kindOf(s step) (kind shortWord, call int) {
	switch {
	case s.kind == div:
		return wordDiv, 0
	case s.kind == ifPos:
		return wordIfPos, 0
	case s.kind == apply2:
		p.calls2 = append(p.calls2, s.row2.Value)
		return wordCall2, len(p.calls2) - 1
	case s.row == rule.Sqrt:
		return wordSqrt, 0
	case s.row == rule.Abs:
		return wordAbs, 0
	}
	p.calls = append(p.calls, s.row.Value)
	return wordCall, len(p.calls) - 1
}

// Registers are given to drafts. One whose last reading has come is used again, so that
// few suffice.
type registers struct {
	at   map[int32]int
	last map[int32]int // the draft that reads it last
	idle []int
	next int
}

// lastReads returns the draft that reads a step last: none but steps that drafts compute
// are in the map, and results are not.
func lastReads(q *program, drafts []draft) map[int32]int {
	last := make(map[int32]int, len(drafts))
	for i, d := range drafts {
		for _, at := range d.at {
			last[at] = i
		}
	}
	for _, root := range q.roots {
		delete(last, root)
	}
	return last
}

// hold gives a register to a constant.
func (r *registers) hold(p *shortProgram, at int32, c float64) {
	if r.next < len(p.start) {
		p.start[r.next] = c
	}
	r.at[at] = r.next
	r.next++
	delete(r.last, at)
}

func (r *registers) shortWord(i int, d draft) shortWord {
	w := d.kind | shortWord(d.call)<<48
	for k, at := range d.at {
		w |= shortWord(uint8(r.at[at])) << (16 + 8*k)
	}
	for _, at := range d.at {
		if last, ok := r.last[at]; ok && last == i {
			r.idle = append(r.idle, r.at[at])
			delete(r.last, at)
		}
	}
	to := r.next
	if n := len(r.idle); n > 0 {
		to, r.idle = r.idle[n-1], r.idle[:n-1]
	} else {
		r.next++
	}
	r.at[d.result] = to
	return w | shortWord(uint8(to))<<8
}
