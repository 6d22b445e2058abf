package reverse

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// gradient returns the gradient with respect to x of the sum of f(x), weighted with w.
func gradient(x, w []float64, f func(x Array) Array, shape ...int) []float64 {
	p := NewTape().Param(x, nil, shape...)
	f(p).BackwardFrom(w)
	return p.Grad()
}

// A factor of 0 makes a product 0, also where those after or before it overflow.
func TestProdOverflowsNextToZero(t *testing.T) {
	for _, c := range []struct {
		x, want []float64
		y       float64
	}{
		{[]float64{0, 3, 1e300, 1e300}, []float64{inf, 0, 0, 0}, 0},
		{[]float64{1e300, 1e300, 3, 0}, []float64{0, 0, 0, inf}, 0},
		{[]float64{1e300, 1e300, 0, 1e300, 1e300}, []float64{0, 0, inf, 0, 0}, 0},
		{[]float64{1e300, 0, 0, 1e300}, []float64{0, 0, 0, 0}, 0},
		{[]float64{0, 3, inf}, []float64{inf, nan, 0}, nan},
		{[]float64{0, nan, 2}, []float64{nan, 0, nan}, nan},
	} {
		x := NewTape().Param(c.x, nil)
		y := x.Prod()
		y.Backward()
		optest.Equal(t, fmt.Sprint("Prod of ", c.x), y.Value(), c.y)
		optest.Equal(t, fmt.Sprint("slopes of Prod of ", c.x), x.Grad(), c.want)
	}
	x := NewTape().Param([]float64{0, 1, 1e300, 1e300}, nil)
	h := x.Prod().HVP([]float64{1}, []Array{x}, [][]float64{{0, 1, 0, 0}})
	optest.Equal(t, "HVP", h[0], []float64{inf, 0, 0, 0})
}

// A matrix with a NaN has no determinant, whether elimination comes to the NaN or not.
func TestLogDetOfNaN(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want float64
	}{
		{[]float64{0, nan, 0, 1}, nan},
		{[]float64{nan, 0, 0, 0}, nan},
		{[]float64{0, 0, 0, nan}, nan},
		{[]float64{0, inf, 0, 1}, nan},
		{[]float64{0, 1, 0, 1}, -inf},
	} {
		x := NewTape().Param(c.x, nil, 2, 2)
		y := x.LogDet()
		y.Backward()
		optest.Equal(t, fmt.Sprint("LogDet of ", c.x), y.Value(), c.want)
		optest.Equal(t, fmt.Sprint("slopes of LogDet of ", c.x), x.Grad(), []float64{nan, nan, nan, nan})
	}
}

// Misuse of JVP and HVP is told for a constant too.
func TestDirectionsOfConstant(t *testing.T) {
	tape, other := NewTape(), NewTape()
	x, c := tape.Param([]float64{1, 2}, nil), tape.Const([]float64{3})
	stranger := other.Param([]float64{1}, nil)
	for _, y := range []Array{c, {}} {
		optest.Panics(t, "reverse: JVP of 1 parameters with 0 directions", func() { y.JVP([]Array{x}, nil) })
		optest.Panics(t, "reverse: JVP along 3 elements of a parameter of 2", func() { y.JVP([]Array{x}, [][]float64{{1, 2, 3}}) })
		optest.Panics(t, "reverse: JVP along an array that is not a parameter of the tape", func() { y.JVP([]Array{c}, [][]float64{{1}}) })
		optest.Panics(t, "reverse: HVP of 0 parameters with 1 directions", func() { y.HVP([]float64{1}, nil, make([][]float64, 1)) })
		optest.Panics(t, "reverse: HVP along an array that is not a parameter of the tape", func() { y.HVP([]float64{1}, []Array{x.Neg()}, [][]float64{{1, 2}}) })
		optest.Equal(t, "HVP of a constant", y.HVP([]float64{1}, []Array{x}, [][]float64{{1, 2}})[0], []float64{0, 0})
		optest.Equal(t, "JVP of a constant", y.JVP([]Array{x}, [][]float64{{1, 2}}), []float64{0})
	}
	optest.Panics(t, "reverse: JVP along an array that is not a parameter of the tape", func() { c.JVP([]Array{stranger}, [][]float64{{1}}) })
	optest.Equal(t, "JVP of a constant without a tape", (Array{}).JVP([]Array{stranger}, [][]float64{{1}}), []float64{0})
}

// Where a condition is NaN, a tangent of 0 contributes nothing, as an adjoint of 0
// does not.
func TestIfPosOfNaNAlongNothing(t *testing.T) {
	x := NewTape().Param([]float64{1, 2, 3}, nil)
	y := (*Tape)(x.a.tape).Const([]float64{nan, nan, 1}).IfPos(x, x.Neg())
	optest.Equal(t, "JVP", y.JVP([]Array{x}, [][]float64{{0, 1, 1}}), []float64{0, nan, 1})
	g := gradient([]float64{1, 2, 3}, []float64{0, 1, 1}, func(x Array) Array {
		return (*Tape)(x.a.tape).Const([]float64{nan, nan, 1}).IfPos(x, x.Neg())
	})
	optest.Equal(t, "gradient", g, []float64{0, nan, 1})
}

// Along axes, a result of NaN contributes nothing where its adjoint is 0, and a tangent
// of 0 nothing to it.
func TestExtremeOfNaNLeftOut(t *testing.T) {
	v := []float64{nan, 2, 3, 4}
	for name, f := range map[string]func(x Array) Array{
		"Max": func(x Array) Array { return x.Max(1) },
		"Min": func(x Array) Array { return x.Neg().Min(1).Neg() },
	} {
		optest.Equal(t, name+": gradient", gradient(v, []float64{0, 1}, f, 2, 2), []float64{0, 0, 0, 1})
		optest.Equal(t, name+": gradient", gradient(v, []float64{1, 1}, f, 2, 2), []float64{nan, nan, 0, 1})
		x := NewTape().Param(v, nil, 2, 2)
		y := f(x)
		optest.Equal(t, name+": JVP", y.JVP([]Array{x}, [][]float64{{0, 0, 1, 1}}), []float64{0, 1})
		optest.Equal(t, name+": JVP", y.JVP([]Array{x}, [][]float64{{0, 1, 1, 1}}), []float64{nan, 1})
	}
}

// A result that only the cell state leads to is reached, in a careful sweep too.
func TestLSTMCellAlone(t *testing.T) {
	zs := []float64{0.1, 0.2, 0.3, 0.4}
	cell := func(z Array) Array {
		_, next := LSTM(z, (*Tape)(z.a.tape).Const([]float64{0.5}, 1))
		return next
	}
	want := gradient(zs, []float64{1}, cell)
	optest.Equal(t, "in a Checkpoint", gradient(zs, []float64{1}, func(z Array) Array { return z.Checkpoint(cell) }), want)
	if want[0] == 0 {
		t.Errorf("gradient %v", want)
	}
}

// A function that panics leaves nothing for the sweeps.
func TestPanicLeavesNothing(t *testing.T) {
	fails := &Custom{
		Name:  "fails",
		Value: func(*Call) { panic("no value") },
		JVP:   func(*Call, []float64, [][]float64) { t.Error("JVP of what has no value") },
		VJP:   func(*Call, [][]float64, []float64) { t.Error("VJP of what has no value") },
	}
	fickle := Record(func(x []Var) Var {
		if x[0].value < 0 {
			panic("no value")
		}
		return x[0].Mul(x[0])
	}, 1)
	tape := NewTape()
	x := tape.Param([]float64{-1, 2}, nil)
	y := x.Mul(x)
	optest.Panics(t, "no value", func() { fails.Of(x) })
	optest.Panics(t, "no value", func() { fickle.Map(x) })
	y = y.Sum()
	y.Backward()
	optest.Equal(t, "gradient", x.Grad(), []float64{-2, 4})
	optest.Equal(t, "JVP", y.JVP([]Array{x}, [][]float64{{1, 1}}), []float64{2})
	optest.Equal(t, "after a panic", fickle.Gradient([]float64{3}), []float64{6})
}

// A Custom operation without a JVP makes one without an allocation.
func TestCustomPushSteadyState(t *testing.T) {
	x := NewTape().Param(waves(50, 1), nil)
	y := scale.Of(x)
	direction, along := []Array{x}, [][]float64{waves(50, 2)}
	y.JVP(direction, along)
	if n := memtest.Allocations(20, func() { y.JVP(direction, along) }); n > 1 { // the result
		t.Errorf("%v allocations", n)
	}
}

// A tangent of 0 contributes nothing to a row whose slopes are NaN or infinite.
func TestTangentsOfNothing(t *testing.T) {
	xs, v := []float64{nan, 1, 2, inf, 1, 2}, []float64{0, 0, 0, 0, 1, 0}
	for name, f := range map[string]func(x Array) Array{
		"Softmax":    func(x Array) Array { return x.Softmax(1).Slice(Range{Stop: 1}).Sum() },
		"LogSoftmax": func(x Array) Array { return x.LogSoftmax(1).Slice(Range{Stop: 1}).Sum() },
		"LogSumExp":  func(x Array) Array { return x.LogSumExp(1).Slice(Range{Stop: 1}) },
		"CrossEntropy": func(x Array) Array {
			return x.CrossEntropy(1, []int{0, 0}, CrossEntropyOptions{}).Slice(Range{Stop: 1})
		},
		"CrossEntropyTo": func(x Array) Array {
			return x.CrossEntropyTo(1, (*Tape)(x.a.tape).Const(waves(6, 1), 2, 3), CrossEntropyOptions{}).Slice(Range{Stop: 1})
		},
		"SumSq of columns": func(x Array) Array { return x.SumSq(0).Slice(Range{Stop: 1}) },
		"Norm2":            func(x Array) Array { return x.Norm2(1).Slice(Range{Stop: 1}) },
	} {
		x := NewTape().Param(xs, nil, 2, 3)
		if got := f(x).JVP([]Array{x}, [][]float64{v}); got[0] != 0 {
			t.Errorf("%s: JVP %v, want 0", name, got)
		}
	}
}

// A careful sweep at second order follows the structure through arrays: what is stacked
// on a branch that no result depends on contributes nothing, even at an infinite slope.
func TestHessianBesideDeadArrays(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(x []Var) Var
		x    []float64
		want [][]float64
	}{
		{"a dead scalar", func(x []Var) Var {
			ad.Sqrt(x[2])
			return Stack(x[0], x[1]).SumSq().At()
		}, []float64{3, 5, 0}, [][]float64{{2, 0, 0}, {0, 2, 0}, {0, 0, 0}}},
		{"a dead stack", func(x []Var) Var {
			Stack(ad.Sqrt(x[2]), x[0]).SumSq()
			return x[0].Mul(x[1])
		}, []float64{3, 5, 0}, [][]float64{{0, 1, 0}, {1, 0, 0}, {0, 0, 0}}},
		{"a dead element", func(x []Var) Var {
			a := ad.Sqrt(Stack(x...))
			return a.At(0).Mul(a.At(1))
		}, []float64{4, 1, 0}, [][]float64{{-1.0 / 32, 1.0 / 8, 0}, {1.0 / 8, -1.0 / 2, 0}, {0, 0, 0}}},
		{"a live element", func(x []Var) Var {
			ad.Sqrt(x[1])
			return ad.Cube(Stack(x...)).At(0)
		}, []float64{2, 0}, [][]float64{{12, 0}, {0, 0}}},
	} {
		h := Hessian(c.f, c.x)
		for i := range c.x {
			for j := range c.x {
				if got := h.At(i, j); got != c.want[i][j] {
					t.Errorf("%s: ∂²/∂x%d∂x%d is %v, want %v", c.name, i, j, got, c.want[i][j])
				}
			}
		}
	}
}
