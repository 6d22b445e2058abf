package symbolic

import (
	"fmt"
	"strings"
)

// SExpr returns e exactly as it is computed, as an S-expression: (+ (* 2 x) (sin y)).
// Operations are + - * / and the names of functions; a negative is (neg x).
//
// An expression of more than a million terms is summed up instead.
func (e Expr) SExpr() string {
	if e.node().size > maxPrint {
		return e.String()
	}
	var b strings.Builder
	type item struct {
		node *node
		text string
	}
	stack := []item{{node: e.node()}}
	for len(stack) > 0 {
		it := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if it.node == nil {
			b.WriteString(it.text)
			continue
		}
		operands := it.node.operands()
		if len(operands) == 0 {
			b.WriteString(it.node.label())
			continue
		}
		b.WriteString("(" + it.node.label())
		stack = append(stack, item{text: ")"})
		for i := len(operands) - 1; i >= 0; i-- {
			stack = append(stack, item{node: operands[i]}, item{text: " "})
		}
	}
	return b.String()
}

// label returns the operation of a node, or its number or name.
func (n *node) label() string {
	switch n.kind {
	case constant:
		return formatNumber(n.value())
	case variable:
		return n.name
	case add:
		return "+"
	case sub:
		return "-"
	case mul:
		return "*"
	case div:
		return "/"
	case neg:
		return "neg"
	case ifPos:
		return "ifpos"
	case apply:
		return n.row.Name
	case apply2:
		return n.row2.Name
	}
	return n.nameOfMany()
}

// DOT returns the graph of expressions as it is computed, in the language of Graphviz: a
// node for every distinct operation, with an edge from each of its operands. Shared
// parts have several edges out.
//
// Cost: in proportion to the distinct nodes.
func DOT(e ...Expr) string {
	p := compile(e...)
	var b strings.Builder
	b.WriteString("digraph {\n\trankdir=BT;\n\tnode [shape=box, style=rounded];\n")
	for i, s := range p.steps {
		shape := ""
		switch s.kind {
		case constant:
			shape = ", shape=plaintext"
		case variable:
			shape = ", shape=ellipse"
		}
		fmt.Fprintf(&b, "\tn%d [label=%q%s];\n", i, s.label(), shape)
		for k, at := range p.operandsOf(s) {
			mark := ""
			if len(s.operands()) > 1 {
				mark = fmt.Sprintf(" [headlabel=%q]", fmt.Sprint(k+1))
			}
			fmt.Fprintf(&b, "\tn%d -> n%d%s;\n", at, i, mark)
		}
	}
	for k, root := range p.roots {
		fmt.Fprintf(&b, "\tresult%d [shape=none, label=%q];\n\tn%d -> result%d;\n", k+1, "result", root, k+1)
	}
	b.WriteString("}\n")
	return b.String()
}

// operandsOf returns the places of a step's operands.
func (p *program) operandsOf(s step) []int32 {
	if s.list != nil {
		return p.lists[s.a]
	}
	return []int32{s.a, s.b, s.c}[:len(s.operands())]
}
