package notation

import (
	"strings"
	"unicode/utf8"
)

// LaTeX returns a formula in LaTeX's mathematical mode, without dollars. It needs the
// commands of amsmath, which KaTeX and MathJax have.
func LaTeX(f *Form) string {
	var w latex
	w.form(f)
	return w.String()
}

type latex struct{ strings.Builder }

func (w *latex) within(f *Form, least int) {
	if f.strength() >= least && f.Kind != Cases {
		w.form(f)
		return
	}
	w.parentheses(f)
}

func (w *latex) parentheses(args ...*Form) {
	w.WriteString(`\left(`)
	for i, a := range args {
		if i > 0 {
			w.WriteString(", ")
		}
		w.form(a)
	}
	w.WriteString(`\right)`)
}

func (w *latex) group(f *Form) {
	w.WriteByte('{')
	w.form(f)
	w.WriteByte('}')
}

func (w *latex) form(f *Form) {
	switch f.Kind {
	case Number:
		w.number(f.Text)
	case Name:
		w.WriteString(latexName(f.Text))
	case Sum:
		for i, t := range f.Args {
			sign, t := term(t)
			switch {
			case i == 0 && sign == '-':
				w.WriteString("-")
			case i > 0:
				w.WriteString(" " + string(sign) + " ")
			}
			w.within(t, product)
		}
	case Neg:
		w.WriteString("-")
		w.within(f.Args[0], product)
	case Product:
		for i, factor := range f.Args {
			if i > 0 {
				w.WriteString(between(f.Args[i-1], factor))
			}
			w.within(factor, product)
		}
	case Quotient:
		w.WriteString(`\frac`)
		w.group(f.Args[0])
		w.group(f.Args[1])
	case Power:
		w.power(f.Args[0], f.Args[1])
	case Root:
		w.WriteString(`\sqrt`)
		if f.Text != "" {
			w.WriteString("[" + f.Text + "]")
		}
		w.group(f.Args[0])
	case Abs:
		w.WriteString(`\left|`)
		w.form(f.Args[0])
		w.WriteString(`\right|`)
	case Call:
		w.call(f, nil)
	case Cases:
		w.cases(f.Args)
	}
}

// between returns what stands between two factors: a dot where numbers would run
// together, and a thin space elsewhere.
func between(a, b *Form) string {
	if b.Kind == Number || b.Kind == Power && b.Args[0].Kind == Number {
		return ` \cdot `
	}
	if a.Kind == Number && b.Kind == Quotient {
		return ` \cdot `
	}
	return ` \, `
}

func (w *latex) number(digits string) {
	m, exponent := mantissa(digits)
	switch {
	case m == "NaN":
		w.WriteString(`\mathrm{NaN}`)
	case m == "Inf":
		w.WriteString(`\infty`)
	case exponent == "":
		w.WriteString(m)
	default:
		if m != "1" {
			w.WriteString(m + ` \cdot `)
		}
		w.WriteString(`10^{` + exponent + `}`)
	}
}

func (w *latex) power(base, exponent *Form) {
	if raisedCall(base) && exponent.Kind == Number {
		w.call(base, exponent)
		return
	}
	if base.Kind == Call && base.Text == "exp" || base.Kind == Root {
		w.parentheses(base)
	} else {
		w.within(base, atom)
	}
	w.WriteString("^")
	w.group(exponent)
}

// call writes a call, raised to a power if there is one.
func (w *latex) call(f, exponent *Form) {
	args := f.Args
	switch f.Text {
	case "exp":
		w.WriteString("e^")
		w.group(args[0])
		return
	case "floor", "ceil":
		w.WriteString(`\left\l` + f.Text)
		w.WriteByte(' ')
		w.form(args[0])
		w.WriteString(`\right\r` + f.Text)
		return
	case "gamma":
		w.WriteString(`\Gamma`)
	case "digamma":
		w.WriteString(`\psi`)
	case "polygamma":
		w.WriteString(`\psi^{(`)
		w.form(args[0])
		w.WriteString(`)}`)
		args = args[1:]
	default:
		w.WriteString(latexFunction(f.Text))
	}
	if exponent != nil {
		w.WriteString("^")
		w.group(exponent)
	}
	w.parentheses(args...)
}

func (w *latex) cases(args []*Form) {
	w.WriteString(`\begin{cases} `)
	for i := 0; i+1 < len(args); i += 2 {
		w.form(args[i+1])
		w.WriteString(` & \text{if } `)
		w.form(args[i])
		w.WriteString(` > 0 \\ `)
	}
	w.form(args[len(args)-1])
	w.WriteString(` & \text{otherwise} \end{cases}`)
}

// latexFunctions are functions with a command or another name.
var latexFunctions = map[string]string{
	"log": `\ln`, "log2": `\log_{2}`, "log10": `\log_{10}`,
	"asin": `\arcsin`, "acos": `\arccos`, "atan": `\arctan`, "asinh": `\operatorname{arsinh}`, "acosh": `\operatorname{arcosh}`, "atanh": `\operatorname{artanh}`,
	"sign": `\operatorname{sgn}`, "sigmoid": `\sigma`, "lgamma": `\ln\Gamma`, "mod": `\operatorname{mod}`,
}

func latexFunction(name string) string {
	switch name {
	case "sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "coth", "max", "min":
		return `\` + name
	}
	if command, ok := latexFunctions[name]; ok {
		return command
	}
	base, sub := subscripted(name)
	if sub == "" || !isDigits(strings.ReplaceAll(sub, "_", "")) || base == "atan" || base == "log" || base == "expm" || base == "relu" || base == "norm" {
		base, sub = name, ""
	}
	text := `\operatorname{` + strings.ReplaceAll(base, "_", `\_`) + `}`
	if sub != "" {
		text += "_{" + strings.ReplaceAll(sub, "_", ",") + "}"
	}
	return text
}

// latexName returns a variable, with its subscript below and Greek letters by their
// command.
func latexName(name string) string {
	base, sub := subscripted(name)
	text := latexLetters(base)
	if sub != "" {
		text += "_{" + latexLetters(sub) + "}"
	}
	return text
}

func latexLetters(text string) string {
	if command, ok := greek[text]; ok {
		return command
	}
	if isDigits(text) || utf8.RuneCountInString(text) == 1 && text != "_" {
		return text
	}
	return `\mathrm{` + strings.ReplaceAll(text, "_", `\_`) + `}`
}

// greek are letters by name and by character.
var greek = func() map[string]string {
	m := make(map[string]string)
	for letter, name := range map[string]string{
		"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa",
		"λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi",
		"ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
	} {
		m[letter] = `\` + name
		m[strings.TrimPrefix(name, "var")] = `\` + name
	}
	return m
}()
