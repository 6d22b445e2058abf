package catalog

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

func maxOf[T ad.Scalar[T]](x []T) T { return ad.Max(ad.Max(x[0], x[1]), x[2]) }
func minOf[T ad.Scalar[T]](x []T) T { return ad.Min(ad.Min(x[0], x[1]), x[2]) }

// gradients returns the gradient by every exact method.
func gradients(x []float64, number func([]dual.Number) dual.Number, tape func([]reverse.Var) reverse.Var, paper func([]symbolic.Expr) symbolic.Expr) map[string][]float64 {
	return map[string][]float64{
		"dual": dual.Gradient(number, x), "reverse": reverse.Gradient(tape, x), "symbolic": symbolic.Gradient(paper, x),
	}
}

// TestTiesOfThree: numbers share two by two, and elements of an array all at once.
func TestTiesOfThree(t *testing.T) {
	for _, test := range []struct{ x, nested, array []float64 }{
		{[]float64{2, 2, 2}, []float64{0.25, 0.25, 0.5}, []float64{1. / 3, 1. / 3, 1. / 3}},
		{[]float64{2, 2, 1}, []float64{0.5, 0.5, 0}, []float64{0.5, 0.5, 0}},
		{[]float64{2, 1, 2}, []float64{0.5, 0, 0.5}, []float64{0.5, 0, 0.5}},
		{[]float64{1, 2, 2}, []float64{0, 0.5, 0.5}, []float64{0, 0.5, 0.5}},
	} {
		for method, g := range gradients(test.x, maxOf[dual.Number], maxOf[reverse.Var], maxOf[symbolic.Expr]) {
			optest.Equal(t, "ad.Max by "+method, g, test.nested)
		}
		less := negated(asReals(test.x))
		for method, g := range gradients(asFloats(less), minOf[dual.Number], minOf[reverse.Var], minOf[symbolic.Expr]) {
			optest.Equal(t, "ad.Min by "+method, g, test.nested)
		}
		for name, extreme := range map[string]func(x reverse.Array, axes ...int) reverse.Array{"Max": reverse.Array.Max, "Min": reverse.Array.Min} {
			x := test.x
			if name == "Min" {
				x = asFloats(less)
			}
			tape, g := reverse.NewTape(), make([]float64, 3)
			extreme(tape.Param(x, g, 3)).Backward()
			optest.Equal(t, "Array."+name, g, test.array)
		}
	}
	fn := compare.New("max of three", maxOf[numeric.Real], maxOf[dual.Number], maxOf[dual.Hyper], maxOf[reverse.Var], maxOf[symbolic.Expr])
	if r := compare.Check(fn, []float64{2, 2, 2}); !r.OK() {
		t.Error(r)
	}
}

func asReals(x []float64) []numeric.Real {
	y := make([]numeric.Real, len(x))
	for i, v := range x {
		y[i] = numeric.Real(v)
	}
	return y
}

func asFloats(x []numeric.Real) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

// rootOfSum is √(x + x - x), and rootOfTwice √(2x - x) with the sum in a row.
func rootOfSum[T ad.Scalar[T]](x []T) T { return ad.Sqrt(x[0].Add(x[0]).Sub(x[0])) }
func logOfSum[T ad.Scalar[T]](x []T) T  { return ad.Log(x[0].Sub(x[1]).Add(x[1].Sub(x[0]))) }

// TestSumsAtPoles: where a sum meets an infinite slope, forward mode adds its terms and
// then multiplies, and the others multiply each term: +Inf there is NaN here if the terms
// have different signs. The judge knows that both are right.
func TestSumsAtPoles(t *testing.T) {
	inf := math.Inf(1)
	want := map[string][]float64{"dual": {inf}, "reverse": {math.NaN()}, "symbolic": {math.NaN()}}
	for method, g := range gradients([]float64{0}, rootOfSum[dual.Number], rootOfSum[reverse.Var], rootOfSum[symbolic.Expr]) {
		optest.Equal(t, "√(x+x-x) at 0 by "+method, g, want[method])
	}
	for name, test := range map[string]struct {
		fn compare.Func
		x  []float64
	}{
		"√(x+x-x)":       {compare.New("", rootOfSum[numeric.Real], rootOfSum[dual.Number], rootOfSum[dual.Hyper], rootOfSum[reverse.Var], rootOfSum[symbolic.Expr]), []float64{0}},
		"log(x-y+(y-x))": {compare.New("", logOfSum[numeric.Real], logOfSum[dual.Number], logOfSum[dual.Hyper], logOfSum[reverse.Var], logOfSum[symbolic.Expr]), []float64{2, 1}},
	} {
		if r := compare.Check(test.fn, test.x); r.Verdict() == compare.Disagree {
			t.Errorf("%s: %v", name, r)
		}
	}
}

// TestLearnedSlopeIsAKink: PReLU at 0, as a function of its input alone and of both.
func TestLearnedSlopeIsAKink(t *testing.T) {
	kinks := 0
	for _, e := range Layers() {
		if e.Operation != "PReLU" {
			continue
		}
		x := make([]float64, len(e.Points[0]))
		for i := range x {
			x[i] = 0.25
		}
		x[3] = 0
		r := compare.CheckArray(e.Func, x)
		if !r.OK() || r.Class != compare.Kink {
			t.Error(r)
		}
		kinks++
	}
	if kinks != 2 {
		t.Errorf("%d cases", kinks)
	}
}

// stairsOn is exp(x) + round(exp(x)), element by element: stairs finer than the steps of
// differences where x is large.
func stairsOn[T ad.Scalar[T]](x []T) []T {
	var y []T
	for _, v := range x {
		e := ad.Exp(v)
		y = append(y, e.Add(ad.Round(e)))
	}
	return y
}

// TestStairsInArrays: they convict nobody.
func TestStairsInArrays(t *testing.T) {
	fn := compare.ArrayFunc{
		Func:   compare.NewVector("stairs", stairsOn[numeric.Real], stairsOn[dual.Number], stairsOn[dual.Hyper], stairsOn[reverse.Var], stairsOn[symbolic.Expr]),
		Shapes: [][]int{{2}},
		Array: func(x []reverse.Array) reverse.Array {
			e := ad.Exp(x[0])
			return e.Add(ad.Round(e))
		},
	}
	for _, at := range []float64{0.3, 5, 13, 13.5, 20, 30, 300} {
		if r := compare.CheckArray(fn, []float64{at, at / 2}); r.Verdict() == compare.Disagree {
			t.Errorf("at %v: %v", at, r)
		}
	}
}
