package source

import (
	"fmt"
	"slices"
	"strings"
)

// gradient writes the reverse-mode function.
func (g *generator) gradient() string {
	body := g.body
	named := len(g.results) == 0 && g.chooseResult()
	if g.out != nil && g.out == g.result {
		body = body[1:] // its declaration
	}
	body = body[len(g.results):]
	var params, results, floats []string
	var all []*node
	var values []*variable
	if named {
		results = append(results, g.out.name)
	}
	if values = g.results; len(values) == 0 {
		values = []*variable{g.out}
	}
	end := &node{text: "return " + strings.Join(namesOf(values), ", "), reads: namesOf(values), keep: true}
	scope := &node{shape: scopeNode}
	for _, v := range g.params {
		if !v.wrt && v.active {
			scope.scope = append(scope.scope, g.adjoint(v).name)
		}
	}
	all = append(all, scope)
	all = append(all, g.loads()...)
	var last []*node
	for _, v := range g.params {
		if g.fields[v] != nil {
			param, first, end := g.openGradient(v, scope)
			params, all, last = append(params, param), append(all, first...), append(last, end...)
			floats = append(floats, strings.Fields(param)[0])
		}
		if !v.wrt || v.load != "" {
			continue
		}
		a := g.adjoint(v)
		if v.kind == list {
			params = append(params, a.name+" []float64")
			all = append(all, &node{keep: true, text: fmt.Sprintf("if len(%s) != len(%s) {\npanic(%q)\n}\nclear(%s)", a.name, v.name,
				g.name+"Grad: "+a.name+" and "+v.name+" differ in length", a.name)})
			floats = append(floats, a.name)
			continue
		}
		results = append(results, a.name)
		end.text += ", " + a.name
		end.reads = append(end.reads, a.name)
	}
	g.findSizes()
	after := reached{}
	if g.out != nil {
		after[g.out] = true
	}
	forward, backward := g.full(normal(g.returns(body, g.out)), true, after)
	forward = append(forward, g.keepResults(end, backward)...)
	for _, typ := range sorted(g.stacks, func(t string) string { return t }) {
		v := g.stacks[typ]
		all = append(all, &node{text: "var " + v.name + " " + v.typ, decl: v.name, typ: v.typ})
	}
	for _, v := range sorted(g.logs, func(v *variable) string { return v.name }) {
		l := g.logs[v].name
		all = append(all, &node{text: l + " := make([]float64, 0, " + fewKept + ")\n" + l + "At := make([]int, 0, " + fewKept + ")", decl: l, writes: []string{l}, typ: "[]float64\nvar " + l + "At []int"})
	}
	all = slices.Concat(all, forward, backward, last, []*node{end})
	all = g.gather(alive(all))
	if g.fault != "declare" {
		all = withoutCopies(declareAdjoints(all))
	}
	all = gathered(presized(all, g.stacks))

	what := "returns the value of " + g.name
	if len(g.results) > 0 {
		return g.several(all, params, results, floats)
	}
	if len(floats) > 0 {
		what += ", and writes its gradient to " + strings.Join(floats, " and ")
	}
	if len(results) > 1 || len(results) == 1 && !named {
		what += ", and returns its derivatives in the numbers"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// %sGrad %s.\n", g.name, what)
	out := "float64"
	if len(results) > 0 {
		out = "(" + strings.Join(results, ", ") + " float64)"
	}
	fmt.Fprintf(&b, "%s(%s) %s {\n", g.head("Grad"), strings.Join(append(params, g.signature()...), ", "), out)
	write(&b, all)
	b.WriteString("}\n")
	return b.String()
}

// sorted returns the keys of a map in the order of their names.
func sorted[K comparable, V any](m map[K]V, name func(K) string) []K {
	var list []K
	for k := range m {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b K) int { return strings.Compare(name(a), name(b)) })
	return list
}

// chooseResult finds the variable of the result: an accumulator that is all that is
// returned, or a new one. It reports whether the result has a name in the signature.
func (g *generator) chooseResult() bool {
	var only *variable
	same := true
	each(g.body, func(s *stmt) {
		if s.form != returnForm {
			return
		}
		if s.right.op != refOp || s.right.v.seed == nil || s.right.v.seed.value != 1 || only != nil && only != s.right.v {
			same = false
			return
		}
		only = s.right.v
	})
	scalars := slices.ContainsFunc(g.params, func(v *variable) bool { return v.wrt && v.kind == scalar && v.load == "" })
	if same && only != nil && (only == g.result || !scalars) {
		g.out = only
		return only == g.result
	}
	g.out = &variable{name: g.fresh("y"), kind: scalar, typ: "float64", active: true, seed: number(1)}
	return true
}
