package numeric_test

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/numeric"
)

type Real = numeric.Real

// unary and binary are golden's elementary functions by name.
var unary = map[string]func(Real) Real{
	"neg": Real.Neg, "square": ad.Square[Real], "cube": ad.Cube[Real], "reciprocal": ad.Reciprocal[Real],
	"sqrt": ad.Sqrt[Real], "rsqrt": ad.Rsqrt[Real], "cbrt": ad.Cbrt[Real],
	"exp": ad.Exp[Real], "exp2": ad.Exp2[Real], "expm1": ad.Expm1[Real],
	"log": ad.Log[Real], "log2": ad.Log2[Real], "log10": ad.Log10[Real], "log1p": ad.Log1p[Real],
	"sin": ad.Sin[Real], "cos": ad.Cos[Real], "tan": ad.Tan[Real],
	"asin": ad.Asin[Real], "acos": ad.Acos[Real], "atan": ad.Atan[Real],
	"sinh": ad.Sinh[Real], "cosh": ad.Cosh[Real], "tanh": ad.Tanh[Real],
	"asinh": ad.Asinh[Real], "acosh": ad.Acosh[Real], "atanh": ad.Atanh[Real],
	"abs": ad.Abs[Real], "sign": ad.Sign[Real], "floor": ad.Floor[Real], "ceil": ad.Ceil[Real], "trunc": ad.Trunc[Real],
	"erf": ad.Erf[Real], "erfc": ad.Erfc[Real], "lgamma": ad.Lgamma[Real],
	"sigmoid": ad.Sigmoid[Real], "logsigmoid": ad.LogSigmoid[Real],
	"relu": ad.ReLU[Real], "relu6": ad.ReLU6[Real], "selu": ad.SELU[Real],
	"gelu_erf": ad.GELU[Real], "gelu_tanh": ad.GELUTanh[Real], "silu": ad.SiLU[Real], "mish": ad.Mish[Real],
	"hardsigmoid": ad.HardSigmoid[Real], "hardswish": ad.HardSwish[Real],
	"softsign": ad.Softsign[Real], "tanhshrink": ad.TanhShrink[Real],
}

var binary = map[string]func(x, y Real) Real{
	"add": Real.Add, "sub": Real.Sub, "mul": Real.Mul, "div": Real.Div,
	"pow": ad.Pow[Real], "atan2": ad.Atan2[Real], "hypot": ad.Hypot[Real],
	"max": ad.Max[Real], "min": ad.Min[Real], "logaddexp": ad.LogAddExp[Real],
}

// parametric are the functions with parameters.
var parametric = map[string]func(param func(string) float64) func(Real) Real{
	"softplus": func(param func(string) float64) func(Real) Real {
		return func(x Real) Real { return ad.Softplus(x, param("beta")) }
	},
	"leaky_relu": func(param func(string) float64) func(Real) Real {
		return func(x Real) Real { return ad.LeakyReLU(x, param("negative_slope")) }
	},
	"elu": func(param func(string) float64) func(Real) Real {
		return func(x Real) Real { return ad.ELU(x, param("alpha")) }
	},
	"celu": func(param func(string) float64) func(Real) Real {
		return func(x Real) Real { return ad.CELU(x, param("alpha")) }
	},
	"hardtanh": func(param func(string) float64) func(Real) Real {
		return func(x Real) Real { return ad.HardTanh(x, param("min"), param("max")) }
	},
	"hardshrink": func(param func(string) float64) func(Real) Real {
		return func(x Real) Real { return ad.HardShrink(x, param("lambda")) }
	},
	"softshrink": func(param func(string) float64) func(Real) Real {
		return func(x Real) Real { return ad.SoftShrink(x, param("lambda")) }
	},
}

// kinks are the points where the functions are not smooth, but for ties.
var kinks = map[string][]float64{
	"abs": {0}, "relu": {0}, "relu6": {0, 6}, "leaky_relu": {0}, "elu": {0}, "celu": {0}, "selu": {0}, "softsign": {0},
	"hardtanh": {-1, 1}, "hardsigmoid": {-3, 3}, "hardswish": {-3, 3},
	"hardshrink": {-0.5, 0.5}, "softshrink": {-0.5, 0.5},
}

func scalar(c golden.Case) func([]Real) Real {
	if f := unary[c.Op]; f != nil {
		return func(x []Real) Real { return f(x[0]) }
	}
	if f := binary[c.Op]; f != nil {
		return func(x []Real) Real { return f(x[0], x[1]) }
	}
	if with := parametric[c.Op]; with != nil {
		f := with(func(name string) float64 {
			if p, ok := c.Params[name]; ok {
				return p.(float64)
			}
			return 1 // softplus without a beta
		})
		return func(x []Real) Real { return f(x[0]) }
	}
	return nil
}
