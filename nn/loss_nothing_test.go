package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// TestMeanOfNothing: where a mean has nothing to divide by, its value is NaN, and it asks
// for no step: gradient, JVP and HVP are 0, even if what is left out is infinite or NaN.
func TestMeanOfNothing(t *testing.T) {
	const out = -100
	labels, zero := []int{out, out, out}, []int{0, 0, 0}
	ignored := ClassOptions{Ignore: []int{out}}
	some := ClassOptions{Ignore: []int{out, 0}, Weights: []float64{1, 2, 3}}
	weightless := ClassOptions{Weights: []float64{0, 1, 1}}
	smooth := func(o ClassOptions) ClassOptions {
		o.Smoothing = 0.1
		return o
	}
	for name, c := range map[string]struct {
		f     func(x reverse.Array) reverse.Array
		value float64
	}{
		"CrossEntropy, ignored":        {func(x reverse.Array) reverse.Array { return CrossEntropy(x, labels, ignored) }, nan},
		"CrossEntropy, two labels out": {func(x reverse.Array) reverse.Array { return CrossEntropy(x, []int{0, out, 0}, some) }, nan},
		"CrossEntropy, smooth":         {func(x reverse.Array) reverse.Array { return CrossEntropy(x, labels, smooth(ignored)) }, nan},
		"CrossEntropy, weightless":     {func(x reverse.Array) reverse.Array { return CrossEntropy(x, zero, weightless) }, nan},
		"CrossEntropy, doubled":        {func(x reverse.Array) reverse.Array { return CrossEntropy(x, labels, ignored).Scale(2) }, nan},
		"NLL, ignored":                 {func(x reverse.Array) reverse.Array { return NLL(x, labels, ignored) }, nan},
		"NLL, weightless":              {func(x reverse.Array) reverse.Array { return NLL(x, zero, weightless) }, nan},
		"FocalSoftmax, ignored":        {func(x reverse.Array) reverse.Array { return FocalSoftmax(x, labels, 2, ignored) }, nan},
		"FocalSoftmax ½, ignored":      {func(x reverse.Array) reverse.Array { return FocalSoftmax(x, labels, 0.5, ignored) }, nan},
		"FocalSoftmax, weightless":     {func(x reverse.Array) reverse.Array { return FocalSoftmax(x, zero, 2, weightless) }, 0},
		"MultiMargin, ignored":         {func(x reverse.Array) reverse.Array { return MultiMargin(x, labels, 1, ignored) }, nan},
		"MultiMargin, weightless":      {func(x reverse.Array) reverse.Array { return MultiMargin(x, zero, 1, weightless) }, 0},
		"CrossEntropy of a reverse op": {func(x reverse.Array) reverse.Array {
			return x.CrossEntropy(1, labels, reverse.CrossEntropyOptions{Ignore: []int{out}}).Sum()
		}, 0},
		"CrossEntropy along axis 0": {func(x reverse.Array) reverse.Array {
			return x.CrossEntropy(0, labels, reverse.CrossEntropyOptions{Ignore: []int{out}}).Sum()
		}, 0},
		"DiceLoss of nothing":        {func(x reverse.Array) reverse.Array { return DiceLoss(x.Scale(0), x.Scale(0), 0) }, nan},
		"DiceSquaredLoss of nothing": {func(x reverse.Array) reverse.Array { return DiceSquaredLoss(x.Scale(0), x.Scale(0), 0) }, nan},
		"JaccardLoss of nothing":     {func(x reverse.Array) reverse.Array { return JaccardLoss(x.Scale(0), x.Scale(0), 0) }, nan},
		"FocalTverskyLoss of nothing": {func(x reverse.Array) reverse.Array {
			return FocalTverskyLoss(x.Scale(0), x.Scale(0), 0.5, 0.5, 0.75, 0)
		}, nan},
		"GeneralizedDice of nothing": {func(x reverse.Array) reverse.Array { return GeneralizedDiceLoss(x.Scale(0), x.Scale(0), 0) }, nan},
		"MSE, weights of 0": {func(x reverse.Array) reverse.Array {
			return MSE(x, x.Const(0), LossOptions{Weights: x.Tape().Const([]float64{0})})
		}, 0},
		"MSE of each, in one that is 0": {func(x reverse.Array) reverse.Array { return MSE(x.Slice(reverse.Range{Start: 3, Stop: 3}), x.Const(0)) }, nan},
	} {
		rows := [][]float64{{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 5, 6, inf, nan, -inf}}
		if name[:3] != "Cro" && (c.value == 0 || name[:3] != "NLL") { // what a product makes of them is not 0
			rows = rows[:1]
		}
		for _, v := range rows {
			tape := reverse.NewTape()
			x := tape.Param(v, nil, 3, 3)
			y := c.f(x)
			y.Backward()
			along := [][]float64{{1, -1, 2, 0.5, 3, 1, 1, 2, 1}}
			all := append(append([]float64{}, x.Grad()...), y.JVP([]reverse.Array{x}, along)...)
			all = append(all, y.HVP([]float64{1}, []reverse.Array{x}, along)[0]...)
			if !sameNumber(y.Value(), c.value) {
				t.Errorf("%s at %v is %v, want %v", name, v, y.Value(), c.value)
			}
			for _, d := range all {
				if d != 0 {
					t.Errorf("%s at %v: gradient, JVP and HVP %v", name, v, all)
					break
				}
			}
		}
	}
}

// TestNothingAmongOthers: a sample without a region does not reach the gradients of the
// others, and a batch of ignored labels leaves weights as they are.
func TestNothingAmongOthers(t *testing.T) {
	tape := reverse.NewTape()
	p, mask := tape.Param([]float64{0, 0, 0.5, 0.25}, nil, 2, 2), tape.Const([]float64{0, 0, 1, 0}, 2, 2)
	for name, f := range map[string]func(p, mask reverse.Array, smooth float64, o ...RegionOptions) reverse.Array{
		"DiceLoss": DiceLoss, "DiceSquaredLoss": DiceSquaredLoss, "JaccardLoss": JaccardLoss,
	} {
		y := f(p, mask, 0, RegionOptions{Reduction: ReduceNone})
		y.BackwardFrom([]float64{1, 1})
		g := p.Grad()
		if !math.IsNaN(y.Values()[0]) || math.IsNaN(y.Values()[1]) {
			t.Errorf("%s %v", name, y.Values())
		}
		if g[0] != 0 || g[1] != 0 || !(g[2] < 0 && g[3] > 0) {
			t.Errorf("%s has the gradient %v", name, g)
		}
		clear(g)
	}
	w := NewParam("weight", 2, 3)
	copy(w.Value, []float64{1, 2, 3, 4, 5, 6})
	x := tape.Const([]float64{1, 2, 3, 4}, 2, 2)
	CrossEntropy(x.MatMul(w.On(x)), []int{-1, -1}, ClassOptions{Ignore: []int{-1}}).Backward()
	for _, g := range w.Grad {
		if g != 0 {
			t.Errorf("gradient %v of weights", w.Grad)
			break
		}
	}
}

// TestNothing: the mean of no losses is NaN, their sum 0; so it is of rows that are all
// ignored. Gradients of what is ignored are 0, whatever the reduction.
func TestNothing(t *testing.T) {
	ignored := ClassOptions{Ignore: []int{-100}}
	labels := []int{-100, -100}
	for name, f := range map[string]func(x reverse.Array, o ClassOptions) reverse.Array{
		"CrossEntropy": func(x reverse.Array, o ClassOptions) reverse.Array { return CrossEntropy(x, labels, o) },
		"NLL":          func(x reverse.Array, o ClassOptions) reverse.Array { return NLL(x, labels, o) },
		"FocalSoftmax": func(x reverse.Array, o ClassOptions) reverse.Array { return FocalSoftmax(x, labels, 2, o) },
		"MultiMargin":  func(x reverse.Array, o ClassOptions) reverse.Array { return MultiMargin(x, labels, 1, o) },
	} {
		for r, want := range map[Reduction]float64{ReduceMean: nan, ReduceSum: 0, ReduceBatchMean: 0} {
			tape := reverse.NewTape()
			x := tape.Param([]float64{1, 2, -inf, 4, 5, 6}, nil, 2, 3)
			o := ignored
			o.Reduction = r
			y := f(x, o)
			y.Backward()
			if !sameNumber(y.Value(), want) {
				t.Errorf("%s of ignored rows, reduction %d: %v, want %v", name, r, y.Value(), want)
			}
			for _, g := range x.Grad() {
				if g != 0 {
					t.Errorf("%s of ignored rows, reduction %d: gradient %v", name, r, x.Grad())
				}
			}
		}
	}
	for r, want := range map[Reduction]float64{ReduceMean: nan, ReduceSum: 0, ReduceBatchMean: nan} {
		tape := reverse.NewTape()
		x, two := tape.Param(nil, nil, 0, 4), tape.Param(nil, nil, 0, 4)
		for name, y := range map[string]reverse.Array{
			"MSE":          MSE(x, two, LossOptions{Reduction: r}),
			"LogCosh":      LogCosh(x, two, LossOptions{Reduction: r}),
			"CrossEntropy": CrossEntropy(x, nil, ClassOptions{Reduction: r}),
			"NLL":          NLL(x, nil, ClassOptions{Reduction: r}),
			"CIoULoss":     CIoULoss(x, two, BoxOptions{Reduction: r}),
			"DiceLoss":     DiceLoss(x, two, 1, RegionOptions{Reduction: r}),
		} {
			y.Backward()
			if !sameNumber(y.Value(), want) {
				t.Errorf("%s of nothing, reduction %d: %v, want %v", name, r, y.Value(), want)
			}
		}
	}
	tape := reverse.NewTape()
	if y := MSE(tape.Param(nil, nil, 0, 4), tape.Const(nil, 0, 4)); !math.IsNaN(y.Value()) {
		t.Errorf("the mean of nothing is %v", y)
	}
}
