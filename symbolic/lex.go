package symbolic

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// A token is a number, a name, or one character of punctuation.
type token struct {
	kind   rune // numeral, word or end, else the character itself
	text   string
	value  float64
	offset int
}

// The kinds of tokens that are not a character. No character of a text is negative.
const (
	end rune = -1 - iota // of the text
	numeral
	word
)

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
		v, err := strconv.ParseFloat(rest[:n], 64)
		if err != nil {
			return token{}, failure(offset, "number %s is out of range", plain(rest[:n]))
		}
		return token{numeral, rest[:n], v, offset}, nil
	case isLetter(c):
		n := size
		for n < len(rest) {
			c, size := utf8.DecodeRuneInString(rest[n:])
			if !isLetter(c) && !unicode.IsDigit(c) {
				break
			}
			n += size
		}
		return token{word, rest[:n], 0, offset}, nil
	case c == utf8.RuneError && size == 1:
		return token{}, failure(offset, "text that is not UTF-8")
	}
	return token{c, rest[:size], 0, offset}, nil
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
	return err == nil && t.kind == word && t.text == text
}
