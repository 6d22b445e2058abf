package symbolic

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSentinels: no character of a text is taken for a mark of the parser's own:
// its end, a kind of token or an operator that waits.
func TestSentinels(t *testing.T) {
	marks := []rune{0, 1, 0x7f, 0x1a, 4, '\u0080', '\ufeff', '\ufffd', '\ufffe', '\uffff', '\u2028', '\u00a0', utf8.MaxRune, '٣', '½'}
	for c := rune(0); c < 0x80; c++ {
		if !strings.ContainsRune(" \t\n\r+-*/^().,_", c) && !isLetter(c) && !(c < utf8.RuneSelf && isDigit(byte(c))) {
			marks = append(marks, c)
		}
	}
	for _, c := range marks {
		for _, format := range []string{"x%c + 1)) garbage", "%cx", "x + %c", "sin(x%c)", "sin%c(x)", "x%c", "sum(x, %c)", "x +%c y", "1%c", "%c"} {
			if c == '\ufeff' && format[0] == '%' {
				continue // a byte order mark in its place
			}
			if c == '٣' && strings.Contains(format, "x%c") || c == '٣' && strings.Contains(format, "sin%c") {
				continue // a digit of a name
			}
			text := fmt.Sprintf(format, c)
			if e, err := Parse(text); err == nil {
				t.Errorf("Parse(%q) = %v", text, e)
			} else if at := strings.IndexRune(text, c); err.(*ParseError).offset != at {
				t.Errorf("Parse(%q): %v, want the character at offset %d", text, err, at)
			}
		}
	}
}

// TestByteOrderMark: one byte order mark before a text is no part of it.
func TestByteOrderMark(t *testing.T) {
	if e, err := Parse("\ufeffx + 1"); err != nil || e != Var("x").Add(number(1)) {
		t.Errorf("after a byte order mark: %v, %v", e, err)
	}
	for text, want := range map[string]string{
		"\ufeff":          "symbolic: line 1, column 1: the text ends where an operand should follow",
		"\ufeffx y":       `symbolic: line 1, column 3: unexpected "y" after an operand; write x*y for a product`,
		"\ufeff\ufeffx":   `symbolic: line 1, column 1: unexpected "\ufeff" where an operand should follow`,
		"x\n+ y\ufeff":    `symbolic: line 2, column 4: unexpected "\ufeff" after an operand`,
		" \ufeffx":        `symbolic: line 1, column 2: unexpected "\ufeff" where an operand should follow`,
		"\xff\xfex\x00":   "symbolic: line 1, column 1: text that is not UTF-8",
		"\ufeffx + 1e999": "symbolic: line 1, column 5: number 1e999 is out of range",
	} {
		if _, err := Parse(text); err == nil || err.Error() != want {
			t.Errorf("Parse(%q): %v, want %s", text, err, want)
		}
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("Var takes a name with a byte order mark")
			}
		}()
		Var("\ufeffx")
	}()
}
