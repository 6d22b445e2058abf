package main

import (
	"fmt"
	"io"
	"strings"
)

// A sight is a formula at a point worth seeing, and why.
type sight struct {
	name, formula, point string
	lesson               string
}

// gallery are the formulas of -gallery.
var gallery = []sight{
	{"survey", "ln(x1)+x1*x2-sin(x2)", "x1=2 x2=5", "The example of the survey by Baydin and others: both inputs are used twice, so adjoints add."},
	{"fan-out", "x*x*x", "x=2", "One input, three uses, three paths: with = in place of += the tape would say 4."},
	{"cancellation", "(1-cos(x))/x^2", "x=1e-8", "The limit is 1/2 and the slope nearly 0; computed, y is 0 and its slope 10⁸. All methods differentiate what is computed, and the judge finds no evidence."},
	{"kink", "|x|", "x=0", "No derivative here: the methods agree on 0 by convention, and differences see two sides, ± 1."},
	{"root-of-square", "sqrt(x^2)", "x=0", "The same function as |x|, and another program: an infinite slope meets a slope of 0."},
	{"root", "√x", "x=0", "A slope may be infinite; that is an answer, and no error."},
	{"branch", "ifpos(x, √x, x)", "x=0", "The branch that is not taken has an infinite slope here, and contributes nothing."},
	{"overflow", "ln(exp(a)+exp(b))", "a=1000 b=1001", "The textbook form overflows on the way, and the slopes become Inf/Inf."},
	{"log-sum-exp", "logsumexp(a,b)", "a=1000 b=1001", "The same function as one operation: the slopes are the softmax."},
	{"saturation", "tanh(x)", "x=22", "y is 1 to the last bit, and yet the slope is not 0: 1 - y² would lose it, as differences do."},
	{"stairs", "floor(x)", "x=2.5", "The slope of a step is 0: a gradient says nothing of what lies beyond the edge."},
	{"tie", "max(x,y)", "x=1 y=1", "A tie is shared: half of the slope each."},
	{"saddle", "x^2-y^2", "x=0 y=0", "The gradient vanishes, and there is no minimum: -order 2 shows curvatures of both signs."},
	{"oscillation", "sin(1/x)", "x=0.001", "A step of 10⁻⁴ jumps over many waves: see where the V of the differences begins."},
	{"swell", "(x-1)*(x-2)*(x-3)*(x-4)*(x-5)", "x=6", "On paper every factor brings a term with all others; the sweep has two steps for each product."},
	{"exponent", "x^y", "x=2 y=3", "The exponent has a slope, too: y·ln x, times the value."},
}

// showGallery lists the gallery, or explains one of its formulas with its lesson.
func showGallery(q question, names []string, out io.Writer) error {
	if len(names) == 0 {
		for _, s := range gallery {
			fmt.Fprintf(out, "%-15s %s at %s\n%15s %s\n", s.name, s.formula, s.point, "", s.lesson)
		}
		_, err := fmt.Fprintln(out, "\ngo run ./compare/explain -gallery NAME explains one of them")
		return err
	}
	var known []string
	for _, s := range gallery {
		known = append(known, s.name)
		if s.name != names[0] || len(names) > 1 {
			continue
		}
		fmt.Fprintf(out, "%s\n\n", s.lesson)
		args := append([]string{s.formula}, strings.Fields(s.point)...)
		for _, a := range q.args {
			if a != "-gallery" && a != "--gallery" && a != s.name {
				args = append(args, a)
			}
		}
		return run(args, out)
	}
	return fmt.Errorf("-gallery %s: write one of %s", short(strings.Join(names, " ")), strings.Join(known, ", "))
}
