package reverse

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// A twoArrays is an operation of two arrays, and whether it takes their shapes.
type twoArrays struct {
	name string
	f    func(x, y Array)
	fits func(x, y []int) bool
}

// binary are the operations of two arrays, or of more of which two are tried.
var binary = []twoArrays{
	{"Add", func(x, y Array) { x.Add(y) }, broadcast},
	{"Sub", func(x, y Array) { x.Sub(y) }, broadcast},
	{"Mul", func(x, y Array) { x.Mul(y) }, broadcast},
	{"Div", func(x, y Array) { x.Div(y) }, broadcast},
	{"hypot", func(x, y Array) { x.Apply2(ad.OpHypot, y) }, broadcast},
	{"IfPos", func(x, y Array) { x.IfPos(y, y) }, broadcast},
	{"IfPos", func(x, y Array) { x.IfPos(x, y) }, broadcast},
	{"MatMul", func(x, y Array) { x.MatMul(y) }, func(x, y []int) bool { return multiply(x, y, false, false) }},
	{"MatMulT", func(x, y Array) { x.MatMulT(y) }, func(x, y []int) bool { return multiply(x, y, false, true) }},
	{"TMatMul", func(x, y Array) { x.TMatMul(y) }, func(x, y []int) bool { return multiply(x, y, true, false) }},
	{"Dot", func(x, y Array) { x.Dot(y) }, func(x, y []int) bool { return len(x) == 1 && slices.Equal(x, y) }},
	{"Outer", func(x, y Array) { x.Outer(y) }, func(x, y []int) bool { return len(x) == 1 && len(y) == 1 }},
	{"SolveLower", func(x, y Array) { x.SolveLower(y) }, triangular},
	{"SolveLowerT", func(x, y Array) { x.SolveLowerT(y) }, triangular},
	{"SolveUpper", func(x, y Array) { x.SolveUpper(y) }, triangular},
	{"SolveUpperT", func(x, y Array) { x.SolveUpperT(y) }, triangular},
	{"hadamard", func(x, y Array) { hadamard.Of(x, y) }, slices.Equal[[]int]},
	{"LSTM", func(x, y Array) { LSTM(x, y) }, func(x, y []int) bool {
		n := len(x)
		return n > 0 && n == len(y) && slices.Equal(x[:n-1], y[:n-1]) && x[n-1] == 4*y[n-1]
	}},
	{"Concat", func(x, y Array) { Concat(0, x, y) }, func(x, y []int) bool {
		return len(x) > 0 && len(x) == len(y) && slices.Equal(x[1:], y[1:])
	}},
	{"StackAlong", func(x, y Array) { StackAlong(0, x, y) }, slices.Equal[[]int]},
	{"CrossEntropyTo", func(x, y Array) { x.CrossEntropyTo(0, y, CrossEntropyOptions{}) }, func(x, y []int) bool {
		return len(x) > 0 && slices.Equal(x, y)
	}},
	{"IndexAdd", func(x, y Array) { x.IndexAdd(0, []int{0}, y) }, func(x, y []int) bool {
		return len(x) > 0 && len(x) == len(y) && x[0] > 0 && y[0] == 1 && slices.Equal(x[1:], y[1:])
	}},
	{"ScatterAdd", func(x, y Array) { x.ScatterAdd(0, make([]int, y.Size()), y) }, func(x, y []int) bool {
		return len(x) > 0 && len(x) == len(y) && (x[0] > 0 || layout.Size(y) == 0) && slices.Equal(x[1:], y[1:])
	}},
	{"Conv1D", func(x, y Array) { x.Conv1D(y, Array{}, ConvOptions{}) }, func(x, y []int) bool {
		return len(x) == 3 && len(y) == 3 && x[1] == y[1] && x[2] >= y[2] && !slices.Contains(y, 0)
	}},
	{"Conv2D", func(x, y Array) { x.Conv2D(y, Array{}, ConvOptions{}) }, func(x, y []int) bool {
		return len(x) == 4 && len(y) == 4 && x[1] == y[1] && x[2] >= y[2] && x[3] >= y[3] && !slices.Contains(y, 0)
	}},
	{"ConvTranspose2D", func(x, y Array) { x.ConvTranspose2D(y, Array{}, ConvOptions{}) }, func(x, y []int) bool {
		return len(x) == 4 && len(y) == 4 && x[1] == y[0] && x[2]+y[2] > 1 && x[3]+y[3] > 1 && !slices.Contains(y, 0)
	}},
	{"BatchNorm", func(x, y Array) { x.BatchNorm(y, Array{}, 1) }, channels},
	{"BatchNorm", func(x, y Array) { x.BatchNorm(Array{}, y, 1) }, channels},
	{"GroupNorm", func(x, y Array) { x.GroupNorm(1, y, Array{}, 1) }, channels},
	{"LayerNorm", func(x, y Array) { x.LayerNorm(1, y, Array{}, 1) }, func(x, y []int) bool {
		return len(x) > 0 && len(y) == 1 && y[0] == x[len(x)-1]
	}},
}

func broadcast(x, y []int) bool {
	for i := 1; i <= min(len(x), len(y)); i++ {
		if a, b := x[len(x)-i], y[len(y)-i]; a != b && a != 1 && b != 1 {
			return false
		}
	}
	return true
}

func multiply(x, y []int, xT, yT bool) bool {
	if len(x) == 0 || len(y) == 0 || len(x) == 1 && xT || len(y) == 1 && yT {
		return false
	}
	_, k := matrixOf(x, xT, true)
	k2, _ := matrixOf(y, yT, false)
	return k == k2 && broadcast(x[:max(len(x)-2, 0)], y[:max(len(y)-2, 0)])
}

func triangular(x, y []int) bool {
	return len(x) == 2 && x[0] == x[1] && (len(y) == 1 || len(y) == 2) && y[0] == x[0]
}

func channels(x, y []int) bool { return len(x) > 1 && len(y) == 1 && y[0] == x[1] }

// alone reports whether one of the operands is wrong whatever the other is: it has too
// few axes, or not the element that the test's indices name.
func alone(name string, x, y []int) bool {
	switch name {
	case "BatchNorm", "GroupNorm":
		return len(x) < 2
	case "LayerNorm", "Concat", "CrossEntropyTo":
		return len(x) == 0
	case "ScatterAdd":
		return len(x) == 0 || x[0] == 0
	case "IndexAdd":
		return len(x) == 0 || x[0] == 0 || len(y) > 0 && y[0] != 1
	}
	return false
}

// TestWrongShapes tries ten thousand pairs of shapes that do not fit: every one
// panics with the name of the operation and both shapes, and nothing is recorded. What
// fits does not panic.
func TestWrongShapes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	shape := func() []int {
		s := make([]int, rng.IntN(5))
		for i := range s {
			s[i] = rng.IntN(5)
		}
		return s
	}
	recorded, ones := new(tape), waves(1000, 0)
	tape := (*Tape)(recorded)
	wrong, right, bad := map[int]int{}, map[int]int{}, 0
	for total := 0; total < 10_000 && bad < 20; {
		k := rng.IntN(len(binary))
		op := binary[k]
		sx, sy := shape(), shape()
		if rng.IntN(2) == 0 && len(sx) > 0 { // almost the same
			sy = slices.Clone(sx)
			sy[rng.IntN(len(sy))] = rng.IntN(5)
		}
		tape.Reset()
		x, y := tape.Param(ones[:layout.Size(sx)], nil, sx...), tape.Const(ones[:layout.Size(sy)], sy...)
		slots, nodes := recorded.n, recorded.nodesUsed
		message := panicOf(func() { op.f(x, y) })
		if op.fits(sx, sy) {
			right[k]++
			if message != "<nil>" {
				bad++
				t.Errorf("%s of shapes %v and %v panics: %s", op.name, sx, sy, message)
			}
			continue
		}
		parts := []string{"reverse: ", op.name, fmt.Sprint(sx), fmt.Sprint(sy)}
		if alone(op.name, sx, sy) {
			parts = parts[:2]
		} else {
			total++
			wrong[k]++
		}
		for _, part := range parts {
			if !strings.Contains(message, part) {
				bad++
				t.Errorf("%s of shapes %v and %v: panic %q without %q", op.name, sx, sy, message, part)
				break
			}
		}
		if recorded.n != slots || recorded.nodesUsed != nodes {
			bad++
			t.Errorf("%s of shapes %v and %v recorded something", op.name, sx, sy)
		}
	}
	for k, op := range binary {
		if wrong[k] < 50 || right[k] < 1 && bad == 0 {
			t.Errorf("%s: %d wrong pairs and %d right ones", op.name, wrong[k], right[k])
		}
	}
}

// TestBinaryIsComplete: every method of Array that takes another array is tried.
func TestBinaryIsComplete(t *testing.T) {
	array := reflect.TypeFor[Array]()
	found := 0
	for i := range array.NumMethod() {
		m := array.Method(i)
		takes := 0
		for k := 1; k < m.Type.NumIn(); k++ {
			if m.Type.In(k) == array {
				takes++
			}
		}
		if takes == 0 || m.Name == "Apply2" { // tried as hypot
			continue
		}
		found++
		if !slices.ContainsFunc(binary, func(op twoArrays) bool { return op.name == m.Name }) && m.Name != "BatchNormWith" {
			t.Errorf("%s is not tried", m.Name)
		}
	}
	if found < 15 {
		t.Errorf("only %d methods", found)
	}
}
