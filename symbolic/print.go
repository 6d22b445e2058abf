package symbolic

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad/internal/rule"
)

// maxPrint is the size beyond which String gives a summary: a graph of a hundred
// nodes can be a tree of 2^100.
const maxPrint = 1 << 20

// String returns e exactly as it is computed: Parse(e.String(), e.Vars()...) is e
// again, up to the limits of Parse, unless it contains a user's own function. Shared
// parts are printed in full wherever they occur; an expression of more than a million
// terms is summed up instead.
//
// Package fmt prints an expression as a person writes it, see Infix: the derivative of
// log(x) is 1/x with Println, and invpos(x), which is NaN for x < 0 as the logarithm
// is, with String and %+v.
func (e Expr) String() string {
	n := e.node()
	if n.size > maxPrint {
		return fmt.Sprintf("<expression of %.3g terms, %d of them distinct>", n.size, len(e.compile().steps))
	}
	var b strings.Builder
	stack := []item{{node: n}}
	for len(stack) > 0 {
		it := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if it.node == nil {
			b.WriteString(it.text)
			continue
		}
		parts := it.node.items()
		if it.node.precedence() < it.least {
			b.WriteByte('(')
			stack = append(stack, item{text: ")"})
		}
		for i := len(parts) - 1; i >= 0; i-- {
			stack = append(stack, parts[i])
		}
	}
	return b.String()
}

// An item of a printout is a text, or a node that needs parentheses if it binds
// less tightly than least.
type item struct {
	text  string
	node  *node
	least int
}

// Binding strengths, as in the parser.
const (
	bindSum = iota + 1
	bindProduct
	bindNeg
	bindPower
	bindAtom
)

func (n *node) precedence() int {
	switch n.kind {
	case add, sub:
		return bindSum
	case mul, div:
		return bindProduct
	case neg:
		return bindNeg
	case apply2:
		if n.infix() {
			return bindPower
		}
	case constant:
		if text := formatNumber(n.value()); text[0] == '-' {
			return bindNeg
		}
	}
	return bindAtom
}

// infix reports whether a function of two variables is printed with ^.
func (n *node) infix() bool { return n.row2 == rule.Pow }

// items returns the printout of a node in terms of its operands. The operator
// between two operands leaves the left one as it is if that binds as tightly,
// and the right one if it binds more tightly; powers are the other way round.
func (n *node) items() []item {
	a, b := n.args[0], n.args[1]
	switch n.kind {
	case constant:
		return []item{{text: formatNumber(n.value())}}
	case variable:
		return []item{{text: n.name}}
	case add:
		return infix(a, bindSum, " + ", b, bindSum+1)
	case sub:
		return infix(a, bindSum, " - ", b, bindSum+1)
	case mul:
		return infix(a, bindProduct, "*", b, bindProduct+1)
	case div:
		return infix(a, bindProduct, "/", b, bindProduct+1)
	case neg:
		return []item{{text: "-"}, {node: a, least: bindNeg}}
	case apply:
		return call(n.row.Name, a)
	case apply2:
		if n.infix() {
			return infix(a, bindAtom, "^", b, bindNeg)
		}
		return call(n.row2.Name, a, b)
	case logSumExp, softmax, softmaxRate, norm, normSlope, normCurve:
		return call(n.nameOfMany(), n.list...)
	}
	return call("ifpos", n.args[:]...)
}

func infix(a *node, leastA int, operator string, b *node, leastB int) []item {
	return []item{{node: a, least: leastA}, {text: operator}, {node: b, least: leastB}}
}

func call(name string, args ...*node) []item {
	items := []item{{text: name + "("}}
	for i, a := range args {
		if i > 0 {
			items = append(items, item{text: ", "})
		}
		items = append(items, item{node: a})
	}
	return append(items, item{text: ")"})
}

func formatNumber(x float64) string {
	return strings.TrimPrefix(strconv.FormatFloat(x, 'g', -1, 64), "+")
}
