package source

import (
	"maps"
	"slices"
	"strings"
)

// A puller collects the statements that carry an adjoint to the operands of an
// expression.
type puller struct {
	*generator
	list   []*node
	result *variable // holds the value of a call or quotient that is the whole expression
}

// adjoint returns the variable of v's adjoint.
func (g *generator) adjoint(v *variable) *variable {
	if v.cot != nil {
		return v.cot
	}
	if v.seed != nil {
		panic("adgen: the adjoint of " + v.name + " is a number")
	}
	if g.adj[v] == nil {
		name := v.name + "Adj"
		if v.wrt {
			name = v.name + "Grad"
		}
		g.adj[v] = &variable{name: g.fresh(name), kind: v.kind, typ: v.typ}
	}
	return g.adj[v]
}

// home returns the list of which v is a part.
func home(v *variable) *variable {
	for v.base != nil {
		v = v.base
	}
	return v
}

// pull adds w·∂e to the adjoints of what e reads.
func (p *puller) pull(e, w *expr) {
	if !e.active() {
		return
	}
	switch e.op {
	case refOp, elemOp:
		if e.v.seed == nil {
			p.add(e, w)
		}
	case addOp, subOp:
		a, b := e.args[0], e.args[1]
		if a.active() && b.active() {
			w = p.name(w)
		}
		p.pull(a, w)
		if e.op == subOp {
			w = neg(w)
		}
		p.pull(b, w)
	case negOp:
		p.pull(e.args[0], neg(w))
	case roundOp:
		p.pull(e.args[0], w)
	case mulOp:
		p.product(e, w)
	case divOp:
		p.quotient(e, w)
	case callOp:
		if p.fault == "call" {
			return
		}
		active := 0
		for _, a := range e.args {
			if a.active() {
				active++
			}
		}
		if active > 1 {
			w = p.name(w)
		}
		for i, a := range e.args {
			if a.active() {
				p.pull(a, times(w, p.once(p.slope(e, i, p.result))))
			}
		}
	}
}

// quotient pulls through a/b. Adjoints do not wait for a division where they need not: the
// slope of 1/b is a product of that value, and 1/b is computed beforehand where it does not
// overflow.
func (p *puller) quotient(e, w *expr) {
	a, b := e.args[0], e.args[1]
	q := e
	if p.result != nil {
		q = ref(p.result)
	}
	switch {
	case p.again || !b.active():
		w = over(w, b)
	case p.result != nil && a.op == constOp && a.value == 1:
		w = times(w, q)
	case b.isAboveZero():
		v := p.temp("inverse")
		p.list = append(p.list, define(v, over(number(1), b)))
		w = times(w, ref(v))
	default:
		w = over(w, b)
	}
	if b.active() {
		w = p.name(w)
	}
	p.pull(a, w)
	p.pull(b, neg(times(w, q)))
}

// isAboveZero reports whether e is a normal number above 0 whatever it reads, or NaN: it has a
// term that is such a number, and others that are not negative.
func (e *expr) isAboveZero() bool {
	switch e.op {
	case constOp:
		return e.value >= 1e-300
	case addOp:
		a, b := e.args[0], e.args[1]
		return a.isAboveZero() && b.isPositive() || b.isAboveZero() && a.isPositive()
	}
	return false
}

// isPositive reports whether e is not negative whatever it reads, or NaN.
func (e *expr) isPositive() bool {
	switch e.op {
	case constOp:
		return e.value >= 0
	case addOp:
		return e.args[0].isPositive() && e.args[1].isPositive()
	case mulOp: // every other factor occurs an even number of times
		odd := make(map[string]bool)
		for _, f := range e.factors() {
			if !f.isPositive() {
				odd[f.String()] = !odd[f.String()]
			}
		}
		return !slices.Contains(slices.Collect(maps.Values(odd)), true)
	}
	return false
}

// factors returns the factors of a product of any length.
func (e *expr) factors() []*expr {
	if e.op != mulOp {
		return []*expr{e}
	}
	return append(e.args[0].factors(), e.args[1].factors()...)
}

// once gives names to calls that occur more than once in a slope.
func (p *puller) once(slope *expr) *expr {
	count := make(map[string]int)
	slope.walk(func(e *expr) {
		if e.op == callOp {
			count[e.String()]++
		}
	})
	names := make(map[string]*expr)
	var visit func(e *expr) *expr
	visit = func(e *expr) *expr {
		text := e.String()
		if e.op == callOp && count[text] > 1 {
			if names[text] == nil {
				name := strings.ToLower(e.fn.name[strings.LastIndex(e.fn.name, ".")+1:])
				if e.fn.isHelper() {
					name = e.fn.row
				}
				v := p.temp(name)
				p.list = append(p.list, define(v, e))
				names[text] = ref(v)
			}
			return names[text]
		}
		c := *e
		c.args = nil
		for _, a := range e.args {
			c.args = append(c.args, visit(a))
		}
		return &c
	}
	return visit(slope)
}

// product pulls through a product of several factors. A factor that occurs n times is
// pulled once.
func (p *puller) product(e, w *expr) {
	factors := e.factors()
	var distinct []*expr
	count := make(map[string]int)
	for _, f := range factors {
		if f.active() {
			if count[f.String()] == 0 {
				distinct = append(distinct, f)
			}
			count[f.String()]++
		}
	}
	if len(distinct) > 1 {
		w = p.name(w)
	}
	for _, f := range distinct {
		text := f.String()
		rest := w
		c := float64(count[text])
		skipped := false
		for _, other := range factors {
			if !skipped && other.String() == text {
				skipped = true
				continue
			}
			rest = times(rest, other)
		}
		if c > 1 {
			rest = times(number(c), rest)
		}
		p.pull(f, rest)
	}
}

// name returns w, or a variable that holds it if it is long.
func (p *puller) name(w *expr) *expr {
	if r, _ := w.sign(); r.op == refOp || r.op == constOp || r.op == rawOp {
		return w
	}
	v := p.temp("w")
	p.list = append(p.list, define(v, w))
	return ref(v)
}

// define is the node v := e.
func define(v *variable, e *expr) *node {
	n := leaf(v.name+" := "+e.float(), e.vars())
	n.writes, n.decl, n.typ = []string{v.name}, v.name, v.typ
	return n
}

// add adds w to the adjoint of a variable or an element.
func (p *puller) add(to, w *expr) {
	a := p.adjoint(to.v)
	rest, minus := w.sign()
	at := &expr{op: to.op, v: a, text: to.text, reads: to.reads}
	n := adding(at, rest, minus, nil)
	if p.fault == "accumulate" {
		n.text, n.to = at.String()+" = "+w.String(), nil
	}
	root := home(to.v)
	n.weak = []string{p.adjoint(root).name}
	n.keep = root.wrt && root.kind == list
	n.alone = root == to.v && (root.wrt || !p.parted[root])
	if to.op != elemOp {
		n.sum = a.name
	}
	p.list = append(p.list, n)
}

// isLinear reports whether the slopes of e are numbers of the program that are finite.
func (e *expr) isLinear() bool {
	switch e.op {
	case refOp, elemOp, constOp, rawOp:
		return true
	case addOp, subOp, negOp, roundOp:
		for _, a := range e.args {
			if !a.isLinear() {
				return false
			}
		}
		return true
	case mulOp:
		return e.args[0].op == constOp && e.args[1].isLinear() || e.args[1].op == constOp && e.args[0].isLinear()
	case divOp:
		return e.args[1].op == constOp && e.args[1].value != 0 && e.args[0].isLinear()
	case callOp:
		return !e.active() || strings.HasPrefix(e.fn.row, "floor")
	}
	return false
}
