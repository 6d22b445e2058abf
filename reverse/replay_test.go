package reverse

import (
	"fmt"
	"sync"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

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
			optest.Equal(t, name+"EvalTo", y, values, optest.Bits())
			optest.Equal(t, name+"Eval", f.Eval(x), values, optest.Bits())
			optest.Equal(t, name+"JVP", f.JVP(x, v), JVP(c.f, x, v), relative13)
			optest.Equal(t, name+"VJP", f.VJP(x, w), VJP(c.f, x, w), relative13)
			dy, dx := make([]float64, m), make([]float64, n)
			optest.Equal(t, name+"JVPTo's value", f.JVPTo(dy, x, v), values, optest.Bits())
			optest.Equal(t, name+"JVPTo", dy, JVP(c.f, x, v), relative13)
			optest.Equal(t, name+"VJPTo's value", f.VJPTo(dx, x, w), values, optest.Bits())
			optest.Equal(t, name+"VJPTo", dx, VJP(c.f, x, w), relative13)
			if n < m { // a sweep for every input, which overflows elsewhere
				for i := range n {
					e := make([]float64, n)
					e[i] = 1
					j.SetCol(i, JVP(c.f, x, e))
				}
			}
			var got mat.Dense
			optest.Equal(t, name+"JacobianTo's value", f.JacobianTo(&got, x), values, optest.Bits())
			optest.Equal(t, name+"Jacobian", entries(f.Jacobian(x)), entries(j), relative13)
			for k := range m {
				one := func(x []Var) Var { return c.f(x)[k] }
				g, name := Record(one, n), fmt.Sprintf("%sresult %d: ", name, k)
				optest.Equal(t, name+"Gradient", g.Gradient(x), Gradient(one, x), relative13)
				optest.Equal(t, name+"GradientTo's value", []float64{g.GradientTo(dx, x)}, values[k:k+1], optest.Bits())
				optest.Equal(t, name+"HVP", g.HVP(x, v), HVP(one, x, v), relative13)
				optest.Equal(t, name+"HVPTo's value", []float64{g.HVPTo(dx, x, v)}, values[k:k+1], optest.Bits())
				optest.Equal(t, name+"Hessian", entries(g.Hessian(x)), entries(Hessian(one, x)), relative13)
				var h mat.SymDense
				optest.Equal(t, name+"HessianTo's value", []float64{g.HessianTo(&h, x)}, values[k:k+1], optest.Bits())
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
		optest.Equal(t, fmt.Sprint(n, " statements: gradient"), f.Gradient(x), Gradient(program, x), relative13)
		if n < 10_000 {
			optest.Equal(t, fmt.Sprint(n, " statements: HVP"), f.HVP(x, x), HVP(program, x, x), relative13)
			optest.Equal(t, fmt.Sprint(n, " statements: batch"), f.GradientBatch(append(x, x...))[2:], Gradient(program, x), relative13)
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
				optest.Equal(t, "gradient", f.Gradient(x), Gradient(program, x), relative13)
				optest.Equal(t, "HVP", f.HVP(x, x), HVP(program, x, x), relative13)
				batch := append(append([]float64{}, x...), -1, 2, 3.5, 1)
				optest.Equal(t, "batch", f.GradientBatch(batch)[:2], Gradient(program, x), relative13)
				if err := f.Check(x); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
