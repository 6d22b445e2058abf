package reverse

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// uniforms are functions of a number that differs from point to point, x[0], and of one
// that all points share, x[1], which may have either sign.
var uniforms = map[string]func(x []Var) Var{
	"sum":            func(x []Var) Var { return x[0].Add(x[1]) },
	"difference":     func(x []Var) Var { return x[0].Sub(x[1]) },
	"from":           func(x []Var) Var { return x[1].Sub(x[0]) },
	"product":        func(x []Var) Var { return x[0].Mul(x[1]) },
	"quotient":       func(x []Var) Var { return x[0].Div(x[1]) },
	"by":             func(x []Var) Var { return x[1].Div(x[0]) },
	"angle":          func(x []Var) Var { return ad.Atan2(x[0], x[1]) },
	"maximum":        func(x []Var) Var { return ad.Max(x[0], x[1]) },
	"choice":         func(x []Var) Var { return x[1].IfPos(x[0], x[0].Mul(x[0])) },
	"choice of it":   func(x []Var) Var { return x[0].IfPos(x[1], x[0].Mul(x[1])) },
	"dot":            func(x []Var) Var { return ad.Dot([]Var{x[0], x[1], x[0]}, []Var{x[1], x[1], x[0]}) },
	"norm":           func(x []Var) Var { return ad.Norm2(x) },
	"log-sum-exp":    func(x []Var) Var { return ad.LogSumExp(x) },
	"quotient twice": func(x []Var) Var { return x[0].Div(x[1]).Add(x[0].Mul(x[0]).Div(x[1].Mul(x[1]).Neg())) },
	"guarded": func(x []Var) Var {
		if x[0].Less(x[1]) {
			return x[0].Mul(x[1])
		}
		return x[0].Sub(x[1])
	},
}

// TestMapUniform: what all points share is differentiated as over scalars, of either sign,
// for as many points as make one block, some, and more than there are groups of blocks.
func TestMapUniform(t *testing.T) {
	numbers := []int{1, 3, 130, 1000, 20_000}
	if testing.Short() {
		numbers = numbers[1:4]
	}
	for name, fn := range uniforms {
		f := Record(fn, 2)
		for _, shared := range []float64{-1.75, -0.3, 0.3, 2.5} {
			for _, n := range numbers {
				x := make([]float64, n)
				for i := range x {
					x[i] = 3 * math.Sin(float64(2*i+1))
				}
				values, want := make([]float64, n), make([]float64, n)
				total, size := 0.0, 0.0
				for i, v := range x {
					g := Gradient(fn, []float64{v, shared})
					values[i], want[i] = fn([]Var{{value: v}, {value: shared}}).value, g[0]
					total += g[1]
					size += math.Abs(g[1])
				}
				gx, gu := make([]float64, n), make([]float64, 1)
				tape := NewTape()
				y := f.Map(tape.Param(x, gx, n), tape.Param([]float64{shared}, gu, 1))
				y.Sum().Backward()
				what := fmt.Sprintf("%s of %d points and %v", name, n, shared)
				optest.Within(t, what+": values", y.Values(), values, 1e-14)
				optest.Within(t, what+": slopes", gx, want, 1e-14)
				if math.Abs(gu[0]-total) > 1e-13*size {
					t.Errorf("%s: the slope of what they share is %v, want %v", what, gu[0], total)
				}
			}
		}
	}
}

// TestEveryGroupCounts: the sum over points has the term of every one, whichever group it
// is in: the slope of Σ u·[point is k] in u is 1 for all k.
func TestEveryGroupCounts(t *testing.T) {
	const n = 100_000
	f := Record(func(x []Var) Var { return x[0].Mul(x[1]) }, 2)
	x := make([]float64, n)
	for k := 0; k < n; k += 997 {
		x[k] = 1
		gu, tape := make([]float64, 1), NewTape()
		f.Map(tape.Const(x, n), tape.Param([]float64{3}, gu, 1)).Sum().Backward()
		if gu[0] != 1 {
			t.Errorf("point %d of %d: %v", k, n, gu[0])
		}
		x[k] = 0
	}
}

// TestListsApart: functions of two lists that differ in one list alone are different, also
// where they are recorded.
func TestListsApart(t *testing.T) {
	fn := func(x []Var) Var {
		a, b, c := x[:2], x[2:4], x[4:]
		return ad.Dot(a, b).Add(ad.Dot(a, c).Mul(x[0])).Sub(ad.Dot(c, a).Mul(ad.Dot(b, a)))
	}
	x := []float64{1.5, -2, 0.25, 3, -0.75, 4}
	f := Record(fn, len(x))
	optest.Equal(t, "gradient", f.Gradient(x), Gradient(fn, x), optest.ULP(8))
	optest.Equal(t, "value", f.Eval(x), []float64{ad.Const[Var](0).Add(fn(constants(x))).value}, optest.ULP(2))
}
