package dual

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
)

// rows are the values and the tangents of all points of a block, and how they follow from
// each other: operations on rows for arithmetic, and stages for what is none. Blocks mostly
// do the same as the one before; then nothing is made anew.
//
// A place has a row for its value, and one for its tangent in each input that it depends on.
// Many of those exist already: the tangent of x·y in the input x is the value of y.
type rows struct {
	made made

	value   []int32 // of each place its row
	tangent []int32 // of each place and input its row, or none
	count   int32   // rows
	fits    bool    // there is room for them
	consts  []constRow
	turned  []turn
	finite  []int32 // rows that the points drop out by in which they are not finite
	lists   []int32 // rows of operands and slopes of functions of many

	ops      []kernel.LaneOp
	stages   []stage
	inputs   []int32
	ends     []int32 // results
	jacobian []int32 // their tangents
	fitted   fitted

	lanes  []float64
	points [kernel.Lanes]int
	out    [kernel.Lanes]bool // lanes that have dropped out, or are of no point
	many   []float64          // operands and slopes of a function of many, of one point
}

// made is what rows were made of.
type made struct {
	inputs   int
	lines    []line
	calls    []call
	operands []operand
	guards   []guard
	results  []operand
}

// A line is what a trace has of a place: its operands, and a constant if one of them is.
type line struct {
	kind kind
	x, y int32
	c    uint64
}

type constRow struct {
	c   float64
	row int32
}

// A turn is the rows of sine and cosine of a row.
type turn struct{ x, sin, cos int32 }

// Rows that are always there.
const (
	none = iota - 1
	one
	minusOne
	zero
	spoiled // NaN where something was not finite
	firstRow
)

const mostRows = 1 << 14 // before they are fitted

// prepare sees that the rows are those of the block and of its results. It reports whether
// there is room for them.
func (w *rows) prepare(b *block, results []Number) bool {
	if w.made.update(b, results) {
		return w.fits
	}
	w.fits = false
	n, last := b.trace.inputs, int(b.trace.last.Load())
	w.value, w.tangent = sized(w.value, last+1), sized(w.tangent, (last+1)*n)
	for i := range w.tangent {
		w.tangent[i] = none
	}
	w.count, w.consts, w.turned, w.finite, w.lists = firstRow, w.consts[:0], w.turned[:0], w.finite[:0], w.lists[:0]
	w.ops, w.stages, w.inputs = w.ops[:0], w.stages[:0], w.inputs[:0]
	w.consts = append(w.consts, constRow{1, one}, constRow{-1, minusOne}, constRow{0, zero}, constRow{0, spoiled})
	for i := range n {
		w.value[1+i] = w.checked()
		w.inputs = append(w.inputs, w.value[1+i])
		w.tangent[(1+i)*n+i] = one
	}
	guards := b.guards
	for k := n + 1; k <= last && w.count <= mostRows; k++ {
		for len(guards) > 0 && guards[0].last < k {
			w.watch(guards[0])
			guards = guards[1:]
		}
		w.follow(b, k, w.made.lines[k-n-1])
	}
	for _, g := range guards {
		w.watch(g)
	}
	w.ends, w.jacobian = w.ends[:0], w.jacobian[:0]
	for _, y := range w.made.results {
		w.ends = append(w.ends, w.valueOf(y))
		for i := range n {
			t := entry(w.of(y), i)
			if t >= firstRow {
				w.finite = append(w.finite, t)
			}
			if t == none {
				t = zero
			}
			w.jacobian = append(w.jacobian, t)
		}
	}
	if w.count <= mostRows {
		w.fit()
		w.fits = true
	}
	return w.fits
}

// update makes m what the block has, and reports whether it was that before.
func (m *made) update(b *block, results []Number) bool {
	n, last := b.trace.inputs, int(b.trace.last.Load())
	same := m.inputs == n && len(m.lines) == last-n && len(m.results) == len(results)
	m.inputs, m.lines, m.results = n, sized(m.lines, last-n), sized(m.results, len(results))
	for i := range m.lines {
		k := n + 1 + i
		p := b.trace.pages[k>>pageBits]
		l := lineOf(p.kinds[k%(1<<pageBits)], &p.steps[k%(1<<pageBits)])
		same = same && m.lines[i] == l
		m.lines[i] = l
	}
	for k, y := range results {
		o := b.operand(y)
		same = same && m.results[k] == o
		m.results[k] = o
	}
	if same && slices.Equal(m.calls, b.calls) && slices.Equal(m.operands, b.operands) && slices.Equal(m.guards, b.guards) {
		return true
	}
	m.calls, m.operands = append(m.calls[:0], b.calls...), append(m.operands[:0], b.operands...)
	m.guards = append(m.guards[:0], b.guards...)
	return false
}

func lineOf(k kind, s *step) line {
	l := line{kind: k, x: s.X, y: s.Y}
	switch {
	case k == partOfSum || k >= called:
		return line{kind: k}
	case k == negated:
		return line{kind: k, x: s.X}
	case s.X == 0 && k == multiplied || s.Y == 0 && k != multiplied:
		l.c = math.Float64bits(s.C)
	case s.X == 0 || s.Y == 0:
		l.c = math.Float64bits(s.A)
	}
	return l
}

// follow makes the rows of place k.
func (w *rows) follow(b *block, k int, l line) {
	if l.kind >= called {
		w.call(b, k, b.calls[l.kind-called])
		return
	}
	x, y := operand{place: l.x}, operand{place: l.y}
	if x.place == 0 {
		x.c = l.c
	} else if y.place == 0 {
		y.c = l.c
	}
	switch l.kind {
	case summed:
		w.value[k] = w.compute(kernel.LaneSum, w.valueOf(x), w.valueOf(y))
		w.linear(k, one, x, one, y)
	case subtracted:
		w.value[k] = w.compute(kernel.LaneDifference, w.valueOf(x), w.valueOf(y))
		w.linear(k, one, x, minusOne, y)
	case negated:
		w.value[k] = w.compute(kernel.LaneProduct, minusOne, w.valueOf(x))
		w.linear(k, minusOne, x, one, operand{})
	case multiplied:
		u, v := w.valueOf(x), w.valueOf(y)
		w.value[k] = w.compute(kernel.LaneProduct, u, v)
		w.linear(k, v, x, u, y)
	}
}
