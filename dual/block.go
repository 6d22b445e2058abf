package dual

import (
	"math"
	"sync"

	"github.com/quartet-ad/ad"
)

// A block is several points that a function is evaluated at together. The function sees the
// first of them, in a trace that also keeps how values follow from each other; rows then hold
// the values and the tangents of all points, a lane for each. A point that another comparison
// holds for than for the first, or whose derivative is not finite, drops out, and is taken
// alone. So what comes out does not depend on which points are taken together.
type block struct {
	mu       sync.Mutex // a function may have goroutines
	trace    *trace
	calls    []call
	operands []operand // of calls with lists
	guards   []guard

	rows rows
}

// An operand is a place, or a constant: place 0.
type operand struct {
	place int32
	c     uint64 // its bits
}

// A call is an elementary function of one, two or many operands; or a quotient, if it is
// none of those.
type call struct {
	op   ad.Op
	op2  ad.Op2
	opN  ad.OpN
	x, y operand

	from, split, to int // the operands of lists
}

// A guard says that what the function has seen of values has to be the same for all points.
type guard struct {
	saw  seen
	x, y operand
	last int // place when it was seen
}

type seen int

const (
	signOf  seen = iota // whether x > 0, and whether x <= 0
	isLess              // whether x < y
	valueOf             // x
)

// block returns the block that Numbers of this tag belong to, or nil.
func (w tag) block() *block {
	if !w.isMany() {
		return nil
	}
	if r := w.trace(); r != nil {
		return r.block
	}
	return nil
}

// begin empties the block, for a function of n inputs.
func (b *block) begin(r *trace, n int) {
	r.begin(n)
	r.block, b.trace = b, r
	b.calls, b.operands, b.guards = b.calls[:0], b.operands[:0], b.guards[:0]
}

// operand returns x as an operand. Numbers of other derivatives are constants here.
func (b *block) operand(x Number) operand {
	if x.tag == b.trace.tag {
		return operand{place: x.place()}
	}
	return operand{c: math.Float64bits(x.v)}
}

// stop ends the block: the function does something that it has to do for every point.
func (b *block) stop() { b.trace.rough.Store(true) }

// call says that z is the result of c.
func (b *block) call(z Number, c call) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(z, c)
}

func (b *block) add(z Number, c call) {
	if at := z.place(); at > 0 {
		b.trace.pages[at>>pageBits].kinds[at%(1<<pageBits)] = called + kind(len(b.calls))
		b.calls = append(b.calls, c)
	}
}

// callN says that z is the result of op of x, or of x and y.
func (b *block) callN(z Number, op ad.OpN, x, y []Number) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := call{opN: op, from: len(b.operands)}
	for _, v := range x {
		b.operands = append(b.operands, b.operand(v))
	}
	c.split = len(b.operands)
	for _, v := range y {
		b.operands = append(b.operands, b.operand(v))
	}
	c.to = len(b.operands)
	b.add(z, c)
}

func (b *block) guard(g guard) {
	b.mu.Lock()
	defer b.mu.Unlock()
	g.last = int(b.trace.last.Load())
	b.guards = append(b.guards, g)
}

// read notes that the function has seen the value of x.
func (x Number) read() {
	if b := x.tag.block(); b != nil {
		b.guard(guard{saw: valueOf, x: b.operand(x)})
	}
}

// compared notes that the function has seen which of x and y is less.
func (x Number) compared(y Number) {
	b := x.tag.block()
	if b == nil {
		b = y.tag.block()
	}
	if b != nil {
		b.guard(guard{saw: isLess, x: b.operand(x), y: b.operand(y)})
	}
}
