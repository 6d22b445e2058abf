package reverse_test

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// everyKind executes operations of every kind, one on a line.
func everyKind(x []reverse.Var) []reverse.Var {
	a := x[0].Mul(x[1])
	b := a.Add(reverse.Var{}.Const(3))
	c := ad.Sin(b)
	d := ad.Hypot(c, x[1])
	e := ad.Dot([]reverse.Var{a, b}, []reverse.Var{c, d})
	g := ad.Softplus(
		e.Neg())
	return []reverse.Var{g.IfPos(g, a), x[0]}
}

var _, _, everyLine, _ = runtime.Caller(0) // the line of everyKind' end, and 2

// TestExecuted: operations have their operands, values and slopes, and their lines.
func TestExecuted(t *testing.T) {
	x := []float64{2, 0.5}
	list := reverse.Executed(everyKind, x)
	want := []struct {
		name     string
		operands []int
		line     int // after the first of everyKind
	}{
		{"mul", []int{-2, -1}, 1},
		{"add", []int{0, -3}, 2},
		{"sin", []int{1}, 3},
		{"hypot", []int{2, -1}, 4},
		{"dot", []int{0, 1, 2, 3}, 5},
		{"neg", []int{4}, 7},
		{"softplus", []int{5, -3}, 6},
	}
	if len(list) != len(want) {
		t.Fatalf("%d operations: %+v", len(list), list)
	}
	for k, w := range want {
		op := list[k]
		var operands []int
		for _, o := range op.Operands {
			operands = append(operands, o.Index)
			if o.Index >= 0 && o.Value != list[o.Index].Value {
				t.Errorf("operation %d: an operand is %v, and was %v", k, o.Value, list[o.Index].Value)
			}
		}
		optest.Equal(t, w.name, operands, w.operands)
		file, line := reverse.Source(everyKind, x, k)
		if op.Name != w.name || filepath.Base(file) != "executed_test.go" || line != everyLine-11+w.line {
			t.Errorf("operation %d: %s at %s:%d, want %s at line %d", k, op.Name, file, line, w.name, everyLine-11+w.line)
		}
	}
	if o := list[1].Operands[1]; o.Value != 3 || list[0].Operands[0].Slope != 0.5 || list[0].Operands[1].Slope != 2 {
		t.Errorf("operands %+v and %+v", list[0].Operands, o)
	}
	if file, line := reverse.Source(everyKind, x, len(list)); file != "" || line != 0 {
		t.Errorf("one operation more, at %s:%d", file, line)
	}
}

// TestSourceFar: so has an operation behind many others.
func TestSourceFar(t *testing.T) {
	first := 0
	f := func(x []reverse.Var) []reverse.Var {
		y := x[0]
		for range 5000 {
			_, _, first, _ = runtime.Caller(0)
			y = y.Mul(x[0])
			y = ad.Tanh(y)
		}
		return []reverse.Var{y}
	}
	for _, k := range []int{0, 1, 4000, 4093, 4094, 4095, 4096, 9999} {
		if _, line := reverse.Source(f, []float64{1}, k); line != first+1+k%2 {
			t.Errorf("operation %d is at line %d, want %d", k, line, first+1+k%2)
		}
	}
}
