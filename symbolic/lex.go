package symbolic

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a number, a name, or one character of punctuation.
type token struct {
	kind   rune // numeral, word, raised or end, else the operator's character in ASCII
	text   string
	value  float64
	offset int
}

// The kinds of tokens that are not a character. No character of a text is negative.
const (
	end rune = -1 - iota // of the text
	numeral
	word
	raised // a number in superscript digits
)

// spellings are other characters for an operator: what word processors and the
// printer for terminals write.
var spellings = map[rune]rune{
	'·': '*', '⋅': '*', '∙': '*', '•': '*', '×': '*', '∗': '*', '÷': '/', '∕': '/', '⁄': '/', '−': '-', '–': '-', '—': '-', '－': '-', '∣': '|',
	'\u2062': '*', // invisible times
}

const superscripts, subscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"

// lex returns the token of text at offset or after the white space there.
func lex(text string, offset int) (token, *ParseError) {
	for offset < len(text) && (text[offset] == ' ' || text[offset] == '\t' || text[offset] == '\n' || text[offset] == '\r') {
		offset++
	}
	if offset == len(text) {
		return token{kind: end, offset: offset}, nil
	}
	rest := text[offset:]
	c, size := utf8.DecodeRuneInString(rest)
	switch {
	case isDigit(rest[0]) || rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]):
		n := numberLength(rest)
		if len(strings.TrimLeft(rest[:digits(rest, 0)], "0")) > 310 && !strings.ContainsAny(rest[:n], "eE") {
			return token{}, failure(offset, "number %s is out of range", plain(rest[:n]))
		}
		v, err := strconv.ParseFloat(rest[:n], 64)
		if err != nil {
			return token{}, failure(offset, "number %s is out of range", plain(rest[:n]))
		}
		return token{numeral, rest[:n], v, offset}, nil
	case isLetter(c):
		n := size
		for n < len(rest) {
			if b := rest[n]; isASCIILetter(b) || isDigit(b) || b == '_' {
				n++
				continue
			}
			c, size := utf8.DecodeRuneInString(rest[n:])
			if !isLetter(c) && !unicode.IsDigit(c) && digitOf(c, subscripts) < 0 {
				break
			}
			n += size
		}
		return token{word, rest[:n], 0, offset}, nil
	case c == '⁻' || digitOf(c, superscripts) >= 0:
		return lexRaised(rest, offset)
	case c == '*' && strings.HasPrefix(rest, "**"):
		return token{'^', "**", 0, offset}, nil
	case c == utf8.RuneError && size == 1:
		return token{}, failure(offset, "text that is not UTF-8")
	}
	kind := c
	if plain, ok := spellings[c]; ok {
		kind = plain
	}
	return token{kind, rest[:size], 0, offset}, nil
}

// lexRaised returns the number in superscript digits that text begins with.
func lexRaised(text string, offset int) (token, *ParseError) {
	rest := strings.TrimPrefix(text, "⁻")
	v, n := 0.0, 0
	for n < len(rest) {
		c, size := utf8.DecodeRuneInString(rest[n:])
		d := digitOf(c, superscripts)
		if d < 0 {
			break
		}
		v = 10*v + float64(d)
		n += size
	}
	if n == 0 || math.IsInf(v, 0) {
		return token{}, failure(offset, "an exponent that is no number; write ^ before it")
	}
	if len(rest) < len(text) {
		v = -v
	}
	return token{raised, text[:len(text)-len(rest)+n], v, offset}, nil
}

// digitOf returns the place of c among ten digits, -1 if it is not there.
func digitOf(c rune, digits string) int {
	if c < utf8.RuneSelf {
		return -1
	}
	i := 0
	for _, d := range digits {
		if c == d {
			return i
		}
		i++
	}
	return -1
}

// canonicalName returns a name with subscript digits on the line: x₁ is x_1.
func canonicalName(text string) string {
	at := strings.IndexFunc(text, func(c rune) bool { return digitOf(c, subscripts) >= 0 })
	if at < 0 {
		return text
	}
	var b strings.Builder
	last := '_'
	for _, c := range text {
		if d := digitOf(c, subscripts); d >= 0 {
			if last != '_' && digitOf(last, subscripts) < 0 {
				b.WriteByte('_')
			}
			b.WriteByte(byte('0' + d))
		} else {
			b.WriteRune(c)
		}
		last = c
	}
	return b.String()
}

// numberLength returns the length of the decimal number that text begins with.
func numberLength(text string) int {
	n := digits(text, 0)
	if n < len(text) && text[n] == '.' {
		n = digits(text, n+1)
	}
	if n < len(text) && (text[n] == 'e' || text[n] == 'E') {
		m := n + 1
		if m < len(text) && (text[m] == '+' || text[m] == '-') {
			m++
		}
		if stop := digits(text, m); stop > m {
			n = stop
		}
	}
	return n
}

func digits(text string, n int) int {
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c rune) bool { return c == '_' || c != utf8.RuneError && unicode.IsLetter(c) }

// isName reports whether text is a single name.
func isName(text string) bool {
	t, err := lex(text, 0)
	return err == nil && t.kind == word && t.text == text && canonicalName(text) == text
}

// overcharged returns where text has one operation too many, if it is seen without
// reading the text: it counts signs between operands, parentheses beside one another and
// commas, each of which is an operation at least. Of commas the place is that of their
// call.
func overcharged(text string) (place int, yes bool) {
	signs, commas := 0, 0
	before := byte('(') // the character before this one, but for spaces
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case ' ', '\t', '\n', '\r':
			continue
		case '*':
			if before != '*' || text[i-1] != '*' {
				signs++
			} else {
				c = '^'
			}
		case '/', '^':
			signs++
		case '-':
			if before != 'e' && before != 'E' { // of a number
				signs++
			}
		case '+':
			if before == ')' || isDigit(before) || isASCIILetter(before) && before != 'e' && before != 'E' {
				signs++
			}
		case '(':
			if before == ')' {
				signs++
			}
		case ',':
			commas++
		}
		before = c
		if signs > maxOperations {
			return i, true
		}
		if commas > maxOperations {
			return callBefore(text, i), true
		}
	}
	return 0, false
}

func isASCIILetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// callBefore returns where the call begins that the place is an argument of, or the place
// itself if there is none.
func callBefore(text string, place int) int {
	depth := 0
	for i := place - 1; i >= 0; i-- {
		switch text[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth < 0 {
				name := strings.TrimRight(text[:i], " \t\r\n")
				return strings.LastIndexFunc(name, func(c rune) bool { return !isLetter(c) && !unicode.IsDigit(c) }) + 1
			}
		}
	}
	return place
}
