package reverse

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// An optimizer turns a recording into a program: it shares common subexpressions,
// leaves out what does nothing, and what no result depends on.
type optimizer struct {
	t *tape
	p *program

	to     []int32 // from slots of the tape to operands of the program
	seen   map[[4]int32]int32
	lists  map[string]int32
	consts map[uint64]int32
	rows   map[*rule.Func]op
	rows2  map[*rule.Func2]op
	key    []byte
}

// An operand is a place of an input or a statement, or, below 0, a constant: -1 is the
// first.

// newProgram makes a program of what the tape holds.
func newProgram(t *tape, results []Var) *program {
	o := optimizer{
		t: t, p: &program{n: int(t.first) - 1, first: int(t.first)},
		to: make([]int32, t.n), seen: map[[4]int32]int32{}, lists: map[string]int32{}, consts: map[uint64]int32{},
		rows: map[*rule.Func]op{}, rows2: map[*rule.Func2]op{},
	}
	for i := range t.first {
		o.to[i] = int32(i)
	}
	for i := t.first; i < t.n; i++ {
		o.to[i] = o.statement(i)
	}
	p := o.p
	for _, y := range results {
		p.results = append(p.results, o.operand(y))
	}
	for _, g := range t.guards {
		p.guards = append(p.guards, test{o.operand(g.x), o.operand(g.y), g.less})
	}
	p.saved.Recorded = int(t.n - t.first)
	o.bury()
	o.merge()
	p.place()
	p.saved.Kept = len(p.code)
	return p
}

// constant returns the operand that is the constant c.
func (o *optimizer) constant(c float64) int32 {
	bits := math.Float64bits(c)
	k, ok := o.consts[bits]
	if !ok {
		o.p.consts = append(o.p.consts, c)
		k = -int32(len(o.p.consts))
		o.consts[bits] = k
	}
	return k
}

// operand returns what a Var has become.
func (o *optimizer) operand(x Var) int32 {
	if x.slot() == 0 {
		return o.constant(x.value)
	}
	return o.to[x.slot()]
}

func (o *optimizer) operands(x []Var) (places []int32, variable bool) {
	places = make([]int32, len(x))
	for i, v := range x {
		places[i] = o.operand(v)
		variable = variable || places[i] >= 0
	}
	return places, variable
}

// statement returns what a statement of the tape becomes.
func (o *optimizer) statement(slot uint32) int32 {
	t, r, code := o.t, o.t.record(slot), o.t.op(slot)
	side := func(slot uint32, c float64) int32 {
		if slot == 0 {
			return o.constant(c)
		}
		return o.to[slot]
	}
	switch kind := code & kindMask; kind {
	case opAdd, opSub, opMul, opDiv:
		a, b := side(r.a, r.da), side(r.b, r.db)
		if same, ok := o.identity(kind, a, b); ok {
			o.p.saved.Folded++
			return same
		}
		if (kind == opAdd || kind == opMul) && a < b {
			a, b = b, a
		}
		if kind == opMul && a == b {
			return o.emit(opSquare, a, 0, 0)
		}
		return o.emit(kind, a, b, 0)
	case opNeg:
		a := o.to[r.a]
		if in := o.at(a); in != nil && in.op == opNeg {
			o.p.saved.Folded++
			return in.a
		}
		return o.emit(opNeg, a, 0, 0)
	case opApply:
		return o.emit(opApply|indexOf(o.rows, &o.p.rows, t.rows[code>>kindBits]), o.to[r.a], 0, 0)
	case opApply2:
		return o.emit(opApply2|indexOf(o.rows2, &o.p.rows2, t.rows2[code>>kindBits]), side(r.a, r.da), side(r.b, r.db), 0)
	case opChoose:
		c := t.choices[code>>kindBits]
		x, a, b := o.operand(c.x), o.operand(c.a), o.operand(c.b)
		return o.emit(opChoose, a, b, x)
	case opApplyN:
		return o.many(int(code >> kindBits))
	}
	return o.emit(opNaN, o.to[r.a], o.to[r.b], 0)
}

// at returns the statement that computes an operand, nil if there is none.
func (o *optimizer) at(a int32) *instr {
	if int(a) < o.p.first {
		return nil
	}
	return &o.p.code[int(a)-o.p.first]
}

// identity returns the operand that an operation leaves as it is, to the bit.
func (o *optimizer) identity(kind op, a, b int32) (same int32, ok bool) {
	is := func(x int32, c float64) bool {
		return x < 0 && math.Float64bits(o.p.consts[-x-1]) == math.Float64bits(c)
	}
	negativeZero := math.Copysign(0, -1)
	switch {
	case kind == opAdd && is(b, negativeZero), kind == opSub && is(b, 0), (kind == opMul || kind == opDiv) && is(b, 1):
		return a, true
	case kind == opAdd && is(a, negativeZero), kind == opMul && is(a, 1):
		return b, true
	}
	return 0, false
}

// emit returns the place of a statement, of one that is there already if it can. c is
// the operand that a choice goes by.
func (o *optimizer) emit(code op, a, b, c int32) int32 {
	key := [4]int32{int32(code), a, b, c}
	if place, ok := o.seen[key]; ok {
		o.p.saved.Shared++
		return place
	}
	if code == opChoose {
		o.p.choices = append(o.p.choices, [3]int32{c, a, b})
		code, a, b = opChoose|opIndex(len(o.p.choices)-1), 0, 0
	}
	o.seen[key] = o.push(instr{code, a, b})
	return o.seen[key]
}

func (o *optimizer) push(in instr) int32 {
	o.p.code = append(o.p.code, in)
	return int32(o.p.first + len(o.p.code) - 1)
}

// many returns the place of a statement of many.
func (o *optimizer) many(k int) int32 {
	l := list{row: o.t.many[k].row}
	l.x, l.xVar = o.operands(o.t.lists[k][0])
	l.y, l.yVar = o.operands(o.t.lists[k][1])
	o.key = fmt.Append(o.key[:0], l.row.Name, l.x, l.y)
	if place, ok := o.lists[string(o.key)]; ok && o.p.lists[o.at(place).op>>kindBits].row == l.row {
		o.p.saved.Shared++
		return place
	}
	o.p.lists = append(o.p.lists, l)
	place := o.push(instr{op: opApplyN | opIndex(len(o.p.lists)-1)})
	o.lists[string(o.key)] = place
	return place
}

// indexOf returns the index of a row in a list, to which it is added if it is not known.
func indexOf[T comparable](known map[T]op, list *[]T, row T) op {
	k, ok := known[row]
	if !ok {
		k = opIndex(len(*list))
		*list = append(*list, row)
		known[row] = k
	}
	return k
}

// each calls f with every operand of a statement.
func (p *program) each(in *instr, f func(*int32)) {
	switch k := in.op >> kindBits; in.op & kindMask {
	case opChoose:
		for i := range p.choices[k] {
			f(&p.choices[k][i])
		}
	case opApplyN:
		l := &p.lists[k]
		for i := range l.x {
			f(&l.x[i])
		}
		for i := range l.y {
			f(&l.y[i])
		}
	case opNeg, opSquare, opApply:
		f(&in.a)
	default:
		f(&in.a)
		f(&in.b)
	}
}

// eachResult calls f with every place that a result or a comparison has.
func (p *program) eachResult(f func(*int32)) {
	for i := range p.results {
		f(&p.results[i])
	}
	for i := range p.guards {
		f(&p.guards[i].x)
		f(&p.guards[i].y)
	}
}

// bury leaves out the statements that neither a result nor a comparison depends on.
func (o *optimizer) bury() {
	p := o.p
	live := make([]bool, len(p.code))
	mark := func(place *int32) {
		if k := int(*place) - p.first; k >= 0 {
			live[k] = true
		}
	}
	p.eachResult(mark)
	for k := len(p.code) - 1; k >= 0; k-- {
		if live[k] {
			p.each(&p.code[k], mark)
		}
	}
	p.saved.Dead += p.keep(live)
}

// keep drops the statements that are not live, and returns how many.
func (p *program) keep(live []bool) int {
	to := make([]int32, len(p.code))
	move := func(place *int32) {
		if k := int(*place) - p.first; k >= 0 {
			*place = to[k]
		}
	}
	var choices [][3]int32
	var lists []list
	code := p.code[:0]
	for k := range p.code {
		if !live[k] {
			continue
		}
		in := p.code[k]
		p.each(&in, move)
		switch i := in.op >> kindBits; in.op & kindMask {
		case opChoose:
			in.op = opChoose | opIndex(len(choices))
			choices = append(choices, p.choices[i])
		case opApplyN:
			in.op = opApplyN | opIndex(len(lists))
			lists = append(lists, p.lists[i])
		}
		to[k] = int32(p.first + len(code))
		code = append(code, in)
	}
	p.eachResult(move)
	dropped := len(p.code) - len(code)
	p.code, p.choices, p.lists = code, choices, lists
	return dropped
}

// place gives constants their places, after the statements, and drops those that are
// not used.
func (p *program) place() {
	to := make([]int32, len(p.consts))
	var used []float64
	at := int32(p.constant())
	settle := func(place *int32) {
		if *place >= 0 {
			return
		}
		k := -*place - 1
		if to[k] == 0 {
			to[k] = at + int32(len(used))
			used = append(used, p.consts[k])
		}
		*place = to[k]
	}
	for k := range p.code {
		p.each(&p.code[k], settle)
	}
	p.eachResult(settle)
	p.consts = used
}
