package notation

import (
	"fmt"
	"html"
	"strings"
)

// MathML returns a formula as an element of presentation MathML, of those that
// browsers have (MathML Core).
func MathML(f *Form) string {
	var w mathml
	w.WriteString(`<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">`)
	w.form(f)
	w.WriteString("</math>")
	return w.String()
}

type mathml struct{ strings.Builder }

// tag writes an element around what inside writes.
func (w *mathml) tag(name string, inside func()) {
	w.WriteString("<" + name + ">")
	inside()
	w.WriteString("</" + name + ">")
}

func (w *mathml) text(tag, text string) {
	w.tag(tag, func() { w.WriteString(html.EscapeString(text)) })
}

func (w *mathml) row(inside func()) { w.tag("mrow", inside) }

func (w *mathml) within(f *Form, least int) {
	if f.strength() >= least && f.Kind != Cases {
		w.form(f)
		return
	}
	w.parentheses("(", ")", f)
}

func (w *mathml) parentheses(open, shut string, args ...*Form) {
	w.row(func() {
		w.text("mo", open)
		for i, a := range args {
			if i > 0 {
				w.text("mo", ",")
			}
			w.form(a)
		}
		w.text("mo", shut)
	})
}

func (w *mathml) form(f *Form) {
	switch f.Kind {
	case Number:
		w.number(f.Text)
	case Name:
		w.name(f.Text)
	case Sum:
		w.row(func() {
			for i, t := range f.Args {
				sign, t := term(t)
				switch {
				case sign == '-':
					w.text("mo", "−")
				case i > 0:
					w.text("mo", "+")
				}
				w.within(t, product)
			}
		})
	case Neg:
		w.row(func() {
			w.text("mo", "−")
			w.within(f.Args[0], product)
		})
	case Product:
		w.row(func() {
			for i, factor := range f.Args {
				if i > 0 {
					sign := "\u2062" // invisible times
					if between(f.Args[i-1], factor) != ` \, ` {
						sign = "⋅"
					}
					w.text("mo", sign)
				}
				w.within(factor, product)
			}
		})
	case Quotient:
		w.tag("mfrac", func() {
			w.form(f.Args[0])
			w.form(f.Args[1])
		})
	case Power:
		w.power(f.Args[0], f.Args[1])
	case Root:
		if f.Text == "" {
			w.tag("msqrt", func() { w.form(f.Args[0]) })
			return
		}
		w.tag("mroot", func() {
			w.form(f.Args[0])
			w.text("mn", f.Text)
		})
	case Abs:
		w.parentheses("|", "|", f.Args[0])
	case Call:
		w.call(f, nil)
	case Cases:
		w.cases(f.Args)
	}
}

func (w *mathml) number(digits string) {
	m, exponent := mantissa(digits)
	switch {
	case m == "Inf":
		w.text("mi", "∞")
	case m == "NaN":
		w.text("mi", "NaN")
	case exponent == "":
		w.text("mn", m)
	default:
		w.row(func() {
			if m != "1" {
				w.text("mn", m)
				w.text("mo", "⋅")
			}
			w.tag("msup", func() {
				w.text("mn", "10")
				w.text("mn", strings.Replace(exponent, "-", "−", 1))
			})
		})
	}
}

func (w *mathml) name(name string) {
	base, sub := subscripted(name)
	if sub == "" {
		w.letters(base)
		return
	}
	w.tag("msub", func() {
		w.letters(base)
		w.letters(sub)
	})
}

func (w *mathml) letters(text string) {
	tag := "mi"
	if isDigits(text) {
		tag = "mn"
	}
	if command, ok := greek[text]; ok {
		for letter, c := range greek {
			if c == command && len(letter) <= 2 {
				text = letter
			}
		}
	}
	w.text(tag, text)
}

func (w *mathml) power(base, exponent *Form) {
	if raisedCall(base) && exponent.Kind == Number {
		w.call(base, exponent)
		return
	}
	w.tag("msup", func() {
		if base.Kind == Call || base.Kind == Root {
			w.parentheses("(", ")", base)
		} else {
			w.within(base, atom)
		}
		w.form(exponent)
	})
}

func (w *mathml) call(f, exponent *Form) {
	args := f.Args
	switch f.Text {
	case "exp":
		w.tag("msup", func() {
			w.text("mi", "e")
			w.form(args[0])
		})
		return
	case "floor":
		w.parentheses("⌊", "⌋", args[0])
		return
	case "ceil":
		w.parentheses("⌈", "⌉", args[0])
		return
	}
	w.row(func() {
		if exponent != nil {
			w.tag("msup", func() {
				w.function(f.Text)
				w.form(exponent)
			})
		} else {
			w.function(f.Text)
		}
		w.text("mo", "\u2061") // function application
		w.parentheses("(", ")", args...)
	})
}

// mathNames are functions with another name on paper.
var mathNames = map[string]string{
	"log": "ln", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arsinh", "acosh": "arcosh", "atanh": "artanh",
	"sign": "sgn", "sigmoid": "σ", "gamma": "Γ", "digamma": "ψ", "lgamma": "lnΓ",
}

func (w *mathml) function(name string) {
	if usual, ok := mathNames[name]; ok {
		name = usual
	}
	if digits, ok := strings.CutPrefix(name, "softmax_"); ok {
		w.tag("msub", func() {
			w.text("mi", "softmax")
			w.text("mn", strings.ReplaceAll(digits, "_", ","))
		})
		return
	}
	if base, ok := strings.CutPrefix(name, "log"); ok && isDigits(base) {
		w.tag("msub", func() {
			w.text("mi", "log")
			w.text("mn", base)
		})
		return
	}
	w.text("mi", name)
}

// cases writes a brace and a table. Browsers stretch a brace only in a font for
// mathematics, which most pages lack, so it is scaled.
func (w *mathml) cases(args []*Form) {
	cell := func(inside func()) {
		w.WriteString(`<mtd style="text-align:left">`)
		inside()
		w.WriteString("</mtd>")
	}
	height := 0.0 // in lines of text; fractions in cells are small
	for i := 0; i < len(args); i += 2 {
		height += 0.65 + 0.35*float64(max(args[i].lines(), args[min(i+1, len(args)-1)].lines()))
	}
	w.row(func() {
		fmt.Fprintf(w, `<mo form="prefix" stretchy="false" style="transform:scaleY(%.1f)">{</mo>`, 1.15*height)
		w.tag("mtable", func() {
			for i := 0; i+1 < len(args); i += 2 {
				w.tag("mtr", func() {
					cell(func() { w.form(args[i+1]) })
					cell(func() {
						w.text("mtext", "if\u00a0")
						w.form(args[i])
						w.text("mo", ">")
						w.text("mn", "0")
					})
				})
			}
			w.tag("mtr", func() {
				cell(func() { w.form(args[len(args)-1]) })
				cell(func() { w.text("mtext", "otherwise") })
			})
		})
	})
}
