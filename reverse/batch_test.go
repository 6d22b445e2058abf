package reverse

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestBatch: what the operators for many points write is what those for one write, point
// by point, for every number of points around the width of blocks.
func TestBatch(t *testing.T) {
	f := Record(medley, 3)
	one := Record(func(x []Var) Var { return medley(x)[0] }, 3)
	rng := rand.New(rand.NewPCG(1, 2))
	for _, k := range []int{0, 1, 5, 63, 64, 65, 1000, 5000} {
		x, w := make([]float64, 3*k), make([]float64, 4*k)
		for i := range x {
			x[i] = math.Round(4*rng.NormFloat64()) / 2 // ties and zeros
		}
		for i := range w {
			w[i] = rng.NormFloat64()
		}
		if k > 4 {
			x[3*(k-2)], x[3*(k-3)], x[3*(k-4)+2] = nan, inf, negativeZero
		}
		y, g, j, s := f.EvalBatch(x), f.VJPBatch(x, w), f.JacobianBatch(x), one.GradientBatch(x)
		dst, values := make([]float64, 12*k), make([]float64, 4*k)
		f.JacobianBatchTo(dst, values, x)
		near := func(what string, got, want []float64) {
			t.Helper()
			optest.Equal(t, fmt.Sprintf("%d points: %s", k, what), got, want, cmpopts.EquateApprox(1e-12, 1e-12), cmpopts.EquateNaNs())
		}
		near("values with Jacobians", values, y)
		near("Jacobians", dst, j)
		f.VJPBatchTo(dst[:3*k], values, x, w)
		near("values with products", values, y)
		near("products", dst[:3*k], g)
		one.GradientBatchTo(dst[:3*k], values[:k], x)
		near("gradients", dst[:3*k], s)
		for p := range k {
			at := x[3*p:][:3]
			near(fmt.Sprint("values at ", at), y[4*p:][:4], f.Eval(at))
			near(fmt.Sprint("value at ", at), values[p:p+1], one.Eval(at))
			near(fmt.Sprint("gradient at ", at), s[3*p:][:3], Gradient(firstOfMedley, at))
			near(fmt.Sprint("product at ", at), g[3*p:][:3], VJP(medley, at, w[4*p:][:4]))
			near(fmt.Sprint("Jacobian at ", at), j[12*p:][:12], entries(Jacobian(medley, at)))
		}
	}
}

func firstOfMedley(x []Var) Var { return medley(x)[0] }

// TestBatchEdges: blocks give what single points do, at points of every kind next to each
// other.
func TestBatchEdges(t *testing.T) {
	for _, c := range edges {
		f, n := Record(c.f, len(c.points[0])), len(c.points[0])
		x := slices.Concat(c.points...)
		m := f.Outputs()
		w := weightsAt(m * len(c.points))
		y, g, j := f.EvalBatch(x), f.VJPBatch(x, w), f.JacobianBatch(x)
		for k, p := range c.points {
			name := fmt.Sprintf("%s at %v: ", c.name, p)
			optest.Equal(t, name+"values", y[k*m:][:m], f.Eval(p), relative13)
			for i, v := range f.Eval(p) {
				if got := y[k*m+i]; v == 0 && math.Signbit(got) != math.Signbit(v) {
					t.Errorf("%svalue %d is %v, want %v", name, i, got, v)
				}
			}
			optest.Equal(t, name+"product", g[k*n:][:n], f.VJP(p, w[k*m:][:m]), relative13)
			optest.Equal(t, name+"Jacobian", j[k*n*m:][:n*m], entries(Jacobian(c.f, p)), relative13)
		}
	}
}

// TestBatchBranches: a block goes by the branch that a single point takes, although its
// elementary functions are rounded in another way.
func TestBatchBranches(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 0))
	for range 200 {
		c := rng.NormFloat64()
		limit := Var{value: Record(exact, 3).Eval([]float64{c, 1, 2})[0]}
		chosen := Record(func(x []Var) Var { return exact(x).Sub(limit).IfPos(Var{value: 1}, Var{value: -1}) }, 3)
		compared := Record(func(x []Var) Var {
			if exact(x).Less(limit) {
				return x[0]
			}
			return Var{value: 2}
		}, 3)
		x := slices.Repeat([]float64{c, 1, 2}, 5)
		for i := range 5 {
			x[3*i] += float64(i-2) * 1e-16
		}
		for _, f := range []*Func{chosen, compared} {
			y := f.EvalBatch(x)
			for i := range y {
				if want := f.Eval(x[3*i:][:3])[0]; y[i] != want {
					t.Fatalf("at %v: %v in a block, %v alone", x[3*i:][:3], y[i], want)
				}
			}
		}
	}
}

func exact(x []Var) Var {
	return ad.Sin(x[0]).Mul(x[1]).Add(ad.Exp(x[0]).Mul(x[2])).Add(ad.Tanh(x[0]).Mul(x[2]))
}

// TestConcurrentBatch: the bits do not depend on how many goroutines share the work, also
// where points have to be recorded on the way.
func TestConcurrentBatch(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	const k = 20_000
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, 3*k)
	for i := range x {
		x[i] = 2 * rng.NormFloat64()
	}
	x[300], x[30_000] = inf, nan
	branching := func(x []Var) []Var {
		if x[2].Less(Var{value: -6}) {
			return []Var{x[0].Mul(x[1]), ad.Cos(x[2])}
		}
		return medley(x)[:2]
	}
	procs := []int{1, 2, 3, 8, 16, 17, 64}
	if testing.Short() {
		procs = []int{1, 3, 16}
	}
	var first, all [][]float64
	for _, procs := range procs {
		runtime.GOMAXPROCS(procs)
		f := Record(branching, 3)
		for range 3 {
			all = append([][]float64(nil), f.EvalBatch(x), f.VJPBatch(x, x[:2*k]), f.JacobianBatch(x))
			tape, shared, own := NewTape(), make([]float64, 2), make([]float64, k)
			z := f.Map(tape.Param(x[:k], own), tape.Param(x[:1], shared[:1], 1), tape.Param(x[1:2], shared[1:], 1))
			z.Sum().Backward()
			all = append(all, z.Values(), shared, own)
			if first == nil {
				first = all
			}
			for i := range all {
				for j := range all[i] {
					if a, b := all[i][j], first[i][j]; math.Float64bits(a) != math.Float64bits(b) && (a == a || b == b) {
						t.Fatalf("%d cores: result %d of kind %d is %v, was %v", procs, j, i, all[i][j], first[i][j])
					}
				}
			}
		}
	}
}

// TestBatchPanics: wrong lengths, and a panic of the function in a worker.
func TestBatchPanics(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	f := Record(medley, 3)
	one := Record(firstOfMedley, 3)
	bad := Record(func(x []Var) Var {
		if x[0].Less(Var{}) {
			panic("a function's own")
		}
		return ad.Sin(x[0]).Mul(x[0])
	}, 1)
	x, many := make([]float64, 6), make([]float64, 100_000)
	many[99_000] = -1
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"reverse.Func.EvalBatch: x has length 4, want a multiple of the 3 inputs", func() { f.EvalBatch(x[:4]) }},
		{"reverse.Func.EvalBatchTo: dst has length 6, want 8", func() { f.EvalBatchTo(x, x) }},
		{"reverse.Func.GradientBatchTo: the function has 4 results, want 1", func() { f.GradientBatch(x) }},
		{"reverse.Func.GradientBatchTo: dst has length 3, want 6", func() { one.GradientBatchTo(x[:3], nil, x) }},
		{"reverse.Func.GradientBatchTo: y has length 6, want 2", func() { one.GradientBatchTo(x, x, x) }},
		{"reverse.Func.VJPBatch: w has length 6, want 8", func() { f.VJPBatch(x, x) }},
		{"reverse.Func.VJPBatchTo: dst has length 5, want 6", func() { f.VJPBatchTo(x[:5], nil, x, many[:8]) }},
		{"reverse.Func.JacobianBatchTo: dst has length 6, want 24", func() { f.JacobianBatchTo(x, nil, x) }},
		{"reverse.Func.JacobianBatchTo: y has length 6, want 8", func() { f.JacobianBatchTo(many[:24], x, x) }},
		{"a function's own", func() { bad.EvalBatch(many) }},
		{"a function's own", func() { bad.GradientBatch(many) }},
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
	many[99_000] = 1
	if y := bad.EvalBatch(many); y[99_000] != math.Sin(1) {
		t.Errorf("value %v after a panic", y[99_000])
	}
}

// TestBatchAwayFromOrigin: the first point is recorded, and not the origin, where a
// function may be at a loss.
func TestBatchAwayFromOrigin(t *testing.T) {
	calls := 0
	f := Record(func(x []Var) Var {
		if calls++; !(Var{}).Less(x[0]) {
			panic("not positive")
		}
		return ad.Log(x[0])
	}, 1)
	if g := f.GradientBatch([]float64{1, 2, 4}); !slices.Equal(g, []float64{1, 0.5, 0.25}) || calls != 1 {
		t.Errorf("gradients %v after %d calls", g, calls)
	}
}
