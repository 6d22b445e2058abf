package trace

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Float is a number that JSON can hold, whatever it is: "NaN", "+Inf" and "-Inf" are
// written as strings.
type Float float64

// MarshalJSON writes the shortest number that reads back as x.
func (x Float) MarshalJSON() ([]byte, error) {
	text := strconv.FormatFloat(float64(x), 'g', -1, 64)
	if v := float64(x); v != v || math.IsInf(v, 0) {
		text = strconv.Quote(text)
	}
	return []byte(text), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (x *Float) UnmarshalJSON(text []byte) error {
	s := string(text)
	if strings.HasPrefix(s, `"`) {
		if err := json.Unmarshal(text, &s); err != nil {
			return err
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return fmt.Errorf("trace: %q is no number", s)
	}
	*x = Float(v)
	return nil
}

// Short returns a number for people: with three decimals, as in the literature, or three
// digits and a power of ten where that would show nothing.
func Short(x float64) string {
	switch a := math.Abs(x); {
	case x != x:
		return "NaN"
	case math.IsInf(x, 0):
		return strconv.FormatFloat(x, 'g', -1, 64)
	case a != 0 && a < 0.0095 || a >= 1e6:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', 2, 64), "e")
		if strings.Contains(mantissa, ".") {
			mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		}
		e, _ := strconv.Atoi(exponent)
		return mantissa + "·10" + raised(e)
	}
	text := strconv.FormatFloat(x, 'f', 3, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// The figures of exponents and of indices.
var (
	raising = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	lowering = strings.NewReplacer("-", "₋", "0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄",
		"5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")
)

// raised returns an exponent.
func raised(e int) string { return raising.Replace(strconv.Itoa(e)) }

// lowered returns an index.
func lowered(i int) string { return lowering.Replace(strconv.Itoa(i)) }
