package dual

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/kernel"
)

// row returns a new row.
func (w *rows) row() int32 {
	w.count++
	return w.count - 1
}

// checked returns a new row of values or slopes.
func (w *rows) checked() int32 {
	row := w.row()
	w.finite = append(w.finite, row)
	return row
}

// compute returns the row of an operation on rows of values.
func (w *rows) compute(kind, a, x int32) int32 {
	row := w.checked()
	w.ops = append(w.ops, kernel.LaneOp{Kind: kind, Dst: row, A: a, X: x})
	return row
}

// valueOf returns the row of the value of x.
func (w *rows) valueOf(x operand) int32 {
	if x.place > 0 {
		return w.value[x.place]
	}
	for _, c := range w.consts {
		if math.Float64bits(c.c) == x.c && c.row != spoiled {
			return c.row
		}
	}
	w.consts = append(w.consts, constRow{math.Float64frombits(x.c), w.row()})
	return w.count - 1
}

// of returns the rows of the tangents of x, nil if it is a constant.
func (w *rows) of(x operand) []int32 {
	if x.place == 0 {
		return nil
	}
	n := w.made.inputs
	return w.tangent[int(x.place)*n:][:n]
}

func entry(tangents []int32, i int) int32 {
	if tangents == nil {
		return none
	}
	return tangents[i]
}

// linear gives place k the tangent a·ẋ + c·ẏ.
func (w *rows) linear(k int, a int32, x operand, c int32, y operand) {
	dx, dy := w.of(x), w.of(y)
	dst := w.of(operand{place: int32(k)})
	for i := range dst {
		dst[i] = w.term(a, entry(dx, i), c, entry(dy, i))
	}
}

// term returns the row of a·x + c·y.
func (w *rows) term(a, x, c, y int32) int32 {
	op := kernel.LaneOp{Kind: kernel.LanePair, A: a, X: x, C: c, Y: y}
	switch {
	case x == none && y == none:
		return none
	case x == none:
		return w.term(c, y, a, x)
	case y == none && a == one:
		return x
	case y == none && x == one:
		return a
	case y == none && a == minusOne && x == minusOne:
		return one
	case y == none:
		op = kernel.LaneOp{Kind: kernel.LaneProduct, A: a, X: x}
	case a == one && c == one:
		op = kernel.LaneOp{Kind: kernel.LaneSum, A: x, X: y}
	case a == one && c == minusOne:
		op = kernel.LaneOp{Kind: kernel.LaneDifference, A: x, X: y}
	}
	op.Dst = w.row()
	w.ops = append(w.ops, op)
	return op.Dst
}

// call makes the rows of place k, the result of c.
func (w *rows) call(b *block, k int, c call) {
	switch {
	case c.op == ad.OpSin || c.op == ad.OpCos:
		t := w.turn(w.valueOf(c.x))
		if w.value[k] = t.sin; c.op == ad.OpSin {
			w.linear(k, t.cos, c.x, one, operand{})
			return
		}
		w.value[k] = t.cos
		w.linear(k, w.compute(kernel.LaneProduct, minusOne, t.sin), c.x, one, operand{})
	case c.op != ad.Op{}:
		s := w.stage(stage{does: callOne, call: c, x: w.valueOf(c.x), z: w.checked(), sx: w.checked()})
		w.value[k] = s.z
		w.linear(k, s.sx, c.x, one, operand{})
	case c.op2 != ad.Op2{}:
		s := stage{does: callTwo, call: c, x: w.valueOf(c.x), y: w.valueOf(c.y), z: w.checked(), sx: none, sy: none}
		if c.x.place > 0 {
			s.sx = w.checked()
		}
		if c.y.place > 0 {
			s.sy = w.checked()
		}
		w.stage(s)
		w.value[k] = s.z
		w.linear(k, s.sx, c.x, s.sy, c.y)
	case c.opN != ad.OpN{}:
		w.fold(k, c, b.operands[c.from:c.to], c.split-c.from)
	default:
		w.quotient(k, c.x, c.y)
	}
}

// watch drops the points out for which the function would have seen something else.
func (w *rows) watch(g guard) {
	w.stage(stage{does: checkSeen, saw: g.saw, x: w.valueOf(g.x), y: w.valueOf(g.y)})
}

// stage adds a stage after the operations so far.
func (w *rows) stage(s stage) stage {
	s.after = len(w.ops)
	w.stages = append(w.stages, s)
	return s
}

// turn returns the rows of sine and cosine of a row.
func (w *rows) turn(x int32) turn {
	for _, t := range w.turned {
		if t.x == x {
			return t
		}
	}
	t := turn{x, w.checked(), w.checked()}
	w.stage(stage{does: callSinCos, x: x, z: t.sin, sx: t.cos})
	w.turned = append(w.turned, t)
	return t
}

// quotient makes the rows of place k, x/y, as Number.divide has it.
func (w *rows) quotient(k int, x, y operand) {
	u, v := w.valueOf(x), w.valueOf(y)
	w.value[k] = w.compute(kernel.LaneQuotient, u, v)
	if y.place == 0 {
		dst := w.of(operand{place: int32(k)})
		for i, t := range w.of(x) {
			if dst[i] = none; t != none {
				dst[i] = w.row()
				w.ops = append(w.ops, kernel.LaneOp{Kind: kernel.LaneQuotient, Dst: dst[i], A: t, X: v})
			}
		}
		return
	}
	r := w.compute(kernel.LaneQuotient, one, v)
	slope := w.compute(kernel.LaneProduct, minusOne, w.compute(kernel.LaneQuotient, w.value[k], v))
	w.stage(stage{does: checkQuotient, x: u, sx: r, sy: slope})
	w.linear(k, r, x, slope, y)
}

// fold makes the rows of place k, a function of many operands. Its tangent is summed in the
// order of Number.gather.
func (w *rows) fold(k int, c call, operands []operand, split int) {
	list := len(w.lists)
	for _, v := range operands {
		w.lists = append(w.lists, w.valueOf(v))
	}
	slopes := len(w.lists)
	x, y := w.lists[list:list+split:slopes], w.lists[list+split:slopes:slopes]
	switch c.opN {
	case ad.OpSum:
		w.value[k] = x[0]
		for _, row := range x[1:] {
			w.value[k] = w.compute(kernel.LaneSum, w.value[k], row)
		}
		for range x {
			w.lists = append(w.lists, one)
		}
	case ad.OpDot:
		w.value[k] = w.products(x, y)
		w.lists = append(append(w.lists, y...), x...)
	case ad.OpSumSq:
		w.value[k] = w.products(x, x)
		for _, row := range x {
			w.lists = append(w.lists, w.compute(kernel.LaneSum, row, row))
		}
	default:
		for range operands {
			w.lists = append(w.lists, w.checked())
		}
		w.value[k] = w.checked()
		w.stage(stage{does: callMany, call: c, x: int32(split), y: int32(len(operands)), z: w.value[k], list: list})
	}
	dst := w.of(operand{place: int32(k)})
	for i := range dst {
		for j, v := range operands {
			if t := entry(w.of(v), i); t != none {
				dst[i] = w.term(one, dst[i], w.lists[slopes+j], t)
			}
		}
	}
}

// products returns the row of the sum of x[i]·y[i], added up in that order.
func (w *rows) products(x, y []int32) int32 {
	z := w.compute(kernel.LaneProduct, x[0], y[0])
	for i := 1; i < len(x); i++ {
		row := w.checked()
		w.ops = append(w.ops, kernel.LaneOp{Kind: kernel.LanePair, Dst: row, A: one, X: z, C: x[i], Y: y[i]})
		z = row
	}
	return z
}
