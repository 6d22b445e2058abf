package compare_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"pgregory.net/rapid"
)

// errorList is a TB that keeps what it is told.
type errorList []string

func (*errorList) Helper() {}

func (l *errorList) Errorf(format string, args ...any) { *l = append(*l, fmt.Sprintf(format, args...)) }

func (l *errorList) String() string { return strings.Join(*l, "\n") }

// byHand is a function with its gradient, a point, and a term of one entry of the gradient
// that is easily forgotten.
type byHand struct {
	name string
	f    func(x []float64) float64
	grad func(grad, x []float64)
	x    []float64
	term func(x []float64) (entry int, value float64)
}

var byHands = []byHand{
	{"rosenbrock",
		func(x []float64) float64 {
			a, b := 1-x[0], x[1]-x[0]*x[0]
			return a*a + 100*b*b
		},
		func(g, x []float64) {
			b := x[1] - x[0]*x[0]
			g[0], g[1] = -2*(1-x[0])-400*x[0]*b, 200*b
		},
		[]float64{-1.2, 0.8}, func(x []float64) (int, float64) { return 0, -2 * (1 - x[0]) }},
	{"ridge",
		func(x []float64) float64 {
			r, s := 3*x[0]-x[1]-1, x[0]+2*x[2]
			return r*r + s*s + 0.1*(x[0]*x[0]+x[1]*x[1]+x[2]*x[2])
		},
		func(g, x []float64) {
			r, s := 3*x[0]-x[1]-1, x[0]+2*x[2]
			g[0], g[1], g[2] = 6*r+2*s+0.2*x[0], -2*r+0.2*x[1], 4*s+0.2*x[2]
		},
		[]float64{0.3, -2, 1.5}, func(x []float64) (int, float64) { return 2, 0.2 * x[2] }},
	{"logistic",
		func(x []float64) float64 { return math.Log1p(math.Exp(x[0]*2-x[1])) + math.Log1p(math.Exp(-x[0]-x[1])) },
		func(g, x []float64) {
			p, q := 1/(1+math.Exp(x[1]-2*x[0])), 1/(1+math.Exp(x[0]+x[1]))
			g[0], g[1] = 2*p-q, -p-q
		},
		[]float64{0.4, -0.7}, func(x []float64) (int, float64) { return 1, -1 / (1 + math.Exp(x[0]+x[1])) }},
	{"normal likelihood",
		func(x []float64) float64 { z := (1.7 - x[0]) / x[1]; return math.Log(x[1]) + z*z/2 },
		func(g, x []float64) {
			z := (1.7 - x[0]) / x[1]
			g[0], g[1] = -z/x[1], 1/x[1]-z*z/x[1]
		},
		[]float64{0.2, 1.3}, func(x []float64) (int, float64) { return 1, 1 / x[1] }},
	{"product",
		func(x []float64) float64 { return x[0] * math.Sin(x[1]) * math.Exp(x[2]) },
		func(g, x []float64) {
			s, c, e := math.Sin(x[1]), math.Cos(x[1]), math.Exp(x[2])
			g[0], g[1], g[2] = s*e, x[0]*c*e, x[0]*s*e
		},
		[]float64{1.5, 0.8, -0.3}, func(x []float64) (int, float64) { return 1, x[0] }},
	{"log-sum-exp",
		func(x []float64) float64 { return math.Log(math.Exp(x[0]) + math.Exp(2*x[1]) + math.Exp(3*x[2])) },
		func(g, x []float64) {
			a, b, c := math.Exp(x[0]), math.Exp(2*x[1]), math.Exp(3*x[2])
			g[0], g[1], g[2] = a/(a+b+c), 2*b/(a+b+c), 3*c/(a+b+c)
		},
		[]float64{0.1, 0.5, -0.2}, func(x []float64) (int, float64) { return 0, math.Cos(x[1]) }},
	{"distance",
		func(x []float64) float64 { return math.Hypot(x[0]-1, x[1]+2) + x[0] },
		func(g, x []float64) {
			d := math.Hypot(x[0]-1, x[1]+2)
			g[0], g[1] = (x[0]-1)/d+1, (x[1]+2)/d
		},
		[]float64{3, 1.4}, func(x []float64) (int, float64) { return 0, 1 }},
	{"wave",
		func(x []float64) float64 { return math.Sin(3*x[0]) * math.Cos(x[1]) },
		func(g, x []float64) {
			g[0], g[1] = 3*math.Cos(3*x[0])*math.Cos(x[1]), -math.Sin(3*x[0])*math.Sin(x[1])
		},
		[]float64{0.3, 0.9}, func(x []float64) (int, float64) { return 0, x[0] * x[1] }},
	{"ratio",
		func(x []float64) float64 { return (x[0] + x[1]) / (1 + x[1]*x[1]) },
		func(g, x []float64) {
			q := 1 + x[1]*x[1]
			g[0], g[1] = 1/q, 1/q-2*x[1]*(x[0]+x[1])/q/q
		},
		[]float64{2, 0.7}, func(x []float64) (int, float64) { return 1, 1 / (1 + x[1]*x[1]) }},
	{"entropy",
		func(x []float64) float64 { return x[0]*math.Log(x[0]) + 2*x[1]*math.Log(x[1]) },
		func(g, x []float64) { g[0], g[1] = math.Log(x[0])+1, 2*math.Log(x[1])+2 },
		[]float64{0.3, 0.6}, func(x []float64) (int, float64) { return 0, 1 }},
	{"chain",
		func(x []float64) float64 { return math.Exp(-x[0]*x[0]-x[1]*x[1]) + math.Tanh(x[2]*x[0]) },
		func(g, x []float64) {
			e, t := math.Exp(-x[0]*x[0]-x[1]*x[1]), math.Tanh(x[2]*x[0])
			g[0], g[1], g[2] = -2*x[0]*e+x[2]*(1-t*t), -2*x[1]*e, x[0]*(1-t*t)
		},
		[]float64{0.5, -0.4, 1.1}, func(x []float64) (int, float64) {
			t := math.Tanh(x[2] * x[0])
			return 0, x[2] * (1 - t*t)
		}},
	{"large and small",
		func(x []float64) float64 { return x[0]*x[0]*1e-9 + x[0]*x[1]*x[1]*1e7 },
		func(g, x []float64) { g[0], g[1] = 2e-9*x[0]+1e7*x[1]*x[1], 2e7*x[0]*x[1] },
		[]float64{1e8, 1e-8}, func(x []float64) (int, float64) { return 0, 2e-9 * x[0] }},
}

// TestGradientMistakes plants each classic mistake in every gradient, and wants its name.
func TestGradientMistakes(t *testing.T) {
	each := func(change func(float64) float64) func(byHand, []float64, []float64) {
		return func(_ byHand, g, _ []float64) {
			for i := range g {
				g[i] = change(g[i])
			}
		}
	}
	mistakes := []struct {
		name, want string
		plant      func(h byHand, g, x []float64)
	}{
		{"sign of one", "a wrong sign", func(_ byHand, g, _ []float64) { g[1] = -g[1] }},
		{"sign of all", "a wrong sign", each(func(g float64) float64 { return -g })},
		{"twice one", "a factor of 2", func(_ byHand, g, _ []float64) { g[0] *= 2 }},
		{"twice all", "a factor of 2", each(func(g float64) float64 { return 2 * g })},
		{"half of one", "a factor of 1/2", func(_ byHand, g, _ []float64) { g[1] /= 2 }},
		{"half of all", "a factor of 1/2", each(func(g float64) float64 { return g / 2 })},
		{"scaled", "a value scaled by 1.7", each(func(g float64) float64 { return 1.7 * g })},
		{"degrees", "degrees and radians", each(func(g float64) float64 { return math.Pi / 180 * g })},
		{"swapped", "a wrong index", func(_ byHand, g, _ []float64) { g[0], g[1] = g[1], g[0] }},
		{"copied", "a wrong index", func(_ byHand, g, _ []float64) { g[1] = g[0] }},
		{"shifted", "a wrong index", func(_ byHand, g, _ []float64) {
			last := g[0]
			copy(g, g[1:])
			g[len(g)-1] = last
		}},
		{"term", "a missing term", func(h byHand, g, x []float64) {
			e, v := h.term(x)
			g[e] -= v
		}},
		{"zero", "a missing term", func(_ byHand, g, _ []float64) { g[0] = 0 }},
		{"NaN", "NaN where there is a derivative", func(_ byHand, g, _ []float64) { g[1] = math.NaN() }},
		{"scaled by the value", "scaled by that of the function", func(h byHand, g, x []float64) {
			for i := range g {
				g[i] *= h.f(x)
			}
		}},
		{"scaled by a coordinate", "scaled by x[1]", func(_ byHand, g, x []float64) { g[0] *= x[1] }},
	}
	for _, h := range byHands {
		var l errorList
		compare.TestGradient(&l, h.f, h.grad, h.x)
		if len(l) > 0 {
			t.Errorf("%s is innocent: %v", h.name, &l)
		}
		for _, m := range mistakes {
			l = nil
			compare.TestGradient(&l, h.f, func(g, x []float64) {
				h.grad(g, x)
				m.plant(h, g, x)
			}, h.x)
			if len(l) != 1 || !strings.Contains(l[0], m.want) {
				t.Errorf("%s, %s: %v, want %q", h.name, m.name, &l, m.want)
			}
		}
		for want, wrong := range map[string]func(g, x []float64){
			"grad[1] stays what it was": func(g, x []float64) {
				own := make([]float64, len(g))
				h.grad(own, x)
				g[0] = own[0]
				copy(g[2:], own[2:])
			},
			"is added to what was there before": func(g, x []float64) {
				own := make([]float64, len(g))
				h.grad(own, x)
				for i, v := range own {
					g[i] += v
				}
			},
			"changes its argument x": func(g, x []float64) { h.grad(g, x); x[0]++ },
		} {
			l = nil
			compare.TestGradient(&l, h.f, wrong, h.x)
			if len(l) != 1 || !strings.Contains(l[0], want) {
				t.Errorf("%s: %v, want %q", h.name, &l, want)
			}
		}
	}
}

// TestHandMessage: the failure says which entry is wrong, its value, and the derivative.
func TestHandMessage(t *testing.T) {
	var l errorList
	compare.TestGradient(&l, func(x []float64) float64 { return x[0] + x[1]*x[1] },
		func(g, x []float64) { g[0], g[1] = 1, x[1] }, []float64{3, 2})
	for _, want := range []string{"gradient at [3 2]", "1 of 2 entries", "grad[1] is 2, by differences 4 ± ", "a factor of 1/2"} {
		if !strings.Contains(l.String(), want) {
			t.Errorf("%v, want %q", &l, want)
		}
	}
}

// TestHandMessageOfASmallError: digits that are right in common do not hide the others.
func TestHandMessageOfASmallError(t *testing.T) {
	for factor, want := range map[float64]string{1 + 1e-9: "scaled by 1 + 1e-09", 1 - 2e-9: "scaled by 1 - 2e-09"} {
		var l errorList
		compare.TestGradient(&l, func(x []float64) float64 { return math.Exp(x[0]) },
			func(g, x []float64) { g[0] = math.Exp(x[0]) * factor }, []float64{1})
		if !strings.Contains(l.String(), "by differences 2.71828182845") || !strings.Contains(l.String(), want) {
			t.Errorf("%v, want %q", &l, want)
		}
	}
}

// TestInRapid: the tests of this package take a *rapid.T.
func TestInRapid(t *testing.T) {
	fn := compare.New("distance", distance, distance, distance, distance, distance)
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), 2, 2).Draw(t, "x")
		compare.Test(t, fn, x)
		compare.TestGradient(t, byHands[0].f, byHands[0].grad, x)
	})
	var _ compare.TB = testing.TB(nil)
}
