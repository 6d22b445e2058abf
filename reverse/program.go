package reverse

import (
	"math"
	"sync"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// A program is a recorded function: the statements of its tape, freed of the values
// that they had. A place is where a value lies in a replay: the inputs at 1 to n, the
// statements after them, and then the constants.
type program struct {
	n, first int     // inputs; the place of the first statement
	code     []instr // of the statements
	consts   []float64
	results  []int32 // places

	rows    []*rule.Func
	rows2   []*rule.Func2
	choices [][3]int32 // places of x, a and b
	lists   []list
	guards  []test

	saved   Savings
	runners sync.Pool // of *runner

	lock   sync.Mutex // of the following
	plans  []*plan
	fan    *fan
	fanned bool // fan is known

	sparse struct { // what is found when it is asked for
		sync.Mutex
		jacobian, hessian  *sparse.Pattern
		columns, symmetric *sparse.Coloring
	}
}

// An instr is a statement and the places of its operands: of one or two as they
// stand, of others by the index in op.
type instr struct {
	op   op
	a, b int32
}

// A list is the operands of a statement of many.
type list struct {
	row  *rule.FuncN
	x, y []int32
	xVar bool // x is not all constants
	yVar bool
}

// fixed reports whether the list is a sum with weights that are constants: its slopes.
func (l *list) fixed() bool { return l.row == rule.Sum || l.row == rule.Dot && !l.yVar }

// A test is a comparison that must come out as it did.
type test struct {
	x, y int32
	less bool
}

// Savings is what Record made of a recording.
type Savings struct {
	Recorded int // operations that the function executed
	Kept     int // operations of the program
	Shared   int // common subexpressions that are computed once
	Folded   int // operations that an identity took away, such as x·1
	Dead     int // operations that no result depends on
	Merged   int // operations that became terms of a sum
}

// size is how many places there are.
func (p *program) size() int { return p.first + len(p.code) + len(p.consts) }

// constant is the place of the first constant.
func (p *program) constant() int { return p.first + len(p.code) }

// slot is a place on a tape: 0 for constants.
func (p *program) slot(place int32) uint32 {
	if int(place) >= p.constant() {
		return 0
	}
	return uint32(place)
}

// A runner replays a program, on a tape of its own. One without a program holds what
// the function itself has recorded.
type runner struct {
	p       *program
	t       *tape
	values  []float64 // of places
	x, y    []float64 // of the operands of a statement of many
	results []Var
	seeds   []float64

	tangents []float64 // in the directions of all inputs
}

func (p *program) borrow() *runner {
	if r, ok := p.runners.Get().(*runner); ok {
		return r
	}
	return p.newRunner()
}

func (r *runner) release() {
	if r.p == nil {
		r.t.release()
		return
	}
	r.p.runners.Put(r)
}

// newRunner lays the program on a tape.
func (p *program) newRunner() *runner {
	t := new(tape)
	t.start(make([]float64, p.n))
	t.rows, t.rows2 = p.rows, p.rows2
	r := &runner{p: p, t: t, values: make([]float64, p.size())}
	copy(r.values[p.constant():], p.consts)
	constant := func(place int32) float64 { return r.values[place] } // 0 for statements
	most := 0
	for _, in := range p.code {
		switch in.op & kindMask {
		case opApplyN:
			l := &p.lists[in.op>>kindBits]
			t.many = append(t.many, statement{row: l.row, first: len(t.operands), slot: t.n})
			m := &t.many[len(t.many)-1]
			if l.xVar {
				m.nx = uint32(len(l.x))
				t.operands = append(t.operands, p.slots(l.x)...)
			}
			if l.yVar {
				m.ny = uint32(len(l.y))
				t.operands = append(t.operands, p.slots(l.y)...)
			}
			most = max(most, len(l.x), len(l.y))
			t.push(in.op, 0, 0, 0, 0, 0)
		case opChoose:
			t.push(in.op, 0, 0, 0, 0, 0)
		case opNeg, opApply:
			t.push(in.op, 0, -1, 0, p.slot(in.a), 0)
		case opSquare: // a product
			t.push(in.op, 0, 0, 0, p.slot(in.a), p.slot(in.a))
		case opNaN:
			t.push(in.op, 0, math.NaN(), math.NaN(), p.slot(in.a), p.slot(in.b))
		case opSub:
			t.push(in.op, 0, 1, -1, p.slot(in.a), p.slot(in.b))
		case opAdd:
			t.push(in.op, 0, 1, 1, p.slot(in.a), p.slot(in.b))
		default:
			t.push(in.op, 0, constant(in.a), constant(in.b), p.slot(in.a), p.slot(in.b))
		}
	}
	t.slopes = make([]float64, len(t.operands))
	for k, l := range p.lists {
		for i := range l.x {
			switch {
			case l.row == rule.Sum:
				t.slopes[t.many[k].first+i] = 1
			case l.fixed():
				t.slopes[t.many[k].first+i] = constant(l.y[i])
			}
		}
	}
	t.spare, r.x, r.y = make([]float64, most), make([]float64, most), make([]float64, most)
	for _, place := range p.results {
		r.results = append(r.results, Var{tape: t, id: t.gen | uint64(p.slot(place))})
	}
	r.seeds = make([]float64, len(p.results))
	return r
}

func (p *program) slots(places []int32) []uint32 {
	slots := make([]uint32, len(places))
	for i, place := range places {
		slots[i] = p.slot(place)
	}
	return slots
}

// replay computes all values at x, and the slopes on the tape. It returns the first
// comparison that came out otherwise than it did, or -1.
func (r *runner) replay(x []float64) (changed int) {
	p, v := r.p, r.values
	copy(v[1:], x)
	for from := p.first; from < p.constant(); {
		end := min(p.constant(), (from/chunkLen+1)*chunkLen)
		r.replayChunk(p.code[from-p.first:end-p.first], r.t.chunks[from/chunkLen].record[from%chunkLen:], v[from:end])
		from = end
	}
	for i, g := range p.guards {
		if v[g.x] < v[g.y] != g.less {
			return i
		}
	}
	for k, place := range p.results {
		r.results[k].value = v[place]
	}
	return -1
}

// replayChunk computes a run of statements: their values to z, their slopes to the
// records.
func (r *runner) replayChunk(code []instr, records []record, z []float64) {
	p, v := r.p, r.values
	records, z = records[:len(code)], z[:len(code)]
	for i := range code {
		in := &code[i]
		x, y := v[in.a], v[in.b]
		// Not a switch: where processors mistrust indirect jumps, it costs five
		// times as much as the statement.
		switch kind := in.op & kindMask; {
		case kind == opMul:
			z[i] = x * y
			rec := &records[i]
			rec.da, rec.db = y, x
		case kind == opSub:
			z[i] = x - y
		case kind == opAdd:
			z[i] = x + y
		case kind == opSquare:
			z[i] = x * x
			rec := &records[i]
			rec.da, rec.db = x, x
		case kind == opDiv:
			rec := &records[i]
			z[i], rec.da, rec.db = divide(x, y)
		case kind == opApply:
			f := p.rows[in.op>>kindBits]
			w := f.Value(x)
			z[i] = w
			records[i].da = f.Slope(x, w)
		case kind == opNeg:
			z[i] = -x
		case kind == opApplyN:
			z[i] = r.applyN(int(in.op >> kindBits))
		case kind == opApply2:
			f := p.rows2[in.op>>kindBits]
			w := f.Value(x, y)
			z[i] = w
			rec := &records[i]
			if rec.a != 0 {
				rec.da = f.SlopeX(x, y, w)
			}
			if rec.b != 0 {
				rec.db = f.SlopeY(x, y, w)
			}
		case kind == opChoose:
			z[i] = r.choose(&p.choices[in.op>>kindBits], &records[i])
		default: // opNaN
			z[i] = math.NaN()
		}
	}
}

// choose makes the branch that is taken the operand.
func (r *runner) choose(c *[3]int32, rec *record) float64 {
	x, a, b := r.values[c[0]], c[1], c[2]
	switch {
	case x > 0:
		*rec = record{1, 0, r.p.slot(a), 0}
		return r.values[a]
	case x <= 0:
		*rec = record{1, 0, r.p.slot(b), 0}
		return r.values[b]
	}
	nan := math.NaN()
	*rec = record{nan, nan, r.p.slot(a), r.p.slot(b)}
	return nan
}

// applyN computes a statement of many.
func (r *runner) applyN(k int) float64 {
	l, m, t := &r.p.lists[k], &r.t.many[k], r.t
	if l.fixed() { // the slopes are there
		z, slopes := math.Copysign(0, -1), t.slopes[m.first:][:m.nx]
		for i, place := range l.x {
			z += float64(slopes[i] * r.values[place]) // not fused, as it was recorded
		}
		return z
	}
	if l.row == rule.Dot && l.xVar {
		z, n := math.Copysign(0, -1), len(l.x)
		sx, sy := t.slopes[m.first:][:n], t.slopes[m.first+n:][:n]
		for i, place := range l.x {
			x, y := r.values[place], r.values[l.y[i]]
			z += float64(x * y)
			sx[i], sy[i] = y, x
		}
		return z
	}
	x, y := r.x[:len(l.x)], r.y[:len(l.y)]
	for i, place := range l.x {
		x[i] = r.values[place]
	}
	for i, place := range l.y {
		y[i] = r.values[place]
	}
	slopes := t.slopes[m.first:][:m.nx+m.ny]
	sx, sy := slopes[:m.nx], slopes[m.nx:]
	if !l.xVar {
		sx = t.spare[:len(x)]
	}
	if !l.yVar {
		sy = t.spare[:len(y)]
	}
	return l.row.Value(x, y, sx, sy)
}

// lay copies the values to the tape, for sweeps at second order.
func (r *runner) lay() {
	if r.p == nil {
		return
	}
	last := uint32(r.p.constant())
	for at := uint32(0); at < last; at += chunkLen {
		copy(r.t.chunks[at/chunkLen].value[:], r.values[at:min(last, at+chunkLen)])
	}
}

// result returns the value of the k-th result.
func (r *runner) result(k int) float64 { return r.results[k].value }
