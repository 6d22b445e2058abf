package numeric_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/numeric"
)

// evaluate computes an expression given as nested lists.
func evaluate[T ad.Scalar[T]](t *testing.T, tree any, x []T) T { return compiled[T](t, tree)(x) }

// compiled returns the expression as a function.
func compiled[T ad.Scalar[T]](t *testing.T, tree any) func(x []T) T {
	return compiledWith(t, elementary[T](), tree)
}

func compiledWith[T ad.Scalar[T]](t *testing.T, functions map[string]func(T) T, tree any) func(x []T) T {
	switch tree := tree.(type) {
	case float64:
		return func([]T) T { return ad.Const[T](tree) }
	case string:
		i := tree[1] - '0'
		return func(x []T) T { return x[i] }
	}
	list := tree.([]any)
	op, a := list[0].(string), compiledWith(t, functions, list[1])
	if op == "pow" {
		p := list[2].(float64)
		return func(x []T) T { return ad.PowReal(a(x), p) }
	} else if len(list) == 3 {
		b := compiledWith(t, functions, list[2])
		switch op {
		case "add":
			return func(x []T) T { return a(x).Add(b(x)) }
		case "sub":
			return func(x []T) T { return a(x).Sub(b(x)) }
		case "mul":
			return func(x []T) T { return a(x).Mul(b(x)) }
		case "div":
			return func(x []T) T { return a(x).Div(b(x)) }
		}
	} else if f, ok := functions[op]; ok {
		return func(x []T) T { return f(a(x)) }
	}
	t.Fatalf("no operation %v", list[0])
	panic("unreachable")
}

func elementary[T ad.Scalar[T]]() map[string]func(T) T {
	return map[string]func(T) T{
		"neg": T.Neg, "sqrt": ad.Sqrt[T], "exp": ad.Exp[T], "expm1": ad.Expm1[T], "log": ad.Log[T], "log1p": ad.Log1p[T],
		"sin": ad.Sin[T], "cos": ad.Cos[T], "atan": ad.Atan[T], "tanh": ad.Tanh[T], "sinh": ad.Sinh[T], "cosh": ad.Cosh[T],
		"asinh": ad.Asinh[T], "erf": ad.Erf[T], "sigmoid": ad.Sigmoid[T], "softplus": func(x T) T { return ad.Softplus(x) },
	}
}

func TestGoldenExpressions(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	var first, second shares
	for _, c := range cases {
		f := compiled[Real](t, c.Params["tree"])
		fs := func(x []Real) []Real { return []Real{f(x)} }
		x, g, h := c.Inputs["x"].Floats(), c.Grads["x"].Floats(), c.Hess["x,x"].Floats()
		d := c.Direction.Floats()
		n := len(x)
		jvp := 0.0
		for i, r := range numeric.GradientResult(f, x) {
			first.count(t, c.ID+" gradient", r, g[i], g[i] != 0, 1e-11, false)
			jvp += g[i] * d[i]
		}
		first.count(t, c.ID+" JVP", numeric.JVPResult(fs, x, d)[0], jvp, true, 1e-11, false)
		hvp := make([]float64, n)
		for i, row := range numeric.HessianResult(f, x) {
			for j, r := range row {
				second.count(t, c.ID+" Hessian", r, h[i*n+j], h[i*n+j] != 0, 1e-8, false)
				hvp[i] += h[i*n+j] * d[j]
			}
		}
		for i, r := range numeric.HVPResult(f, x, d) {
			second.count(t, c.ID+" HVP", r, hvp[i], hvp[i] != 0, 1e-8, false)
		}
	}
	first.log(t, "first derivatives to 1e-11")
	first.check(t, 96, 1e-12, 20, 100)
	second.log(t, "second derivatives to 1e-8")
	second.check(t, 95, 1e-9, 30, 200)
}

// compose returns a random smooth expression in x0.
func compose(rng *rand.Rand, depth int) any {
	c := math.Round(1000*math.Exp(rng.NormFloat64())) / 1000
	if depth == 0 {
		return []any{"mul", c, "x0"}
	}
	a := compose(rng, depth-1)
	positive := func() any { return []any{"add", c + 0.1, []any{"pow", compose(rng, depth-1), 2.0}} }
	switch rng.IntN(9) {
	case 0:
		return []any{"add", a, compose(rng, depth-1)}
	case 1:
		return []any{"mul", a, compose(rng, depth-1)}
	case 2:
		return []any{"div", a, positive()}
	case 3:
		return []any{"sqrt", positive()}
	case 4:
		return []any{"log", positive()}
	case 5:
		return []any{"sin", []any{"exp", []any{"sin", a}}}
	}
	return []any{[]string{"sin", "cos", "tanh", "atan", "sigmoid", "erf"}[rng.IntN(6)], a}
}

func TestRandomCompositions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var first, second shares
	for range 3000 {
		tree := compose(rng, 1+rng.IntN(4))
		x := rng.NormFloat64() * math.Pow(10, 4*rng.Float64()-2)
		want := dual.Derivative(func(x dual.Number) dual.Number { return evaluate(t, tree, []dual.Number{x}) }, x)
		curve := dual.Hessian(func(x []dual.Hyper) dual.Hyper { return evaluate(t, tree, x) }, []float64{x}).At(0, 0)
		f := compiled[Real](t, tree)
		id := fmt.Sprintf("%v at %v", tree, x)
		first.count(t, id, numeric.GradientResult(f, []float64{x})[0], want, want != 0, 1e-10, false)
		second.count(t, id, numeric.HessianResult(f, []float64{x})[0][0], curve, curve != 0, 1e-6, false)
	}
	first.log(t, "first derivatives to 1e-10")
	first.check(t, 94, 1e-12, 25, 200)
	second.log(t, "second derivatives to 1e-6")
	second.check(t, 95, 1e-9, 25, 200)
}

// noise returns a number between -1 and 1 that depends on all of x.
func noise(x float64) float64 {
	b := math.Float64bits(x) * 0x9e3779b97f4a7c15
	b = (b ^ b>>31) * 0xbf58476d1ce4e5b9
	return float64((b^b>>29)>>11)/0x1p52 - 1
}

func TestNoisyFunctions(t *testing.T) {
	for name, rough := range map[string]func(level, y float64) float64{
		"noisy":   func(level, y float64) float64 { return y + level*noise(y) },
		"stepped": func(level, y float64) float64 { return math.Round(y/level) * level },
	} {
		rng := rand.New(rand.NewPCG(3, 4))
		var first, second shares
		for range 2000 {
			level := math.Pow(10, -12+6*rng.Float64())
			x := 0.5 + 3*rng.Float64()
			f := func(x []float64) float64 { return rough(level, math.Sin(x[0])+x[0]*x[0]) }
			r := numeric.GradientResult(f, []float64{x})[0]
			h := numeric.HessianResult(f, []float64{x})[0][0]
			id := fmt.Sprintf("%s by %.2g at %v", name, level, x)
			first.count(t, id, r, math.Cos(x)+2*x, true, 1e3*level, true)
			second.count(t, id, h, 2-math.Sin(x), true, 1e5*level, true)
		}
		first.log(t, name+": first derivatives to 1000 times the noise")
		first.check(t, 99.8, 1e-7, 60, 75)
		second.log(t, name+": second derivatives to 100000 times the noise")
		second.check(t, 99.8, 1e-5, 60, 75)
	}
}

// shares counts how many results are accurate and how many are honest.
type shares struct {
	all, honest, none  int // none has no estimate
	nonzero, right     int // with a derivative that is finite and not below 1e-290
	resolved, accurate int
	evals, most        int
	few                bool      // there are 140 points at least, and not 400
	worst              float64   // largest true error in units of Err
	claims             []float64 // Err, relative to the truth, at resolved points
}

// honesty is how many times Err the true error may be.
const honesty = 10

func (s *shares) count(t *testing.T, id string, r numeric.Result, want float64, resolved bool, tol float64, excused bool) {
	s.all++
	s.evals += r.Evals
	s.most = max(s.most, r.Evals)
	off := math.Abs(r.Value - want)
	switch {
	case math.IsInf(r.Err, 1):
		s.honest++
		s.none++
	case off <= honesty*r.Err+1e-300:
		s.honest++
		s.worst = max(s.worst, off/(r.Err+1e-300))
	case !excused:
		t.Errorf("%s: %v ± %v after %d evaluations, want %v", id, r.Value, r.Err, r.Evals, want)
	}
	if finite(want) && math.Abs(want) >= 1e-290 {
		s.nonzero++
		s.right += within(r.Value, want, tol)
	}
	if resolved {
		s.resolved++
		s.claims = append(s.claims, r.Err/math.Abs(want))
		s.accurate += within(r.Value, want, tol)
	}
}

func (s *shares) log(t *testing.T, what string) {
	t.Logf("%s: %d of %d resolved points, %.2f %%", what, s.accurate, s.resolved, percent(s.accurate, s.resolved))
	t.Logf("and %d of all %d points with a derivative other than 0", s.right, s.nonzero)
	t.Logf("honest: %d of %d points, %.2f %%, %d of them without an estimate; worst error %.2f times Err",
		s.honest, s.all, percent(s.honest, s.all), s.none, s.worst)
	t.Logf("Err: %.2g of the truth in the median", s.median())
	t.Logf("evaluations: %.1f on average, %d at most", float64(s.evals)/float64(s.all), s.most)
}

func (s *shares) median() float64 {
	slices.Sort(s.claims)
	return s.claims[len(s.claims)/2]
}

// check fails if fewer results are accurate than wanted, in per cent, fewer than
// 99.8 % are honest, Err is larger than claim as a rule, or the results cost more
// evaluations than allowed.
func (s *shares) check(t *testing.T, accurate, claim float64, mean, most int) {
	t.Helper()
	least := 400
	if s.few {
		least = 140
	}
	if got := percent(s.accurate, s.resolved); got < accurate || s.resolved < least {
		t.Errorf("%.2f %% of %d resolved points are accurate, want %v %% of %d or more", got, s.resolved, accurate, least)
	}
	if got := s.median(); got > claim {
		t.Errorf("Err is %g of the truth in the median, want %g", got, claim)
	}
	if got := percent(s.honest, s.all); got < 99.8 {
		t.Errorf("%.2f %% of the points are honest, want 99.8 %%", got)
	}
	if s.evals > mean*s.all || s.most > most {
		t.Errorf("%d evaluations for %d points and %d for one, want %d on average and %d at most", s.evals, s.all, s.most, mean, most)
	}
}

func within(got, want, tol float64) int {
	if math.Abs(got-want) <= tol*math.Abs(want) {
		return 1
	}
	return 0
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

func reals(x []float64) []Real {
	z := make([]Real, len(x))
	for i, v := range x {
		z[i] = Real(v)
	}
	return z
}
