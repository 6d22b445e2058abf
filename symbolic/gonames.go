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

// goFunctions are the functions of Go, or of the helpers, for rows by name.
var goFunctions = map[string]string{
	"sqrt": "math.Sqrt", "cbrt": "math.Cbrt", "exp": "math.Exp", "exp2": "math.Exp2", "expm1": "math.Expm1",
	"log": "math.Log", "log2": "math.Log2", "log10": "math.Log10", "log1p": "math.Log1p",
	"sin": "math.Sin", "cos": "math.Cos", "tan": "math.Tan", "asin": "math.Asin", "acos": "math.Acos", "atan": "math.Atan", "atan2": "math.Atan2",
	"sinh": "math.Sinh", "cosh": "math.Cosh", "tanh": "math.Tanh", "asinh": "math.Asinh", "acosh": "math.Acosh", "atanh": "math.Atanh",
	"abs": "math.Abs", "floor": "math.Floor", "ceil": "math.Ceil", "trunc": "math.Trunc", "round": "math.Round", "roundtoeven": "math.RoundToEven",
	"erf": "math.Erf", "erfc": "math.Erfc", "gamma": "math.Gamma", "pow": "math.Pow", "mod": "math.Mod", "lgamma": "lgamma", "digamma": "digamma", "reciprocal": "1/",

	"cube": "cube", "invpos": "invpos", "rcbrt": "rcbrt", "rcircle": "rcircle", "hyperbola": "hyperbola", "lorentzian": "lorentzian",
	"hypot": "hypot", "unit": "unit", "dipole": "dipole", "powslope": "powslope", "powlog": "powlog", "sec": "sec", "sech": "sech", "gauss": "gauss", "xlogy": "xlogy", "xdivy": "xdivy",
	"expdiff": "expdiff", "sigmoid": "sigmoid", "logsigmoid": "logsigmoid", "share": "share", "logaddexp": "logaddexp", "logplus": "logplus",
	"logpart": "logpart", "fraction": "fraction", "softplus": "softplus", "silu": "silu", "softsign": "softsign", "normpdf": "normpdf", "normcdf": "normcdf",
	"gelu_erf": "gelu", "leaky_relu": "leaky", "elu": "elu", "copysign": "copysign", "quotient": "quotient",
	"sign": "sign", "step": "step", "flat": "flat", "above": "above", "max": "larger", "min": "smaller", "pivot": "pivot",
	"relu": "relu", "relu6": "relu6", "hardsigmoid": "hardsigmoid", "hardswish": "hardswish",
	"unitslope": "unitslope", "unitcross": "unitcross", "quadrupole": "quadrupole", "crosspole": "crosspole", "xdivsquare": "xdivsquare",
	"powcurve": "powcurve", "powmix": "powmix", "powlog2": "powlog2", "softplusx": "softplusx", "softplusxx": "softplusxx",
	"softplusy": "softplusy", "softplusyy": "softplusyy", "binentropy": "binentropy", "gelu_tanh": "gelutanh", "gelugate": "gelugate", "gelusech": "gelusech",
	"mish": "mish", "tanhshrink": "tanhshrink", "selu": "selu", "hardshrink": "hardshrink", "softshrink": "softshrink", "expgap": "expgap",
	"celu": "celu", "celux": "celux", "celuy": "celuy", "celuxx": "celuxx", "celuxy": "celuxy", "celuyy": "celuyy", "polygamma": "polygamma",
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
