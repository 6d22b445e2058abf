package reverse

import (
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// An arrayStore is what a tape holds of arrays: operations on them in the order in
// which they were executed, and their storage. What is not in use is left from an
// earlier life of the tape, and is used again.
type arrayStore struct {
	nodes      []*node
	nodesUsed  int
	arrays     []*array
	arraysUsed int
	params     map[*float64]*array // by their first element

	shape     []int     // of a result
	shapes    [][]int   // of operands
	mapped    [2][]int  // what Map maps over, and a spare one
	list      []*array  // of operands
	check     reduction // to check axes with
	none      array     // the result of a node whose results are scalars
	precision kernel.Precision

	// To check shapes with.
	pooling pooling
	axes    []int

	stretches
	watch
}

// A node is an operation on arrays on a tape: one statement, however many
// elements there are. It occupies a slot, which says where it stands among the
// scalar statements.
type node struct {
	slot uint32
	next uint32 // the slot after it, and after the scalars that it computes
	op   operation
	out  *array
	more []*array // results besides out
	in   []*array

	place place // on a tape that is watched
}

// An operation is what a node does. It is a struct of its own type, which holds
// what the sweeps need besides the operands, and which the tape reuses.
//
// Sweeps add to the quantities of operands; those that are not active have none.
type operation interface {
	// name is the name of the method or function that records it.
	name() string

	// push sets the tangents of n.out from those of the operands. Operands
	// that do not move have the tangent 0.
	push(n *node)

	// pull accumulates Jᵀ·w into the quantity q of the operands, where w is that of the
	// results: their adjoints, or the rates of these.
	pull(n *node, q quantity)

	// curve adds to the rates of the operands what the adjoints of the results give
	// through the change of the Jacobian along the tangents: the derivative of pull.
	curve(n *node)

	// second sweeps backward at second order: pull for adjoints and for rates, and
	// curve.
	second(n *node)

	// reach reports whether a careful sweep reaches a result, and marks the operands
	// as reached if it does. Arrays are reached as a whole, scalars one by one.
	reach(t *tape, n *node) bool

	// cut is called when the stretch of the tape that the node belongs to is cut off.
	cut(n *node)
}

// elementary is embedded by an operation from arrays to arrays: it is swept at second
// order as any other, is reached through its results, and leaves nothing behind.
type elementary struct{}

func (elementary) second(n *node) {
	n.op.pull(n, adjoint)
	n.op.pull(n, rate)
	n.op.curve(n)
}

func (elementary) reach(_ *tape, n *node) bool {
	reached := n.out.reached
	for _, a := range n.more {
		reached = reached || a.reached
	}
	if reached {
		for _, x := range n.in {
			x.reached = true
		}
	}
	return reached
}

func (elementary) cut(*node) {}

// linear is embedded by an elementary operation whose Jacobian is a constant.
type linear struct{ elementary }

func (linear) curve(*node) {}

// labeled is embedded by an operation that several methods record.
type labeled struct{ label string }

func (l *labeled) name() string { return l.label }

// newNode appends a node that computes out from the operands. The operation is
// the one that stood there in an earlier life of the tape, if it is of the type,
// so that what it holds is reused; its fields are to be set anew.
func newNode[T any, P interface {
	*T
	operation
}](t *tape, out *array, in ...*array) P {
	if t.recording {
		t.unfit = Arrays
	}
	if len(t.nodes) == t.nodesUsed {
		t.nodes = append(t.nodes, new(node))
	}
	n := t.nodes[t.nodesUsed]
	n.slot, n.out, n.more, n.in = t.n, out, n.more[:0], append(n.in[:0], in...)
	for _, a := range in {
		out.active = out.active || a.active
	}
	if t.watching {
		n.place = t.place
	}
	c := t.cur
	c.edges[t.n%chunkLen] = edgePair{}
	c.value[t.n%chunkLen] = 0
	c.op[t.n%chunkLen] = program.Node.With(t.nodesUsed)
	t.advance()
	n.next = t.n
	t.nodesUsed++
	op, ok := n.op.(P)
	if !ok {
		op = P(new(T))
		n.op = op
	}
	return op
}

// pullNode sweeps a node backwards at first order.
func (t *tape) pullNode(n *node) {
	if n.out.active {
		t.pullAdjoint(n)
	}
}

// pullAdjoint accumulates the adjoints of the operands.
func (t *tape) pullAdjoint(n *node) {
	if t.watching {
		t.watchPull(n)
		return
	}
	n.op.pull(n, adjoint)
}

// pushNode sweeps a node forwards.
func (n *node) pushNode() {
	if n.out.active {
		n.op.push(n)
	}
}

// pullNodeSecond sweeps a node backwards at second order.
func (n *node) pullNodeSecond() {
	if n.out.active {
		n.op.second(n)
	}
}

// pullNodeCareful sweeps a node backward if the result reaches it.
func (t *tape) pullNodeCareful(n *node) {
	if n.out.active && n.op.reach(t, n) {
		t.pullAdjoint(n)
	}
}

// prepareAll clears a quantity of all scalars, and of all arrays that a derivative goes
// through.
func (t *tape) prepareAll(q quantity) {
	switch q {
	case adjoint:
		t.adj = zeroed(t.adj, int(t.n))
	case tangent:
		t.tan = zeroed(t.tan, int(t.n))
	case rate:
		t.dadj = zeroed(t.dadj, int(t.n))
	}
	for _, a := range t.arrays[:t.arraysUsed] {
		if a.active {
			if q == adjoint && a.borrowed {
				a.data[q], a.borrowed = nil, false
			}
			a.clear(q)
			a.reached = false
		}
	}
}

// prepareAdjoints clears the adjoints of all arrays that a derivative goes through,
// but those of parameters with a gradient of their own: they are added up there.
func (t *tape) prepareAdjoints() {
	t.adj = zeroed(t.adj, int(t.n))
	for _, a := range t.arrays[:t.arraysUsed] {
		switch {
		case !a.active:
		case a.grad != nil:
			a.data[adjoint], a.borrowed = a.grad, true
		default:
			a.clear(adjoint)
		}
	}
}

// clear makes all elements of a quantity 0.
func (a *array) clear(q quantity) {
	if cap(a.data[q]) < a.size {
		a.data[q] = zeroed(a.data[q], a.size)
		return
	}
	a.data[q] = a.data[q][:a.size]
	kernel.Clear(a.data[q])
}
