package onnx

import (
	"bytes"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
)

// special are the numbers where formulas break.
var special = []float64{
	0, math.Copysign(0, -1), 1e-10, -1e-10, 1, -1, 0.5, -0.5, 2, -2, 50, -50, 800, -800, 1e10, -1e10, 1e300, -1e300,
	math.Inf(1), math.Inf(-1), math.NaN(),
}

// TestSpecialPoints: at special numbers too, values and derivatives are those of the recording. Of
// two variables, a result may be NaN where one of them is huge or infinite, and of CELU where it
// divides by 0; it is never another number.
func TestSpecialPoints(t *testing.T) {
	var one, two [][]float64
	for _, v := range special {
		one = append(one, []float64{v})
		for _, w := range special {
			two = append(two, []float64{v, w})
		}
	}
	never := func([]float64) bool { return false }
	for _, row := range rule.Functions {
		op := ad.NewOp((*ad.Func)(row))
		specially(t, row.Name, one, never, reverse.Record(func(x []reverse.Var) reverse.Var { return x[0].Apply(op) }, 1))
	}
	for _, row := range rule.Functions2 {
		op := ad.NewOp2((*ad.Func2)(row))
		far := func(p []float64) bool {
			return math.Abs(p[0]) > 1e200 || math.Abs(p[1]) > 1e200 || row.Name == "celu" && math.Abs(p[1]) < 1e-8
		}
		if row.Name == "elu" { // where its Slope and its Text are not the same
			far = func(p []float64) bool { return math.IsInf(p[1], 0) }
		}
		specially(t, row.Name, two, far, reverse.Record(func(x []reverse.Var) reverse.Var { return x[0].Apply2(op, x[1]) }, 2))
	}
}

// specially holds a function at points; where undefined says so, a result may be NaN.
func specially(t *testing.T, name string, points [][]float64, undefined func(p []float64) bool, f *reverse.Func) {
	var b bytes.Buffer
	if err := WriteGradient(&b, f); err != nil {
		return // TestWriteFuncErrors says for which
	}
	x := &tensor{shape: []int{len(points), f.Inputs()}}
	for _, p := range points {
		x.v = append(x.v, p...)
	}
	out := evaluate(t, read(t, b.Bytes()), x)
	for i, p := range points {
		want := append(f.Eval(p), f.Gradient(p)...)
		got := append([]float64{out[0].v[i]}, out[1].v[i*len(p):(i+1)*len(p)]...)
		for k := range want {
			if !near(got[k], want[k], 1e-9) && !(undefined(p) && (math.IsNaN(got[k]) || name == "elu")) {
				t.Errorf("%s at %v: result %d is %v, want %v", name, p, k, got[k], want[k])
			}
		}
	}
}
