package notation

import "strings"

// Infix returns a formula on one line of ASCII, but for names: 2*x^2 - sqrt(y)/3.
func Infix(f *Form) string { return write(f, style{times: "*", minus: "-"}) }

// Unicode returns a formula on one line for a terminal: 2·x² − √y/3.
func Unicode(f *Form) string { return write(f, style{times: "·", minus: "−", marks: true}) }

// A style is what the two differ in.
type style struct {
	times, minus string
	marks        bool // superscripts, subscripts, roots and bars
}

type writer struct {
	strings.Builder
	style
}

func write(f *Form, s style) string {
	w := writer{style: s}
	w.form(f)
	return w.String()
}

// within writes a part, in parentheses if it binds less tightly than least.
func (w *writer) within(f *Form, least int) {
	if f.strength() >= least {
		w.form(f)
		return
	}
	w.WriteByte('(')
	w.form(f)
	w.WriteByte(')')
}

func (w *writer) form(f *Form) {
	switch f.Kind {
	case Number:
		w.number(f.Text)
	case Name:
		w.name(f.Text)
	case Sum:
		for i, t := range f.Args {
			sign, t := term(t)
			w.sign(sign, i == 0)
			w.within(t, product)
		}
	case Neg:
		w.WriteString(w.minus)
		w.within(f.Args[0], product)
	case Product:
		for i, factor := range f.Args {
			if i > 0 {
				w.WriteString(w.times)
			}
			if i > 0 && factor.Kind == Quotient {
				w.within(factor, power)
				continue
			}
			w.within(factor, product)
		}
	case Quotient:
		w.within(f.Args[0], product)
		w.WriteByte('/')
		w.within(f.Args[1], power)
	case Power:
		w.power(f.Args[0], f.Args[1])
	case Root:
		w.root(f)
	case Abs:
		if w.marks {
			w.WriteByte('|')
			w.form(f.Args[0])
			w.WriteByte('|')
			return
		}
		w.call("abs", f.Args)
	case Call:
		w.call(f.Text, f.Args)
	case Cases:
		w.cases(f.Args)
	}
}

func (w *writer) sign(sign byte, first bool) {
	switch {
	case first && sign == '-':
		w.WriteString(w.minus)
	case first:
	case sign == '-':
		w.WriteString(" " + w.minus + " ")
	default:
		w.WriteString(" + ")
	}
}

func (w *writer) number(digits string) {
	m, exponent := mantissa(digits)
	switch {
	case exponent == "":
		w.WriteString(m)
	default:
		w.WriteString(m + "e" + exponent)
	}
}

func (w *writer) name(name string) {
	base, sub := subscripted(name)
	if !w.marks || sub == "" || name != base+"_"+sub || !isDigits(sub) {
		if w.marks && name == "pi" {
			name = "π"
		}
		w.WriteString(name)
		return
	}
	w.WriteString(base)
	w.WriteString(lowered(sub))
}

func (w *writer) power(base, exponent *Form) {
	small := w.marks && exponent.Kind == Number && isDigits(exponent.Text)
	if small && raisedCall(base) {
		w.WriteString(base.Text + raised(exponent.Text))
		w.arguments(base.Args)
		return
	}
	if base.Kind == Root && w.marks {
		w.arguments([]*Form{base})
	} else {
		w.within(base, atom)
	}
	if small {
		w.WriteString(raised(exponent.Text))
		return
	}
	w.WriteByte('^')
	w.within(exponent, atom)
}

func (w *writer) root(f *Form) {
	name, mark := "sqrt", "√"
	if f.Text == "3" {
		name, mark = "cbrt", "∛"
	}
	x := f.Args[0]
	switch {
	case !w.marks:
		w.call(name, f.Args)
	case x.Kind == Name || x.Kind == Number && isDigits(x.Text):
		w.WriteString(mark)
		w.form(x)
	default:
		w.WriteString(mark)
		w.arguments(f.Args)
	}
}

func (w *writer) call(name string, args []*Form) {
	w.name(name)
	w.arguments(args)
}

func (w *writer) arguments(args []*Form) {
	w.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			w.WriteString(", ")
		}
		w.form(a)
	}
	w.WriteByte(')')
}

// cases writes ifpos(c, a, b), which Parse reads.
func (w *writer) cases(args []*Form) {
	for i := 0; i+1 < len(args); i += 2 {
		w.WriteString("ifpos(")
		w.form(args[i])
		w.WriteString(", ")
		w.form(args[i+1])
		w.WriteString(", ")
	}
	w.form(args[len(args)-1])
	w.WriteString(strings.Repeat(")", len(args)/2))
}

func isDigits(text string) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return text != ""
}

func raised(digits string) string { return mapDigits(digits, []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")) }

func lowered(digits string) string {
	return mapDigits(digits, []rune("₀₁₂₃₄₅₆₇₈₉"))
}

func mapDigits(digits string, to []rune) string {
	return strings.Map(func(c rune) rune { return to[c-'0'] }, digits)
}
