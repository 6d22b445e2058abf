package compare

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// sumForm returns a function of package ad that is spelt out of smaller ones, or one
// entry of it.
func sumForm[T ad.Scalar[T]](op string, entry int) func(x []T) T {
	switch op {
	case "logsumexp":
		return ad.LogSumExp[T]
	case "norm2":
		return ad.Norm2[T]
	case "softmax":
		return func(x []T) T { return ad.Softmax(x)[entry] }
	case "logsoftmax":
		return func(x []T) T { return ad.LogSoftmax(x)[entry] }
	}
	panic("no function " + op)
}

// overArrays makes a function of arrays one of scalars.
func overArrays(f func(x []reverse.Array) reverse.Array) func(x []reverse.Var) reverse.Var {
	return func(x []reverse.Var) reverse.Var {
		a := make([]reverse.Array, len(x))
		for i, v := range x {
			a[i] = reverse.Stack(v)
		}
		return f(a).At(0)
	}
}

// A secondOrder is a value, its gradient and its Hessian.
type secondOrder struct {
	value float64
	grad  []float64
	hess  *mat.SymDense
}

// secondOrders returns them for a function of package ad by every way that there is
// to find a Hessian.
func secondOrders(op string, entry int, x []float64) map[string]secondOrder {
	tape, array := sumForm[reverse.Var](op, entry), overArrays(sumForm[reverse.Array](op, entry))
	number, hyper, paper := sumForm[dual.Number](op, entry), sumForm[dual.Hyper](op, entry), sumForm[symbolic.Expr](op, entry)
	n := len(x)
	order := func(hessianTo func(h *mat.SymDense) float64) secondOrder {
		h := mat.NewSymDense(n, nil)
		return secondOrder{value: hessianTo(h), hess: h}
	}
	orders := map[string]secondOrder{
		"dual":     order(func(h *mat.SymDense) float64 { return dual.HessianTo(h, hyper, x) }),
		"reverse":  order(func(h *mat.SymDense) float64 { return reverse.HessianTo(h, tape, x) }),
		"arrays":   order(func(h *mat.SymDense) float64 { return reverse.HessianTo(h, array, x) }),
		"symbolic": order(func(h *mat.SymDense) float64 { return symbolic.HessianTo(h, paper, x) }),
		"recorded": order(func(h *mat.SymDense) float64 { return reverse.Record(tape, n).HessianTo(h, x) }),
	}
	for name, g := range map[string][]float64{
		"dual": dual.Gradient(number, x), "reverse": reverse.Gradient(tape, x), "arrays": reverse.Gradient(array, x),
		"symbolic": symbolic.Gradient(paper, x), "recorded": reverse.Record(tape, n).Gradient(x),
	} {
		o := orders[name]
		orders[name] = secondOrder{o.value, g, o.hess}
	}
	return orders
}

// TestCurvature holds sums and norms, their gradients and their Hessians, entry by
// entry, against 900-digit arithmetic (mpmath 1.3): at points whose entries are up to
// 700 apart too, where second derivatives are as small as 1e-304.
func TestCurvature(t *testing.T) {
	text, err := os.ReadFile("testdata/curvature.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Op    string
		Entry int
		X     []float64
		Value float64
		Grad  []float64
		Hess  [][]float64
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	hold := func(op, name, what string, x []float64, got, want, ulps float64) {
		if d := golden.ULP(got, want); !(d <= ulps) {
			t.Errorf("%s at %v: %s by %s is %v, want %v: %v ULP", op, x, what, name, got, want, d)
		}
	}
	for _, c := range cases {
		for name, o := range secondOrders(c.Op, c.Entry, c.X) {
			hold(c.Op, name, "value", c.X, o.value, c.Value, 2)
			for i, want := range c.Grad {
				hold(c.Op, name, "gradient", c.X, o.grad[i], want, 4)
				for j, want := range c.Hess[i] {
					hold(c.Op, name, "Hessian", c.X, o.hess.At(i, j), want, 8)
				}
			}
		}
	}
	if len(cases) < 100 {
		t.Errorf("%d cases", len(cases))
	}
}

// TestLogSumExpConvex: rows of its Hessian add up to 0, entries beside the diagonal are
// not positive, and its quadratic form is not negative but for rounding.
func TestLogSumExpConvex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.SampledFrom([]float64{0.1, 3, 40, 700}).Draw(t, "scale")
		x := rapid.SliceOfN(rapid.Float64Range(-scale, scale), 2, 8).Draw(t, "x")
		v := rapid.SliceOfN(rapid.Float64Range(-1, 1), len(x), len(x)).Draw(t, "v")
		for name, o := range secondOrders("logsumexp", 0, x) {
			form, size := 0.0, 0.0
			for i := range x {
				for j := range x {
					term := v[i] * o.hess.At(i, j) * v[j]
					form, size = form+term, size+math.Abs(term)
				}
			}
			if form < -0x1p-48*size {
				t.Errorf("the quadratic form of %v is %v by %s", v, form, name)
			}
			for i := range x {
				sum := 0.0
				for j := range x {
					sum += o.hess.At(i, j)
					if i != j && o.hess.At(i, j) > 0 {
						t.Errorf("∂²/∂x%d∂x%d is %v by %s", i, j, o.hess.At(i, j), name)
					}
				}
				if !(math.Abs(sum) <= 0x1p-48*o.hess.At(i, i)+8*math.SmallestNonzeroFloat64) {
					t.Errorf("row %d adds up to %v by %s, its diagonal is %v", i, sum, name, o.hess.At(i, i))
				}
			}
		}
	})
}

// TestLogSumExpSpecial: at infinite and NaN entries every way says what the doc comment
// of ad.LogSumExp does, at first and second order and in every direction.
func TestLogSumExpSpecial(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		x     []float64
		value float64
		grad  []float64
		nans  []bool // on the diagonal of a Hessian that is 0 elsewhere
	}{
		{[]float64{inf, 0}, inf, []float64{nan, 0}, []bool{true, false}},
		{[]float64{0, inf}, inf, []float64{0, nan}, []bool{false, true}},
		{[]float64{inf}, inf, []float64{nan}, []bool{true}},
		{[]float64{inf, -inf, 1}, inf, []float64{nan, 0, 0}, []bool{true, false, false}},
		{[]float64{-3, inf, 2, inf}, inf, []float64{0, nan, 0, nan}, []bool{false, true, false, true}},
		{[]float64{-inf, -inf}, -inf, []float64{0, 0}, []bool{false, false}},
		{[]float64{-inf, 5}, 5, []float64{0, 1}, []bool{false, false}},
		{[]float64{5, -inf, -inf}, 5, []float64{1, 0, 0}, []bool{false, false, false}},
		{[]float64{-inf, -math.MaxFloat64}, -math.MaxFloat64, []float64{0, 1}, []bool{false, false}},
	} {
		n := len(c.x)
		for name, o := range secondOrders("logsumexp", 0, c.x) {
			if golden.ULP(o.value, c.value) > 0 {
				t.Errorf("at %v: %v by %s, want %v", c.x, o.value, name, c.value)
			}
			for i := range c.x {
				if golden.ULP(o.grad[i], c.grad[i]) > 0 {
					t.Errorf("at %v: gradient %v by %s, want %v", c.x, o.grad, name, c.grad)
				}
				for j := range c.x {
					want := 0.0
					if i == j && c.nans[i] {
						want = nan
					}
					if got := o.hess.At(i, j); golden.ULP(got, want) > 0 {
						t.Errorf("at %v: ∂²/∂x%d∂x%d is %v by %s, want %v", c.x, i, j, got, name, want)
					}
				}
			}
		}
		tape, array := sumForm[reverse.Var]("logsumexp", 0), overArrays(sumForm[reverse.Array]("logsumexp", 0))
		for i := range c.x {
			v := make([]float64, n)
			v[i] = 1
			vectors := func(f func([]reverse.Var) reverse.Var) func([]reverse.Var) []reverse.Var {
				return func(x []reverse.Var) []reverse.Var { return []reverse.Var{f(x)} }
			}
			for name, got := range map[string]float64{
				"dual": dual.JVP(func(x []dual.Number) []dual.Number {
					return []dual.Number{ad.LogSumExp(x)}
				}, c.x, v)[0],
				"reverse":  reverse.JVP(vectors(tape), c.x, v)[0],
				"arrays":   reverse.JVP(vectors(array), c.x, v)[0],
				"recorded": reverse.Record(tape, n).JVP(c.x, v)[0],
				"symbolic": symbolic.JVP(func(x []symbolic.Expr) []symbolic.Expr {
					return []symbolic.Expr{ad.LogSumExp(x)}
				}, c.x, v)[0],
			} {
				if golden.ULP(got, c.grad[i]) > 0 {
					t.Errorf("at %v along %v: %v by %s, want %v", c.x, v, got, name, c.grad[i])
				}
			}
		}
	}
	for _, x := range [][]float64{{nan}, {nan, 1}, {1, nan}, {inf, nan}, {nan, inf}, {-inf, nan, -inf}} {
		for name, o := range secondOrders("logsumexp", 0, x) {
			if o.value == o.value {
				t.Errorf("at %v: %v by %s", x, o.value, name)
			}
			for i, g := range o.grad {
				if g == g {
					t.Errorf("at %v: slope %d is %v by %s", x, i, g, name)
				}
			}
		}
	}
}
