package source

import (
	"slices"
	"strings"
)

// gather adds up in a number what every iteration of a loop adds to the same element of an
// adjoint, and adds that to the element after the loop. Where the sum is 0 the loop may not
// have run at all, and there may be no such element.
func (g *generator) gather(list []*node) []*node {
	var done []*node
	for _, n := range list {
		n.body, n.els = g.gather(n.body), g.gather(n.els)
		var before, after []*node
		if n.shape == loopNode {
			before, after = g.gatherLoop(n)
		}
		done = slices.Concat(done, before, []*node{n}, after)
	}
	return done
}

func (g *generator) gatherLoop(n *node) (before, after []*node) {
	sums := make(map[string]*variable)
	eachNode(n.body, false, func(m *node) {
		if m.to == nil || !m.alone || !g.isFixed(n, m.to) {
			return
		}
		text := m.to.String()
		v := sums[text]
		if v == nil {
			name, _ := strings.CutSuffix(m.to.v.name, "Adj")
			name, _ = strings.CutSuffix(name, "Grad")
			v = g.temp(name + "SumAdj")
			sums[text] = v
			begin := leaf(v.name+" := 0.0", nil)
			begin.writes, begin.decl, begin.typ = []string{v.name}, v.name, v.typ
			before = append(before, begin)
			add := adding(m.to, ref(v), false, m.weak)
			add.alone = true
			g.guards[v.name+" != 0"] = true
			after = append(after, &node{shape: ifNode, text: v.name + " != 0", reads: []string{v.name}, body: []*node{add}})
		}
		sum := adding(ref(v), m.term, m.minus, nil)
		sum.note, sum.of = m.note, m.of
		sum.weak = []string{v.name}
		*m = *sum
	})
	return before, after
}

// isFixed reports whether an element is the same one in all iterations of a loop, which
// does nothing else with its list than to add to elements.
func (g *generator) isFixed(n *node, to *expr) bool {
	fixed := true
	if g.fault == "gather" {
		return true
	}
	if n.key != "" && slices.Contains(namesOf(to.reads), n.key) {
		return false
	}
	for _, r := range to.reads {
		fixed = fixed && !strings.HasPrefix(n.text, "for "+r.name+" := ")
	}
	eachNode(n.body, true, func(m *node) {
		for _, r := range to.reads {
			fixed = fixed && m.decl != r.name && !slices.Contains(m.writes, r.name) && !slices.Contains(m.weak, r.name) && !strings.HasPrefix(m.text, "for "+r.name+" := ")
		}
		if m.to == nil {
			fixed = fixed && !slices.Contains(m.reads, to.v.name) && !slices.Contains(m.writes, to.v.name) && !slices.Contains(m.weak, to.v.name)
		}
	})
	return fixed
}

// eachNode calls visit for the nodes of a list and those within; those of loops if they are
// asked for.
func eachNode(list []*node, loops bool, visit func(*node)) {
	for _, n := range list {
		if n.shape == loopNode && !loops {
			continue
		}
		visit(n)
		eachNode(n.body, loops, visit)
		eachNode(n.els, loops, visit)
	}
}

// adding is the node that adds w to a variable or an element.
func adding(to, w *expr, minus bool, weak []string) *node {
	op := " += "
	if minus {
		op = " -= "
	}
	n := leaf(to.String()+op+w.String(), append(w.vars(), to.reads...))
	n.weak, n.term, n.minus = weak, w, minus
	if to.op == elemOp {
		n.to = to
		n.reads = append(n.reads, to.v.name+"#")
	}
	return n
}
