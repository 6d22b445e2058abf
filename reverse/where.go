package reverse

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// Where returns a where cond is true, else b. What is not taken contributes
// nothing. There is a condition for every element, row by row, of the shape that a
// and b broadcast to. See IfPos for a condition that is an array.
//
// Where panics if there is another number of conditions, or if several lie on
// constants without a tape.
func Where(cond []bool, a, b Array) Array {
	t := tapeOf(a, b)
	if t == nil {
		switch {
		case len(cond) != 1:
			noTape("Where", []int{len(cond)})
		case cond[0]:
			return a
		}
		return b
	}
	t.shape = layout.Broadcast("Where", t.shape[:0], a.Shape(), b.Shape())
	if layout.Size(t.shape) != len(cond) {
		panic(fmt.Sprintf("reverse: Where of %d conditions with shapes %v and %v", len(cond), a.Shape(), b.Shape()))
	}
	mask := t.newArray(t.shape)
	mask.leaf = true
	for i, c := range cond {
		mask.data[primal][i] = 0
		if c {
			mask.data[primal][i] = 1
		}
	}
	return t.wrap(mask).IfPos(a, b)
}
