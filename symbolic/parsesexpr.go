package symbolic

import "strings"

// ParseSExpr returns the expression that an S-expression denotes, as SExpr writes it, to
// the node:
//
//	-2, 0.5, NaN, -Inf, pi              numbers
//	x, x_1, θ                           variables
//	(+ a b), (- a b), (* a b), (/ a b)  arithmetic; + and * of more than two are taken from the left
//	(neg a), (- a)                      the negative
//	(sin a), (ifpos c a b)              functions, those that Parse knows
//
// Names, limits, errors and panics are those of Parse.
//
// Cost: that of Parse.
func ParseSExpr(text string, vars ...Expr) (Expr, error) {
	for _, v := range vars {
		mustBeVariable("ParseSExpr", v)
	}
	if len(text) > maxText {
		return Expr{}, failure(0, "a text of %d bytes; the limit is %d", len(text), maxText).locate(text)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	p := lists{parser: parser{text: text, vars: vars}}
	e, err := p.expression()
	if err != nil {
		return Expr{}, err.locate(text)
	}
	return e, nil
}

// lists reads S-expressions: the pending operators of the parser are open lists.
type lists struct{ parser }

func (p *lists) expression() (Expr, *ParseError) {
	for offset := 0; ; {
		t, err := lex(p.text, offset)
		if err != nil {
			return Expr{}, err
		}
		if len(p.pending) > maxDepth {
			return Expr{}, failure(t.offset, "nested deeper than %d levels", maxDepth)
		}
		done := len(p.pending) == 0 && len(p.operands) == 1
		switch {
		case t.kind == end && done:
			return p.operands[0].Expr, nil
		case t.kind == end && len(p.pending) > 0:
			return Expr{}, failure(p.pending[len(p.pending)-1].open, "a list that is not closed")
		case t.kind == end:
			return Expr{}, failure(t.offset, "no expression")
		case done:
			return Expr{}, failure(t.offset, "text after the expression")
		case t.kind == '(':
			offset, err = p.open(t)
		case t.kind == ')':
			offset, err = t.offset+1, p.shut(t)
		default:
			offset, err = p.atom(t)
		}
		if err != nil {
			return Expr{}, err
		}
	}
}

// open takes the beginning of a list and its operation, and returns where the rest begins.
func (p *lists) open(t token) (next int, err *ParseError) {
	op, err := lex(p.text, t.offset+1)
	if err != nil {
		return 0, err
	}
	o := operator{kind: op.kind, name: op.text, args: len(p.operands), place: t.offset, open: t.offset}
	switch op.kind {
	case '+', '-', '*', '/':
	case word:
		o.kind, o.place = 'f', op.offset
	case end:
		return 0, failure(t.offset, "a list that is not closed")
	default:
		return 0, failure(op.offset, "a list begins with + - * / or the name of a function")
	}
	p.pending = append(p.pending, o)
	return op.offset + len(op.text), nil
}

// shut takes the end of a list.
func (p *lists) shut(t token) *ParseError {
	if len(p.pending) == 0 {
		return failure(t.offset, "a parenthesis that closes, and none that opens")
	}
	o := p.pending[len(p.pending)-1]
	p.pending = p.pending[:len(p.pending)-1]
	if o.kind == 'f' {
		return p.call(o)
	}
	args := p.operands[o.args:]
	if err := p.charge(len(args), o.place); err != nil {
		return err
	}
	var e Expr
	switch {
	case o.kind == '-' && len(args) == 1:
		e = args[0].Neg()
	case len(args) == 2 || len(args) > 2 && (o.kind == '+' || o.kind == '*'):
		e = args[0].Expr
		for _, a := range args[1:] {
			e = arithmetic(o.kind, e, a.Expr)
		}
	default:
		return failure(o.place, "%s takes 2 operands, not %d", o.name, len(args))
	}
	p.operands = p.operands[:o.args]
	p.finish(e, o.place, 0)
	return nil
}

// atom takes a number or a name, and returns where it ends.
func (p *lists) atom(t token) (next int, err *ParseError) {
	place, sign := t.offset, 1.0
	if t.kind == '-' {
		sign = -1
		after, err := lex(p.text, t.offset+len(t.text))
		if err != nil {
			return 0, err
		}
		if after.offset != t.offset+len(t.text) || after.kind != numeral && after.text != "Inf" {
			return 0, failure(t.offset, "a sign without a number; write (- x) for a negative")
		}
		t = after
	}
	next = t.offset + len(t.text)
	if beyond, err := lex(p.text, next); err != nil {
		return 0, err
	} else if beyond.offset == next && beyond.kind != end && beyond.kind != '(' && beyond.kind != ')' {
		return 0, failure(next, "operands are set apart by spaces")
	}
	var e Expr
	switch t.kind {
	case numeral:
		e = number(sign * t.value)
	case word:
		if e = p.named(t.text); sign < 0 {
			e = e.Neg()
		}
	default:
		return 0, failure(t.offset, "%s where an operand should be", plain(t.text))
	}
	p.finish(e, place, 0)
	return next, nil
}
