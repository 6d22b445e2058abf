package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/program"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// At returns one element as a scalar.
//
// Cost: the first call records all elements of the array as scalars, and later
// ones nothing.
//
// At panics if there are not as many indices as axes, or one is out of range.
func (x Array) At(indices ...int) Var {
	shape := x.Shape()
	if len(indices) != len(shape) {
		panic(fmt.Sprintf("reverse: At of %d indices in an array of shape %v", len(indices), shape))
	}
	at := 0
	for k, i := range indices {
		if i < 0 || i >= shape[k] {
			panic(fmt.Sprintf("reverse: At %v in an array of shape %v", slices.Clone(indices), shape))
		}
		at = at*shape[k] + i
	}
	return x.element(at)
}

// Vars returns the elements as scalars, row by row.
//
// Cost: as At.
func (x Array) Vars() []Var {
	vars := make([]Var, x.Size())
	for i := range vars {
		vars[i] = x.element(i)
	}
	return vars
}

// element returns the i-th element as a scalar.
func (x Array) element(i int) Var {
	if x.a == nil {
		return Var{value: x.c}
	}
	v := x.a.data[primal][i]
	if !x.a.active {
		return Var{value: v}
	}
	if x.a.slot == 0 {
		x.unpack()
	}
	t := x.a.tape
	return Var{t, t.gen | uint64(x.a.slot+uint32(i)), v}
}

// unpackOp makes the elements of an array scalars: the slots that follow the
// node's.
type unpackOp struct {
	linear
	t *tape
}

func (x Array) unpack() {
	t := x.a.tape
	o := newNode[unpackOp](t, &t.none, x.a)
	o.t = t
	x.a.slot = t.n
	for _, v := range x.a.data[primal] {
		t.append(program.Leaf, v, 0, 0, 0, 0)
	}
	t.nodes[t.nodesUsed-1].next = t.n
}

func (*unpackOp) name() string { return "At" }

func (o *unpackOp) push(n *node) {
	x := n.in[0]
	copy(o.t.tan[x.slot:], x.data[tangent])
}

func (o *unpackOp) pull(n *node, q quantity) {
	x := n.in[0]
	scalars := o.t.adj
	if q == rate {
		scalars = o.t.dadj
	}
	vector.Add(x.data[q], scalars[x.slot:][:x.size])
}

// reach follows the scalars that a result reaches to the array.
func (o *unpackOp) reach(t *tape, n *node) bool {
	x := n.in[0]
	for _, r := range t.reached[x.slot:][:x.size] {
		x.reached = x.reached || r
	}
	return x.reached
}

// cut forgets the scalars of the array, which are cut off with the node.
func (*unpackOp) cut(n *node) { n.in[0].slot = 0 }

// Stack returns scalars as a vector. The zero value of Var and other constants may
// be among them; if all are constants, so is the vector, and it has no tape if it
// has one element.
//
// Stack panics if the scalars have different tapes, or if there are several and
// all are constants: nothing says then which tape to lay them on.
func Stack(x ...Var) Array {
	t := firstTape(x, nil)
	if t == nil {
		if len(x) == 1 {
			return Array{c: x[0].value}
		}
		panic(fmt.Sprintf("reverse: Stack of %d constants; use Tape.Const", len(x)))
	}
	t.shape = append(t.shape[:0], len(x))
	out := t.newArray(t.shape)
	o := newNode[stackOp](t, out)
	o.t, o.slots = t, o.slots[:0]
	out.active = true
	for i, v := range x {
		join(Var{tape: t, id: t.gen}, v)
		out.data[primal][i] = v.value
		o.slots = append(o.slots, v.slot())
	}
	return t.wrap(out)
}

// stackOp makes scalars an array.
type stackOp struct {
	linear
	t     *tape
	slots []uint32 // of the scalars, 0 for constants
}

func (*stackOp) name() string { return "Stack" }

func (o *stackOp) push(n *node) {
	for i, s := range o.slots {
		n.out.data[tangent][i] = o.t.tan[s]
	}
}

func (o *stackOp) pull(n *node, q quantity) {
	scalars := o.t.adj
	if q == rate {
		scalars = o.t.dadj
	}
	for i, s := range o.slots {
		scalars[s] += n.out.data[q][i]
	}
}

// reach marks the scalars, and at second order that the rates of their adjoints count.
func (o *stackOp) reach(t *tape, n *node) bool {
	if n.out.reached {
		for _, s := range o.slots {
			t.reached[s] = true
			if t.careful {
				t.adjMoved[s] = true
			}
		}
	}
	return n.out.reached
}
