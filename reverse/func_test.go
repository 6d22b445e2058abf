package reverse

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

var negativeZero = math.Copysign(0, -1)

func rosenbrockOf[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	z := ad.Const[T](0)
	for i := range len(x) - 1 {
		a := one.Sub(x[i])
		b := x[i+1].Sub(x[i].Mul(x[i]))
		z = z.Add(a.Mul(a)).Add(hundred.Mul(b).Mul(b))
	}
	return z
}

// medley has statements of every kind.
func medley(x []Var) []Var {
	c := ad.Const[Var]
	a := ad.Sin(x[0]).Mul(x[1]).Add(ad.Exp(x[2].Div(c(3))))
	b := x[0].Sub(x[1]).IfPos(x[0].Mul(c(2)), ad.Tanh(x[2]))
	d := ad.LogSumExp(x)
	e := ad.Max(x[0], x[1]).Add(ad.Hypot(x[1], x[2])).Sub(c(1).Sub(x[0])).Add(c(2).Div(x[2])).Add(x[0].Mul(x[1]))
	return []Var{a.Mul(b).Add(d), e.Neg().Mul(ad.SumSq(x)), c(7), ad.Dot(x, []Var{a, b, c(2)})}
}

// edges are functions at the edges of what there is.
var edges = []struct {
	name   string
	f      func([]Var) []Var
	points [][]float64
}{
	{"medley", medley, [][]float64{{1, 2, 3}, {2, 1, -1}, {1, 1, 1}, {nan, 1, 2}, {inf, 1, 0}, {0, negativeZero, 0}}},
	{"inputs", func(x []Var) []Var { return x }, [][]float64{{1, 2}, {nan, negativeZero}}},
	{"one twice", func(x []Var) []Var { y := ad.Sin(x[0]); return []Var{y, y, ad.Sin(x[0])} }, [][]float64{{1, 2}}},
	{"constants", func(x []Var) []Var { return []Var{{}, {value: 3}, {value: 3}} }, [][]float64{{1, 2}, {nan, inf}}},
	{"strong zero", func(x []Var) []Var {
		return []Var{
			ad.Sqrt(x[0].Mul(x[0])), ad.Exp(ad.Log(x[0])), x[0].Mul(Var{}).Add(x[1]), ad.Sqrt(Var{}).Mul(x[1]),
			x[1].IfPos(x[0], ad.Sqrt(x[0])), ad.Sqrt(x[1].IfPos(Var{}, Var{})).Add(x[0]),
		}
	}, [][]float64{{0, 1}, {0, 0}, {inf, 1}, {-1, -1}, {0, nan}}},
	{"choices between constants", func(x []Var) []Var {
		y := x[0].IfPos(Var{value: 2}, Var{value: -2})
		return []Var{y, y.Mul(x[0]), y.IfPos(Var{value: 1}, x[0])}
	}, [][]float64{{1}, {-1}, {0}, {nan}}},
	{"a choice by NaN", func(x []Var) []Var {
		return []Var{Var{value: nan}.IfPos(x[0], x[1]), Var{value: nan}.IfPos(Var{}, x[1]).Add(x[0])}
	}, [][]float64{{1, 2}}},
	{"a square", func(x []Var) []Var { return []Var{ad.Exp(x[0].Mul(x[0]).Neg()), x[0].Mul(x[0])} }, [][]float64{{3}, {1.7e308}, {-inf}}},
	{"sums of zeros", func(x []Var) []Var {
		s := x[0].Add(x[1]).Add(x[2])
		return []Var{Var{value: 1}.Div(s), ad.Sum(x), ad.Dot(x, x), x[0].Sub(x[1]).Sub(x[2]), s.Add(Var{}).Add(x[0])}
	}, [][]float64{{negativeZero, negativeZero, negativeZero}, {0, negativeZero, 0}, {negativeZero, 0, 0}}},
	{"small divisors", func(x []Var) []Var {
		return []Var{x[0].Div(x[1]).Mul(Var{value: 1e-20}), Var{value: 3}.Div(x[1]), x[0].Div(Var{value: 1e-310})}
	},
		[][]float64{{1e-300, 1e-310}, {0, 0}, {1, 0}, {inf, inf}}},
	{"lists with constants", func(x []Var) []Var {
		c := Var{value: 2}
		return []Var{ad.Sum([]Var{c, x[0], c}), ad.Dot([]Var{x[0], c}, []Var{c, x[1]}), ad.Dot([]Var{c, c}, x), ad.LogSumExp([]Var{x[0], c, x[1]}), ad.Norm2([]Var{c, x[1]})}
	}, [][]float64{{1, 2}, {inf, -inf}, {-inf, 0}}},
	{"unused inputs", func(x []Var) []Var { return []Var{x[1]} }, [][]float64{{1, 2, 3}}},
	{"comparisons", func(x []Var) []Var {
		if x[0].Less(Var{value: 1}) || (Var{value: 4}).Less(x[0]) {
			return []Var{x[0].Mul(x[0])}
		}
		return []Var{x[0].Neg()}
	}, [][]float64{{0}, {1}, {2}, {5}, {nan}, {1}}},
}

// relative13 lets numbers differ by 1e-13 of themselves.
var relative13 = cmp.Options{cmpopts.EquateApprox(1e-13, 0), cmpopts.EquateNaNs()}

func entries(m mat.Matrix) []float64 { return mat.DenseCopyOf(m).RawMatrix().Data }

// weightsAt returns a few numbers, of which one is 0.
func weightsAt(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = float64(i) - 0.5*float64(i%2)
	}
	return w
}

// TestRecordPanics: misuse, and panics of the function itself, reach the caller and
// spoil nothing that comes after.
func TestRecordPanics(t *testing.T) {
	var bad bool
	f := Record(func(x []Var) Var {
		y := x[0]
		if x[0].Less(Var{}) && bad {
			panic("a function's own")
		}
		return y.Mul(x[1])
	}, 2)
	two := Record(func(x []Var) []Var {
		if x[0].Less(Var{}) {
			return x[:1]
		}
		return x
	}, 2)
	x, long := []float64{1, 2}, make([]float64, 3)
	none := Record(func(x []Var) []Var { return nil }, 0)
	var kept Var
	keeper := Record(func(x []Var) Var { old := kept; kept = x[0]; return old.Add(x[0]) }, 1)
	keeper.Eval([]float64{1})
	noCurve := ad.NewOp(&ad.Func{Name: "crooked", Value: func(x float64) float64 { return x }, Slope: func(_, _ float64) float64 { return 1 }})
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"Record of a function of -1 inputs", func() { Record(rosenbrockOf[Var], -1) }},
		{fmt.Sprintf("Record of a function of %d inputs", math.MaxInt), func() { Record(rosenbrockOf[Var], math.MaxInt) }},
		{"reverse.Func.Eval: x has length 3, want 2", func() { f.Eval(long) }},
		{"reverse.Func.EvalTo: dst has length 3, want 1", func() { f.EvalTo(long, x) }},
		{"reverse.Func.GradientTo: dst has length 3, want 2", func() { f.GradientTo(long, x) }},
		{"reverse.Func.GradientTo: the function has 2 results, want 1", func() { two.Gradient(x) }},
		{"reverse.Func.HVPTo: the function has 2 results, want 1", func() { two.HVP(x, x) }},
		{"reverse.Func.HessianTo: the function has 2 results, want 1", func() { two.Hessian(x) }},
		{"reverse.Func.JVP: v has length 3, want 2", func() { f.JVP(x, long) }},
		{"reverse.Func.JVPTo: dst has length 3, want 1", func() { f.JVPTo(long, x, x) }},
		{"reverse.Func.VJP: w has length 3, want 1", func() { f.VJP(x, long) }},
		{"reverse.Func.VJPTo: dst has length 3, want 2", func() { f.VJPTo(long, x, []float64{1}) }},
		{"reverse.Func.HVPTo: v has length 3, want 2", func() { f.HVP(x, long) }},
		{"reverse.Func.Check: x has length 3, want 2", func() { f.Check(long) }},
		{"reverse.Func.Ops: x has length 3, want 2", func() { f.Ops(long) }},
		{"a recorded function has 2 results, and at another point 1", func() { two.Eval([]float64{-1, 2}) }},
		{"a function's own", func() { bad = true; f.Eval([]float64{-1, 2}) }},
		{"a function's own", func() { bad = true; f.GradientBatch([]float64{1, 2, -1, 2}) }},
		{"was kept past the end of its derivative", func() { kept.Neg() }},
		{"x has length 0, want a multiple of the 0 inputs", func() { none.EvalBatch(nil) }},
		{"crooked has no second derivative", func() { Record(func(x []Var) Var { return x[0].Apply(noCurve) }, 2).HVP(x, x) }},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, c.want) {
					t.Errorf("panic %q, want %q", got, c.want)
				}
			}()
			c.f()
		}()
	}
	bad = false
	optest.Equal(t, "a gradient after panics", f.Gradient([]float64{-1, 2}), []float64{2, -1}, relative13)
	optest.Equal(t, "values after panics", two.Eval(x), x, optest.Bits())
}

// TestNoInputs: functions of nothing have values.
func TestNoInputs(t *testing.T) {
	f := Record(func([]Var) Var { return Var{value: 3} }, 0)
	if y, g := f.Eval(nil), f.Gradient(nil); y[0] != 3 || len(g) != 0 || f.Inputs() != 0 || f.Outputs() != 1 {
		t.Errorf("value %v, gradient %v", y, g)
	}
	none := Record(func([]Var) []Var { return nil }, 2)
	if y, g := none.Eval([]float64{1, 2}), none.VJP([]float64{1, 2}, nil); len(y) != 0 || g[0] != 0 || g[1] != 0 || none.Outputs() != 0 {
		t.Errorf("values %v, product %v", y, g)
	}
	if y := none.EvalBatch([]float64{1, 2, 3, 4}); len(y) != 0 {
		t.Errorf("values %v", y)
	}
}
