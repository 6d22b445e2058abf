package symbolic

import (
	"fmt"
	"io"

	"github.com/quartet-ad/ad/symbolic/internal/notation"
)

// What is printed for people has fewer terms than maxReadable, and is not nested deeper
// than maxNested, so that it may recurse.
const (
	maxReadable = 1 << 16
	maxNested   = 5_000
)

// paper returns e laid out for people.
func (e Expr) paper() *notation.Form {
	if s := e.summary(maxReadable); s != "" {
		return notation.New(notation.Name, s)
	}
	s := e.Spelled()
	if text := s.summary(maxReadable); text != "" {
		return notation.New(notation.Name, text)
	}
	return layout(s.node())
}

// summary says how large an expression is that is too large to be printed, and returns
// "" for others.
func (e Expr) summary(most float64) string {
	switch n := e.node(); {
	case n.size > most:
		return fmt.Sprintf("<expression of %.3g terms, %d of them distinct>", n.size, len(e.compile().steps))
	case n.depth > maxNested && !n.flat():
		return fmt.Sprintf("<expression of %.3g terms, nested %d deep>", n.size, n.depth)
	}
	return ""
}

// flat reports whether an expression is nested only as a sum or product of many terms
// is: what is laid out side by side needs no recursion.
func (n *node) flat() bool {
	deepest := 0
	for _, t := range terms(n) {
		deepest = max(deepest, t.depth)
	}
	return deepest <= maxNested
}

// Infix returns e as a person writes it, on one line: x*cos(x) + 2*x^2. The functions
// that only derivatives are made of are spelled out, as Spelled has them; quotients,
// signs, numbers and the order of factors are as usual. Parse reads it as an expression
// that equals e wherever both have a value, but for rounding. String returns the formula
// exactly as it is computed.
//
// An expression of more than 65536 terms, or nested deeper than 5000 operations, is
// summed up instead, here and in the other forms for people.
func (e Expr) Infix() string { return notation.Infix(e.paper()) }

// Unicode returns e for a terminal, like Infix but with the signs of mathematics:
// x·cos(x) + 2·x². Parse reads it too.
func (e Expr) Unicode() string { return notation.Unicode(e.paper()) }

// LaTeX returns e, spelled out like Infix, in LaTeX's mathematical mode, without
// dollars: x \, \cos\left(x\right) + 2 \, x^{2}. It needs amsmath, or KaTeX or MathJax.
func (e Expr) LaTeX() string { return notation.LaTeX(e.paper()) }

// MathML returns e, spelled out like Infix, as an element <math> of presentation MathML
// that browsers show.
func (e Expr) MathML() string { return notation.MathML(e.paper()) }

// Format prints e for package fmt: as Infix with %v and %s, as String with %+v and %#v,
// in quotes with %q.
func (e Expr) Format(f fmt.State, verb rune) {
	text := ""
	switch {
	case verb == 'v' && (f.Flag('+') || f.Flag('#')):
		text = e.String()
	case verb == 'v' || verb == 's' || verb == 'q':
		text = e.Infix()
	default:
		fmt.Fprintf(f, "%%!%c(symbolic.Expr=%s)", verb, e.Infix())
		return
	}
	if verb == 'q' {
		text = fmt.Sprintf("%q", text)
	}
	if width, ok := f.Width(); ok {
		if f.Flag('-') {
			width = -width
		}
		text = fmt.Sprintf("%*s", width, text)
	}
	io.WriteString(f, text)
}
