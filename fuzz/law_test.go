package fuzz

import (
	"fmt"
	"math"
	"sync/atomic"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"pgregory.net/rapid"
)

// A law is something that must hold between results of one method, whatever the
// program. It reports what it compares to a hearing.
type law struct {
	name  string
	check func(t *rapid.T, h *hearing)
}

// A hearing compares the sides of laws by exact methods, and counts.
type hearing struct {
	*rapid.T
	exact             []method
	compared, unknown int
	broken            string // what shows that the law does not hold
}

// hear checks a law ten times.
func (l law) hear(t *rapid.T, exact []method) *hearing {
	h := &hearing{T: t, exact: exact}
	for range 10 {
		l.check(t, h)
	}
	return h
}

// same notes that the law is broken unless two numbers may be the same.
func (h *hearing) same(m method, c Case, what string, a, b number) {
	if !a.known() || !b.known() {
		h.unknown++
		return
	}
	h.compared++
	if !(math.Abs(a.v-b.v) <= a.err+b.err) {
		h.broken = fmt.Sprintf("%s by %s: %v ± %.2g and %v ± %.2g, at %v of\n%v", what, m.name, a.v, a.err, b.v, b.err, c.X, c.Program)
	}
}

// methods returns the exact methods, and differences where the judge finds them
// fit to speak: where it calls the programs smooth, and skipped nothing. Inputs are
// of moderate size then, for their estimates are no bounds next to a kink.
func (h *hearing) methods(cases ...Case) []method {
	for _, c := range cases {
		for _, x := range c.X {
			if !(0x1p-6 <= math.Abs(x) && math.Abs(x) <= 0x1p6) {
				return h.exact
			}
		}
		if r := compare.Check(c.Program.Func(), c.X); r.Class != compare.Smooth || r.Skipped > 0 {
			return h.exact
		}
	}
	return append([]method{byDifferences}, h.exact...)
}

// direction draws a direction of n numbers other than 0.
func (h *hearing) direction(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(rapid.IntRange(1, 64).Draw(h.T, "v"))/16 - 2.03125
	}
	return v
}

var laws = []law{
	{"JVP is linear", func(t *rapid.T, h *hearing) {
		c := Cases().Draw(t, "case")
		u, v := h.direction(len(c.X)), h.direction(len(c.X))
		a, b := rapid.IntRange(-4, 4).Draw(t, "a"), rapid.IntRange(-4, 4).Draw(t, "b")
		sum := make([]float64, len(u))
		for i := range sum {
			sum[i] = float64(a)*u[i] + float64(b)*v[i] // exact
			if sum[i] == 0 {
				return // an input that does not move is left out
			}
		}
		for _, m := range h.methods(c) {
			left, ju, jv := m.jvp(c.Program, c.X, sum), m.jvp(c.Program, c.X, u), m.jvp(c.Program, c.X, v)
			for k := range left {
				h.same(m, c, "J(au+bv) = aJu + bJv", left[k], exactly(float64(a)).Mul(ju[k]).Add(exactly(float64(b)).Mul(jv[k])))
			}
		}
	}},
	{"the Hessian is symmetric", func(t *rapid.T, h *hearing) {
		c := Cases().Draw(t, "case")
		for _, m := range h.methods(c) {
			for i := range c.X {
				row := m.hvp(c.Program, c.X, axis(c.X, i))
				for j := range i {
					h.same(m, c, "∂²y/∂x∂z = ∂²y/∂z∂x", row[j], m.hvp(c.Program, c.X, axis(c.X, j))[i])
				}
			}
		}
	}},
	{"the product rule", func(t *rapid.T, h *hearing) {
		f, g := pair(t)
		fg := Case{combine(mul, f.Program, g.Program), f.X}
		for _, m := range h.methods(f, g, fg) {
			y, z := m.value(f.Program, f.X), m.value(g.Program, f.X)
			df, dg, d := m.gradient(f.Program, f.X), m.gradient(g.Program, f.X), m.gradient(fg.Program, f.X)
			for i := range d {
				h.same(m, fg, "(fg)' = f'g + fg'", d[i], df[i].Mul(z).Add(y.Mul(dg[i])))
			}
		}
	}},
	{"the quotient rule", func(t *rapid.T, h *hearing) {
		f, g := pair(t)
		q := Case{combine(div, f.Program, g.Program), f.X}
		for _, m := range h.methods(f, g, q) {
			y, z := m.value(f.Program, f.X), m.value(g.Program, f.X)
			df, dg, d := m.gradient(f.Program, f.X), m.gradient(g.Program, f.X), m.gradient(q.Program, f.X)
			for i := range d {
				h.same(m, q, "(f/g)' = (f' - (f/g)g')/g", d[i], df[i].Sub(y.Div(z).Mul(dg[i])).Div(z))
			}
		}
	}},
	{"the chain rule", func(t *rapid.T, h *hearing) {
		f, g := CasesOf(1).Draw(t, "f"), Cases().Draw(t, "g")
		fg := Case{compose(f.Program, g.Program), g.X}
		for _, m := range h.methods(g, fg) {
			z := m.value(g.Program, g.X)
			df := m.gradient(f.Program, []float64{z.v})[0]
			// f' is wanted at g(x), which is known up to an error.
			df.err += math.Abs(m.hvp(f.Program, []float64{z.v}, []float64{1})[0].v) * 2 * z.err
			dg, d := m.gradient(g.Program, g.X), m.gradient(fg.Program, g.X)
			for i := range d {
				h.same(m, fg, "f(g)' = f'(g)g'", d[i], df.Mul(dg[i]))
			}
		}
	}},
	{"the rule of inverses", func(t *rapid.T, h *hearing) {
		pairs := []struct {
			f, g   ad.Op
			lo, hi float64
		}{
			{ad.OpExp, ad.OpLog, -20, 20}, {ad.OpExp2, ad.OpLog2, -20, 20}, {ad.OpExpm1, ad.OpLog1p, -3, 20},
			{ad.OpSin, ad.OpAsin, -1.4, 1.4}, {ad.OpCos, ad.OpAcos, 0.2, 2.9}, {ad.OpTan, ad.OpAtan, -1.4, 1.4},
			{ad.OpSinh, ad.OpAsinh, -20, 20}, {ad.OpCosh, ad.OpAcosh, 0.2, 20}, {ad.OpTanh, ad.OpAtanh, -2, 2},
			{ad.OpSquare, ad.OpSqrt, 0.01, 100}, {ad.OpCube, ad.OpCbrt, 0.01, 100}, {ad.OpReciprocal, ad.OpReciprocal, 0.01, 100},
		}
		p := rapid.SampledFrom(pairs).Draw(t, "f")
		x := []float64{rapid.Float64Range(p.lo, p.hi).Draw(t, "x")}
		f, g := program(1, st(apply, 0).of(p.f)), program(1, st(apply, 0).of(p.g))
		c := Case{compose(g, f), x}
		for _, m := range h.methods(c) {
			y := m.value(f, x)
			dg := m.gradient(g, []float64{y.v})[0]
			dg.err += math.Abs(m.hvp(g, []float64{y.v}, []float64{1})[0].v) * 2 * y.err
			h.same(m, c, "g'(f(x)) f'(x) = 1", dg.Mul(m.gradient(f, x)[0]), exactly(1))
			h.same(m, c, "g(f)' = 1", m.gradient(c.Program, x)[0], exactly(1))
		}
	}},
	{"the dot product", func(t *rapid.T, h *hearing) {
		c := Cases().Draw(t, "case")
		v, w := h.direction(len(c.X)), h.direction(min(len(c.Program.body), 3))
		for _, m := range h.methods(c) {
			h.same(m, c, "w·Jv = Jᵀw·v", dot(numbers(w), m.jvp(c.Program, c.X, v)), dot(m.vjp(c.Program, c.X, w), numbers(v)))
		}
	}},
	{"HVP is the Hessian times v", func(t *rapid.T, h *hearing) {
		c := Cases().Draw(t, "case")
		v := h.direction(len(c.X))
		for _, m := range h.methods(c) {
			hvp, hessian := m.hvp(c.Program, c.X, v), m.hessian(c.Program, c.X)
			for i := range hvp {
				h.same(m, c, "HVP = Hv", hvp[i], dot(hessian[i], numbers(v)))
			}
		}
	}},
}

// pair draws two programs of the same inputs.
func pair(t *rapid.T) (f, g Case) {
	f = Cases().Draw(t, "f")
	g = CasesOf(len(f.X)).Draw(t, "g")
	return f, Case{g.Program, f.X}
}

func numbers(v []float64) []number {
	z := make([]number, len(v))
	for i := range v {
		z[i] = exactly(v[i])
	}
	return z
}

// TestLaws checks every law on random programs.
func TestLaws(t *testing.T) {
	for _, l := range laws {
		t.Run(l.name, func(t *testing.T) {
			var compared, unknown atomic.Int64
			rapid.Check(t, func(t *rapid.T) {
				h := l.hear(t, exactMethods)
				if h.broken != "" {
					t.Fatal(h.broken)
				}
				compared.Add(int64(h.compared))
				unknown.Add(int64(h.unknown))
			})
			t.Logf("%d comparisons, %d numbers unknown", compared.Load(), unknown.Load())
			if compared.Load() < 300 || unknown.Load() > compared.Load() {
				t.Error("too little was compared")
			}
		})
	}
}

// fuzzLaw makes a law a fuzz target. rapid reads eight bytes a number and skips
// input that is too short for the whole case, so that the seeds are long.
func fuzzLaw(f *testing.F, name string) {
	for _, l := range laws {
		if l.name != name {
			continue
		}
		for seed := range uint64(8) {
			f.Add(blob(seed))
		}
		f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
			h := &hearing{T: t, exact: exactMethods}
			if l.check(t, h); h.broken != "" {
				t.Fatal(h.broken)
			}
		}))
		return
	}
	f.Fatalf("there is no law %q", name)
}

func FuzzLinear(f *testing.F)    { fuzzLaw(f, "JVP is linear") }
func FuzzSymmetric(f *testing.F) { fuzzLaw(f, "the Hessian is symmetric") }
func FuzzProduct(f *testing.F)   { fuzzLaw(f, "the product rule") }
func FuzzQuotient(f *testing.F)  { fuzzLaw(f, "the quotient rule") }
func FuzzChain(f *testing.F)     { fuzzLaw(f, "the chain rule") }
func FuzzInverse(f *testing.F)   { fuzzLaw(f, "the rule of inverses") }
func FuzzDot(f *testing.F)       { fuzzLaw(f, "the dot product") }
func FuzzHVP(f *testing.F)       { fuzzLaw(f, "HVP is the Hessian times v") }
