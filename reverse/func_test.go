package reverse

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/quartet-ad/ad"
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

// sameList fails unless two lists of numbers are the same, up to rounding.
func sameList(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s %v, want %v", what, got, want)
	}
	for i, w := range want {
		if g := got[i]; g != w && (g == g || w == w) && !(math.Abs(g-w) <= 1e-13*math.Abs(w)) {
			t.Errorf("%s %v, want %v", what, got, want)
			return
		}
	}
}

// bitEqual is sameList for numbers that are the same to the bit, but for what is NaN.
func bitEqual(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i, w := range want {
		if g := got[i]; math.Float64bits(g) != math.Float64bits(w) && (g == g || w == w) {
			t.Errorf("%s %v, want %v", what, got, want)
			return
		}
	}
}

func entries(m mat.Matrix) []float64 { return mat.DenseCopyOf(m).RawMatrix().Data }

// weightsAt returns a few numbers, of which one is 0.
func weightsAt(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = float64(i) - 0.5*float64(i%2)
	}
	return w
}

// TestReplayEdges: every operator gives at every point what that of the package does.
func TestReplayEdges(t *testing.T) {
	for _, c := range edges {
		n := len(c.points[0])
		f := Record(c.f, n)
		for _, x := range c.points {
			name := fmt.Sprintf("%s at %v: ", c.name, x)
			m := f.Outputs()
			v, w := weightsAt(n + 1)[1:], weightsAt(m)
			j := mat.NewDense(m, n, nil)
			values := JacobianTo(j, c.f, x)
			y := make([]float64, m)
			f.EvalTo(y, x)
			bitEqual(t, name+"EvalTo", y, values)
			bitEqual(t, name+"Eval", f.Eval(x), values)
			sameList(t, name+"JVP", f.JVP(x, v), JVP(c.f, x, v))
			sameList(t, name+"VJP", f.VJP(x, w), VJP(c.f, x, w))
			dy, dx := make([]float64, m), make([]float64, n)
			bitEqual(t, name+"JVPTo's value", f.JVPTo(dy, x, v), values)
			sameList(t, name+"JVPTo", dy, JVP(c.f, x, v))
			bitEqual(t, name+"VJPTo's value", f.VJPTo(dx, x, w), values)
			sameList(t, name+"VJPTo", dx, VJP(c.f, x, w))
			if n < m { // a sweep for every input, which overflows elsewhere
				for i := range n {
					e := make([]float64, n)
					e[i] = 1
					j.SetCol(i, JVP(c.f, x, e))
				}
			}
			var got mat.Dense
			bitEqual(t, name+"JacobianTo's value", f.JacobianTo(&got, x), values)
			sameList(t, name+"Jacobian", entries(f.Jacobian(x)), entries(j))
			for k := range m {
				one := func(x []Var) Var { return c.f(x)[k] }
				g, name := Record(one, n), fmt.Sprintf("%sresult %d: ", name, k)
				sameList(t, name+"Gradient", g.Gradient(x), Gradient(one, x))
				bitEqual(t, name+"GradientTo's value", []float64{g.GradientTo(dx, x)}, values[k:k+1])
				sameList(t, name+"HVP", g.HVP(x, v), HVP(one, x, v))
				bitEqual(t, name+"HVPTo's value", []float64{g.HVPTo(dx, x, v)}, values[k:k+1])
				sameList(t, name+"Hessian", entries(g.Hessian(x)), entries(Hessian(one, x)))
				var h mat.SymDense
				bitEqual(t, name+"HessianTo's value", []float64{g.HessianTo(&h, x)}, values[k:k+1])
			}
		}
	}
}

// TestReplayRuns: a replay does not run the function, also not where IfPos or Max choose
// otherwise, and each path through comparisons is recorded once.
func TestReplayRuns(t *testing.T) {
	calls := 0
	f := Record(func(x []Var) Var {
		calls++
		y := x[0].IfPos(ad.Max(x[0], x[1]), x[1])
		if x[1].Less(Var{value: 5}) {
			return y
		}
		return y.Neg()
	}, 2)
	for i, c := range []struct {
		x     [2]float64
		y     float64
		calls int
	}{{[2]float64{1, 2}, 2, 1}, {[2]float64{3, 2}, 3, 1}, {[2]float64{-1, 2}, 2, 1}, {[2]float64{-1, 6}, -6, 2}, {[2]float64{9, 5}, -9, 2}, {[2]float64{1, 1}, 1, 2}} {
		if y := f.Eval(c.x[:])[0]; y != c.y || calls != c.calls {
			t.Errorf("point %d: %v after %d calls, want %v after %d", i, y, calls, c.y, c.calls)
		}
	}
	f.Hessian([]float64{1, 2})
	f.GradientBatch([]float64{1, 2, 3, 7, 5, 6})
	if calls != 2 {
		t.Errorf("%d calls", calls)
	}
}

// TestManyPaths: of more paths than are kept, the latest are.
func TestManyPaths(t *testing.T) {
	calls := 0
	f := Record(func(x []Var) Var {
		calls++
		k := 0
		for ; (Var{value: float64(k)}).Less(x[0]); k++ {
		}
		return x[0].Mul(Var{value: float64(k)})
	}, 1)
	const n = paths + 4
	for k := range n {
		if got := f.Gradient([]float64{float64(k)})[0]; got != float64(k) {
			t.Errorf("path %d: slope %v", k, got)
		}
	}
	if calls != n || len(*f.programs.Load()) != paths {
		t.Errorf("%d calls, %d recordings", calls, len(*f.programs.Load()))
	}
	f.Eval([]float64{n - 1})
	f.Eval([]float64{n - paths})
	if calls != n {
		t.Errorf("one of the latest %d recordings is gone", paths)
	}
	if f.Eval([]float64{0}); calls != n+1 {
		t.Error("the first path is still there")
	}
}

// TestUnfit: what cannot be replayed is run for every point, and Err says why.
func TestUnfit(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func([]Var) []Var
		want error
	}{
		{"float", func(x []Var) []Var { return []Var{x[0].Mul(x[0].Const(x[1].Float())), x[1]} }, Floated},
		{"array", func(x []Var) []Var { a := Stack(x...); return a.Mul(a).Vars() }, Arrays},
		{"float of a constant", func(x []Var) []Var { return []Var{x[0].Mul(x[0].Const(x[1].Const(3).Float())), x[1]} }, nil},
	} {
		calls := 0
		f := Record(func(x []Var) []Var { calls++; return c.f(x) }, 2)
		if err := f.Err(); err != c.want {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if err := f.Check([]float64{1, 2}); err != c.want {
			t.Errorf("%s: Check gives %v, want %v", c.name, err, c.want)
		}
		calls = 0
		for i := range 5 {
			x := []float64{1 + float64(i), 2}
			sameList(t, c.name, entries(f.Jacobian(x)), entries(Jacobian(c.f, x)))
			sameList(t, c.name, f.VJPBatch(append(x, x...), []float64{1, 2, 3, 4}), append(VJP(c.f, x, []float64{1, 2}), VJP(c.f, x, []float64{3, 4})...))
		}
		if ran := calls > 0; ran != (c.want != nil) {
			t.Errorf("%s: %d calls", c.name, calls)
		}
	}
	for _, u := range []Unfit{Floated, Arrays, 7} {
		if !strings.Contains(u.Error(), "reverse: ") {
			t.Errorf("%d says %q", u, u.Error())
		}
	}
	// Only the path that is taken counts.
	f := Record(func(x []Var) Var {
		if x[0].Less(Var{}) {
			return Var{value: x[0].Float()}
		}
		return x[0]
	}, 1)
	if f.Eval([]float64{1}); f.Check([]float64{2}) != nil {
		t.Error("a path without Float is not replayed")
	}
	if y := f.Eval([]float64{-3})[0]; y != -3 {
		t.Errorf("value %v", y)
	}
	if got := [2]error{f.Check([]float64{2}), f.Check([]float64{-2})}; got != [2]error{nil, Floated} {
		t.Errorf("Check gives %v", got)
	}
}

// TestChanged: Check says which comparison came out otherwise.
func TestChanged(t *testing.T) {
	f := Record(func(x []Var) Var {
		if x[0].Less(Var{value: 10}) && !x[1].Less(x[0]) {
			return x[0]
		}
		return x[1]
	}, 2)
	f.Eval([]float64{1, 2})
	for _, c := range []struct {
		x    []float64
		want *Changed
		text string
	}{
		{[]float64{3, 4}, nil, ""},
		{[]float64{12, 13}, &Changed{0, 12, 10, true}, "comparison 0 of a recorded function: 12 is not less than 10, which was so"},
		{[]float64{3, 2}, &Changed{1, 2, 3, false}, "comparison 1 of a recorded function: 2 is less than 3, which was not so"},
	} {
		err := f.Check(c.x)
		var changed *Changed
		if errors.As(err, &changed) != (c.want != nil) || c.want != nil && (*changed != *c.want || !strings.Contains(err.Error(), c.text)) {
			t.Errorf("at %v: %v, want %v", c.x, err, c.want)
		}
	}
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
	sameList(t, "a gradient after panics", f.Gradient([]float64{-1, 2}), []float64{2, -1})
	bitEqual(t, "values after panics", two.Eval(x), x)
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

// TestHugeReplay has so many statements that they fill chunks to the brim.
func TestHugeReplay(t *testing.T) {
	for _, n := range []int{chunkLen - 2, chunkLen - 1, chunkLen, 3*chunkLen + 1, 1_000_000} {
		if n > 100_000 && testing.Short() {
			continue
		}
		program := func(x []Var) Var {
			y := x[0]
			for i := range n {
				if i%2 == 0 {
					y = y.Mul(x[1])
				} else {
					y = x[0].Sub(y)
				}
			}
			return y
		}
		f, x := Record(program, 2), []float64{1.5, 0.75}
		sameList(t, fmt.Sprint(n, " statements: gradient"), f.Gradient(x), Gradient(program, x))
		if n < 10_000 {
			sameList(t, fmt.Sprint(n, " statements: HVP"), f.HVP(x, x), HVP(program, x, x))
			sameList(t, fmt.Sprint(n, " statements: batch"), f.GradientBatch(append(x, x...))[2:], Gradient(program, x))
		}
		if ops, _ := f.Size(); ops != n {
			t.Errorf("%d operations, want %d", ops, n)
		}
	}
}

// TestConcurrentReplay: many goroutines use one function, whose paths they find on the way.
func TestConcurrentReplay(t *testing.T) {
	program := func(x []Var) Var {
		y := x[0].Mul(x[1])
		for k := range 6 {
			if x[0].Less(Var{value: float64(k)}) {
				return y.Mul(ad.Sin(x[1]))
			}
			y = y.Mul(x[0])
		}
		return y
	}
	f := Record(program, 2)
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 100 {
				x := []float64{float64((g+i)%8) - 0.5, 0.25 * float64(i%9)}
				sameList(t, "gradient", f.Gradient(x), Gradient(program, x))
				sameList(t, "HVP", f.HVP(x, x), HVP(program, x, x))
				batch := append(append([]float64{}, x...), -1, 2, 3.5, 1)
				sameList(t, "batch", f.GradientBatch(batch)[:2], Gradient(program, x))
				if err := f.Check(x); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// TestConcurrentUnfit: a function that cannot be replayed is run by all at the same time.
func TestConcurrentUnfit(t *testing.T) {
	var both sync.WaitGroup
	meet := false
	f := Record(func(x []Var) Var {
		if meet {
			both.Done()
			both.Wait() // for ever, were it run by one at a time
		}
		return Var{value: x[0].Float()}.Add(x[0])
	}, 1)
	if f.Err() != Floated {
		t.Fatal(f.Err())
	}
	meet = true
	both.Add(2)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { sameList(t, "gradient", f.Gradient([]float64{3}), []float64{1}) })
	}
	all.Wait()
}
