package dual

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// oneByOne returns the gradient of f from as many directional derivatives.
func oneByOne(f func([]Number) Number, x []float64) []float64 {
	g := make([]float64, len(x))
	for i := range x {
		v := make([]float64, len(x))
		v[i] = 1
		g[i] = JVP(func(x []Number) []Number { return []Number{f(x)} }, x, v)[0]
	}
	return g
}

// TestManyDirections: many directions at once are what they are one by one.
func TestManyDirections(t *testing.T) {
	long := func(turns int) func([]Number) Number {
		return func(x []Number) Number {
			z := x[0]
			for i := range turns {
				z = ad.Sin(z.Add(x[i%len(x)]))
			}
			return z
		}
	}
	shared := func(x []Number) Number { // goroutines of its own
		terms := make([]Number, len(x))
		var all sync.WaitGroup
		for i := range x {
			all.Go(func() {
				for range 100 {
					terms[i] = ad.Tanh(terms[i].Add(x[i].Mul(x[(i+1)%len(x)])))
				}
			})
		}
		all.Wait()
		return ad.Prod(terms)
	}
	constant := func(x []Number) Number { return x[0].Const(3) }
	for name, f := range map[string]func([]Number) Number{
		"chained": chained[Number], "mixed": mixed[Number], "sum": ad.Sum[Number], "sum of squares": ad.SumSq[Number],
		"norm": ad.Norm2[Number], "log-sum-exp": ad.LogSumExp[Number], "product": ad.Prod[Number],
		"dot with constants": func(x []Number) Number { return ad.Dot(x, ad.Consts[Number](spread(len(x)))) },
		"dot with itself":    func(x []Number) Number { return ad.Dot(x[1:], x[:len(x)-1]) },
		"variance":           func(x []Number) Number { return ad.Variance(x, 1) },
		"softmax":            func(x []Number) Number { return ad.Softmax(x)[3] },
		"quotients":          func(x []Number) Number { return x[0].Div(x[1]).Div(x[2].Const(3)).Sub(x[3].Neg().Div(x[4])) },
		"two variables":      func(x []Number) Number { return ad.Atan2(ad.Pow(x[0], x[1]), ad.Hypot(x[5], x[0].Const(2))) },
		"a branch":           func(x []Number) Number { return x[0].IfPos(x[1].Mul(x[2]), ad.Sqrt(x[3])) },
		"an infinite slope":  func(x []Number) Number { z := x[0].Sub(x[0].Const(0.5)); return ad.Sqrt(z).Add(x[1]) },
		"a NaN slope":        func(x []Number) Number { z := x[0].Sub(x[0]); return ad.Sqrt(z).Add(x[1]) },
		"a NaN condition":    func(x []Number) Number { return x[0].Const(nan).IfPos(x[1], x[2]) },
		"a slope in no range": func(x []Number) Number {
			return ad.Scale(x[0], 1e-280).Div(ad.Shift(ad.Scale(x[1], 1e-175), 1e-140))
		},
		"a reciprocal of nearly nothing": func(x []Number) Number { return x[0].Const(1).Div(ad.Scale(x[0], 1e-200)) },
		"an input":                       func(x []Number) Number { return x[7] }, "a constant": constant,
		"more than there is room for": long(20_000), "much more": long(140_000), "goroutines": shared,
	} {
		for _, n := range []int{8, 11, 64, 131} {
			if name == "more than there is room for" && n != 64 || name == "much more" && n != 8 {
				continue
			}
			x := spread(n)
			got := make([]float64, n)
			value := GradientTo(got, f, x)
			optest.Equal(t, name, got, oneByOne(f, x), optest.ULP(200))
			vars := make([]Number, n)
			for i := range vars {
				vars[i] = Number{v: x[i]}
			}
			optest.Equal(t, name+": value", value, f(vars).v, optest.ULP(0))
		}
	}
}

// TestManyDirectionsJacobian: of several results, of which some are not finite.
func TestManyDirectionsJacobian(t *testing.T) {
	f := func(x []Number) []Number {
		return []Number{chained(x), mixed(x), ad.Sqrt(x[3].Sub(x[3])), x[0].Const(1), ad.Log(x[9].Sub(x[9].Const(9))).Mul(x[2]), x[5]}
	}
	x := spread(70)
	var j mat.Dense
	JacobianTo(&j, f, x)
	w := []float64{1, 2, 0, 4, 0, 6}
	want := make([]float64, len(x))
	for k := range w {
		row := oneByOne(func(x []Number) Number { return f(x)[k] }, x)
		optest.Equal(t, "row", j.RawRowView(k), row, optest.ULP(200))
		for i := range row {
			if w[k] != 0 {
				want[i] += w[k] * row[i]
			}
		}
	}
	optest.Within(t, "VJP", VJP(f, x, w), want, 1e-12)
}

// TestManyDirectionsProperty: with operations drawn at random.
func TestManyDirectionsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 150).Draw(t, "n")
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), n, n).Draw(t, "x")
		both := drawn[Number](t, calm)
		f := func(x []Number) Number { return both(x)[1] }
		optest.Equal(t, "gradient", Gradient(f, x), oneByOne(f, x), optest.ULP(1<<16))
	})
}

// TestManyDirectionsConfusion: numbers of two derivatives do not meet unnoticed.
func TestManyDirectionsConfusion(t *testing.T) {
	x := spread(9)
	confused := func(f func()) {
		t.Helper()
		defer func() {
			if s, _ := recover().(string); !strings.Contains(s, "perturbation confusion") {
				t.Errorf("panic %q", s)
			}
		}()
		f()
	}
	confused(func() {
		Gradient(func(x []Number) Number {
			return x[0].Const(Gradient(func(y []Number) Number { return y[0].Mul(x[0]) }, spread(9))[0])
		}, x)
	})
	confused(func() {
		Gradient(func(x []Number) Number {
			return x[0].Const(Derivative(func(y Number) Number { return ad.Exp(y.Div(x[0])) }, 1))
		}, x)
	})
	var kept Number
	Gradient(func(x []Number) Number { kept = x[1].Mul(x[0]); return kept }, x)
	confused(func() { Gradient(func(x []Number) Number { return ad.Sum(append(x, kept.Neg())) }, x) })
	confused(func() { Derivative(func(x Number) Number { return x.Add(ad.Exp(kept)) }, 1) })
	if s := kept.String(); !strings.Contains(s, "NaN") {
		t.Errorf("a Number of a derivative that has ended prints as %s", s)
	}
	// One within another that keeps to itself, deeper than there are traces.
	var nest func(depth int) float64
	nest = func(depth int) float64 {
		if depth == 0 {
			return 1
		}
		inner := math.NaN()
		return Gradient(func(x []Number) Number {
			if inner != inner {
				inner = nest(depth - 1)
			}
			return ad.Scale(ad.SumSq(x), inner)
		}, x)[0] / (2 * x[0])
	}
	optest.Equal(t, "nested", nest(len(traces)+5), 1, rounding)
	for i := range traces {
		if traces[i].Load() != &nobodys {
			t.Fatalf("trace %d is still in use", i)
		}
	}
}

// TestTangentInside: while a function of many inputs is evaluated, the tangent of a Number
// is that in the direction of the first input.
func TestTangentInside(t *testing.T) {
	var inside []float64
	Gradient(func(x []Number) Number {
		y := x[0].Mul(x[0]).Sub(x[1].Mul(x[0])).Div(x[2].Const(4)) // (x₀² - x₁x₀)/4
		z := ad.Exp(x[3]).Add(y.Neg())
		inside = []float64{x[0].Tangent(), x[1].Tangent(), y.Tangent(), z.Tangent(), x[0].Const(1).Tangent()}
		return z
	}, spread(9))
	slope := (2*0.5 - 0.6) / 4
	optest.Equal(t, "tangents", inside, []float64{1, 0, slope, -slope, 0}, rounding)
}
