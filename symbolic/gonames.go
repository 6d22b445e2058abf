package symbolic

import (
	"math"
	"slices"
	"strconv"

	"github.com/quartet-ad/ad/internal/rule"
)

func knownRow(row *rule.Func) bool {
	return slices.Contains(rule.Functions, row) || slices.Contains(rule.Helpers, row)
}

func knownRow2(row *rule.Func2) bool {
	return slices.Contains(rule.Functions2, row) || slices.Contains(rule.Helpers2, row)
}

func goNumber(c float64) goText {
	switch {
	case c != c:
		return goText{"math.NaN()", 7}
	case math.IsInf(c, 0):
		if c > 0 {
			return goText{"math.Inf(1)", 7}
		}
		return goText{"math.Inf(-1)", 7}
	case c == 0 && math.Signbit(c):
		return goText{"math.Copysign(0, -1)", 7}
	}
	text := strconv.FormatFloat(c, 'g', -1, 64)
	if c < 0 {
		return goText{text, 6}
	}
	return goText{text, 7}
}
