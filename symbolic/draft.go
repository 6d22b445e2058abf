package symbolic

import (
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
)

// A draft is a word whose operands are still steps of a program, or constants of the
// machine.
type draft struct {
	kind  wordKind
	to    int32
	also  int32   // the cosine beside a sine, or none
	at    []int32 // a, b, c, …, as far as there are
	call  func(x float64) float64
	call2 func(x, y float64) float64
}

// Numbers of steps that are none: constants of the machine, as operands of drafts.
const (
	none int32 = -1 - iota
	one
	minusOne
	minusZero
)

// A drafter makes drafts of the steps of a program.
type drafter struct {
	*program
	part     []bool // the steps that are parts of the drafts of others
	twins    []int32
	drafts   []draft
	negative map[int32]int32 // of steps, numbered behind those of the program
}

// draftsOf returns the drafts of the steps of q.
func draftsOf(q *program) []draft {
	m := &drafter{program: q, part: partsOf(q), twins: q.twins(), negative: make(map[int32]int32)}
	for i, s := range q.steps {
		if twin := m.twins[i]; !m.part[i] && s.kind != constant && s.kind != variable && (twin == none || int(twin) > i) {
			d := m.draft(int32(i)) // may make negatives first
			m.drafts = append(m.drafts, d)
		}
	}
	return m.drafts
}

// draft returns the draft of the step i.
func (m *drafter) draft(i int32) draft {
	s, twin := m.steps[i], m.twins[i]
	d := draft{to: i, also: none, at: []int32{s.a, s.b, s.c}[:len(s.operands())]}
	switch {
	case twin != none:
		d.kind, d.also = wordSinCos, twin
		if s.row == rule.Cos {
			d.to, d.also = d.also, d.to
		}
	case hasFactors(s):
		d.kind, d.at = wordProduct, factors(s)
	case s.kind == neg:
		d.kind, d.at = wordProduct, []int32{s.a, minusOne}
	case s.kind == add || s.kind == sub:
		d.kind, d.at = m.sum(s)
	case s.kind == div && m.part[s.b]:
		d.kind, d.at = wordInverse, []int32{m.steps[s.b].a}
	case s.kind == div:
		d.kind = wordDiv
	case s.kind == ifPos:
		d.kind = wordIfPos
	case s.kind == apply2:
		d.kind, d.call2 = wordCall2, s.row2.Value
	case s.row == rule.Sqrt:
		d.kind = wordSqrt
	case s.row == rule.Abs:
		d.kind = wordAbs
	default:
		d.kind, d.call = wordCall, s.row.Value
	}
	return d
}

// sum returns the kind and the operands of a sum or difference.
func (m *drafter) sum(s step) (kind wordKind, at []int32) {
	rest := m.term(s.b, s.kind == sub)
	switch inner := m.steps[s.a]; {
	case m.part[s.a] && isSum(inner.kind):
		return wordSum3, slices.Concat(m.term(inner.a, false), m.term(inner.b, inner.kind == sub), rest)
	case m.part[s.a] || m.part[s.b]:
		return wordSum3, slices.Concat([]int32{minusZero, one}, m.term(s.a, false), rest)
	case s.kind == add:
		return wordSum, []int32{s.a, s.b}
	}
	return wordDifference, []int32{s.a, s.b}
}

// term returns the factors of a term of a sum, or of its negative.
func (m *drafter) term(at int32, minus bool) []int32 {
	switch {
	case m.part[at] && minus:
		f := factors(m.steps[at])
		return []int32{f[1], m.negated(f[0])}
	case m.part[at]:
		return factors(m.steps[at])
	case minus:
		return []int32{at, minusOne}
	}
	return []int32{at, one}
}

// negated returns a step that is the negative of another.
func (m *drafter) negated(x int32) int32 {
	n, ok := m.negative[x]
	if !ok {
		n = int32(len(m.steps) + len(m.negative))
		m.negative[x] = n
		m.drafts = append(m.drafts, draft{kind: wordProduct, to: n, also: none, at: []int32{x, minusOne}})
	}
	return n
}

// partsOf tells which steps are used once, and in the word of another: products in a sum
// or difference, a sum of two in one of three, and |x| in 1/|x|.
func partsOf(q *program) []bool {
	uses := q.uses()
	part := make([]bool, len(q.steps))
	for i, s := range slices.Backward(q.steps) {
		switch s.kind {
		case add, sub:
			for _, at := range q.operandsOf(s) {
				part[at] = uses[at] == 1 && hasFactors(q.steps[at])
			}
			if a := q.steps[s.a].kind; !part[i] && uses[s.a] == 1 && (a == add || a == sub) {
				part[s.a] = true
			}
		case div:
			b := q.steps[s.b]
			part[s.b] = uses[s.b] == 1 && b.kind == apply && b.row == rule.Abs && wrap(s.args[0]).is(1)
		}
	}
	return part
}

// twins returns the cosine of the same angle for a sine and the sine for a cosine, as far
// as there are, and none for other steps.
func (p *program) twins() []int32 {
	twins := make([]int32, len(p.steps))
	first := make(map[int32]int32)
	for i, s := range p.steps {
		twins[i] = none
		if s.kind != apply || s.row != rule.Sin && s.row != rule.Cos {
			continue
		}
		if k, ok := first[s.a]; ok {
			twins[i], twins[k] = k, int32(i)
		}
		first[s.a] = int32(i)
	}
	return twins
}

// hasFactors reports whether a step is a product. A square is, the same to the bit.
func hasFactors(s step) bool {
	if s.kind == apply2 {
		c, ok := exponentOf(s.node)
		return ok && c == 2
	}
	return s.kind == mul || s.kind == apply && s.row == rule.Square
}

func factors(s step) []int32 {
	if s.kind == mul {
		return []int32{s.a, s.b}
	}
	return []int32{s.a, s.a}
}
