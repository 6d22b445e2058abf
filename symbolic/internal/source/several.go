package source

import (
	"fmt"
	"slices"
	"strings"
)

// several writes the reverse-mode function of several results: it takes a cotangent for each
// that depends on the inputs, and computes the gradient of their weighted sum.
func (g *generator) several(body []*node, params, slopes, floats []string) string {
	cots, sum := g.cotangents()
	to := ""
	if len(floats) > 0 {
		to = ", and writes it to " + strings.Join(floats, " and ")
	}
	if len(slopes) > 0 {
		to += ", and returns its derivatives in the numbers"
	}
	if sum == "" {
		sum = "0"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// %sGrad returns the values of %s. It computes the gradient of %s%s.\n", g.name, g.name, sum, to)
	results := g.resultNames(slopes)
	params = append(params, g.signature()...)
	if len(cots) > 0 {
		params = append(params, strings.Join(cots, ", ")+" float64")
	}
	fmt.Fprintf(&b, "%s(%s) (%s) {\n", g.head("Grad"), strings.Join(params, ", "), results)
	write(&b, body)
	b.WriteString("}\n")
	return b.String()
}

// keepResults keeps those of several results that the way back changes, for the end to
// return.
func (g *generator) keepResults(end *node, backward []*node) []*node {
	var kept []*node
	names := namesOf(g.results)
	for i, v := range g.results {
		if !(&node{body: backward}).changes(v.name) {
			continue
		}
		k := &variable{name: g.fresh(v.name + "Result"), typ: v.typ}
		n := leaf(k.name+" := "+v.name, []*variable{v})
		n.writes, n.decl, n.typ = []string{k.name}, k.name, k.typ
		kept, names[i] = append(kept, n), k.name
	}
	if len(names) > 0 {
		rest := end.reads[len(names):]
		end.text = "return " + strings.Join(g.beforeError(names, rest), ", ")
		end.reads = append(names, rest...)
	}
	return kept
}

// cotangents returns the names of the cotangents, and the weighted sum of the results.
func (g *generator) cotangents() (names []string, sum string) {
	var terms []string
	for _, v := range g.results {
		if v.active && v.cot != nil {
			names = append(names, v.cot.name)
			terms = append(terms, v.cot.name+"·"+v.name)
		}
	}
	return names, strings.Join(terms, " + ")
}

// resultNames writes the results and more numbers with their types.
func (g *generator) resultNames(more []string) string {
	var names, typs []string
	for _, v := range g.results {
		names, typs = append(names, v.name), append(typs, v.typ)
	}
	numbers := make([]string, len(more))
	for i := range numbers {
		numbers[i] = "float64"
	}
	names, typs = g.beforeError(names, more), g.beforeError(typs, numbers)
	for i := range names {
		if i+1 == len(names) || typs[i+1] != typs[i] {
			names[i] += " " + typs[i]
		}
	}
	return strings.Join(names, ", ")
}

// beforeError puts more behind the results, but before an error, which comes last.
func (g *generator) beforeError(results, more []string) []string {
	at := len(results)
	if g.results[at-1].typ == "error" {
		at--
	}
	return slices.Concat(results[:at], more, results[at:])
}

// severalForward writes the forward-mode function of several results.
func (g *generator) severalForward(start []*node, tangents []string) string {
	var dots []string
	for _, v := range g.results {
		if v.active {
			dots = append(dots, g.tangent(v).name)
		}
	}
	for _, v := range g.params {
		if v.active && !v.wrt {
			start = append(start, define(g.tangent(v), number(0)))
		}
	}
	all := alive(append(start, g.tangents(g.body[len(g.results):])...))
	var b strings.Builder
	results := g.resultNames(dots)
	fmt.Fprintf(&b, "// %sJVP returns the values of %s, and their derivatives along the tangents.\n", g.name, g.name)
	fmt.Fprintf(&b, "%s(%s) (%s) {\n", g.head("JVP"), strings.Join(append(g.signature(), tangents...), ", "), results)
	write(&b, withoutCopies(declareAdjoints(all)))
	b.WriteString("}\n")
	return b.String()
}

// returnAll returns the results and their tangents.
func (g *generator) returnAll() *node {
	var dots []*variable
	for _, v := range g.results {
		if v.active {
			dots = append(dots, g.tangent(v))
		}
	}
	values := g.beforeError(namesOf(g.results), namesOf(dots))
	return &node{text: "return " + strings.Join(values, ", "), keep: true, reads: values}
}

// resultTypes writes the types of several results of the generic form.
func (w *genericWriter) resultTypes() string {
	var list []string
	for _, v := range w.results {
		if v.kind == scalar {
			list = append(list, w.num)
		} else {
			list = append(list, v.typ)
		}
	}
	return strings.Join(list, ", ")
}

// resultList writes several results of the generic form.
func (w *genericWriter) resultList() string {
	var list []string
	for _, v := range w.results {
		if v.kind == scalar {
			list = append(list, w.number(ref(v)))
		} else {
			list = append(list, v.name)
		}
	}
	return strings.Join(list, ", ")
}
