package symbolic

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
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
// Text consists of numbers (2, 0.5, 1e-3, NaN, Inf), variables, + - * / and ^
// (which binds tightest and to the right; -x^2 is -(x^2)), parentheses, and calls
// of functions under the names of the table: sin(x), atan2(y, x),
// leaky_relu(x, 0.01). A parameter that PyTorch has a default for may be left
// out: softplus(x), hardtanh(x). Arithmetic has names as well (add, sub, mul,
// div, neg), ifpos(c, a, b) is IfPos, and sum, mean, var (unbiased), prod, norm2,
// sumsq and logsumexp take any number of arguments. Functions with several
// results, softmax and log_softmax, have no place in an expression. A byte order
// mark at the beginning is no part of the text.
//
// Parse returns a *ParseError for text that is not an expression, longer than a
// mebibyte, nested deeper than 10000 levels, or of more than 131072 operations: an
// operator is one, a call one for each argument, and a few where the function is
// spelt out in others, as norm2 is.
//
// Cost: time in proportion to the length of text, and some 200 bytes of memory for
// every operation that is not in use already: 50 MB at the most.
func Parse(text string) (Expr, error) {
	e, err := parse(text, nil)
	if err != nil {
		return Expr{}, err
	}
	return e, nil
}

// A ParseError says what is wrong with a text, and where. Its message is less than
// a kibibyte long, whatever the text.
type ParseError struct {
	Line, Col int // from 1; columns count characters, without a byte order mark
	Message   string

	offset int
}

// Error returns "line 1, column 5: " and the message.
func (e *ParseError) Error() string {
	return fmt.Sprintf("symbolic: line %d, column %d: %s", e.Line, e.Col, e.Message)
}

func failure(offset int, format string, args ...any) *ParseError {
	return &ParseError{offset: offset, Message: fmt.Sprintf(format, args...)}
}

// locate fills in where in text the error is.
func (e *ParseError) locate(text string) *ParseError {
	before := text[:e.offset]
	e.Line = 1 + strings.Count(before, "\n")
	e.Col = 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return e
}

// parse is Parse with further functions.
func parse(text string, own functions) (Expr, error) {
	if len(text) > maxText {
		return Expr{}, failure(0, "a text of %d bytes; the limit is %d", len(text), maxText).locate(text)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	p := parser{text: text, own: own}
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
	operands []Expr
	pending  []operator

	operations int // built so far
}

// An operator waits for its right operand, or a parenthesis or call for its end.
type operator struct {
	kind  rune   // + - * / ^, 'n' for negation, '(' or 'f' for a call
	name  string // of a call
	args  int    // operands below those of the call
	place int
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
		offset = t.offset + len(t.text)
		if len(p.pending) > maxDepth {
			return Expr{}, failure(t.offset, "nested deeper than %d levels", maxDepth)
		}
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
	}
}

// operand takes a token where an operand may begin, and reports whether one is
// still to come.
func (p *parser) operand(t token, offset int) (more bool, next int, err *ParseError) {
	switch t.kind {
	case numeral:
		p.operands = append(p.operands, number(t.value))
		return false, offset, nil
	case word:
		open, err := lex(p.text, offset)
		if err != nil {
			return false, 0, err
		}
		if open.kind == '(' {
			p.pending = append(p.pending, operator{'f', t.text, len(p.operands), t.offset})
			return true, open.offset + 1, nil
		}
		p.operands = append(p.operands, named(t.text))
		return false, offset, nil
	case '-':
		p.pending = append(p.pending, operator{kind: 'n', place: t.offset})
		return true, offset, p.charge(1, t.offset)
	case '+':
		return true, offset, nil
	case '(':
		p.pending = append(p.pending, operator{kind: '(', place: t.offset})
		return true, offset, nil
	case end:
		return false, 0, failure(t.offset, "the text ends where an operand should follow")
	}
	return false, 0, failure(t.offset, "unexpected %s where an operand should follow", quoted(t.text))
}

// named returns the number or variable of a name.
func named(name string) Expr {
	switch name {
	case "NaN":
		return number(math.NaN())
	case "Inf":
		return number(math.Inf(1))
	}
	return Var(name)
}

// operator takes a token after an operand, and reports whether another operand
// is to follow.
func (p *parser) operator(t token) (more bool, err *ParseError) {
	switch t.kind {
	case '+', '-', '*', '/', '^':
		o := operator{kind: t.kind, place: t.offset}
		for p.top().precedence() > o.precedence() || p.top().precedence() == o.precedence() && o.kind != '^' {
			p.reduce()
		}
		p.pending = append(p.pending, o)
		return true, p.charge(1, t.offset)
	case ',':
		p.reduceAll()
		if p.top().kind != 'f' {
			return false, failure(t.offset, "a comma outside of a call")
		}
		return true, nil
	case ')':
		p.reduceAll()
		if len(p.pending) == 0 {
			return false, failure(t.offset, "unexpected ')': no parenthesis is open")
		}
		o := p.top()
		p.pending = p.pending[:len(p.pending)-1]
		if o.kind == 'f' {
			return false, p.call(o)
		}
		return false, nil
	}
	return false, failure(t.offset, "unexpected %s after an operand", quoted(t.text))
}

func (p *parser) end(t token) (Expr, *ParseError) {
	p.reduceAll()
	if len(p.pending) > 0 {
		return Expr{}, failure(p.top().place, "this parenthesis is not closed")
	}
	return p.operands[0], nil
}

// top returns the innermost pending operator.
func (p *parser) top() operator {
	if len(p.pending) == 0 {
		return operator{}
	}
	return p.pending[len(p.pending)-1]
}

// reduceAll applies the pending operators up to the innermost parenthesis.
func (p *parser) reduceAll() {
	for p.top().precedence() > 0 {
		p.reduce()
	}
}

// reduce applies the innermost pending operator to the operands before it.
func (p *parser) reduce() {
	o := p.top()
	p.pending = p.pending[:len(p.pending)-1]
	last := len(p.operands) - 1
	if o.kind == 'n' {
		p.operands[last] = p.operands[last].Neg()
		return
	}
	x, y := p.operands[last-1], p.operands[last]
	p.operands = p.operands[:last]
	p.operands[last-1] = arithmetic(o.kind, x, y)
}

// charge counts n operations before they are built.
func (p *parser) charge(n, place int) *ParseError {
	if p.operations += n; p.operations > maxOperations {
		return failure(place, "more than %d operations", maxOperations)
	}
	return nil
}

// call applies a function to its arguments, those above o.args.
func (p *parser) call(o operator) *ParseError {
	f, ok := p.own[o.name]
	if !ok {
		f, ok = known[o.name]
	}
	if !ok {
		return failure(o.place, "there is no function %s", plain(o.name))
	}
	args := p.operands[o.args:]
	if len(args) < f.least || len(args) > f.most && f.most >= 0 {
		return failure(o.place, "%s takes %s, not %d", plain(o.name), f.arity(), len(args))
	}
	if err := p.charge(len(args)*f.each, o.place); err != nil {
		return err
	}
	e, problem := f.apply(args)
	if problem != "" {
		return failure(o.place, "%s: %s", plain(o.name), problem)
	}
	p.operands = append(p.operands[:o.args], e)
	return nil
}
