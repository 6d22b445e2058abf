package reverse

import (
	"fmt"
	"slices"
	"sync"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// A tape is a list of statements in the order in which they were executed. A
// statement's place in the list is its slot; operands are earlier slots. Slots
// 1 to n hold the inputs. Slot 0 stands for every constant: its adjoint
// collects what nobody asks for.
//
// Statements of one or two operands lie in chunks, which stay where they are
// while the tape grows. An n-ary statement occupies a slot like any
// other, and keeps its operands in a list of their own; nary tells where those
// statements are, and cuts the tape into segments.
type tape struct {
	// gen numbers the lives of the tape, in the upper half; a Var carries
	// that of its own in its id.
	gen uint64

	first  uint32 // slot of the first statement, after the inputs
	n      uint32 // slots in use
	cur    *chunk // the chunk of slot n
	chunks []*chunk

	// What statements refer to by index.
	rows     []*rule.Func
	rows2    []*rule.Func2
	nary     []naryStatement
	slopes   []float64 // of the operands of n-ary statements
	operands []uint32  // of n-ary statements

	vars  []Var     // the inputs, as the function sees them
	v     []float64 // a direction
	x, y  []float64 // the values of one n-ary statement
	spare []float64 // its slopes in a list of constants

	full func() // is called when a chunk is full, if it is not nil; see Source

	arrayStore
	sweeps
	recordingState
}

const chunkLen = 4096 // a power of two

type chunk struct {
	edges [chunkLen]edgePair
	value [chunkLen]float64
	op    [chunkLen]program.Op
}

// An edgePair is the two operands of a statement and the slopes in them. Where
// operand b is a constant it is slot 0, and db holds the constant itself, or
// nothing of use if the statement has one operand; likewise for a.
type edgePair struct {
	da, db float64
	a, b   uint32
}

func (t *tape) edgesOf(slot uint32) *edgePair {
	return &t.chunks[slot/chunkLen].edges[slot%chunkLen]
}

func (t *tape) value(slot uint32) float64 {
	return t.chunks[slot/chunkLen].value[slot%chunkLen]
}

func (t *tape) op(slot uint32) program.Op {
	return t.chunks[slot/chunkLen].op[slot%chunkLen]
}

// append appends a statement and returns its result.
func (t *tape) append(op program.Op, v, da, db float64, a, b uint32) Var {
	n, c := t.n, t.cur
	c.edges[n%chunkLen] = edgePair{da, db, a, b}
	c.value[n%chunkLen] = v
	c.op[n%chunkLen] = op
	t.advance()
	return Var{t, t.gen | uint64(n), v}
}

// nextChunk makes room for slot n, the first of a chunk.
func (t *tape) nextChunk() {
	k := int(t.n / chunkLen)
	if k == len(t.chunks) {
		if k == 1<<32/chunkLen-1 { // at its end slots would be numbered from 0 again
			panic(fmt.Sprintf("reverse: more than %d operations on one tape", uint64(k)*chunkLen))
		}
		t.chunks = append(t.chunks, new(chunk))
	}
	t.cur = t.chunks[k]
	if t.full != nil {
		t.full()
	}
}

// start clears the tape and takes the inputs, which have values and nothing
// else. The slice it returns belongs to the tape.
func (t *tape) start(x []float64) []Var {
	t.rows, t.rows2 = t.rows[:0], t.rows2[:0]
	t.nary, t.slopes, t.operands = t.nary[:0], t.slopes[:0], t.operands[:0]
	t.vars = slices.Grow(t.vars[:0], len(x))[:len(x)]
	t.nodesUsed, t.arraysUsed = 0, 0
	t.hadScalars = false
	t.place = place{}
	clear(t.params)
	t.n = 0
	t.nextChunk()
	for i, v := range x {
		t.advance()
		t.cur.value[t.n%chunkLen] = v
		t.vars[i] = Var{t, t.gen | uint64(t.n), v}
	}
	t.advance()
	t.first = t.n
	return t.vars
}

// advance makes the next slot the current one.
func (t *tape) advance() {
	t.n++
	if t.n%chunkLen == 0 {
		t.nextChunk()
	}
}

var tapes = sync.Pool{New: func() any { return new(tape) }}

// borrow takes a tape from the pool. release puts it back; from then on its Vars
// are void, and it keeps nothing alive of what the function used.
func borrow() *tape { return tapes.Get().(*tape) }

func (t *tape) release() {
	t.void()
	tapes.Put(t)
}

// void ends the life of the tape's Vars and Arrays.
func (t *tape) void() {
	t.gen += 1 << 32
	clear(t.rows)
	clear(t.rows2)
	if check.Poison {
		t.poison()
	}
}

// own returns a result of the function, after a check that it belongs to this
// tape or is a constant.
func (t *tape) own(y Var) Var {
	join(Var{tape: t, id: t.gen}, y)
	return y
}

// ownAll checks the results of the function as own does, and returns their
// values.
func (t *tape) ownAll(y []Var) []float64 {
	values := make([]float64, len(y))
	for k, yk := range y {
		values[k] = t.own(yk).value
	}
	return values
}
