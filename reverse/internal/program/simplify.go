package program

import "math"

// identity returns the operand that an operation leaves as it is, to the bit.
func (b *Builder) identity(op Op, x, y int32) (same int32, ok bool) {
	is := func(x int32, c float64) bool {
		return c == c && x < 0 && math.Float64bits(b.p.Consts[-x-1]) == math.Float64bits(c)
	}
	switch k := &kinds[op]; {
	case op == Neg:
		if in := b.at(x); in != nil && in.Op == Neg {
			return in.A, true
		}
	case is(y, k.right):
		return x, true
	case is(x, k.left):
		return y, true
	}
	return 0, false
}

// bury drops the statements that neither a result nor a comparison depends on, and
// returns how many.
func (p *Program) bury() int {
	live := make([]bool, len(p.Code))
	mark := func(place *int32) {
		if k := int(*place) - p.First; k >= 0 {
			live[k] = true
		}
	}
	p.eachResult(mark)
	for k := len(p.Code) - 1; k >= 0; k-- {
		if live[k] {
			p.each(&p.Code[k], mark)
		}
	}
	return p.drop(live)
}

// drop drops the statements that are not live, and returns how many.
func (p *Program) drop(live []bool) int {
	to := make([]int32, len(p.Code))
	move := func(place *int32) {
		if k := int(*place) - p.First; k >= 0 {
			*place = to[k]
		}
	}
	var choices []Choice
	var lists []List
	code := p.Code[:0]
	for k := range p.Code {
		if !live[k] {
			continue
		}
		in := p.Code[k]
		p.each(&in, move)
		switch i := in.Op.Index(); in.Op.Kind() {
		case Choose:
			in.Op = Choose.With(len(choices))
			choices = append(choices, p.Choices[i])
		case Nary:
			in.Op = Nary.With(len(lists))
			lists = append(lists, p.Lists[i])
		}
		to[k] = int32(p.First + len(code))
		code = append(code, in)
	}
	p.eachResult(move)
	dropped := len(p.Code) - len(code)
	p.Code, p.Choices, p.Lists = code, choices, lists
	return dropped
}

// settle gives constants their places, after the statements, and drops those that are
// not used.
func (p *Program) settle() {
	to := make([]int32, len(p.Consts))
	var used []float64
	at := int32(p.Constant())
	place := func(operand *int32) {
		if *operand >= 0 {
			return
		}
		k := -*operand - 1
		if to[k] == 0 {
			to[k] = at + int32(len(used))
			used = append(used, p.Consts[k])
		}
		*operand = to[k]
	}
	for k := range p.Code {
		p.each(&p.Code[k], place)
	}
	p.eachResult(place)
	p.Consts = used
}
