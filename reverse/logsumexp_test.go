package reverse

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// infiniteRows are rows of logits, with what a softmax has no answer for among them.
func infiniteRows() [][]float64 {
	all := []float64{math.Inf(-1), 0, 1.5, math.Inf(1), math.NaN()}
	var rows [][]float64
	for _, a := range all {
		for _, b := range all {
			for _, c := range all {
				rows = append(rows, []float64{a, b, c})
			}
		}
	}
	return rows
}

// TestInfiniteLogits: at logits of ±Inf and NaN a gradient, the JVP and the HVP of one
// function say one thing: JVP is the product with the gradient, of which only the
// elements that move count; the second derivative in an element is NaN where, and only
// where, the first is, and nothing changes along a logit of -Inf.
func TestInfiniteLogits(t *testing.T) {
	first := func(f func(x Array) Array) func(x Array) Array {
		return func(x Array) Array { return f(x).Sum() }
	}
	none := CrossEntropyOptions{}
	smooth := CrossEntropyOptions{Smoothing: 0.1, Weights: []float64{1, 2, 0.5}}
	part := func(x Array, i int) Array { return x.Slice(Range{Start: i, Stop: i + 1}) }
	functions := map[string]func(x Array) Array{
		"LogSumExp":        first(func(x Array) Array { return x.LogSumExp() }),
		"LogSumExp of ad":  first(func(x Array) Array { return ad.LogSumExp([]Array{part(x, 0), part(x, 1), part(x, 2)}) }),
		"Softmax":          first(func(x Array) Array { return part(x.Softmax(0), 1) }),
		"LogSoftmax":       first(func(x Array) Array { return part(x.LogSoftmax(0), 1) }),
		"CrossEntropy":     first(func(x Array) Array { return x.CrossEntropy(0, []int{1}, none) }),
		"smooth":           first(func(x Array) Array { return x.CrossEntropy(0, []int{1}, smooth) }),
		"CrossEntropyTo":   first(func(x Array) Array { return x.CrossEntropyTo(0, x.Tape().Const([]float64{0, 0.25, 0.75}), none) }),
		"smooth to target": first(func(x Array) Array { return x.CrossEntropyTo(0, x.Tape().Const([]float64{0, 0.25, 0.75}), smooth) }),
	}
	checked := 0
	for name, f := range functions {
		for _, row := range infiniteRows() {
			tape := NewTape()
			x := tape.Param(row, nil, 3)
			y := f(x)
			y.Backward()
			g := x.Grad()
			for j := range row {
				v := make([]float64, 3)
				v[j] = 2
				jvp := y.JVP([]Array{x}, [][]float64{v})[0]
				if want := 2 * g[j]; jvp != want && !(math.Abs(jvp-want) <= 1e-15) && (jvp == jvp || want == want) {
					t.Errorf("%s at %v: gradient %v, JVP along %v is %v", name, row, g, v, jvp)
				}
				hvp := y.HVP([]float64{1}, []Array{x}, [][]float64{v})[0]
				wrong := (hvp[j] != hvp[j]) != (g[j] != g[j])
				for k := range hvp {
					wrong = wrong || math.IsInf(row[j], -1) && g[k] == g[k] && hvp[k] != 0
				}
				if wrong {
					t.Errorf("%s at %v: gradient %v, HVP along %v is %v", name, row, g, v, hvp)
				}
				checked++
			}
		}
	}
	if checked != 3*125*len(functions) {
		t.Errorf("%d derivatives were checked", checked)
	}
}

// TestLogSumExpAlike: scalars, an array and arrays of scalars have the same LogSumExp
// at infinite elements and others, and derivatives of both orders.
func TestLogSumExpAlike(t *testing.T) {
	rounding := cmp.Options{cmpopts.EquateApprox(1e-15, 0), cmpopts.EquateNaNs()}
	rows := append(infiniteRows(), []float64{40, 0, -3}, []float64{0, -40, 0}, []float64{1e300, 1, 0})
	for _, row := range rows {
		scalars := func(x []Var) Var { return ad.LogSumExp(x) }
		for name, f := range map[string]func(x Array) Array{
			"array": func(x Array) Array { return x.LogSumExp() },
			"arrays": func(x Array) Array {
				z := []Array{x.Slice(Range{Stop: 1}), x.Slice(Range{Start: 1, Stop: 2}), x.Slice(Range{Start: 2})}
				return ad.LogSumExp(z).Sum()
			},
		} {
			tape := NewTape()
			x := tape.Param(row, nil, 3)
			y := f(x)
			y.Backward()
			g, want := x.Grad(), Gradient(scalars, row)
			v := []float64{0, 1, -2}
			h, wantH := y.HVP([]float64{1}, []Array{x}, [][]float64{v})[0], HVP(scalars, row, v)
			optest.Equal(t, fmt.Sprintf("%s at %v: gradient", name, row), g, want, rounding)
			optest.Equal(t, fmt.Sprintf("%s at %v: HVP", name, row), h, wantH, rounding)
		}
	}
}

// TestLogSumExpOfShapes: arrays broadcast, with constants among them.
func TestLogSumExpOfShapes(t *testing.T) {
	tape := NewTape()
	a, b := tape.Param([]float64{1, 2, 3}, nil, 3), tape.Param([]float64{-1, 4}, nil, 2, 1)
	y := ad.LogSumExp([]Array{a, Array{}.Const(0.5), b})
	if fmt.Sprint(y.Shape()) != "[2 3]" {
		t.Fatalf("shape %v", y.Shape())
	}
	for i, got := range y.Values() {
		want := float64(ad.LogSumExp([]ad.Real{ad.Real(a.Values()[i%3]), 0.5, ad.Real(b.Values()[i/3])}))
		if !(math.Abs(got-want) <= 1e-15*want) {
			t.Errorf("element %d is %v, want %v", i, got, want)
		}
	}
	y.Sum().Backward()
	total := 0.0
	for _, g := range append(a.Grad(), b.Grad()...) {
		total += g
	}
	for _, v := range y.Values() { // what is left is the constant's
		total += math.Exp(0.5 - v)
	}
	if !(math.Abs(total-6) <= 1e-14) {
		t.Errorf("slopes add up to %v, want 6", total)
	}
	if z := ad.LogSumExp([]Array{Array{}.Const(1), Array{}.Const(1)}); !(math.Abs(z.Value()-1-math.Ln2) <= 1e-15) {
		t.Errorf("of numbers without a tape: %v", z)
	}
}
