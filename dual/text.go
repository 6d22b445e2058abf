package dual

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/quartet-ad/ad"
)

// Format writes x as fmt writes a float64 under the same verb, flags and precision, each
// part in turn; the width is that of the whole. %v and %s are String. The flag 0 pads the
// value with zeros, unless it is Inf or NaN, and # is a float64's; %#v is %v. See
// fmt.Formatter.
func (x Number) Format(s fmt.State, verb rune) {
	formatted{x, func(each string) string {
		if x.IsConst() {
			return joined(each, []float64{x.v}, unitsOfNumber)
		}
		return joined(each, []float64{x.v, x.Tangent()}, unitsOfNumber)
	}}.write(s, verb)
}

// Format writes x as fmt writes a float64 under the same verb, flags and precision, each
// part in turn; width and flags are as Number's. %v and %s are String.
func (x Hyper) Format(s fmt.State, verb rune) {
	formatted{x, func(each string) string {
		if x.IsConst() {
			return joined(each, []float64{x.v}, unitsOfHyper)
		}
		return joined(each, []float64{x.v, x.e1 + 0, x.e2 + 0, x.e12 + 0}, unitsOfHyper)
	}}.write(s, verb)
}

// Format writes the coefficients as fmt writes a float64 under the same verb, flags and
// precision; width and flags are as Number's. %v and %s are String.
func (x Jet) Format(s fmt.State, verb rune) { formatted{x, x.text}.write(s, verb) }

// Format writes the coefficients as fmt writes numbers of type T under the same verb, flags
// and precision, an ad.Real as a float64; the width is that of the whole, and the flag 0
// pads the first number with zeros. %v and %s are String.
func (x JetOf[T]) Format(s fmt.State, verb rune) { formatted{x, x.text}.write(s, verb) }

// Format writes value and tangent as fmt writes numbers of type T under the same verb, flags
// and precision, an ad.Real as a float64; the width is that of the whole, and the flag 0
// pads the first number with zeros. %v and %s are String.
func (x Of[T]) Format(s fmt.State, verb rune) { formatted{x, x.text}.write(s, verb) }

// Format writes z as fmt writes a complex128 under the same verb, flags and precision;
// width and flags are as Number's, so that the width is that of the whole. %v and %s are
// String.
func (z Complex) Format(s fmt.State, verb rune) {
	formatted{z, func(each string) string { return fmt.Sprintf(each, complex128(z)) }}.write(s, verb)
}

// A formatted number is a text that is made of its parts.
type formatted struct {
	x    fmt.Stringer
	text func(each string) string // under the directive of each part
}

func (f formatted) write(s fmt.State, verb rune) {
	text := ""
	if strings.ContainsRune("vsgGeEfFxXb", verb) {
		text = f.text(directive(s, verb))
	} else {
		text = fmt.Sprintf("%%!%c(%T=%s)", verb, f.x, f.x)
	}
	width, _ := s.Width()
	missing := max(0, width-utf8.RuneCountInString(text))
	first := len(text) - len(strings.TrimLeft(text, "(+- ")) // where the first number begins
	zeros := s.Flag('0') && first < len(text) && '0' <= text[first] && text[first] <= '9'
	switch {
	case s.Flag('-'):
		text += strings.Repeat(" ", missing)
	case zeros:
		text = text[:first] + strings.Repeat("0", missing) + text[first:]
	default:
		text = strings.Repeat(" ", missing) + text
	}
	io.WriteString(s, text)
}

// directive returns what parts are written under.
func directive(s fmt.State, verb rune) string {
	if verb == 's' {
		verb = 'v'
	}
	each := "%"
	for _, flag := range "+ #" {
		if s.Flag(int(flag)) {
			each += string(flag)
		}
	}
	if p, ok := s.Precision(); ok {
		each += fmt.Sprintf(".%d", p)
	}
	return each + string(verb)
}

var (
	unitsOfNumber = []string{"", "ε"}
	unitsOfHyper  = []string{"", "ε₁", "ε₂", "ε₁ε₂"}
)

// joined returns numbers one after the other, those after the first with a sign.
func joined(each string, parts []float64, units []string) string {
	each = ofFloat(each)
	var text strings.Builder
	for i, part := range parts {
		directive := each
		if i > 0 {
			directive = "%+" + strings.TrimLeft(each, "%+ ")
		}
		fmt.Fprintf(&text, directive, part)
		text.WriteString(units[i])
	}
	return text.String()
}

// ofFloat returns the directive of a float64 that shows a sign where it is asked for: %g for %v.
func ofFloat(each string) string {
	if v, ok := strings.CutSuffix(each, "v"); ok {
		return strings.ReplaceAll(v, "#", "") + "g"
	}
	return each
}

// writeOne returns a number of any type under a directive.
func writeOne[T any](each string, x T) string {
	if r, ok := any(x).(ad.Real); ok { // whose String knows no precision
		return fmt.Sprintf(ofFloat(each), float64(r))
	}
	return fmt.Sprintf(each, x)
}

// MarshalText returns x as "2" for a constant and as "2+3ε" otherwise: what UnmarshalText
// reads back with the same bits.
func (x Number) MarshalText() ([]byte, error) {
	text := appendFloat(nil, x.v, false)
	if !x.IsConst() {
		text = append(appendFloat(text, x.Tangent(), true), "ε"...)
	}
	return text, nil
}

// UnmarshalText reads what MarshalText writes: a constant, or a number as New makes it.
//
// It returns an error that says which part of the text is no number, and where it begins.
func (x *Number) UnmarshalText(text []byte) error {
	parts, err := readParts(string(text), unitsOfNumber)
	if err != nil {
		return err
	}
	if *x = (Number{v: parts[0].v}); parts[1].there {
		*x = New(parts[0].v, parts[1].v)
	}
	return nil
}

// MarshalText returns the value and those other parts that are present, as
// "2+3ε₁-4ε₁ε₂": what UnmarshalText reads back with the same bits.
func (x Hyper) MarshalText() ([]byte, error) {
	text := appendFloat(nil, x.v, false)
	for i, e := range []float64{x.e1, x.e2, x.e12} {
		if !absent(e) {
			text = append(appendFloat(text, e+0, true), unitsOfHyper[1+i]...)
		}
	}
	return text, nil
}

// UnmarshalText reads what MarshalText writes.
//
// It returns an error that says which part of the text is no number, and where it begins.
func (x *Hyper) UnmarshalText(text []byte) error {
	parts, err := readParts(string(text), unitsOfHyper)
	if err != nil {
		return err
	}
	*x = Hyper{v: parts[0].v}
	for i, e := range []*float64{&x.e1, &x.e2, &x.e12} {
		if p := parts[1+i]; p.there {
			*e = present(p.v)
		}
	}
	return nil
}

// A part of a text is a number with its unit.
type part struct {
	v     float64
	there bool
}

// readParts reads numbers with units, the first of which is none; the others have a sign.
// Parts stand in the order of the units, and all but the first may be missing.
func readParts(s string, units []string) ([]part, error) {
	parts := make([]part, len(units))
	for from, k := 0, 0; k == 0 || from < len(s); k++ {
		end := from + endOfNumber(s[from:])
		number, unit := s[from:end], k
		for i := len(units) - 1; i > 0; i-- { // the longest first
			if strings.HasPrefix(s[end:], units[i]) {
				unit = i
				break
			}
		}
		v, err := strconv.ParseFloat(strings.TrimPrefix(number, "+"), 64)
		switch {
		case k == 0 && unit > 0:
			return nil, notNumber(s, end, "the value has a unit")
		case err != nil:
			return nil, notNumber(s, from, fmt.Sprintf("%.40q is no number", number))
		case k > 0 && (unit < k || !strings.HasPrefix(s[end:], units[unit]) || parts[unit].there):
			return nil, notNumber(s, end, "no unit")
		}
		parts[unit] = part{v, true}
		from = end
		if k > 0 {
			from += len(units[unit])
			k = unit
		}
		if from < len(s) && (k == len(units)-1 || s[from] != '+' && s[from] != '-') {
			return nil, notNumber(s, from, "no sign of a further part")
		}
	}
	return parts, nil
}

// endOfNumber returns where the number at the beginning of s ends: at a sign that is not its
// own or its exponent's, or at a unit.
func endOfNumber(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return i
		case i > 0 && (c == '+' || c == '-') && !strings.ContainsRune("eEpP", rune(s[i-1])):
			return i
		}
	}
	return len(s)
}

func notNumber(s string, at int, why string) error {
	return notText(s, at, "number such as 2 or 2+3ε", why)
}

// appendFloat appends the shortest form of x that reads back as x, with a sign if asked.
func appendFloat(text []byte, x float64, sign bool) []byte {
	if sign && (x != x || !math.Signbit(x) && !math.IsInf(x, 1)) {
		text = append(text, '+')
	}
	return strconv.AppendFloat(text, x, 'g', -1, 64)
}
