package trace

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// Operations are described by symbolic: as expressions in a letter for each operand, and
// another for its tangent, which are then replaced by names or by numbers.
const (
	firstOperand = '一'
	firstTangent = '愀'
	ownAdjoint   = '乏'
	mostWords    = 6 // operands that are written out

	mostText = 90 // characters of a description
)

func letter(first rune, k int) symbolic.Expr { return symbolic.Var(string(first + rune(k))) }

// lineName returns the name of the line v with index i, with an accent over it: a dot for
// tangents, a bar for adjoints.
func lineName(i int, accent string) (text, mathML string) {
	v := "<mi>v</mi>"
	if accent != "" {
		v = "<mover><mi>v</mi><mo>" + map[string]string{dot: "˙", bar: "¯"}[accent] + "</mo></mover>"
	}
	index := "<mn>" + strconv.Itoa(i) + "</mn>"
	if i < 0 {
		index = "<mrow><mo>−</mo><mn>" + strconv.Itoa(-i) + "</mn></mrow>"
	}
	return "v" + accent + lowered(i), "<msub>" + v + index + "</msub>"
}

// The accents over v.
const (
	dot = "\u0307"
	bar = "\u0304"
)

// Accented returns the name of a line with a dot over v, as its tangent is called, and with
// a bar, as its adjoint is.
func (t *Trace) Accented(line int) (tangent, adjoint string) {
	tangent, _ = lineName(t.number(line), dot)
	adjoint, _ = lineName(t.number(line), bar)
	return tangent, adjoint
}

// AccentedMathML is Accented in MathML.
func (t *Trace) AccentedMathML(line int) (tangent, adjoint string) {
	_, tangent = lineName(t.number(line), dot)
	_, adjoint = lineName(t.number(line), bar)
	return tangent, adjoint
}

// number returns the index of a line in the literature: 0 for the last input.
func (t *Trace) number(line int) int { return line - len(t.Inputs) + 1 }

// wording is what an operation says of itself.
type wording struct {
	value, tangent symbolic.Expr
	slopes         []symbolic.Expr
	known          []bool // the slope in an operand
	derived        bool   // all slopes are
}

// word describes an operation of the operands x in letters.
func word(o operation, x []Number, positive func() (yes, no bool)) (w wording) {
	letters := make([]symbolic.Expr, len(x))
	for k, a := range x {
		letters[k] = symbolic.Expr{}.Const(a.c)
		if a.run != nil {
			letters[k] = letter(firstOperand, k)
		}
	}
	w.value = written(o, letters)
	w.slopes, w.known, w.derived = make([]symbolic.Expr, len(x)), make([]bool, len(x)), true
	for k, a := range x {
		if a.run == nil {
			continue
		}
		err := attempt("", func() { w.slopes[k] = symbolic.D(w.value, letters[k]) })
		if yes, no := positive(); o.name == "ifpos" && (yes || no) { // the branch that is taken
			w.slopes[k] = symbolic.Expr{}
			if k == 1 && yes || k == 2 && no {
				w.slopes[k] = symbolic.Expr{}.Const(1)
			}
		}
		if w.known[k] = err == nil; err != nil {
			w.derived = false
			continue
		}
		term := letter(firstTangent, k).Mul(w.slopes[k])
		switch zero := (symbolic.Expr{}); {
		case w.slopes[k] == zero:
		case w.tangent == zero:
			w.tangent = term
		default:
			w.tangent = w.tangent.Add(term)
		}
	}
	return w
}

// written returns an operation on letters, as the literature writes it.
func written(o operation, x []symbolic.Expr) symbolic.Expr {
	if o.opN == ad.OpNorm2 { // computed in another way, which does not overflow
		squares := make([]symbolic.Expr, len(x))
		for k, v := range x {
			squares[k] = ad.Pow(v, v.Const(2))
		}
		return ad.Sqrt(ad.Sum(squares))
	}
	return of(o, x)
}

// term returns the adjoint times the slope in an operand. A slope of 1 is written out.
func (w wording) term(k int) symbolic.Expr {
	return letter(ownAdjoint, 0).Mul(w.slopes[k])
}

// describe fills in what a line says of itself.
func (t *Trace) describe(line int, s step) {
	l := &t.Lines[line]
	if len(s.x) > mostWords {
		l.Text.Text = s.name + " of " + strconv.Itoa(len(s.x)) + " numbers"
		l.Text.MathML = "<math><mtext>" + l.Text.Text + "</mtext></math>"
		return
	}
	w := word(s.operation, s.x, func() (yes, no bool) { c := l.Operands[0].Value; return c > 0, c <= 0 })
	l.Text, l.Numbers = t.named(line, w.value), t.inNumbers(l, w.value.Unicode(), -1)
	if width(l.Text) > mostText {
		l.Text.Text, l.Numbers = s.name+"(…)", ""
		l.Text.MathML = "<math><mtext>" + l.Text.Text + "</mtext></math>"
	}
	for k := range l.Operands {
		if w.known[k] {
			text := t.named(line, w.slopes[k])
			if width(text) > mostText {
				continue
			}
			l.Operands[k].Text = text
			l.Operands[k].Number = t.inNumbers(l, w.slopes[k].Unicode(), -1)
			l.Operands[k].Term = t.named(line, w.term(k))
		}
	}
	if text := t.named(line, w.tangent); w.derived && width(text) <= 2*mostText {
		l.Tangent = text
		l.TangentNumbers = []string{w.tangent.Unicode()} // to be filled in
	}
}

func width(f Formula) int { return utf8.RuneCountInString(f.Text) }

// describeTangents writes the tangents of all lines in numbers, when they are known.
func (t *Trace) describeTangents() {
	for i := range t.Lines {
		l := &t.Lines[i]
		if len(l.TangentNumbers) == 0 {
			continue
		}
		template := l.TangentNumbers[0]
		l.TangentNumbers = nil
		for k := range t.Inputs {
			l.TangentNumbers = append(l.TangentNumbers, t.inNumbers(l, template, k))
		}
	}
}

// named replaces letters by the names of lines, and returns the expression so.
func (t *Trace) named(line int, e symbolic.Expr) Formula {
	l := &t.Lines[line]
	f := Formula{Text: t.replace(e.Unicode(), func(k int, tangent bool) string {
		if k < 0 {
			name, _ := lineName(t.number(line), bar)
			return name
		}
		accent := map[bool]string{true: dot}[tangent]
		name, _ := lineName(t.number(l.Operands[k].Line), accent)
		return name
	})}
	f.Text = natural(f.Text)
	_, own := lineName(t.number(line), bar)
	f.MathML = strings.ReplaceAll(e.MathML(), "<mi>"+string(ownAdjoint)+"</mi>", own)
	for k, o := range l.Operands {
		for accent, first := range map[string]rune{"": firstOperand, dot: firstTangent} {
			old := "<mi>" + string(first+rune(k)) + "</mi>"
			_, name := lineName(t.number(o.Line), accent)
			f.MathML = strings.ReplaceAll(f.MathML, old, name)
		}
	}
	return f
}

// inNumbers replaces letters by values, and by tangents in an input.
func (t *Trace) inNumbers(l *Line, template string, input int) string {
	text := natural(t.replace(template, func(k int, tangent bool) string {
		o := l.Operands[k]
		v := o.Value
		if tangent {
			v = t.Lines[o.Line].Tangents[input]
		}
		text := Short(float64(v))
		if strings.ContainsAny(text, "-·") && template != string(firstOperand+rune(k)) {
			text = "(" + text + ")"
		}
		return text
	}))
	return twice.ReplaceAllString(text, "($1)")
}

// twice is what has one pair of parentheses too many.
var twice = regexp.MustCompile(`\(\(([^()]*)\)\)`)

func (t *Trace) replace(template string, by func(k int, tangent bool) string) string {
	var b strings.Builder
	for _, r := range template {
		switch {
		case r >= firstOperand && r < firstOperand+mostWords:
			b.WriteString(by(int(r-firstOperand), false))
		case r >= firstTangent && r < firstTangent+mostWords:
			b.WriteString(by(int(r-firstTangent), true))
		case r == ownAdjoint:
			b.WriteString(by(-1, false))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// natural writes the natural logarithm as the literature does, and minus as a keyboard.
func natural(text string) string {
	parts := strings.Split(text, "log(")
	for i, part := range parts[:len(parts)-1] {
		if part == "" || !strings.ContainsAny(part[len(part)-1:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") {
			parts[i] = part + "ln("
		} else {
			parts[i] = part + "log("
		}
	}
	return strings.ReplaceAll(strings.Join(parts, ""), "−", "-")
}
