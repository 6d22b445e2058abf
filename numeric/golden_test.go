package numeric_test

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/diff/fd"
)

// An entry is a first or second derivative of a golden function, with respect to
// its arguments i and j.
type entry struct {
	c     golden.Case
	id    string
	op    string
	f     func(x []Real) Real
	x     []float64
	i, j  int
	slope float64 // the first derivative, at i
	want  float64
}

// entries returns the first (order 1) or second derivatives of the golden
// functions of one and two numbers.
func entries(t *testing.T, order int) []entry {
	cases, err := golden.Load("elementary")
	if err != nil {
		t.Fatal(err)
	}
	var all []entry
	for _, c := range cases {
		var x []float64
		for _, name := range []string{"x", "y"} {
			if in, ok := c.Inputs[name]; ok {
				x = append(x, in.Floats()...)
			}
		}
		f := scalar(c)
		if f == nil {
			if c.Grads != nil {
				t.Fatalf("%s: no function %q", c.ID, c.Op)
			}
			continue // a vector function
		}
		name := []string{"x", "y"}
		for i := range x {
			slope, ok := c.Grads[name[i]]
			if !ok {
				continue // a constant
			}
			e := entry{c, c.ID + "/" + name[i], c.Op, f, x, i, i, slope.Floats()[0], slope.Floats()[0]}
			if order == 1 {
				all = append(all, e)
				continue
			}
			for j := i; j < len(x); j++ {
				if want, ok := c.Hess[name[i]+","+name[j]]; ok {
					e.id, e.j, e.want = c.ID+"/"+name[i]+name[j], j, want.Floats()[0]
					all = append(all, e)
				}
			}
		}
	}
	return all
}

// resolved reports whether differences of float64 values of f can show the
// derivative at all, to the relative error tol:
//
//   - it is finite and not below 1e-290, and so is f;
//   - no kink, and no singularity as far as the next higher derivative shows, is
//     within a thousand places of x;
//   - half a unit in the last place of f, taken over a step of a quarter of |x| or
//     of 1, is less than a tenth of tol.
func (e entry) resolved(order int, next, tol float64) bool {
	y := math.Abs(float64(e.f(reals(e.x))))
	if !finite(y) || !finite(e.want) || math.Abs(e.want) < 1e-290 {
		return false
	}
	x := math.Abs(e.x[e.i])
	near := 0x1p10 * (math.Nextafter(x, math.Inf(1)) - x)
	if !(math.Abs(next)*near <= math.Abs(e.slope)) {
		return false
	}
	places := kinks[e.op]
	if e.op == "max" || e.op == "min" {
		places = []float64{e.x[1-e.i]}
	}
	if slices.ContainsFunc(places, func(kink float64) bool { return math.Abs(e.x[e.i]-kink) <= near }) {
		return false
	}
	for _, natural := range []bool{true, false} {
		step, largest := 1.0, y
		moved := func(sign float64) []float64 {
			z := slices.Clone(e.x)
			for _, i := range []int{e.i, e.j} {
				h := 0.25
				if natural {
					h = math.Abs(e.x[i]) / 4
				}
				z[i] = e.x[i] + sign*h
			}
			return z
		}
		for _, sign := range []float64{-1, 1} {
			largest = max(largest, math.Abs(float64(e.f(reals(moved(sign))))))
		}
		z := moved(1)
		step = z[e.i] - e.x[e.i]
		if order == 2 {
			step *= z[e.j] - e.x[e.j]
			largest *= 4
		}
		if largest*0x1p-53+math.SmallestNonzeroFloat64 <= tol/10*math.Abs(step*e.want) {
			return true
		}
	}
	return false
}

func TestGoldenDerivatives(t *testing.T) {
	curves := map[string]float64{}
	for _, e := range entries(t, 2) {
		if e.i == e.j {
			curves[e.id[:len(e.id)-1]] = e.want
		}
	}
	var s shares
	var forward, central int
	for _, e := range entries(t, 1) {
		f := func(xi float64) float64 {
			x := reals(e.x)
			x[e.i] = Real(xi)
			return float64(e.f(x))
		}
		r := numeric.DerivativeResult(f, e.x[e.i])
		resolved := e.resolved(1, curves[e.id], 1e-11)
		s.count(t, e.id, r, e.want, resolved, 1e-11, e.atJump())
		if resolved {
			forward += within(fd.Derivative(f, e.x[e.i], nil), e.want, 1e-11)
			central += within(fd.Derivative(f, e.x[e.i], &fd.Settings{Formula: fd.Central}), e.want, 1e-11)
		}
	}
	s.log(t, "first derivatives to 1e-11")
	t.Logf("gonum fd on the same points: Forward %.2f %%, Central %.2f %%",
		percent(forward, s.resolved), percent(central, s.resolved))
	if s.accurate < 2*central {
		t.Errorf("%d points are accurate, gonum's Central reaches %d", s.accurate, central)
	}
	s.check(t, 98, 1e-13, 20, 200)
}

// atJump reports whether f is a step function that jumps between x and the next
// float64. All that is to be seen of it is x rounded to the last place.
func (e entry) atJump() bool {
	return (e.op == "floor" || e.op == "ceil" || e.op == "trunc") && math.Abs(e.x[0]) == 0x1p52-0.5
}

func TestGoldenSecondDerivatives(t *testing.T) {
	var s shares
	for _, e := range entries(t, 2) {
		h := numeric.HessianResult(e.f, e.x)
		next := 0.0
		if e.i == e.j {
			next = e.want
		}
		// hypot at the least float64: a cone, of which the stencil of four
		// points sees nothing.
		cone := e.op == "hypot" && e.x[0] == math.SmallestNonzeroFloat64
		s.count(t, e.id, h[e.i][e.j], e.want, e.resolved(2, next, 1e-6), 1e-6, cone)
	}
	s.log(t, "second derivatives to 1e-6")
	s.check(t, 97, 1e-10, 30, 400)
}

type Real = numeric.Real

// unary and binary are golden's elementary functions by name.
func unary[T ad.Scalar[T]]() map[string]func(T) T {
	return map[string]func(T) T{
		"neg": T.Neg, "square": ad.Square[T], "cube": ad.Cube[T], "reciprocal": ad.Reciprocal[T],
		"sqrt": ad.Sqrt[T], "rsqrt": ad.Rsqrt[T], "cbrt": ad.Cbrt[T],
		"exp": ad.Exp[T], "exp2": ad.Exp2[T], "expm1": ad.Expm1[T],
		"log": ad.Log[T], "log2": ad.Log2[T], "log10": ad.Log10[T], "log1p": ad.Log1p[T],
		"sin": ad.Sin[T], "cos": ad.Cos[T], "tan": ad.Tan[T],
		"asin": ad.Asin[T], "acos": ad.Acos[T], "atan": ad.Atan[T],
		"sinh": ad.Sinh[T], "cosh": ad.Cosh[T], "tanh": ad.Tanh[T],
		"asinh": ad.Asinh[T], "acosh": ad.Acosh[T], "atanh": ad.Atanh[T],
		"abs": ad.Abs[T], "sign": ad.Sign[T], "floor": ad.Floor[T], "ceil": ad.Ceil[T], "trunc": ad.Trunc[T],
		"erf": ad.Erf[T], "erfc": ad.Erfc[T], "lgamma": ad.Lgamma[T],
		"sigmoid": ad.Sigmoid[T], "logsigmoid": ad.LogSigmoid[T],
		"relu": ad.ReLU[T], "relu6": ad.ReLU6[T], "selu": ad.SELU[T],
		"gelu_erf": ad.GELU[T], "gelu_tanh": ad.GELUTanh[T], "silu": ad.SiLU[T], "mish": ad.Mish[T],
		"hardsigmoid": ad.HardSigmoid[T], "hardswish": ad.HardSwish[T],
		"softsign": ad.Softsign[T], "tanhshrink": ad.TanhShrink[T],
	}
}

func binary[T ad.Scalar[T]]() map[string]func(x, y T) T {
	return map[string]func(x, y T) T{
		"add": T.Add, "sub": T.Sub, "mul": T.Mul, "div": T.Div,
		"pow": ad.Pow[T], "atan2": ad.Atan2[T], "hypot": ad.Hypot[T],
		"max": ad.Max[T], "min": ad.Min[T], "logaddexp": ad.LogAddExp[T],
	}
}

// parametric are the functions with parameters.
func parametric[T ad.Scalar[T]](param func(string) float64) map[string]func(T) T {
	return map[string]func(T) T{
		"softplus":   func(x T) T { return ad.Softplus(x, param("beta")) },
		"leaky_relu": func(x T) T { return ad.LeakyReLU(x, param("negative_slope")) },
		"elu":        func(x T) T { return ad.ELU(x, param("alpha")) },
		"celu":       func(x T) T { return ad.CELU(x, param("alpha")) },
		"hardtanh":   func(x T) T { return ad.HardTanh(x, param("min"), param("max")) },
		"hardshrink": func(x T) T { return ad.HardShrink(x, param("lambda")) },
		"softshrink": func(x T) T { return ad.SoftShrink(x, param("lambda")) },
	}
}

// kinks are the points where the functions are not smooth, but for ties.
var kinks = map[string][]float64{
	"abs": {0}, "relu": {0}, "relu6": {0, 6}, "leaky_relu": {0}, "elu": {0}, "celu": {0}, "selu": {0}, "softsign": {0},
	"hardtanh": {-1, 1}, "hardsigmoid": {-3, 3}, "hardswish": {-3, 3},
	"hardshrink": {-0.5, 0.5}, "softshrink": {-0.5, 0.5},
}

// scalar is scalarOver of Real.
func scalar(c golden.Case) func([]Real) Real { return scalarOver[Real](c) }

// scalarOver returns the function of a case, nil if it is a vector function.
func scalarOver[T ad.Scalar[T]](c golden.Case) func([]T) T {
	if f := unary[T]()[c.Op]; f != nil {
		return func(x []T) T { return f(x[0]) }
	}
	if f := binary[T]()[c.Op]; f != nil {
		return func(x []T) T { return f(x[0], x[1]) }
	}
	f := parametric[T](func(name string) float64 {
		if p, ok := c.Params[name]; ok {
			return p.(float64)
		}
		return 1 // softplus without a beta
	})[c.Op]
	if f == nil {
		return nil
	}
	return func(x []T) T { return f(x[0]) }
}
