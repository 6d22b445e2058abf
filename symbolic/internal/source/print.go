package source

import (
	"go/token"
	"math"
	"strconv"
	"strings"
)

// How tightly an operator binds: 4 for sums, 5 for products, 6 for signs, 7 for what
// stands alone.
func (e *expr) binds() int {
	switch e.op {
	case addOp, subOp:
		return 4
	case mulOp, divOp:
		return 5
	case negOp:
		return 6
	case constOp:
		if strings.HasPrefix(e.text, "-") {
			return 6
		}
	case rawOp:
		if strings.ContainsAny(e.text, "+-*/%&|^<> ") && !strings.HasSuffix(e.text, ")") {
			return 0
		}
		if strings.HasPrefix(e.text, "-") || strings.HasPrefix(e.text, "(") {
			return 0
		}
		depth := 0 // a call stands alone if its parentheses close at the end only
		for i, c := range e.text {
			switch c {
			case '(', '[', '{':
				depth++
			case ')', ']', '}':
				depth--
			case '+', '-', '*', '/', '%', '&', '|', '^', '<', '>', '=':
				if depth == 0 && i > 0 {
					return 0
				}
			}
		}
	}
	return 7
}

// String writes e as Go does, keeping the order of operations.
func (e *expr) String() string {
	switch e.op {
	case constOp, rawOp:
		return e.text
	case refOp:
		return e.v.name
	case elemOp:
		return e.v.name + "[" + e.text + "]"
	case addOp:
		return e.args[0].within(4) + " + " + e.args[1].within(5)
	case subOp:
		return e.args[0].within(4) + " - " + e.args[1].within(5)
	case mulOp:
		return e.args[0].within(5) + "*" + e.args[1].within(6)
	case divOp:
		return e.args[0].within(5) + "/" + e.args[1].within(6)
	case negOp:
		return "-" + e.args[0].within(7)
	case roundOp:
		return "float64(" + e.args[0].String() + ")"
	}
	var args []string
	for _, a := range e.args {
		args = append(args, a.String())
	}
	return e.fn.name + "(" + strings.Join(args, ", ") + ")"
}

func (e *expr) within(least int) string {
	if e.binds() >= least {
		return e.String()
	}
	return "(" + e.String() + ")"
}

// String writes c as Go does.
func (c *cond) String() string {
	switch {
	case c.raw != nil:
		return c.raw.text
	case c.test != "":
		return c.test + "(" + c.x.String() + c.rest + ")"
	case c.op == token.NOT:
		return "!(" + c.a.String() + ")"
	case c.op == token.LAND:
		return c.a.in() + " && " + c.b.in()
	case c.op == token.LOR:
		return c.a.String() + " || " + c.b.in()
	}
	return c.x.String() + " " + c.op.String() + " " + c.y.String()
}

func (c *cond) in() string {
	if c.op == token.LOR || c.op == token.LAND || c.raw != nil && strings.Contains(c.raw.text, "|") {
		return "(" + c.String() + ")"
	}
	return c.String()
}

// number returns a constant.
func number(c float64) *expr {
	switch {
	case math.IsInf(c, 1):
		return &expr{op: constOp, value: c, text: "math.Inf(1)"}
	case math.IsInf(c, -1):
		return &expr{op: constOp, value: c, text: "math.Inf(-1)"}
	case c != c:
		return &expr{op: constOp, value: c, text: "math.NaN()"}
	}
	return &expr{op: constOp, value: c, text: strconv.FormatFloat(c, 'g', -1, 64)}
}

// float returns the text of e where Go would take an untyped constant for an integer.
func (e *expr) float() string {
	text := e.String()
	if (e.op == constOp || e.op == negOp && e.args[0].op == constOp) && !strings.ContainsAny(text, ".epxI") {
		return text + ".0"
	}
	return text
}

// sign takes a factor −1 out of e.
func (e *expr) sign() (rest *expr, minus bool) {
	switch {
	case e.op == negOp:
		r, m := e.args[0].sign()
		return r, !m
	case e.op == constOp && e.value < 0:
		return number(-e.value), true
	case e.op == mulOp || e.op == divOp:
		a, m := e.args[0].sign()
		b, n := e.args[1].sign()
		if m || n {
			return &expr{op: e.op, args: []*expr{a, b}}, m != n
		}
	}
	return e, false
}

func neg(e *expr) *expr {
	if rest, minus := e.sign(); minus {
		return rest
	}
	return &expr{op: negOp, args: []*expr{e}}
}

// times returns a·b. Factors 1 are left out; constants come first.
func times(a, b *expr) *expr {
	a, m := a.sign()
	b, n := b.sign()
	var e *expr
	switch {
	case a.op == constOp && a.value == 1:
		e = b
	case b.op == constOp && b.value == 1:
		e = a
	case a.op == constOp && b.op == constOp:
		e = number(a.value * b.value)
	case b.op == constOp:
		e = &expr{op: mulOp, args: []*expr{b, a}}
	default:
		e = &expr{op: mulOp, args: []*expr{a, b}}
	}
	if m != n {
		return neg(e)
	}
	return e
}

func over(a, b *expr) *expr {
	a, m := a.sign()
	if a.op == constOp && b.op == constOp { // Go would divide integers
		if m {
			return number(-a.value / b.value)
		}
		return number(a.value / b.value)
	}
	e := &expr{op: divOp, args: []*expr{a, b}}
	if m {
		return neg(e)
	}
	return e
}
