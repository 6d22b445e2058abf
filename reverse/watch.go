package reverse

import (
	"fmt"
	"slices"
	"strconv"
)

// Watch turns on or off that the tape looks for the first NaN or infinity that an operation makes, in
// what is recorded from then on and in Backward. Where it finds one, it panics with a *NonFinite.
//
// An operation makes a NaN if none of its operands has one, and an infinity if none has a NaN or an
// infinity. On the way back it is the same with the adjoints of its results and those that it adds to. A
// constant or parameter that comes to the tape with a NaN counts as well; infinities in them do not, as masks
// have them. Numbers that are taken out of arrays are not watched, nor are sweeps for JVP and HVP.
//
// Cost: all operands and results are read once more in each direction; nothing when it is off.
func (tp *Tape) Watch(on bool) { (*tape)(tp).watching = on }

// Watched reports whether Watch is on.
func (tp *Tape) Watched() bool { return tp.watching }

// Enter says that what is recorded next belongs to the i-th part, of some name, of what is recorded at
// present, until the function that it returns is called. A *NonFinite has both. It is of use on a tape that is watched.
func (tp *Tape) Enter(i int, name string) (leave func()) {
	t := (*tape)(tp)
	outer := t.place
	path := strconv.Itoa(i)
	if outer.path != "" {
		path = outer.path + "." + path
	}
	t.place = place{path, name}
	return func() { t.place = outer }
}

// NonFinite says which operation made the first NaN or infinity on a tape that is watched.
type NonFinite struct {
	Operation string  // such as "MatMul", or "Const" or "Param"
	Backward  bool    // in the adjoint of an operand, rather than in a result
	Operand   int     // which operand that is
	Shape     []int   // of the result or operand
	Index     int     // of the first element, row by row
	Value     float64 // which is NaN or ±Inf
	Path      string  // of the part that recorded it, such as "2.0", if Enter told
	Name      string  // of that part
}

// Error says all of it in a line.
func (e *NonFinite) Error() string {
	text := "reverse: "
	if e.Path != "" {
		text += e.Path + " " + e.Name + ": "
	}
	what := "the result"
	if e.Backward {
		what = fmt.Sprintf("the adjoint of operand %d", e.Operand)
	}
	return fmt.Sprintf("%s%s made %v: element %d of %s, of shape %v", text, e.Operation, e.Value, e.Index, what, e.Shape)
}

// watch is what a tape that is watched knows besides.
type watch struct {
	watching bool
	place    place  // of what is recorded
	before   []flaw // of the adjoints of operands
}

// A place is a part of a program that is made of parts.
type place struct{ path, name string }

// A flaw says what is worst in a slice: 0 if all is finite, 1 for an infinity, 2 for a NaN.
type flaw int

// worst returns the flaw of x, and the first place that has it.
func worst(x []float64) (f flaw, at int) {
	for i, v := range x {
		switch {
		case v-v == 0:
		case v != v:
			return 2, i
		case f == 0:
			f, at = 1, i
		}
	}
	return f, at
}

// watchResult panics if an array has a flaw that the operands of its node do not have.
func (t *tape) watchResult(a *array) {
	f, at := worst(a.data[primal])
	if f == 0 {
		return
	}
	e := &NonFinite{Shape: slices.Clone(a.shape), Index: at, Value: a.data[primal][at], Path: t.place.path, Name: t.place.name}
	if a.leaf {
		if e.Operation = "Const"; a.active {
			e.Operation = "Param"
		}
		if f == 2 {
			panic(e)
		}
		return
	}
	for _, n := range slices.Backward(t.nodes[:t.nodesUsed]) {
		if n.out != a && !slices.Contains(n.more, a) {
			continue
		}
		for _, x := range n.in {
			if g, _ := worst(x.data[primal]); g >= f {
				return
			}
		}
		e.Operation = n.op.name()
		panic(e)
	}
}

// watchPull sweeps a node backward, and panics if the adjoint of an operand gets a flaw that neither
// it nor that of a result had.
func (t *tape) watchPull(n *node) {
	outer := t.place
	t.place = n.place
	defer func() { t.place = outer }()
	given, _ := worst(n.out.data[adjoint])
	for _, a := range n.more {
		f, _ := worst(a.data[adjoint])
		given = max(given, f)
	}
	before := len(t.before)
	for _, x := range n.in {
		f, _ := worst(x.data[adjoint])
		t.before = append(t.before, f)
	}
	n.op.pull(n, adjoint)
	for i, x := range n.in {
		if f, at := worst(x.data[adjoint]); f > max(given, t.before[before+i]) {
			t.before = t.before[:0]
			panic(&NonFinite{
				Operation: n.op.name(), Backward: true, Operand: i, Shape: slices.Clone(x.shape),
				Index: at, Value: x.data[adjoint][at], Path: n.place.path, Name: n.place.name,
			})
		}
	}
	t.before = t.before[:before]
}
