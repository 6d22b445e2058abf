package reverse_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// made returns what a tape that is watched finds in f and its sweep back, nil if nothing.
func made(tape *reverse.Tape, f func() reverse.Array) (found *reverse.NonFinite) {
	tape.Watch(true)
	defer tape.Watch(false)
	defer func() {
		if r := recover(); r != nil {
			found = r.(*reverse.NonFinite)
		}
	}()
	y := f()
	y.BackwardFrom(ones(y.Size()))
	return nil
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// TestWatchNamesTheOperation: forwards and back, within a Checkpoint, of constants and parameters; and
// what comes in non-finite and is masked is nobody's fault.
func TestWatchNamesTheOperation(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tape := reverse.NewTape()
	param := func(x ...float64) reverse.Array { return tape.Param(x, nil) }
	for want, f := range map[string]func() reverse.Array{
		"reverse: log made NaN: element 1 of the result, of shape [3]": func() reverse.Array {
			return ad.Log(param(1, -1, 0)).Sum()
		},
		"reverse: Div made +Inf: element 1 of the result, of shape [2]": func() reverse.Array {
			return param(1, 2).Div(param(1, 0)).Sub(param(3, 4))
		},
		"reverse: Sub made NaN: element 0 of the result, of shape [2]": func() reverse.Array {
			x := tape.Const([]float64{inf, 1})
			return ad.Exp(param(1, 2).Add(x).Sub(x))
		},
		"reverse: sqrt made +Inf: element 1 of the adjoint of operand 0, of shape [2]": func() reverse.Array {
			return ad.Sqrt(param(1, 0)).Sum()
		},
		"reverse: 3 Body: sqrt made +Inf: element 0 of the adjoint of operand 0, of shape []": func() reverse.Array {
			defer tape.Enter(3, "Body")()
			return param(0).Checkpoint(func(x reverse.Array) reverse.Array { return ad.Sqrt(x) }).Scale(2)
		},
		"reverse: 1.0 Inner: LogDet made -Inf: element 0 of the result, of shape []": func() reverse.Array {
			defer tape.Enter(1, "Outer")()
			func() { defer tape.Enter(4, "Before")() }()
			defer tape.Enter(0, "Inner")()
			return tape.Param([]float64{1, 2, 2, 4}, nil, 2, 2).LogDet()
		},
		"reverse: Const made NaN: element 1 of the result, of shape [2]": func() reverse.Array { return tape.Const([]float64{1, nan}) },
		"reverse: Param made NaN: element 0 of the result, of shape []":  func() reverse.Array { return param(nan) },
		"": func() reverse.Array {
			mask := tape.Const([]float64{0, -inf, 0})
			return param(1, 2, 3).Add(mask).Softmax(0).Add(reverse.Where([]bool{true, false, true}, param(1, 2, 3), mask)).Sum()
		},
	} {
		tape.Reset()
		got := ""
		if e := made(tape, f); e != nil {
			got = e.Error()
		}
		optest.Equal(t, "found", got, want)
		tape.Reset()
		func() { // the same without a watch
			y := f()
			y.BackwardFrom(ones(y.Size()))
		}()
	}
}

// TestWatchedStepIsTheSame: gradients have the same bits, and a step that is not watched allocates nothing.
func TestWatchedStepIsTheSame(t *testing.T) {
	tape := reverse.NewTape()
	x, g := []float64{0.3, 0.7, 1.1, 2}, make([]float64, 4)
	step := func() {
		tape.Reset()
		clear(g)
		y := ad.Tanh(tape.Param(x, g, 2, 2)).MatMul(tape.Param(x, g, 2, 2)).CumProd(0)
		y.Sum().Backward()
	}
	step()
	want := append([]float64(nil), g...)
	if n := memtest.Allocations(20, step); n != 0 {
		t.Errorf("%v allocations", n)
	}
	tape.Watch(true)
	step()
	optest.Equal(t, "gradient", g, want, optest.Bits())
}
