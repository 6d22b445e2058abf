package precise

import (
	"math/big"

	"github.com/quartet-ad/ad"
)

// functions are the elementary functions of one variable: each returns value and slope.
var functions = map[string]func(x *big.Float) (y, slope *big.Float){
	"exp":   func(x *big.Float) (y, s *big.Float) { y = exp(x); return y, y },
	"expm1": func(x *big.Float) (y, s *big.Float) { return expm1(x), exp(x) },
	"log":   func(x *big.Float) (y, s *big.Float) { return log(x), div(one, x) },
	"log1p": func(x *big.Float) (y, s *big.Float) { return log1p(x), div(one, number().Add(x, one)) },
	"sqrt": func(x *big.Float) (y, s *big.Float) {
		if x.Sign() < 0 {
			refuse("the square root of a negative number")
		}
		y = number().Sqrt(x)
		return y, div(half, y)
	},
	"sin": func(x *big.Float) (y, s *big.Float) { return sinCos(x) },
	"cos": func(x *big.Float) (y, s *big.Float) { s, y = sinCos(x); return y, number().Neg(s) },
	"tan": func(x *big.Float) (y, s *big.Float) {
		a, b := sinCos(x)
		y = div(a, b)
		return y, number().Add(one, mul(y, y))
	},
	"sinh": func(x *big.Float) (y, s *big.Float) { return hyperbolic(x) },
	"cosh": func(x *big.Float) (y, s *big.Float) { s, y = hyperbolic(x); return y, s },
	"tanh": func(x *big.Float) (y, s *big.Float) {
		a, b := hyperbolic(x)
		return div(a, b), div(one, mul(b, b))
	},
	"sigmoid": func(x *big.Float) (y, s *big.Float) {
		e := exp(number().Neg(x))
		y = div(one, number().Add(one, e))
		return y, mul(mul(y, y), e)
	},
	"atan": func(x *big.Float) (y, s *big.Float) { return atan(x), div(one, number().Add(one, mul(x, x))) },
	"asin": func(x *big.Float) (y, s *big.Float) {
		c := number().Sub(one, mul(x, x))
		if c.Sign() <= 0 {
			refuse("asin at ±1 or beyond")
		}
		root := number().Sqrt(c)
		return atan(div(x, root)), div(one, root)
	},
	"abs": func(x *big.Float) (y, s *big.Float) {
		if x.Sign() == 0 {
			refuse("|x| at 0 has no derivative")
		}
		return number().Abs(x), number().SetInt64(int64(x.Sign()))
	},
	"square": func(x *big.Float) (y, s *big.Float) { return mul(x, x), mul(two, x) },
}

// Known reports whether there is an elementary function of that name here.
func Known(name string) bool { return functions[name] != nil }

// Apply returns the elementary function op of x, or refuses.
func (x Number) Apply(op ad.Op) Number {
	f := functions[op.String()]
	if f == nil {
		refuse("the referee does not know %s", op)
	}
	y, slope := f(x.v())
	return Number{y, mul(slope, x.t())}
}

// Apply2 returns a power, the distance from the origin, or the larger or smaller of two
// numbers that differ; or it refuses.
func (x Number) Apply2(op ad.Op2, y Number) Number {
	switch op.String() {
	case "pow":
		return x.pow(y)
	case "hypot":
		r := number().Sqrt(number().Add(mul(x.v(), x.v()), mul(y.v(), y.v())))
		return Number{r, div(number().Add(mul(x.v(), x.t()), mul(y.v(), y.t())), r)}
	case "max", "min":
		c := x.v().Cmp(y.v())
		if c == 0 {
			refuse("%s of equal numbers has no derivative", op)
		}
		if (c > 0) == (op.String() == "max") {
			return x
		}
		return y
	}
	refuse("the referee does not know %s", op)
	return x
}

// pow returns x to the power of y: by multiplication for small whole exponents that do not
// move, and by the logarithm for others.
func (x Number) pow(y Number) Number {
	if n, exact := y.v().Int64(); exact == big.Exact && y.t().Sign() == 0 && n >= -1000 && n <= 1000 {
		z := Number{one, nil}
		for range max(n, -n) {
			z = z.Mul(x)
		}
		if n < 0 {
			z = Number{one, nil}.Div(z)
		}
		return z
	}
	l := log(x.v())
	v := exp(mul(y.v(), l))
	return Number{v, mul(v, number().Add(mul(y.t(), l), div(mul(y.v(), x.t()), x.v())))}
}
