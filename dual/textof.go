package dual

import (
	"encoding"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad"
)

// mostTextOrder is the greatest order of a series that has a text: a few bytes should not
// ask for much memory.
const mostTextOrder = 1<<16 - 1

// MarshalText returns x as "2" for a constant and as "2+3t+4t²+O(t³)" otherwise, with the
// order that follows the last one kept: what UnmarshalText reads back with the same bits.
//
// It returns an error for a series of several variables, as there are inside of Partial,
// and for an order above 65535.
func (x Jet) MarshalText() ([]byte, error) {
	if x.deep != nil {
		return nil, errors.New("dual: a Jet of several variables has no text")
	}
	return x.s.MarshalText()
}

// UnmarshalText reads what MarshalText writes: a constant, or a series that belongs to no
// operator, as the numbers that New makes. Coefficients stand in the order of their powers,
// none left out; a series without O is truncated after its last one. Calculate with series
// of one order only: of two, the coefficients that the shorter one lacks count as 0.
//
// It returns an error that says which part of the text is wrong, and where it begins.
func (x *Jet) UnmarshalText(text []byte) error {
	var s JetOf[ad.Real]
	if err := s.UnmarshalText(text); err != nil {
		return err
	}
	*x = Jet{s: s}
	return nil
}

// MarshalText returns x as Jet.MarshalText does, each coefficient with its own text in
// brackets, as "(2+1ε)+(3)t+O(t³)"; an ad.Real has no brackets.
//
// It returns an error if T is neither ad.Real nor an encoding.TextMarshaler, and for an
// order above 65535.
func (x JetOf[T]) MarshalText() ([]byte, error) {
	order := x.Order()
	if order > mostTextOrder {
		return nil, fmt.Errorf("dual: a series of order %d has no text, want %d or less", order, mostTextOrder)
	}
	if order == 0 {
		return appendCoefficient(nil, x.Coef(0))
	}
	var text []byte
	for k, c := range x.c {
		var err error
		if text, err = appendCoefficient(text, c); err != nil {
			return nil, err
		}
		text = append(text, tPower(k)...)
	}
	return append(text, "+O("+tPower(order+1)+")"...), nil
}

// UnmarshalText reads what MarshalText writes, as Jet.UnmarshalText does.
//
// It returns an error that says which part of the text is wrong, and where it begins, or
// that T is neither ad.Real nor an encoding.TextUnmarshaler.
func (x *JetOf[T]) UnmarshalText(text []byte) error {
	s := string(text)
	const like = "series such as 2+3t+O(t³)"
	c, at, err := readCoefficient[T](s, 0, like)
	if err != nil {
		return err
	}
	list, order := []T{c}, 0
	for at < len(s) {
		if after, ok := strings.CutPrefix(s[at:], "+O("); ok {
			end := strings.IndexByte(after, ')')
			if order = exponent(after[:max(end, 0)]) - 1; order < 1 {
				return notText(s, at, like, fmt.Sprintf("no order O(t²) to O(%s)", tPower(mostTextOrder+1)))
			}
			if order < len(list)-1 {
				return notText(s, at, like, fmt.Sprintf("an order %d of %d coefficients", order, len(list)))
			}
			if at += len("+O(") + end + 1; at < len(s) {
				return notText(s, at, like, "something after the order")
			}
			break
		}
		from := at
		if c, at, err = readCoefficient[T](s, from, like); err != nil {
			return err
		}
		unit := tPower(len(list))
		if !strings.HasPrefix(s[at:], unit) {
			return notText(s, at, like, "no "+unit)
		}
		at += len(unit)
		list, order = append(list, c), len(list)
	}
	switch {
	case order > mostTextOrder:
		return notText(s, 0, like, fmt.Sprintf("order %d, want %d or less", order, mostTextOrder))
	case order == 0:
		*x = JetOf[T]{c0: c}
	default:
		*x = JetOf[T]{c: list, st: store[T]{len: order + 1}, tag: free}
	}
	return nil
}

// MarshalText returns x as "(2)" for a constant and as "(2)+(3)ε" otherwise, with the texts
// of T: what UnmarshalText reads back with the same bits.
//
// It returns an error if T is neither ad.Real nor an encoding.TextMarshaler.
func (x Of[T]) MarshalText() ([]byte, error) {
	v, err := textOf(x.v)
	if err != nil || x.IsConst() {
		return bracketed(v), err
	}
	t, err := textOf(x.t)
	if err != nil {
		return nil, err
	}
	return []byte(string(bracketed(v)) + "+" + string(bracketed(t)) + "ε"), nil
}

// UnmarshalText reads what MarshalText writes: a constant, or a number that belongs to no
// operator, as New makes it.
//
// It returns an error that says which part of the text is wrong, and where it begins, or
// that T is neither ad.Real nor an encoding.TextUnmarshaler.
func (x *Of[T]) UnmarshalText(text []byte) error {
	s := string(text)
	const like = "number such as (2) or (2)+(3)ε"
	var y Of[T]
	end, err := readBracketed(s, 0, like, &y.v)
	if err != nil {
		return err
	}
	if end < len(s) {
		if s[end] != '+' {
			return notText(s, end, like, "no sign of a tangent")
		}
		if end, err = readBracketed(s, end+1, like, &y.t); err != nil {
			return err
		}
		if s[end:] != "ε" {
			return notText(s, end, like, "no unit ε at the end")
		}
		y.tag = free
	}
	*x = y
	return nil
}

// MarshalText returns z as String does: what UnmarshalText reads back with the same bits.
func (z Complex) MarshalText() ([]byte, error) { return []byte(z.String()), nil }

// UnmarshalText reads what MarshalText writes, and a real number without brackets.
//
// It returns an error that says which part of the text is no number, and where it begins.
func (z *Complex) UnmarshalText(text []byte) error {
	s := string(text)
	const like = "complex number such as (1+2i)"
	from, to := 0, len(s)
	if strings.HasPrefix(s, "(") {
		if !strings.HasSuffix(s, "i)") {
			return notText(s, len(s), like, "no i) at the end")
		}
		from, to = 1, len(s)-len("i)")
	}
	mid := from + endOfNumber(s[from:to])
	re, err := readFloat(s, from, mid, like)
	if err != nil {
		return err
	}
	im := 0.0
	if from == 1 {
		if im, err = readFloat(s, mid, to, like); err != nil {
			return err
		}
	} else if mid < to {
		return notText(s, mid, like, "no brackets around two parts")
	}
	*z = Complex(complex(re, im))
	return nil
}

func readFloat(s string, from, to int, like string) (float64, error) {
	number, plus := strings.CutPrefix(s[from:to], "+") // NaN has a sign here, unlike strconv's
	x, err := strconv.ParseFloat(number, 64)
	if err != nil || plus && strings.ContainsAny(number[:1], "+-") {
		return 0, notText(s, from, like, fmt.Sprintf("%.40q is no number", s[from:to]))
	}
	return x, nil
}

// textOf returns the text of a number of any type.
func textOf[T any](x T) ([]byte, error) {
	switch x := any(x).(type) {
	case ad.Real:
		return appendFloat(nil, float64(x), false), nil
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		if err == nil && closing(string(bracketed(text))) != len(text)+1 {
			err = fmt.Errorf("dual: %.40q of a %T has brackets that do not match", text, x)
		}
		return text, err
	}
	return nil, fmt.Errorf("dual: %T has no text: it is no encoding.TextMarshaler", x)
}

func bracketed(text []byte) []byte { return []byte("(" + string(text) + ")") }

// appendCoefficient appends a number of any type: with a sign if it is not the first.
func appendCoefficient[T any](text []byte, x T) ([]byte, error) {
	if r, ok := any(x).(ad.Real); ok {
		return appendFloat(text, float64(r), len(text) > 0), nil
	}
	if len(text) > 0 {
		text = append(text, '+')
	}
	c, err := textOf(x)
	return append(text, bracketed(c)...), err
}

// readCoefficient reads a number that begins at a byte of s, with a sign if it is not the
// first, and returns where it ends.
func readCoefficient[T any](s string, from int, like string) (x T, end int, err error) {
	r, ok := any(&x).(*ad.Real)
	if from > 0 && (from == len(s) || s[from] != '+' && (!ok || s[from] != '-')) {
		return x, 0, notText(s, from, like, "no sign of a further part")
	}
	if ok {
		end = from + len(strings.TrimSuffix(s[from:from+endOfNumber(s[from:])], "t"))
		v, err := readFloat(s, from, end, like)
		*r = ad.Real(v)
		return x, end, err
	}
	if from > 0 {
		from++
	}
	end, err = readBracketed(s, from, like, &x)
	return x, end, err
}

// readBracketed reads a number in brackets that begin at a byte of s, and returns where
// they end.
func readBracketed[T any](s string, from int, like string, x *T) (end int, err error) {
	inner := closing(s[from:])
	if inner < 0 {
		return 0, notText(s, from, like, "no number in brackets")
	}
	text := s[from+1 : from+inner]
	switch x := any(x).(type) {
	case *ad.Real:
		v, err := readFloat(s, from+1, from+inner, like)
		*x = ad.Real(v)
		return from + inner + 1, err
	case encoding.TextUnmarshaler:
		if err := x.UnmarshalText([]byte(text)); err != nil {
			return 0, fmt.Errorf("dual: in the brackets at byte %d: %w", from, err)
		}
		return from + inner + 1, nil
	}
	return 0, fmt.Errorf("dual: %T has no text: it is no encoding.TextUnmarshaler", *x)
}

// closing returns where the bracket closes that s begins with, or -1.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && i > 0 {
			return i
		}
		if depth <= 0 {
			return -1
		}
	}
	return -1
}

// tPower returns "" for t⁰, "t" for t¹ and "t" with its exponent otherwise.
func tPower(k int) string {
	switch k {
	case 0:
		return ""
	case 1:
		return "t"
	}
	var text strings.Builder
	text.WriteByte('t')
	for _, digit := range strconv.Itoa(k) {
		text.WriteRune(superscripts[digit-'0'])
	}
	return text.String()
}

// exponent returns k of what tPower(k) returns, for k from 2 to mostTextOrder+1, or 0.
func exponent(s string) int {
	k := 0
	for _, r := range strings.TrimPrefix(s, "t") {
		if k = 10*k + max(0, slices.Index(superscripts, r)); k > mostTextOrder+1 {
			return 0
		}
	}
	if k < 2 || tPower(k) != s {
		return 0
	}
	return k
}

var superscripts = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")

func notText(s string, at int, like, why string) error {
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return fmt.Errorf("dual: %q is no %s: %s, at byte %d", s, like, why, at)
}
