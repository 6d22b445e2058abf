package gosource

// Functions are the functions of Go, or of the helpers, for rows by name.
var Functions = map[string]string{
	"sqrt": "math.Sqrt", "cbrt": "math.Cbrt", "exp": "math.Exp", "exp2": "math.Exp2", "expm1": "math.Expm1",
	"log": "math.Log", "log2": "math.Log2", "log10": "math.Log10", "log1p": "math.Log1p",
	"sin": "math.Sin", "cos": "math.Cos", "tan": "math.Tan", "asin": "math.Asin", "acos": "math.Acos", "atan": "math.Atan", "atan2": "math.Atan2",
	"sinh": "math.Sinh", "cosh": "math.Cosh", "tanh": "math.Tanh", "asinh": "math.Asinh", "acosh": "math.Acosh", "atanh": "math.Atanh",
	"abs": "math.Abs", "floor": "math.Floor", "ceil": "math.Ceil", "trunc": "math.Trunc", "round": "math.Round", "roundtoeven": "math.RoundToEven",
	"erf": "math.Erf", "erfc": "math.Erfc", "gamma": "math.Gamma", "pow": "math.Pow", "mod": "math.Mod", "lgamma": "lgamma", "digamma": "digamma", "reciprocal": "1/",

	"cube": "cube", "invpos": "invpos", "rsqrt": "rsqrt", "rcbrt": "rcbrt", "rcircle": "rcircle", "hyperbola": "hyperbola", "lorentzian": "lorentzian",
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
