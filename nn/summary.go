package nn

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/quartet-ad/ad/reverse"
)

// Summary writes a table of the layers of l to w: the path of each, its type, the shape of its
// result for an input of the shape, and the number of its parameters. It runs l once on zeros.
// Stateful layers with a method Training() bool are taken out of training for that, and put back.
//
// Cost: a forward pass.
//
// Summary returns the first error of w. It panics if the shape does not fit.
func Summary(w io.Writer, l Layer, shape ...int) error {
	n := 1
	for _, d := range shape {
		n *= d
	}
	defer afterTraining(l)()
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "layer\ttype\tshape\tparameters\n\tinput\t%v\t0\n", shape)
	describe(t, "", l, reverse.NewTape().Const(make([]float64, n), shape...))
	fmt.Fprintf(t, "\ttotal\t\t%d\n", count(l))
	return t.Flush()
}

// describe writes the lines of l at a path, and returns its result: of a Sequential the
// lines of its parts, of a Residual those and its own, of others one.
func describe(w io.Writer, path string, l Layer, x reverse.Array) reverse.Array {
	var y reverse.Array
	switch l := l.(type) {
	case Sequential:
		for i, part := range l {
			x = describePart(w, path, i, part, x)
		}
		return x
	case *Residual:
		y = describePart(w, path, 0, l.Body, x)
		if l.Shortcut != nil {
			x = describePart(w, path, 1, l.Shortcut, x)
		}
		y = l.sum(x, y)
	default:
		y = l.Forward(x)
	}
	name := strings.TrimPrefix(strings.TrimPrefix(fmt.Sprintf("%T", l), "*"), "nn.")
	fmt.Fprintf(w, "%s\t%s\t%v\t%d\n", path, name, y.Shape(), count(l))
	return y
}

// describePart is describe of the i-th part of what lies at a path.
func describePart(w io.Writer, path string, i int, l Layer, x reverse.Array) reverse.Array {
	defer locate(i, l)
	return describe(w, join(path, i), l, x)
}

// count returns the number of elements of all parameters, each once.
func count(l Layer) int {
	n, seen := 0, map[*Param]bool{}
	for _, p := range l.Params() {
		if !seen[p] {
			n += len(p.Value)
		}
		seen[p] = true
	}
	return n
}
