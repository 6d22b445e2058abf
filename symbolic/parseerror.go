package symbolic

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quartet-ad/ad/internal/rule"
)

// A ParseError says what is wrong with a text, and where. Its message is less than
// a kibibyte long, whatever the text.
type ParseError struct {
	Line, Col int // from 1; columns count characters, without a byte order mark
	Message   string

	offset int
}

// Error returns "line 1, column 5: " and the message.
func (e *ParseError) Error() string {
	return fmt.Sprintf("symbolic: line %d, column %d: %s", e.Line, e.Col, e.Message)
}

func failure(offset int, format string, args ...any) *ParseError {
	return &ParseError{offset: offset, Message: fmt.Sprintf(format, args...)}
}

// locate fills in where in text the error is.
func (e *ParseError) locate(text string) *ParseError {
	before := text[:e.offset]
	e.Line = 1 + strings.Count(before, "\n")
	e.Col = 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return e
}

// hints say what to write instead of a character.
var hints = map[rune]string{
	'[': "write ( for a parenthesis", ']': "write ) for a parenthesis",
	'{': "write ( for a parenthesis", '}': "write ) for a parenthesis",
	'=': "an expression is one side of an equation", ':': "write / for a quotient",
	'<': "write ifpos(b-a, u, v) for a choice", '>': "write ifpos(a-b, u, v) for a choice",
	'!': "write gamma(x+1) for a factorial", '%': "write mod(x, y) for a remainder", ';': "write , between arguments",
	'≤': "write ifpos(b-a, u, v) for a choice", '≥': "write ifpos(a-b, u, v) for a choice", '?': "write ifpos(c, a, b) for a choice", '≠': "an expression is one side of an equation",
	'½': "write (1/2)", '¼': "write (1/4)", '¾': "write (3/4)", '⅓': "write (1/3)", '∞': "write Inf", '∜': "write x^(1/4)", '°': "write *pi/180 for degrees",
	'⌊': "write floor(x)", '⌋': "write floor(x)", '⌈': "write ceil(x)", '⌉': "write ceil(x)", '‖': "write norm2(x, y)",
	'∑': "write sum(x, y)", '∏': "write prod(x, y)", '∂': notWithin, '∫': "there are no integrals", '\'': notWithin, '′': notWithin, '’': notWithin,
	'\u00a0': "write a plain space", '\u2009': "write a plain space", '\u202f': "write a plain space",
	'\\': "LaTeX is not read; write a/b, sqrt(x), sin(x)",
}

const notWithin = "derivatives are taken of a formula, not within it"

// hintBefore and hintAfter say what to write instead of a token where an operand
// should be, and after one.
func hintBefore(t token) string {
	switch t.kind {
	case '*', '/', '^', raised, ',', ')':
		return ""
	}
	return hint(hints[t.kind])
}

func (p *parser) hintAfter(t token) string {
	before := p.operands[len(p.operands)-1]
	touches := p.last.kind == numeral && t.offset == p.last.offset+len(p.last.text)
	switch {
	case touches && t.kind == word && t.text[0] == '_':
		return hint("write digits alone in a number")
	case touches && t.kind == word && p.isHexadecimal(t):
		return hint("write a number in decimal digits")
	case touches && t.kind == numeral:
		return hint("write one point at most in a number")
	case t.kind == '{' && p.last.kind == word && strings.HasSuffix(p.last.text, "_"):
		return hint("write " + beginningOf(p.last.text+"1") + " for a subscript")
	}
	switch t.kind {
	case word, numeral, '(', '√', '∛', '|':
		if _, isFunction := p.function(p.last.text); isFunction && p.last.kind == word {
			return hint(fmt.Sprintf("write %s(%s)", p.last.text, argumentOf(p.text[t.offset:])))
		}
		if t.kind == '|' && !strings.Contains(p.text[t.offset+1:min(len(p.text), t.offset+maxQuote)], "|") {
			return ""
		}
		if text := p.text[before.place : p.last.offset+len(p.last.text)]; (t.kind == word || t.kind == '(') && len(text) <= maxQuote/2 {
			return hint(fmt.Sprintf("write %s*%s for a product", plain(text), beginningOf(t.text)))
		}
		return hint("write * for a product")
	}
	return hint(hints[t.kind])
}

// argumentOf returns what is meant as an argument where text begins with it, and no
// parenthesis is there: up to a space, a sign or the bar that closes it.
func argumentOf(text string) string {
	text = text[:min(len(text), maxQuote)]
	if bar, ok := strings.CutPrefix(text, "|"); ok {
		if at := strings.IndexByte(bar, '|'); at >= 0 {
			return beginningOf(text[:at+2])
		}
		return "..."
	}
	if at := strings.IndexAny(text, " \t\r\n+-*/,()|"); at >= 0 {
		text = text[:at]
	}
	return beginningOf(text)
}

// hintComma says what to write instead of 0,5.
func (p *parser) hintComma(t token) string {
	if next, err := lex(p.text, t.offset+1); err == nil && p.last.kind == numeral && next.kind == numeral {
		return hint("write . in a decimal number")
	}
	return ""
}

// hintFunction says which function may be meant by the name of a call that is none.
func (p *parser) hintFunction(o operator, args int) string {
	if len(o.name) > 20 {
		return ""
	}
	name := canonicalName(o.name)
	if name == "softmax" || name == "log_softmax" {
		return hint("an expression is one number; write softmax_1(x, y) for the first entry")
	}
	if formula := instead[strings.ToLower(name)]; formula != "" && (args > 1) == (formula == byRoot) {
		return hint("write " + formula)
	}
	if near := nearest(name); near != "" {
		return hint("did you mean " + near + "?")
	}
	if args != 1 {
		return ""
	}
	product := beginningOf(o.name) + "*(...) for a product"
	if before := p.operands[:o.args]; p.top().kind == '^' && len(before) > 0 && before[len(before)-1].function != (span{}) {
		f := p.piece(before[len(before)-1].function)
		return hint(fmt.Sprintf("write %s(...)^%s for a power of %s, or %s", f, beginningOf(o.name), f, product))
	}
	return hint("write " + product)
}

// hintArguments says what is written instead of a call with too many arguments.
func hintArguments(name string, args int) string {
	switch usual := usualName(name); {
	case args == 2 && usual == "log":
		return hint("write log(x)/log(b) for another base")
	case args == 2 && usual == "atan":
		return hint("write atan2(y, x)")
	case args == 2 && usual == "sqrt":
		return hint("write " + byRoot)
	}
	return ""
}

// instead are formulas for functions that there are none of.
var instead = map[string]string{
	"acot": "atan(1/x)", "arccot": "atan(1/x)", "asec": "acos(1/x)", "arcsec": "acos(1/x)", "acsc": "asin(1/x)", "arccsc": "asin(1/x)",
	"acoth": "atanh(1/x)", "arcoth": "atanh(1/x)", "arccoth": "atanh(1/x)", "asech": "acosh(1/x)", "arsech": "acosh(1/x)", "acsch": "asinh(1/x)", "arcsch": "asinh(1/x)",
	"sinc": "sin(x)/x", "logit": "log(x/(1-x))", "exp10": "10^x", "factorial": "gamma(x+1)", "versin": "1-cos(x)", "frac": "x-floor(x)",
	"radians": "x*pi/180", "degrees": "x*180/pi", "root": byRoot, "nthroot": byRoot,
}

const byRoot = "x^(1/n)"

func hint(text string) string {
	if text == "" {
		return ""
	}
	return "; " + text
}

// beginningOf is plain for a hint, shorter still.
func beginningOf(text string) string {
	if len(text) > maxQuote/2 {
		return "..."
	}
	return plain(text)
}

// meant are names that are not near what they mean.
var meant = map[string]string{
	"lg": "log10", "ld": "log2", "lb": "log2", "loge": "log", "sen": "sin", "tg": "tan", "ctg": "cot", "arctg": "atan", "arcctg": "atan",
	"sinus": "sin", "cosinus": "cos", "tangent": "tan", "cosec": "csc", "cosecant": "csc", "secant": "sec", "cotangent": "cot", "cotan": "cot",
	"squareroot": "sqrt", "cuberoot": "cbrt", "exponential": "exp", "log_e": "ln", "γ": "gamma", "ψ": "digamma", "σ": "sigmoid",
	"sqr": "square", "root": "sqrt", "heaviside": "step", "logistic": "sigmoid", "expit": "sigmoid", "swish": "silu", "gelu": "gelu_erf",
	"lse": "logsumexp", "norm": "norm2", "maximum": "max", "minimum": "min", "avg": "mean", "average": "mean", "power": "pow", "if": "ifpos", "where": "ifpos",
	"fabs": "abs", "rem": "mod", "fmod": "mod", "psi": "digamma", "lngamma": "lgamma", "loggamma": "lgamma", "ceiling": "ceil", "int": "trunc",
}

// nearest returns the function whose name is closest to a name, "" if none is close:
// at most one letter in three differs.
func nearest(name string) string {
	lower := strings.ToLower(name)
	if m, ok := meant[lower]; ok {
		return m
	}
	if _, ok := known[lower]; ok {
		return lower
	}
	best, least := "", min(len(name)/3, 2)+1
	for _, candidate := range offered() {
		if d := distance(lower, candidate); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// offered returns the names of functions that a person may mean, sorted: not those
// of helpers.
func offered() []string {
	helper := make(map[string]bool)
	for _, row := range rule.Helpers {
		helper[row.Name] = true
	}
	for _, row := range rule.Helpers2 {
		helper[row.Name] = true
	}
	var names []string
	for name := range known {
		if !helper[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// distance returns how many letters must be changed, left out, put in or exchanged
// with their neighbor to make one name of another.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
