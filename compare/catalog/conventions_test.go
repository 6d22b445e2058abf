package catalog

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// decidedOtherwise lists the conventions where this module does not follow the
// reference, and why.
var decidedOtherwise = map[string]string{
	"bce/0": "a logarithm is not cut off at -100: the loss is +Inf, its slope -Inf",
	"bce/1": "the slope of -log p at p = 1 is -1; 0 comes of a clamped denominator",
	"bce/2": "a logarithm is not cut off at -100: the loss is +Inf, its slope +Inf",

	"softplus_threshold/0": "softplus has no threshold beyond which it would be x",
}

// TestConventions holds every kink, tie, pole and infinity of the reference
// against dual numbers, the tape and symbols.
func TestConventions(t *testing.T) {
	cases, err := golden.Load("conventions")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		x := inputs(c, "x", "y")
		want := append(inputsOf(c.Grads, "x", "y"), c.Value.Float())
		got := map[string][]float64{}
		for name, gradientTo := range map[string]func(dst []float64) float64{
			"dual":     func(dst []float64) float64 { return dual.GradientTo(dst, convention[dual.Number](t, c), x) },
			"reverse":  func(dst []float64) float64 { return reverse.GradientTo(dst, convention[reverse.Var](t, c), x) },
			"symbolic": func(dst []float64) float64 { return symbolic.GradientTo(dst, convention[symbolic.Expr](t, c), x) },
		} {
			g := make([]float64, len(x))
			y := gradientTo(g)
			got[name] = append(g, y)
		}
		for name, g := range got {
			agree := cmp.Equal(g, want, optest.ULP(4))
			if _, ok := decidedOtherwise[c.ID]; ok {
				if agree {
					t.Errorf("%s: %s follows the reference after all", c.ID, name)
				}
				continue
			}
			if !agree {
				t.Errorf("%s at %v by %s: gradient and value %v, want %v", c.ID, x, name, g, want)
			}
		}
		for _, name := range []string{"reverse", "symbolic"} {
			optest.Equal(t, fmt.Sprintf("%s at %v: by dual and by %s", c.ID, x, name), got[name], got["dual"], optest.ULP(8))
		}
	}
	if len(cases) != 198 {
		t.Errorf("%d cases, want 198", len(cases))
	}
}

// inputs returns the entries of the named inputs of a case one after the other.
func inputs(c golden.Case, names ...string) []float64 { return inputsOf(c.Inputs, names...) }

func inputsOf(tensors map[string]golden.Tensor, names ...string) []float64 {
	var x []float64
	for _, name := range names {
		x = append(x, tensors[name].Floats()...)
	}
	return x
}

// convention returns the function of a case. Most are known to symbolic.Parse
// by the name of the case; the others are spelt out.
func convention[T ad.Scalar[T]](t *testing.T, c golden.Case) func([]T) T {
	param := func(name string) float64 {
		v, ok := c.Params[name].(float64)
		if !ok {
			t.Fatalf("%s: no parameter %s", c.ID, name)
		}
		return v
	}
	zero := ad.Const[T](0)
	switch c.Op {
	case "round":
		return func(x []T) T { return ad.RoundToEven(x[0]) }
	case "pow_const_exp":
		return func(x []T) T { return ad.PowReal(x[0], param("y")) }
	case "reduce_max":
		return maxShared[T]
	case "reduce_min":
		return func(x []T) T { return maxShared(negated(x)).Neg() }
	case "max_with_index":
		return maxFirst[T]
	case "max_pool2d":
		return func(x []T) T {
			if len(x) == 4 {
				return maxFirst(x)
			}
			// Two windows of a 2×3 array, one beside the other; the case
			// adds up their slopes.
			return maxFirst([]T{x[0], x[1], x[3], x[4]}).Add(maxFirst([]T{x[1], x[2], x[4], x[5]}))
		}
	case "median":
		return func(x []T) T { return sorted(x)[(len(x)-1)/2] }
	case "norm2":
		return ad.Norm2[T]
	case "norm2_squared":
		return func(x []T) T { return ad.Square(ad.Norm2(x)) }
	case "norm1":
		return func(x []T) T { return l1Penalty(x, 1) }
	case "std":
		return func(x []T) T {
			mean := ad.Mean(x)
			d := each(x, x, func(v, _ T) T { return v.Sub(mean) })
			return ad.Norm2(d).Div(ad.Sqrt(ad.Const[T](float64(len(x)) - param("correction"))))
		}
	case "cosine_similarity":
		return func(x []T) T { return cosineSimilarity(x[:2], x[2:], param("eps")) }
	case "sinc":
		return func(x []T) T {
			p := ad.Const[T](math.Pi).Mul(x[0])
			return ad.Abs(x[0]).IfPos(ad.Sin(p).Div(p), ad.Const[T](1))
		}
	case "prod":
		return ad.Prod[T]
	case "logsumexp":
		return ad.LogSumExp[T]
	case "softmax":
		return func(x []T) T { return ad.Softmax(x)[1] }
	case "entropy_term":
		return func(x []T) T { return ad.XLogX(x[0]).Neg() }
	case "where_sqrt":
		return func(x []T) T { return x[0].IfPos(ad.Sqrt(x[0]), zero) }
	case "where_log":
		return func(x []T) T { return x[0].IfPos(ad.Log(x[0]), zero) }
	case "zero_times_pole":
		return func(x []T) T { return zero.Mul(ad.Sqrt(x[0])) }
	case "sqrt_of_square":
		return func(x []T) T { return ad.Sqrt(x[0].Mul(x[0])) }
	case "exp_log":
		return func(x []T) T { return ad.Exp(ad.Log(x[0])) }
	case "l1":
		return func(x []T) T { return absoluteError(x[0], ad.Const[T](param("target"))) }
	case "hinge":
		return func(x []T) T { return hinge(x[0], ad.Const[T](param("target")), 1) }
	case "bce":
		return func(x []T) T { return binaryCrossEntropy(x[0], ad.Const[T](param("target"))) }
	case "smooth_l1":
		return func(x []T) T { return smoothL1(x[0], ad.Const[T](param("target")), param("beta")) }
	case "cross_entropy_all_ignored":
		all := classes{label: []int{1, 1}, ignore: 1}
		return func(x []T) T { return reduceClasses(crossEntropy(rows(x, 2), all, 0), all, "mean")[0] }
	case "box_giou_degenerate":
		return func(x []T) T {
			self := make([]T, 4)
			for i, v := range c.Inputs["x"].Floats() {
				self[i] = ad.Const[T](v)
			}
			i, _ := overlap(x, self)
			return i
		}
	case "softplus_threshold":
		return func(x []T) T { return ad.Softplus(x[0], param("beta")) }
	}
	var args []string
	var vars []symbolic.Expr
	for _, name := range []string{"x", "y"} {
		if _, ok := c.Inputs[name]; ok {
			args = append(args, name)
			vars = append(vars, symbolic.Var(name))
		}
	}
	for _, name := range []string{"negative_slope", "alpha", "min", "max", "lambda", "beta"} {
		if p, ok := c.Params[name].(float64); ok {
			args = append(args, strconv.FormatFloat(p, 'g', -1, 64))
		}
	}
	e, err := symbolic.Parse(fmt.Sprintf("%s(%s)", c.Op, strings.Join(args, ", ")))
	if err != nil {
		t.Fatalf("%s: %v", c.ID, err)
	}
	return func(x []T) T { return symbolic.Eval(e, vars, x) }
}

// maxFirst returns the largest of x; of tied ones the first.
func maxFirst[T ad.Scalar[T]](x []T) T {
	m := x[0]
	for _, v := range x[1:] {
		m = v.Sub(m).IfPos(v, m)
	}
	return m
}

// maxShared returns the largest of x; tied ones share its slope.
func maxShared[T ad.Scalar[T]](x []T) T {
	m, zero, one := maxFirst(x), ad.Const[T](0), ad.Const[T](1)
	sum, n := zero, zero
	for _, v := range x {
		sum = sum.Add(m.Sub(v).IfPos(zero, v))
		n = n.Add(m.Sub(v).IfPos(zero, one))
	}
	return sum.Div(n)
}

// sorted sorts by a network of minima and maxima, in which ties share.
func sorted[T ad.Scalar[T]](x []T) []T {
	y := slices.Clone(x)
	for range y {
		for i := range y[1:] {
			y[i], y[i+1] = ad.Min(y[i], y[i+1]), ad.Max(y[i], y[i+1])
		}
	}
	return y
}

func negated[T ad.Scalar[T]](x []T) []T {
	y := make([]T, len(x))
	for i, v := range x {
		y[i] = v.Neg()
	}
	return y
}
