package fuzz

import (
	"fmt"
	"strconv"
	"strings"
)

// String returns the program in the manner of Go: a line for every statement,
// v2 := x0 * x1, with functions by the names under which symbolic.Parse knows
// them.
func (p Program) String() string {
	var b strings.Builder
	names := make([]string, p.inputs)
	for i := range names {
		names[i] = "x" + strconv.Itoa(i)
	}
	fmt.Fprintf(&b, "f(%s) {\n", strings.Join(names, ", "))
	result := writeBody(&b, p.body, names, "\t")
	fmt.Fprintf(&b, "\treturn %s\n}", result)
	return b.String()
}

// writeBody writes statements, given the names of the slots before them, and
// returns the name of the last slot.
func writeBody(b *strings.Builder, body []statement, names []string, indent string) string {
	names = names[:len(names):len(names)]
	for _, s := range body {
		name := "v" + strconv.Itoa(len(names))
		fmt.Fprintf(b, "%s%s := %s\n", indent, name, s.formula(names))
		names = append(names, name)
		if operations[s.op].kind == loop {
			fmt.Fprintf(b, "%sfor range %d {\n", indent, s.rounds)
			carried := writeBody(b, s.body, names, indent+"\t")
			fmt.Fprintf(b, "%s\t%s = %s\n%s}\n", indent, name, carried, indent)
		}
	}
	return names[len(names)-1]
}

// formula returns the right-hand side of a statement; of a loop, that of the
// number it starts with.
func (s statement) formula(names []string) string {
	args := make([]string, len(s.args))
	for i, a := range s.args {
		args[i] = names[a]
	}
	switch op := operations[s.op]; op.kind {
	case constant:
		return strconv.FormatFloat(s.c, 'g', -1, 64)
	case add:
		return args[0] + " + " + args[1]
	case sub:
		return args[0] + " - " + args[1]
	case mul:
		return args[0] + " * " + args[1]
	case div:
		return args[0] + " / " + args[1]
	case neg:
		return "-" + args[0]
	case loop:
		return args[0]
	case applyWith:
		return fmt.Sprintf("%s(%s, %v)", op.name(), args[0], s.c)
	default:
		return op.name() + "(" + strings.Join(args, ", ") + ")"
	}
}

// name returns the name of an operation that is written like a call.
func (o operation) name() string {
	switch o.kind {
	case apply:
		return o.one.String()
	case apply2, applyWith:
		return o.two.String()
	case applyN:
		return o.many.String()
	}
	return "ifpos"
}
