package reverse

import "github.com/quartet-ad/ad/reverse/internal/layout"

// moveOp puts elements of its operands somewhere else.
type moveOp struct {
	labeled
	linear
	moves []layout.Move // one for every operand
}

// newMove appends a node that takes elements of operands to out, by moves that the
// caller is to set.
func newMove(t *tape, name string, out *array, in ...*array) *moveOp {
	o := newNode[moveOp](t, out, in...)
	o.label = name
	for len(o.moves) < len(in) {
		o.moves = append(o.moves, layout.Move{})
	}
	return o
}

func (o *moveOp) push(n *node) {
	for k, x := range n.in {
		if x.active {
			o.moves[k].Carry(n.out.data[tangent], x.data[tangent])
		}
	}
}

func (o *moveOp) pull(n *node, q quantity) {
	for k, x := range n.in {
		if x.active {
			o.moves[k].Fetch(x.data[q], n.out.data[q])
		}
	}
}
