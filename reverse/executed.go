package reverse

import (
	"runtime"
	"strings"

	"github.com/quartet-ad/ad/reverse/internal/program"
)

// Executed returns the operations that f executes at x, in their order: as they lie on
// the tape, where Func.Ops shows what Record has made of them. An IfPos is none, and
// what is computed of constants alone is not recorded. An operand's index is that in the
// list; input i has i - len(x), and a constant -1 - len(x). Adjoint and Results are not
// set. An operation on arrays has the name array, and no operands; a list of constants
// is left out.
//
// Cost: one evaluation of f on Vars, and two allocations for every operation.
func Executed(f func([]Var) []Var, x []float64) []Operation {
	t := borrow()
	defer t.release()
	t.ownAll(f(t.start(x)))
	list := make([]Operation, 0, t.n-t.first)
	for slot := t.first; slot < t.n; slot++ {
		list = append(list, t.executed(slot))
	}
	return list
}

// executed returns the statement in a slot.
func (t *tape) executed(slot uint32) Operation {
	op, rec := t.op(slot), t.edgesOf(slot)
	z := Operation{Name: op.Name(), Value: t.value(slot)}
	operand := func(slot uint32, slope float64) {
		if slot == 0 { // a constant, which lies in the place of its slope
			z.Operands = append(z.Operands, Operand{Index: -int(t.first), Value: slope})
			return
		}
		z.Operands = append(z.Operands, Operand{int(slot) - int(t.first), t.value(slot), slope})
	}
	switch k := op.Index(); op.Kind() {
	case program.Node, program.Leaf:
		z.Name = "array"
		return z
	case program.Nary:
		m := &t.nary[k]
		z.Name = m.row.Name
		slopes, operands := t.operandsOfNary(m)
		for i, slot := range operands {
			if slot != 0 {
				operand(slot, slopes[i])
			}
		}
		return z
	case program.Apply:
		z.Name = t.rows[k].Name
	case program.Apply2:
		z.Name = t.rows2[k].Name
	}
	operand(rec.a, rec.da)
	if op.Operands() == 2 {
		operand(rec.b, rec.db)
	}
	return z
}

// Source returns the place in the source that executes operation k of those that Executed
// lists: the file and the line of the innermost call outside of the packages ad and
// reverse. It returns "" and 0 where f executes fewer operations.
//
// Cost: one evaluation of f on Vars, whose tape is not one of the pool's. Nothing else
// pays for it.
func Source(f func([]Var) []Var, x []float64, k int) (file string, line int) {
	// A tape asks for a new chunk right after the operation that fills the last one, so
	// there are as many more inputs as make operation k the last of a chunk.
	n := len(x) + 2 + k
	more := (chunkLen - n%chunkLen) % chunkLen
	t := new(tape)
	vars := t.start(append(make([]float64, more), x...))
	t.full = func() {
		if int(t.n) != n+more {
			return
		}
		var calls [64]uintptr
		frames := runtime.CallersFrames(calls[:runtime.Callers(2, calls[:])])
		for more := true; more; {
			var frame runtime.Frame
			if frame, more = frames.Next(); !ours(frame) {
				file, line = frame.File, frame.Line
				return
			}
		}
	}
	f(vars[more:])
	return file, line
}

// ours reports whether a call is in the packages ad or reverse, but for their tests.
func ours(f runtime.Frame) bool {
	const module = "github.com/quartet-ad/ad"
	return !strings.HasSuffix(f.File, "_test.go") &&
		(strings.HasPrefix(f.Function, module+".") || strings.HasPrefix(f.Function, module+"/reverse."))
}
