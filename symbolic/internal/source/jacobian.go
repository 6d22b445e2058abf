package source

import (
	"fmt"
	"go/token"
	"strconv"
	"strings"
)

// jacobian writes a function that computes the Jacobian of several results by its rows, which
// takes a gradient each: the results are few, and known, and the numbers of a list may be many.
func (g *generator) jacobian() string {
	refuse := func(pos token.Pos, construct, reason, instead string) string {
		g.refuse(pos, construct, reason, instead)
		return ""
	}
	if len(g.results) == 0 {
		return refuse(g.decl.Pos(), "the Jacobian of a function with one result", "its only row is the gradient", "take -modes reverse")
	}
	if g.recv != "" && (g.receiver == nil || g.receiver.name == "_") {
		return refuse(g.decl.Pos(), "the Jacobian of a method whose receiver has no name", "it calls the gradient", "name the receiver")
	}
	var rows []*variable
	for _, v := range g.results {
		if v.active && v.cot != nil {
			rows = append(rows, v)
		}
	}
	var lists, args []string
	for _, v := range g.params {
		switch {
		case v == g.receiver:
		case v.load != "" || v.wrt && v.kind != list:
			return refuse(g.decl.Pos(), "the Jacobian by "+v.name, "its columns are the numbers of a []float64", "pass it in a []float64, or call "+g.name+"Grad with a cotangent of 1 for each result")
		default:
			if v.wrt {
				lists = append(lists, v.name)
			}
			args = append(args, v.name)
		}
	}
	var jacobians []string
	for _, x := range lists {
		jacobians = append(jacobians, g.fresh(x+"Jacobian"))
	}
	call := g.name + "Grad("
	if g.recv != "" {
		call = g.receiver.name + "." + call
	}
	var checks, calls strings.Builder
	for k, x := range lists {
		size := fmt.Sprintf("%d*len(%s)", len(rows), x)
		fmt.Fprintf(&checks, "if len(%[1]s) != %[2]s {\npanic(\"%[3]sJacobian: %[1]s does not have %[2]s numbers\")\n}\n", jacobians[k], size, g.name)
	}
	for i := range rows {
		var all []string
		for k, x := range lists {
			all = append(all, jacobians[k]+part(i, len(rows), "len("+x+")"))
		}
		all = append(all, args...)
		for k := range rows {
			all = append(all, strconv.Itoa(map[bool]int{true: 1}[k == i]))
		}
		if i == len(rows)-1 {
			calls.WriteString("return ")
		}
		calls.WriteString(call + strings.Join(all, ", ") + ")\n")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// %[1]sJacobian returns the values of %[1]s, and writes its Jacobian to %[2]s: a row for each of %[3]s.\n",
		g.name, strings.Join(jacobians, " and "), strings.Join(namesOf(rows), ", "))
	params := append([]string{strings.Join(jacobians, ", ") + " []float64"}, g.signature()...)
	fmt.Fprintf(&b, "%s(%s) (%s) {\n%s%s}\n", g.head("Jacobian"), strings.Join(params, ", "), g.resultNames(nil), checks.String(), calls.String())
	return b.String()
}

// part slices the i-th of n parts of a size.
func part(i, n int, size string) string {
	at := func(k int) string {
		switch k {
		case 0, n:
			return ""
		case 1:
			return size
		}
		return strconv.Itoa(k) + "*" + size
	}
	return "[" + at(i) + ":" + at(i+1) + "]"
}
