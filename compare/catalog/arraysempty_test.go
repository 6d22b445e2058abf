package catalog

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// emptied returns shapes in which every axis of a length is empty.
func emptied(shapes [][]int, length int) [][]int {
	var out [][]int
	for _, s := range shapes {
		s = slices.Clone(s)
		for i, d := range s {
			if d == length {
				s[i] = 0
			}
		}
		out = append(out, s)
	}
	return out
}

// lengths returns the lengths of axes that there are.
func lengths(shapes [][]int) []int {
	all := slices.Concat(shapes...)
	slices.Sort(all)
	return slices.Compact(all)
}

// sweepEmpty runs an operation of operands of 1, and all of its sweeps. It returns what these give, or the text of a panic.
func sweepEmpty(f func(x []reverse.Array) reverse.Array, shapes [][]int) (derivatives []float64, refused any) {
	defer func() { refused = recover() }()
	tape := reverse.NewTape()
	var x []reverse.Array
	var v [][]float64
	for _, s := range shapes {
		ones := slices.Repeat([]float64{1}, sizeOf(s))
		x, v = append(x, tape.Param(ones, nil, s...)), append(v, ones)
	}
	y := f(x)
	w := slices.Repeat([]float64{1}, y.Size())
	y.BackwardFrom(w)
	for _, p := range x {
		derivatives = append(derivatives, p.Grad()...)
	}
	derivatives = append(derivatives, y.JVP(x, v)...)
	return slices.Concat(derivatives, slices.Concat(y.HVP(w, x, v)...)), nil
}

// needSome are operations whose cases have arguments that no empty array fits, such as labels, places and shapes, or that take
// elements by their places. Their own tests have empty arrays where there are any.
var needSome = map[string]bool{
	"Where": true, "Stack": true, "CrossEntropy": true, "BroadcastTo": true, "Gather": true, "ScatterAdd": true,
	"Cholesky": true, "LogDet": true, "SLogDet": true, "LSTM": true, "Conv1D": true,
}

// TestArraysEmpty: with any axis of no length, an operation either refuses with a text of the package, or all sweeps are done and
// what is left has finite derivatives; and every operation takes some empty array.
func TestArraysEmpty(t *testing.T) {
	taken, checked := map[string]bool{}, 0
	for _, e := range Arrays() {
		for _, n := range lengths(e.Func.Shapes) {
			shapes := emptied(e.Func.Shapes, n)
			d, refused := sweepEmpty(e.Func.Array, shapes)
			checked++
			if refused != nil {
				if needSome[e.Operation] {
					continue
				}
				if text, ok := refused.(string); !ok || !strings.HasPrefix(text, "reverse: ") {
					t.Errorf("%s of shapes %v: %v", e.Operation, shapes, refused)
				}
				continue
			}
			taken[e.Operation] = true
			if i := slices.IndexFunc(d, func(v float64) bool { return v-v != 0 }); i >= 0 {
				t.Errorf("%s of shapes %v: derivatives %v", e.Operation, shapes, d)
			}
		}
	}
	var none []string
	for _, e := range Arrays() {
		if !taken[e.Operation] && !needSome[e.Operation] && !slices.Contains(none, e.Operation) {
			none = append(none, e.Operation)
		}
		if taken[e.Operation] && needSome[e.Operation] {
			t.Errorf("%s takes an empty array", e.Operation)
		}
	}
	if len(none) > 0 || checked < 200 {
		t.Errorf("%d checks; no empty array is taken by %v", checked, none)
	}
}

// TestArraysMaskedBefore: where a mask puts numbers in place of NaN, results and derivatives are those of the numbers, and the
// derivative in what is masked is 0.
func TestArraysMaskedBefore(t *testing.T) {
	checked := 0
	for _, e := range Arrays() {
		x := e.Points[0]
		run := func(masked bool) (all []float64, behind []float64) {
			tape, at := reverse.NewTape(), 0
			var params, operands []reverse.Array
			for _, s := range e.Func.Shapes {
				n := sizeOf(s)
				value, shown := slices.Clone(x[at:][:n]), make([]bool, n)
				at += n
				for i := range shown {
					shown[i] = i%3 != 1
				}
				filler := tape.Const(slices.Clone(value), s...)
				for i := range value {
					if masked && !shown[i] {
						value[i] = math.NaN()
					}
				}
				p := tape.Param(value, nil, s...)
				params, operands = append(params, p), append(operands, reverse.Where(shown, p, filler))
			}
			y := e.Func.Array(operands)
			w := slices.Repeat([]float64{1.5}, y.Size())
			y.BackwardFrom(w)
			var v [][]float64
			all = append(all, y.Values()...)
			for _, p := range params {
				all, v = append(all, p.Grad()...), append(v, slices.Repeat([]float64{0.5}, p.Size()))
				for i, g := range p.Grad() {
					if i%3 == 1 {
						behind = append(behind, g)
					}
				}
			}
			all = append(all, y.JVP(params, v)...)
			return slices.Concat(all, slices.Concat(y.HVP(w, params, v)...)), behind
		}
		want, _ := run(false)
		got, behind := run(true)
		checked++
		if !slices.EqualFunc(got, want, sameBits) {
			t.Errorf("%s of shapes %v: %v with NaN behind a mask, %v with numbers", e.Operation, e.Func.Shapes, got, want)
		}
		if i := slices.IndexFunc(behind, func(g float64) bool { return g != 0 }); i >= 0 {
			t.Errorf("%s of shapes %v: gradient %v behind a mask", e.Operation, e.Func.Shapes, behind[i])
		}
	}
	if checked < 200 {
		t.Errorf("%d checks", checked)
	}
}

// followIEEE are products of matrices and what is made of them, normalizations and the fused cell, in whose sweeps 0 times NaN is
// NaN; and what asks for the structure, as numbers do, or leaves it to the user.
var followIEEE = map[string]bool{
	"MatMul": true, "MatMulT": true, "TMatMul": true, "Dot": true, "Outer": true,
	"Cholesky": true, "LogDet": true, "SLogDet": true, "SolveLower": true, "SolveLowerT": true, "SolveUpper": true, "SolveUpperT": true,
	"Conv1D": true, "Conv2D": true, "ConvTranspose2D": true,
	"BatchNorm": true, "BatchNormWith": true, "LayerNorm": true, "GroupNorm": true, "LSTM": true,
	"Stack": true, "Map": true, "Of": true,
}

// TestArraysMaskedBehind: where the weights of results that a NaN reached are 0, no gradient of the others is NaN.
func TestArraysMaskedBehind(t *testing.T) {
	checked, poisoned := 0, map[string]string{}
	for _, e := range Arrays() {
		for i := range e.Points[0] {
			x := slices.Clone(e.Points[0])
			x[i] = math.NaN()
			tape, at := reverse.NewTape(), 0
			var operands []reverse.Array
			for _, s := range e.Func.Shapes {
				n := sizeOf(s)
				operands = append(operands, tape.Param(x[at:][:n:n], nil, s...))
				at += n
			}
			y := e.Func.Array(operands)
			w := make([]float64, y.Size())
			for k, v := range y.Values() {
				if v == v {
					w[k] = 1
				}
			}
			y.BackwardFrom(w)
			checked++
			for _, p := range operands {
				for _, g := range p.Grad() {
					if g != g && !slices.ContainsFunc(y.Values(), func(v float64) bool { return v != v }) {
						poisoned[e.Operation+" finite"] = fmt.Sprintf("%s of shapes %v at a NaN in place %d: %v", e.Operation, e.Func.Shapes, i, y)
					} else if g != g {
						poisoned[e.Operation] = fmt.Sprintf("%s of shapes %v at a NaN in place %d: gradient %v", e.Operation, e.Func.Shapes, i, p.Grad())
					}
				}
			}
		}
	}
	for name, text := range poisoned {
		if !followIEEE[name] {
			t.Error(text)
		}
	}
	for name := range followIEEE {
		if poisoned[name] == "" {
			t.Errorf("%s lets no NaN through", name)
		}
	}
	if checked < 1000 {
		t.Errorf("%d checks", checked)
	}
}
