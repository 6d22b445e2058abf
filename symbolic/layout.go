package symbolic

import (
	"math"
	"slices"
	"strconv"

	"github.com/quartet-ad/ad/internal/rule"
	n "github.com/quartet-ad/ad/symbolic/internal/notation"
)

// layout returns how a formula that is spelled out is laid out on paper: sums of many
// terms but for those that are 0, products over quotients, numbers before names before
// functions. That adds no value and drops none. The formula is a tree here, of bounded
// depth and size.
func layout(e *node) *n.Form {
	switch e.kind {
	case constant:
		return layNumber(e.value())
	case variable:
		return n.New(n.Name, e.name)
	case add, sub, neg:
		return laySum(e)
	case mul, div:
		return layProduct(e)
	case ifPos:
		return layCases(e)
	case apply:
		return layCall(e)
	case apply2:
		if e.row2 == rule.Pow {
			return layProduct(e)
		}
		if e.row2 == rule.Max || e.row2 == rule.Min {
			return n.New(n.Call, e.row2.Name, layChain(e)...)
		}
		return n.New(n.Call, e.row2.Name, layAll(e.operands())...)
	}
	return n.New(n.Call, e.nameOfMany(), layAll(e.list)...)
}

func layAll(nodes []*node) []*n.Form {
	forms := make([]*n.Form, len(nodes))
	for i, a := range nodes {
		forms[i] = layout(a)
	}
	return forms
}

func layCall(e *node) *n.Form {
	x := layout(e.args[0])
	switch e.row {
	case rule.Sqrt:
		return n.New(n.Root, "", x)
	case rule.Cbrt:
		return n.New(n.Root, "3", x)
	case rule.Abs:
		return n.New(n.Abs, "", x)
	}
	return n.New(n.Call, e.row.Name, x)
}

// layChain returns the operands of max(max(a, b), c).
func layChain(e *node) []*n.Form {
	var list []*n.Form
	last := e
	for ; last.kind == apply2 && last.row2 == e.row2; last = last.args[0] {
		list = append(list, layout(last.args[1]))
	}
	list = append(list, layout(last))
	slices.Reverse(list)
	return list
}

func layCases(e *node) *n.Form {
	var list []*n.Form
	for ; e.kind == ifPos; e = e.args[2] {
		list = append(list, layout(e.args[0]), layout(e.args[1]))
	}
	return n.New(n.Cases, "", append(list, layout(e))...)
}

// A signed node is a term of a sum.
type signed struct {
	*node
	minus bool
}

// terms returns the terms of a sum from left to right. A sum that would be very long
// written out is a term as it is.
func terms(e *node) []signed {
	if e.size > maxReadable {
		return []signed{{e, false}}
	}
	var list []signed
	stack := []signed{{e, false}}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch t.kind {
		case add:
			stack = append(stack, signed{t.args[1], t.minus}, signed{t.args[0], t.minus})
		case sub:
			stack = append(stack, signed{t.args[1], !t.minus}, signed{t.args[0], t.minus})
		case neg:
			stack = append(stack, signed{t.args[0], !t.minus})
		default:
			list = append(list, t)
		}
	}
	return list
}

// laySum lays out a sum. One that begins with a term taken off begins with the first
// that is added instead, if there is one.
func laySum(e *node) *n.Form {
	var list []*n.Form
	for _, t := range terms(e) {
		f := layout(t.node)
		minus := t.minus
		if f.Kind == n.Neg {
			f, minus = f.Args[0], !minus
		}
		if f.Kind == n.Sum && !minus {
			list = append(list, f.Args...)
			continue
		}
		if minus {
			f = n.New(n.Neg, "", f)
		}
		list = append(list, f)
	}
	if len(list) > 1 {
		list = slices.DeleteFunc(list, isZero)
	}
	if len(list) == 0 {
		return layNumber(0)
	}
	if at := slices.IndexFunc(list, func(f *n.Form) bool { return f.Kind != n.Neg }); at > 0 {
		first := list[at]
		list = slices.Insert(slices.Delete(list, at, at+1), 0, first)
	}
	if len(list) == 1 {
		return list[0]
	}
	return n.New(n.Sum, "", list...)
}

func isZero(f *n.Form) bool {
	if f.Kind == n.Neg {
		f = f.Args[0]
	}
	return f.Kind == n.Number && f.Text == "0"
}

// isNumber reports whether a form is made of numbers alone.
func isNumber(f *n.Form) bool {
	if f.Kind == n.Name {
		return f.Text == "pi"
	}
	return f.Kind == n.Number || len(f.Args) > 0 && !slices.ContainsFunc(f.Args, func(a *n.Form) bool { return !isNumber(a) })
}

// layNumber lays out a number as a person writes it.
func layNumber(c float64) *n.Form {
	if f := named(c); f != nil {
		return f
	}
	if c < 0 || math.Signbit(c) && c == c {
		return n.New(n.Neg, "", layNumber(-c))
	}
	if a, b, ok := rational(c, false); ok && b != 1 {
		return n.New(n.Quotient, "", layNumber(a), layNumber(b))
	}
	if isLong(c) {
		if _, _, _, ok := multipleOf(c); ok {
			return layProduct(number(c).node())
		}
	}
	return n.New(n.Number, digitsOf(c))
}

// digitsOf returns the shortest digits of a number: plain ones if it is neither very
// large nor very small.
func digitsOf(c float64) string {
	if c != c || math.IsInf(c, 0) {
		return formatNumber(c)
	}
	if c == 0 || 1e-4 <= c && c < 1e15 {
		return strconv.FormatFloat(c, 'f', -1, 64)
	}
	return strconv.FormatFloat(c, 'e', -1, 64)
}
