package reverse

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// A PadMode says what stands beyond the ends of an axis.
type PadMode int

const (
	PadZeros     PadMode = iota // 0
	PadReflect                  // the elements in reverse order, without the one at the end: c b | a b c | b a
	PadReplicate                // the one at the end: a a | a b c | c c
	PadCircular                 // those from the other end on: b c | a b c | a b
)

// String returns "zeros", "reflect", "replicate" or "circular".
func (m PadMode) String() string {
	if m < 0 || int(m) >= len(padModes) {
		return fmt.Sprintf("PadMode(%d)", int(m))
	}
	return padModes[m]
}

var padModes = [...]string{"zeros", "reflect", "replicate", "circular"}

// of returns which of n elements, 1 or more, stands at a place from 0 on, or beyond the ends.
func (m PadMode) of(place, n int) int {
	switch m {
	case PadReplicate:
		return max(0, min(place, n-1))
	case PadCircular:
		return wrapped(place, n)
	}
	if n == 1 {
		return 0
	}
	place = wrapped(place, 2*(n-1))
	return min(place, 2*(n-1)-place)
}

// wrapped returns i modulo n, from 0 on.
func wrapped(i, n int) int {
	if i %= n; i < 0 {
		i += n
	}
	return i
}

// PadWith returns x with elements put before and after it along every axis that the mode takes from x, where Pad
// puts a constant value: as many as widths says, axis by axis. Negative widths take elements away. Axes that are
// not listed, the last ones, stay as they are. Widths may be larger than an axis: what the mode says goes on. A
// single element is repeated by all modes but PadZeros.
//
// Cost: a copy for every axis that changes.
//
// PadWith panics if there are more widths than axes, if they take away more than there is, or if there is nothing to
// take elements from.
func (x Array) PadWith(mode PadMode, widths ...[2]int) Array {
	if mode == PadZeros {
		return x.Pad(0, widths...)
	}
	t := tapeOf(x)
	shape := x.Shape()
	if mode < 0 || int(mode) >= len(padModes) || len(widths) > len(shape) {
		panic(fmt.Sprintf("reverse: PadWith %v of %d axes of shape %v", mode, len(widths), slices.Clone(shape)))
	}
	if t == nil {
		return x
	}
	t.shape = append(t.shape[:0], shape...)
	for i, w := range widths {
		t.shape[i] += w[0] + w[1]
		if max(w[0], w[1]) > math.MaxInt/4 || min(w[0], w[1]) < -shape[i] || t.shape[i] < 0 || shape[i] == 0 && t.shape[i] > 0 {
			panic(fmt.Sprintf("reverse: PadWith %v by %v along axis %d of shape %v", mode, w, i, slices.Clone(shape)))
		}
	}
	layout.Size(t.shape) // panics if that is too much
	for i, w := range widths {
		if w != [2]int{} {
			x = x.padAxis(mode, i, w)
		}
	}
	return x
}

// padAxis is PadWith along one axis.
func (x Array) padAxis(mode PadMode, axis int, width [2]int) Array {
	t, in := x.a.tape, x.a
	t.shape = append(t.shape[:0], in.shape...)
	n := t.shape[axis]
	t.shape[axis] += width[0] + width[1]
	out := t.newArray(t.shape)
	o := newNode[padOp](t, out, in)
	o.label = "PadWith"
	o.from = slices.Grow(o.from[:0], out.shape[axis])
	for place := -width[0]; place < n+width[1]; place++ {
		o.from = append(o.from, mode.of(place, n))
	}
	o.Take(axis, o.from, in.shape)
	o.Read(out.data[primal], in.data[primal])
	return t.wrap(out)
}

// padOp is Take of indices of its own.
type padOp struct {
	gatherOp
	from []int
}
