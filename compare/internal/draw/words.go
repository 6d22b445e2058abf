package draw

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/quartet-ad/ad/compare/trace"
)

// Title returns the formula, or where it is long what it was called.
func Title(t *trace.Trace) string {
	if n := Width(t.Formula.Text); n > 0 && n <= max(160, 2*Width(t.Name)) {
		return t.Formula.Text
	}
	if len(t.Lines) > 0 && t.Lines[len(t.Lines)-1].Place != "" {
		return t.Name + "(…)"
	}
	return Clip(t.Name, 300)
}

// Width returns how many places a text takes: accents take none.
func Width(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}

// Digits returns all digits of a number.
func Digits(x trace.Float) string {
	if math.Abs(float64(x)) < 1e21 && x == trace.Float(math.Trunc(float64(x))) {
		return fmt.Sprintf("%.0f", x+0)
	}
	return fmt.Sprint(float64(x))
}

// Bracket puts parentheses around a number that has a sign or a power of ten.
func Bracket(number string) string {
	if strings.ContainsAny(number, "-·") {
		return "(" + number + ")"
	}
	return number
}

// Plural returns a count of things, whose name is that of one.
func Plural(n float64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	text := fmt.Sprintf("%.0f", n)
	if n >= 1e6 {
		text = trace.Short(n)
	}
	if w, ok := strings.CutPrefix(what, "more "); ok {
		return text + " more " + w + "s"
	}
	return text + " " + what + "s"
}

// Times returns a count, and what multiple of the function it is.
func Times(n, of int) string {
	if n < 0 {
		return "-"
	}
	return fmt.Sprintf("%d (×%.1f)", n, float64(n)/math.Max(1, float64(of)))
}

// Clip returns s, cut to so many runes, of which the last is then an ellipsis.
func Clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
