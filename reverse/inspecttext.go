package reverse

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// WriteText writes the operations of a recorded function at x as a table, a line for
// each: its index, its name, its operands with the slope in each, its value, its
// adjoint, and which results it computes. #3 is the operation with the index 3, other
// operands are constants. Numbers are rounded to six digits. Adjoints are those that Ops
// gives for the weights w.
//
// WriteText returns the error of out, or an Unfit if the function cannot be replayed. It
// panics as Ops does.
func (f *Func) WriteText(out io.Writer, x []float64, w ...float64) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "\toperation\toperands\tslopes\tvalue\tadjoint\tresult\n")
	any := false
	for i, op := range f.Ops(x, w...) {
		any = true
		var operands, slopes, results []string
		for _, o := range op.Operands {
			operands = append(operands, o.String())
			slopes = append(slopes, number(o.Slope))
		}
		for _, k := range op.Results {
			results = append(results, strconv.Itoa(k))
		}
		line := fmt.Sprintf("#%d\t%s\t%s\t%s\t%s\t%s\t%s", i, plain(op.Name), strings.Join(operands, " "), strings.Join(slopes, " "),
			number(op.Value), number(op.Adjoint), strings.Join(results, " "))
		fmt.Fprintln(table, strings.TrimRight(line, "\t"))
	}
	if err := f.Err(); !any && err != nil {
		return err
	}
	return table.Flush()
}

// String returns #3 for the operation with the index 3, and the value of a constant.
func (o Operand) String() string {
	if o.Index < 0 {
		return number(o.Value)
	}
	return "#" + strconv.Itoa(o.Index)
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// plain returns a name without what would break a line or a column.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, name)
}

// WriteDOT writes the operations of a recorded function at x as a graph in the language of
// Graphviz: a node for every operation with its name, value and adjoint, and an edge to
// it from every operand, with the slope. Results are nodes of their own. Adjoints are
// those that Ops gives for the weights w.
//
//	dot -Tsvg f.dot > f.svg
//
// WriteDOT returns the error of out, or an Unfit if the function cannot be replayed. It
// panics as Ops does.
func (f *Func) WriteDOT(out io.Writer, x []float64, w ...float64) error {
	var b strings.Builder
	for i, op := range f.Ops(x, w...) {
		shape := "box"
		switch op.Name {
		case "input":
			shape = "ellipse"
		case "constant":
			shape = "plaintext"
		}
		fmt.Fprintf(&b, "\tn%d [shape=%s, label=%s];\n", i, shape,
			quoted(fmt.Sprintf("#%d %s\n%s\nadjoint %s", i, plain(op.Name), number(op.Value), number(op.Adjoint))))
		for k, o := range op.Operands {
			if o.Index >= 0 {
				fmt.Fprintf(&b, "\tn%d -> n%d [label=%s];\n", o.Index, i, quoted(number(o.Slope)))
				continue
			}
			fmt.Fprintf(&b, "\tc%d_%d [shape=plaintext, label=%s];\n\tc%d_%d -> n%d;\n", i, k, quoted(number(o.Value)), i, k, i)
		}
		for _, k := range op.Results {
			fmt.Fprintf(&b, "\ty%d [shape=doublecircle, label=%s];\n\tn%d -> y%d;\n", k, quoted(fmt.Sprintf("result %d", k)), i, k)
		}
	}
	if err := f.Err(); b.Len() == 0 && err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "digraph f {\n%s}\n", b.String())
	return err
}

// quoted returns a label as Graphviz reads it: it knows no escapes but these.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
