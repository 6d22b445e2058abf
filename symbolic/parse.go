package symbolic

import (
	"strings"

	"github.com/quartet-ad/ad"
)

// Limits on what Parse accepts, so that no text can make it take more than a
// little time and memory.
const (
	maxText       = 1 << 20 // bytes
	maxDepth      = 10_000  // open parentheses, calls and operators at one place
	maxOperations = 1 << 17 // operators, and nodes that calls build
)

// Parse returns the expression that text denotes.
//
// Text consists of
//
//	2, 0.5, 1e-3, NaN, Inf        numbers
//	pi, π                         the constant
//	x, x_1, x₁, θ, größe          variables: letters, digits and underscores
//	+ - * /                       and · × ÷ − for the last three
//	x^2, x**2, x²                 powers, which bind tightest and to the right: -x^2 is -(x^2)
//	2x, 3(x+1), (x+1)(x-1)        products, as if * stood there: 1/2x is (1/2)*x
//	|x|, √x, ∛x                   the absolute value and roots, which bind tighter than powers: √x² is (√x)²
//	sin(x), atan2(y, x)           calls of functions
//	sin^2(x), sin²(x)             powers of calls
//
// Functions have the names of the table and of package math, and the usual others:
// ln for log, arcsin for asin, cot, csc, coth. A parameter that PyTorch has a default
// for may be left out: softplus(x), hardtanh(x). Arithmetic has names as well (add,
// sub, mul, div, neg); ifpos(c, a, b) is IfPos; max, min, sum, mean, var (unbiased),
// prod, norm2, sumsq and logsumexp take any number of arguments. softmax_2(a, b, c) is
// the second entry of the softmax of three, and norm2_2(a, b, c) of the unit vector in
// their direction. A byte order mark at the beginning is no part of the text.
//
// A name is a variable unless it is that of a constant; so is e, and Euler's number is
// exp(1). A variable called pi must be asked for: names given in vars are variables,
// whatever they are called. The name of a function that is not called is a variable too,
// but sin^2 x is refused.
//
// Parse returns a *ParseError for text that is not an expression, longer than a
// mebibyte, nested deeper than 10000 levels, or of more than 131072 operations: an
// operator is one, a call one for each argument, and a few where the function is
// spelt out in others, as norm2 is. It names the place of the culprit and, where there
// is a guess, what to write instead.
//
// Parse panics if an entry of vars is not a variable.
//
// Cost: time in proportion to the length of text, and some 200 bytes of memory for
// every operation that is not in use already: 50 MB at the most.
func Parse(text string, vars ...Expr) (Expr, error) {
	for _, v := range vars {
		mustBeVariable("Parse", v)
	}
	e, err := parse(text, nil, vars...)
	if err != nil {
		return Expr{}, err
	}
	return e, nil
}

// parse is Parse with further functions.
func parse(text string, own functions, vars ...Expr) (Expr, error) {
	return parseInto(nil, text, own, vars...)
}

// parseInto is parse, and appends the operations of the text to a list that is not nil.
func parseInto(written *[]Written, text string, own functions, vars ...Expr) (Expr, error) {
	if len(text) > maxText {
		return Expr{}, failure(0, "a text of %d bytes; the limit is %d", len(text), maxText).locate(text)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if place, yes := overcharged(text); yes {
		return Expr{}, failure(place, "more than %d operations", maxOperations).locate(text)
	}
	p := parser{text: text, own: own, vars: vars, written: written}
	e, err := p.expression()
	if err != nil {
		return Expr{}, err.locate(text)
	}
	return e, nil
}

// A parser works by operator precedence with two stacks of its own, so that
// nesting costs it no recursion.
type parser struct {
	text     string
	own      functions
	vars     []Expr // variables that may have the name of a constant
	operands []operand
	pending  []operator

	operations int   // built so far
	last       token // the one before

	written *[]Written // or nil
}

// An operand is a finished part of the text, where it begins, and which of the operations
// that are written it is.
type operand struct {
	Expr
	place, at int32

	function span // the name of a function whose name, or a power of it, this is as a variable
}

// A span is a piece of the text.
type span struct{ from, to int32 }

func (p *parser) piece(s span) string { return p.text[s.from:s.to] }

// An operator waits for its right operand, or a parenthesis, bar or call for its end.
type operator struct {
	kind  rune   // + - * / ^, 'n' for negation, 'r' and 'c' for roots, '(', '|', or 'f' for a call
	name  string // of a call
	args  int    // operands below those of the call
	place int    // of the operator, or of the name of a call
	open  int    // the place of its parenthesis

	power  float64 // that a call is raised to, if it is
	powers bool
}

// precedence orders the operators; those that only a parenthesis closes are 0.
func (o operator) precedence() int {
	switch o.kind {
	case '+', '-':
		return 1
	case '*', '/':
		return 2
	case 'n':
		return 3
	case '^':
		return 4
	case 'r', 'c':
		return 5
	}
	return 0
}

func (p *parser) expression() (Expr, *ParseError) {
	wantOperand := true
	for offset := 0; ; {
		t, err := lex(p.text, offset)
		if err != nil {
			return Expr{}, err
		}
		if len(p.pending) > maxDepth {
			return Expr{}, failure(t.offset, "nested deeper than %d levels", maxDepth)
		}
		if !wantOperand && p.multiplies(t) {
			if err := p.mustNotApply(t); err != nil {
				return Expr{}, err
			}
			if err := p.push(operator{kind: '*', place: t.offset}); err != nil {
				return Expr{}, err
			}
			wantOperand = true
		}
		offset = t.offset + len(t.text)
		if wantOperand {
			wantOperand, offset, err = p.operand(t, offset)
		} else if t.kind == end {
			return p.end(t)
		} else {
			wantOperand, err = p.operator(t)
		}
		if err != nil {
			return Expr{}, err
		}
		p.last = t
	}
}

// multiplies reports whether a token after an operand begins another factor, with no
// sign between: after a number, a power or a parenthesis, but not after a name, which
// would be a call.
func (p *parser) multiplies(t token) bool {
	switch p.last.kind {
	case numeral:
		if t.kind == word && p.spoils(t) {
			return false
		}
	case ')', raised:
	default:
		return false
	}
	return t.kind == word || t.kind == '(' || t.kind == '√' || t.kind == '∛' || t.kind == '|' && !p.isOpen('|')
}

// isOpen reports whether the innermost parenthesis, bar or call is of that kind.
func (p *parser) isOpen(kind rune) bool {
	for i := len(p.pending) - 1; i >= 0; i-- {
		if o := p.pending[i]; o.precedence() == 0 {
			return o.kind == kind
		}
	}
	return false
}

// operand takes a token where an operand may begin, and reports whether one is
// still to come.
func (p *parser) operand(t token, offset int) (more bool, next int, err *ParseError) {
	open := func(o operator) (bool, int, *ParseError) {
		o.place, o.open = t.offset, t.offset
		p.pending = append(p.pending, o)
		return true, offset, nil
	}
	if p.last.kind == '|' && (t.kind == end || t.kind == ')' || t.kind == ',') {
		return false, 0, failure(p.last.offset, "a bar that opens, and nothing behind it")
	}
	switch t.kind {
	case numeral:
		p.finishNumber(t.value, t.offset)
		return false, offset, nil
	case word:
		return p.word(t, offset)
	case '-':
		p.pending = append(p.pending, operator{kind: 'n', place: t.offset})
		return true, offset, p.charge(1, t.offset)
	case '+':
		return true, offset, nil
	case '(', '|':
		return open(operator{kind: t.kind})
	case '√':
		p.pending = append(p.pending, operator{kind: 'r', place: t.offset})
		return true, offset, p.charge(1, t.offset)
	case '∛':
		p.pending = append(p.pending, operator{kind: 'c', place: t.offset})
		return true, offset, p.charge(1, t.offset)
	case end:
		return false, 0, failure(t.offset, "the text ends where an operand should follow")
	}
	return false, 0, failure(t.offset, "unexpected %s where an operand should follow%s", quoted(t.text), hintBefore(t))
}

func (p *parser) finish(e Expr, place, at int) {
	p.operands = append(p.operands, operand{Expr: e, place: int32(place), at: int32(at)})
}

func (p *parser) finishNumber(c float64, place int) {
	p.finish(number(c), place, p.write(Written{Name: "number", Value: c}))
}

// operator takes a token after an operand, and reports whether another operand
// is to follow.
func (p *parser) operator(t token) (more bool, err *ParseError) {
	switch t.kind {
	case '+', '-', '*', '/', '^':
		return true, p.push(operator{kind: t.kind, place: t.offset})
	case raised:
		if err := p.push(operator{kind: '^', place: t.offset}); err != nil {
			return false, err
		}
		p.finishNumber(t.value, t.offset)
		p.reduce()
		return false, nil
	case ',':
		p.reduceAll()
		o := p.top()
		if o.kind != 'f' {
			return false, failure(t.offset, "a comma outside of a call%s", p.hintComma(t))
		}
		if n := len(p.operands) - o.args; n&1023 == 0 { // what the call will cost, in time
			if f, _ := p.function(o.name); n*f.each > maxOperations {
				return false, p.charge(n*f.each, o.place)
			}
		}
		return true, nil
	case '|':
		p.reduceAll()
		if p.top().kind != '|' {
			break
		}
		o := p.pop()
		last := len(p.operands) - 1
		y := p.operands[last]
		p.operands[last] = operand{Expr: ad.Abs(y.Expr), place: int32(o.place), at: int32(p.write(Written{Name: "abs"}, y))}
		return false, p.charge(1, t.offset)
	case ')':
		p.reduceAll()
		if p.top().kind == '|' {
			return false, failure(p.top().place, "this bar is not closed before the parenthesis is")
		}
		if len(p.pending) == 0 {
			return false, failure(t.offset, "unexpected ')': no parenthesis is open")
		}
		o := p.pop()
		if o.kind == 'f' {
			return false, p.call(o)
		}
		p.operands[len(p.operands)-1].place = int32(o.place)
		return false, nil
	}
	return false, failure(t.offset, "unexpected %s after an operand%s", quoted(t.text), p.hintAfter(t))
}

// push makes an infix operator wait, after those that bind its left operand.
func (p *parser) push(o operator) *ParseError {
	for p.top().precedence() > o.precedence() || p.top().precedence() == o.precedence() && o.kind != '^' {
		p.reduce()
	}
	p.pending = append(p.pending, o)
	return p.charge(1, o.place)
}

func (p *parser) end(t token) (Expr, *ParseError) {
	p.reduceAll()
	switch o := p.top(); o.kind {
	case 0:
		return p.operands[0].Expr, nil
	case '|':
		return Expr{}, failure(o.open, "this bar is not closed")
	default:
		return Expr{}, failure(o.open, "this parenthesis is not closed")
	}
}

// top returns the innermost pending operator.
func (p *parser) top() operator {
	if len(p.pending) == 0 {
		return operator{}
	}
	return p.pending[len(p.pending)-1]
}

func (p *parser) pop() operator {
	o := p.top()
	p.pending = p.pending[:len(p.pending)-1]
	return o
}

// reduceAll applies the pending operators up to the innermost parenthesis.
func (p *parser) reduceAll() {
	for p.top().precedence() > 0 {
		p.reduce()
	}
}

// reduce applies the innermost pending operator to the operands before it.
func (p *parser) reduce() {
	o := p.pop()
	last := len(p.operands) - 1
	y := p.operands[last]
	switch o.kind {
	case 'n':
		p.operands[last] = operand{Expr: y.Neg(), place: int32(o.place), at: int32(p.write(Written{Name: "neg"}, y))}
	case 'r':
		p.operands[last] = operand{Expr: ad.Sqrt(y.Expr), place: int32(o.place), at: int32(p.write(Written{Name: "sqrt"}, y))}
	case 'c':
		p.operands[last] = operand{Expr: ad.Cbrt(y.Expr), place: int32(o.place), at: int32(p.write(Written{Name: "cbrt"}, y))}
	default:
		x := p.operands[last-1]
		p.operands = p.operands[:last]
		z := operand{Expr: arithmetic(o.kind, x.Expr, y.Expr), place: x.place, at: int32(p.write(Written{Name: signs[o.kind]}, x, y)), function: x.function}
		if o.kind != '^' {
			z.function = span{}
		} else if z.function == (span{}) {
			z.function = y.function
		}
		p.operands[last-1] = z
	}
}

// charge counts n operations before they are built.
func (p *parser) charge(n, place int) *ParseError {
	if p.operations += n; p.operations > maxOperations {
		return failure(place, "more than %d operations", maxOperations)
	}
	return nil
}
