package dual

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Format writes x as fmt writes a float64 under the same verb, flags and precision, each
// part in turn; %v is String. See fmt.Formatter.
func (x Number) Format(s fmt.State, verb rune) {
	parts := []float64{x.v}
	if !x.IsConst() {
		parts = append(parts, x.Tangent())
	}
	formatParts(s, verb, parts, []string{"", "ε"})
}

// Format writes x as fmt writes a float64 under the same verb, flags and precision, each
// part in turn; %v is String. See fmt.Formatter.
func (x Hyper) Format(s fmt.State, verb rune) {
	parts := []float64{x.v}
	if !x.IsConst() {
		parts = append(parts, x.e1+0, x.e2+0, x.e12+0)
	}
	formatParts(s, verb, parts, []string{"", "ε₁", "ε₂", "ε₁ε₂"})
}

// formatParts writes numbers one after the other, those after the first with a sign.
func formatParts(s fmt.State, verb rune, parts []float64, units []string) {
	if verb == 's' || verb == 'v' {
		verb = 'g' // which %v is, and which takes a sign
	}
	var format strings.Builder
	format.WriteByte('%')
	for _, flag := range "+# 0" {
		if s.Flag(int(flag)) && flag != '#' {
			format.WriteRune(flag)
		}
	}
	if p, ok := s.Precision(); ok {
		fmt.Fprintf(&format, ".%d", p)
	}
	format.WriteRune(verb)
	signed := strings.Replace(format.String(), "%", "%+", 1)
	var text strings.Builder
	for i, part := range parts {
		verbs := format.String()
		if i > 0 {
			verbs = signed
		}
		fmt.Fprintf(&text, verbs, part)
		text.WriteString(units[i])
	}
	width, _ := s.Width()
	fill := strings.Repeat(" ", max(0, width-len([]rune(text.String()))))
	if s.Flag('-') {
		fmt.Fprint(s, text.String()+fill)
		return
	}
	fmt.Fprint(s, fill+text.String())
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
func (x *Number) UnmarshalText(text []byte) error {
	s := string(text)
	body, dual := strings.CutSuffix(s, "ε")
	if !dual {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return notNumber(s)
		}
		*x = Number{v: v}
		return nil
	}
	at := lastSign(body)
	if at <= 0 {
		return notNumber(s)
	}
	v, err := strconv.ParseFloat(body[:at], 64)
	t, err2 := strconv.ParseFloat(strings.TrimPrefix(body[at:], "+"), 64)
	if err != nil || err2 != nil {
		return notNumber(s)
	}
	*x = New(v, t)
	return nil
}

// lastSign returns where the last sign in s stands that belongs to no exponent.
func lastSign(s string) int {
	for i := len(s) - 1; i > 0; i-- {
		if (s[i] == '+' || s[i] == '-') && s[i-1] != 'e' && s[i-1] != 'E' {
			return i
		}
	}
	return -1
}

func notNumber(s string) error {
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return fmt.Errorf("dual: %q is no dual number, such as 2 or 2+3ε", s)
}

// appendFloat appends the shortest form of x that reads back as x, with a sign if asked.
func appendFloat(text []byte, x float64, sign bool) []byte {
	if sign && (x != x || !math.Signbit(x) && !math.IsInf(x, 1)) {
		text = append(text, '+')
	}
	return strconv.AppendFloat(text, x, 'g', -1, 64)
}
