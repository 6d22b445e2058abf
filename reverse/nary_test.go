package reverse

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// TestNary: an n-ary statement means what FoldN spells out, at first
// and second order, wherever among its operands there are constants.
func TestNary(t *testing.T) {
	numbers := func(c ...float64) (list []Var) {
		for _, v := range c {
			list = append(list, Var{value: v})
		}
		return list
	}
	point, v := []float64{0.7, -1.3, 2.1}, []float64{1, -2, 0.5}
	for i, c := range []struct {
		op   ad.OpN
		x, y func(x []Var) []Var
		live int // operands that are recorded
	}{
		{ad.OpDot, func(x []Var) []Var { return x }, func(x []Var) []Var { return numbers(4, 0, -2) }, 3},
		{ad.OpDot, func(x []Var) []Var { return numbers(4, 0, -2) }, func(x []Var) []Var { return x }, 3},
		{ad.OpDot, func(x []Var) []Var { return x }, func(x []Var) []Var { return []Var{x[2], x[0], {value: 3}} }, 6},
		{ad.OpDot, func(x []Var) []Var { return []Var{{value: 3}, x[1]} }, func(x []Var) []Var { return numbers(5, 6) }, 2},
		{ad.OpSum, func(x []Var) []Var { return append(numbers(1, 2), x...) }, nil, 5},
		{ad.OpSumSq, func(x []Var) []Var { return append(numbers(1, 2), x[0], x[0]) }, nil, 4},
		{ad.OpNorm2, func(x []Var) []Var { return append(numbers(1, 2), x...) }, nil, 5},
		{ad.OpLogSumExp, func(x []Var) []Var { return append(numbers(1, 2), x...) }, nil, 5},
	} {
		lists := func(x []Var) (a, b []Var) {
			inner := make([]Var, len(x)) // so that the statement's operands are not inputs
			for i := range x {
				inner[i] = x[i].Mul(x[(i+1)%len(x)])
			}
			if a = c.x(inner); c.y != nil {
				b = c.y(inner)
			}
			return a, b
		}
		many := func(x []Var) Var {
			a, b := lists(x)
			y := Var{}.ApplyN(c.op, a, b)
			if n := len(x[0].tape.operands); n != c.live {
				t.Errorf("%d: %d operands are recorded, want %d", i, n, c.live)
			}
			return y.Mul(y)
		}
		fold := func(x []Var) Var {
			a, b := lists(x)
			y := ad.FoldN(c.op, a, b)
			return y.Mul(y)
		}
		name := fmt.Sprintf("%d, %s: ", i, c.op.Func().Name)
		optest.Equal(t, name+"gradient", Gradient(many, point), Gradient(fold, point), rounding)
		optest.Equal(t, name+"HVP", HVP(many, point, v), HVP(fold, point, v), rounding)
		one := func(f func([]Var) Var) func([]Var) []Var {
			return func(x []Var) []Var { return []Var{f(x)} }
		}
		optest.Equal(t, name+"JVP", JVP(one(many), point, v), JVP(one(fold), point, v), rounding)
	}
}

// TestManyOfConstants: no tape, no statement.
func TestManyOfConstants(t *testing.T) {
	x, y := []Var{{value: 2}, {value: 3}}, []Var{{value: 4}, {value: 5}}
	if z := ad.Dot(x, y); !z.IsConst() || z.value != 23 {
		t.Errorf("%v, constant: %v", z, z.IsConst())
	}
	if z := ad.Sum([]Var{}); !z.IsConst() || z.value != 0 {
		t.Errorf("%v, constant: %v", z, z.IsConst())
	}
}

// TestNorm2AtOrigin: a cone has no second derivative at its tip, in no direction.
func TestNorm2AtOrigin(t *testing.T) {
	h := Hessian(ad.Norm2[Var], []float64{0, 0})
	for _, d := range []float64{h.At(0, 0), h.At(0, 1), h.At(1, 1)} {
		if d == d {
			t.Errorf("Hessian of the norm at the origin: %v", mat.Formatted(h))
		}
	}
}

// TestLogSumExpCurve: where one entry outweighs the others the second derivatives
// are small, and not lost in the difference of larger numbers.
func TestLogSumExpCurve(t *testing.T) {
	const want = 4.248354255291589e-18 // e⁻⁴⁰/(1+e⁻⁴⁰)², to the last place
	h := Hessian(ad.LogSumExp[Var], []float64{0, -40})
	if h.At(0, 0) != want || h.At(0, 1) != -want || h.At(1, 1) != want {
		t.Errorf("Hessian of log(e⁰+e⁻⁴⁰): %v", mat.Formatted(h))
	}
}
