package dual

import (
	"math"
	"sync"
	"sync/atomic"

	"github.com/quartet-ad/ad/internal/kernel"
)

// A trace records how the tangents of a derivative follow from each other, so that the
// function is evaluated once for many directions: a sweep computes them. In a Number of
// such a derivative t is no tangent but its place in the trace, and the sign bit of its
// tag is set. Place 0 is of a tangent that is not there, as that of a constant.
//
// A function may share its work among goroutines: places are taken atomically, and pages
// stay where they are.
//
// Add, Sub, Neg and Mul of Number record without a call. With one they would no longer be
// leaves, and every operation on Numbers of a single tangent would cost a third more.
type trace struct {
	tag    tag
	last   atomic.Uint32 // place
	inputs int
	room   uint32 // places that there are pages for
	pages  [pages]*page
	full   atomic.Bool // no more room: further places are 0
	rough  atomic.Bool // a slope lost digits on the way: take the directions one by one
	sweep  sweep
	block  *block // or nil: of one point
}

// A step says that the tangent of its place is A·ẋ + C·ẏ, of the places X and Y; or ẋ/A if
// Y is divided.
type step = kernel.Term

const divided = -1

// A page has the steps of some places, and of what kind they are.
type page struct {
	steps [1 << pageBits]step
	kinds [1 << pageBits]kind
}

// A kind says how the value of a place follows from others. That is of interest in a block of
// points alone.
type kind int32

const (
	partOfSum kind = iota // of a sum: it has no value
	summed
	subtracted
	negated
	multiplied
	called // and above: the number of a call
)

func (p *page) put(at uint32, s step, k kind) {
	p.steps[at%(1<<pageBits)], p.kinds[at%(1<<pageBits)] = s, k
}

const (
	manyBit    = 1 << 31    // of an id
	placeBits  = 0x7ff80001 // before a place in a tangent: a quiet NaN
	fewestMany = 8          // inputs that a trace is worth while for: measured
	pageBits   = 12
	pages      = 64 // in a trace: 7 MB
)

// A trace is found by its number, the last bits of the id of its derivative. Where none is
// in use stands nobody's, which no tag belongs to.
var (
	traces     [64]atomic.Pointer[trace]
	nobodys    trace
	lastTrace  atomic.Uint32
	freeTraces = sync.Pool{New: func() any { return new(trace) }}
)

func init() {
	for i := range traces {
		traces[i].Store(&nobodys)
	}
}

// newTrace returns a trace for a derivative that begins, or nil if there are too many in
// use.
func newTrace() *trace {
	r := freeTraces.Get().(*trace)
	first := lastTrace.Add(1)
	for i := range traces {
		if at := (first + uint32(i)) % uint32(len(traces)); traces[at].CompareAndSwap(&nobodys, r) {
			r.tag = tagOf(manyBit | at)
			if r.room == 0 {
				r.grow()
			}
			return r
		}
	}
	freeTraces.Put(r)
	return nil
}

// begin empties the trace, of a derivative of its own, for a function of n inputs, whose
// places are 1 to n.
func (r *trace) begin(n int) {
	id := lastID.Add(1) % (manyBit / uint32(len(traces))) * uint32(len(traces))
	r.tag = tagOf(manyBit | id | uint32(r.tag.traceNumber()))
	for r.room <= uint32(n) {
		r.grow()
	}
	r.inputs = n
	r.last.Store(uint32(n))
	r.full.Store(false)
	r.rough.Store(false)
	r.block = nil
}

// grow makes room for more places, if a trace may have more.
func (r *trace) grow() bool {
	n := int(r.room >> pageBits)
	if n == pages {
		return false
	}
	for i := n; i < min(pages, max(2, 4*n)); i++ {
		r.pages[i] = new(page)
		r.room += uint32(len(page{}.steps))
	}
	return true
}

func (r *trace) release() {
	traces[r.tag.traceNumber()].Store(&nobodys)
	r.sweep.poison()
	freeTraces.Put(r)
}

// isMany reports whether Numbers of this tag have places in a trace.
func (w tag) isMany() bool { return int64(w) < 0 }

func (w tag) traceNumber() int { return int(w >> 32 % tag(len(traces))) }

// trace returns the trace of a tag: nil if it belongs to none, or to none any more.
func (w tag) trace() *trace {
	if r := traces[w.traceNumber()].Load(); r.tag == w {
		return r
	}
	return nil
}

// next returns the page of the next step of the trace of a tag, and its place: nil and 0 if there is
// no room, or no trace. Where two derivatives have met, or one has ended, the tag says so
// to the operator.
func (w tag) next() (*page, uint32) {
	if r := traces[w>>32%tag(len(traces))].Load(); r.tag == w {
		if n := r.last.Add(1); n < r.room {
			return r.pages[n>>pageBits%pages], n
		}
		r.full.Store(true)
	}
	return nil, 0
}

// tangentAt returns what a Number of a trace has for a tangent: a place, as a NaN that
// no arithmetic makes.
func tangentAt(place uint32) float64 {
	return math.Float64frombits(uint64(placeBits)<<32 | uint64(place))
}

// place returns the place of x, which is 0 for a constant.
func (x Number) place() int32 { return int32(math.Float64bits(x.t)) }

// linear returns z with the tangent a·ẋ + c·ẏ, in a trace.
func (z Number) linear(a float64, x Number, c float64, y Number) Number {
	z, _ = z.recorded(a, x, c, y)
	return z
}

// recorded is linear, and returns the block of the trace, or nil.
func (z Number) recorded(a float64, x Number, c float64, y Number) (Number, *block) {
	r := traces[z.tag>>32%tag(len(traces))].Load()
	if r.tag != z.tag {
		z.t = tangentAt(0)
		return z, nil
	}
	at := r.last.Add(1)
	if at >= r.room {
		r.full.Store(true)
		z.t = tangentAt(0)
		return z, nil
	}
	r.pages[at>>pageBits%pages].put(at, step{A: a, C: c, X: x.place(), Y: y.place()}, partOfSum)
	z.t = tangentAt(at)
	return z, r.block
}

// divide returns z = x/y with its tangent, in a trace.
func (z Number) divide(x, y Number) Number {
	z = z.divided(x, y)
	if block := z.tag.block(); block != nil {
		block.call(z, call{x: block.operand(x), y: block.operand(y)})
	}
	return z
}

func (z Number) divided(x, y Number) Number {
	if y.IsConst() {
		p, at := z.tag.next()
		if p != nil {
			p.put(at, step{A: y.v, X: x.place(), Y: divided}, partOfSum)
		}
		z.t = tangentAt(at)
		return z
	}
	r, slope := 1/y.v, -z.v/y.v
	if lossy(r) || x.v != 0 && lossy(slope) {
		if t := z.tag.trace(); t != nil {
			t.rough.Store(true)
		}
	}
	return z.linear(r, x, slope, y)
}

// gather returns z with the tangent Σ slopes[i]·ẋ[i], in a trace, of the numbers x and
// then y.
func (z Number) gather(slopes []float64, x, y []Number) Number {
	var first Number // of the terms, which is no step by itself
	slope := 0.0
	add := func(a float64, v Number) {
		switch {
		case v.IsConst():
		case first.IsConst():
			first, slope = v, a
		default:
			first, slope = z.linear(slope, first, a, v), 1
		}
	}
	for i, v := range x {
		add(slopes[i], v)
	}
	for i, v := range y {
		add(slopes[len(x)+i], v)
	}
	if slope == 1 && z.tag.block() == nil {
		z.t = first.t
		return z
	}
	return z.linear(slope, first, 0, Number{})
}

// first returns the tangent of a place in the direction of the first input. Of steps that
// other goroutines are at, it reads none.
func (r *trace) first(place int32) float64 {
	known := map[int32]float64{0: 0, 1: 1}
	var at func(k int32) float64
	at = func(k int32) float64 {
		t, ok := known[k]
		if ok || int(k) <= r.inputs {
			return t
		}
		switch s := &r.pages[k>>pageBits].steps[k%(1<<pageBits)]; {
		case s.Y == divided:
			t = at(s.X) / s.A
		case s.Y == 0:
			t = s.A * at(s.X)
		case s.X == 0:
			t = s.C * at(s.Y)
		default:
			t = s.A*at(s.X) + s.C*at(s.Y)
		}
		known[k] = t
		return t
	}
	return at(place)
}
