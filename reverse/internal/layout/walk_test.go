package layout

import (
	"testing"

	"pgregory.net/rapid"
)

// TestRun: the runs of a walk go over the shape once, each operand by steps of 0 or 1, and
// at the elements that broadcasting says; and no run of more than one element repeats both
// operands.
func TestRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		full := rapid.SliceOfN(rapid.IntRange(1, 3), 0, 5).Draw(t, "shape")
		operand := func(name string) []int {
			s := append([]int(nil), full[rapid.IntRange(0, len(full)).Draw(t, name+" axes"):]...)
			for i := range s {
				if rapid.Bool().Draw(t, name+" repeated") {
					s[i] = 1
				}
			}
			return s
		}
		x, y := operand("x"), operand("y")
		shape := Broadcast("test", nil, x, y)
		var w Walk
		w.Over(shape, x, y)
		at := 0
		w.Each(func(r Run) {
			if r.Out != at || r.N < 1 || r.N > 1 && r.Step[0]+r.Step[1] == 0 {
				t.Fatalf("%v of %v and %v: run %+v at element %d", shape, x, y, r, at)
			}
			for i := range r.N {
				for k, s := range [][]int{x, y} {
					if got, want := r.At[k]+i*r.Step[k], element(shape, s, at+i); got != want || r.Step[k] < 0 || r.Step[k] > 1 {
						t.Fatalf("%v of %v and %v: run %+v: operand %d is at %d, want %d", shape, x, y, r, k, got, want)
					}
				}
			}
			at += r.N
		})
		if at != Size(shape) {
			t.Fatalf("%v of %v and %v: %d elements", shape, x, y, at)
		}
	})
}

// element returns which element of an operand is broadcast to element i of a shape.
func element(shape, operand []int, i int) int {
	at, size := 0, 1
	for k := len(shape) - 1; k >= 0; k-- {
		index := i % shape[k]
		i /= shape[k]
		if j := k - (len(shape) - len(operand)); j >= 0 && operand[j] != 1 {
			at += index * size
			size *= operand[j]
		}
	}
	return at
}
