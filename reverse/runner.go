package reverse

import (
	"sync"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/program"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// A recording is a program with what replays of it share.
type recording struct {
	*program.Program
	runners sync.Pool // of *runner

	colors struct { // found when they are asked for
		sync.Mutex
		jacobian, hessian *sparse.Coloring
	}
}

// A runner replays a program, on a tape of its own. One without a program holds what
// the function itself has recorded.
type runner struct {
	p       *recording
	t       *tape
	values  []float64 // of places
	x, y    []float64 // of the operands of an n-ary statement
	results []Var
	seeds   []float64

	tangents []float64 // in the directions of all inputs
}

func (p *recording) borrow() *runner {
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
func (p *recording) newRunner() *runner {
	t := new(tape)
	t.start(make([]float64, p.N))
	t.rows, t.rows2 = p.Rows, p.Rows2
	r := &runner{p: p, t: t, values: make([]float64, p.Size())}
	copy(r.values[p.Constant():], p.Consts)
	for _, in := range p.Code {
		da, db, fixed := in.Op.Slopes()
		if !fixed { // edges have constant operands in the place of their slopes
			da, db = r.values[in.A], r.values[in.B]
		}
		a, b := p.Slot(in.A), p.Slot(in.B)
		switch in.Op.Operands() {
		case 2:
			t.append(in.Op, 0, da, db, a, b)
		case 1:
			b = 0
			if in.Op.Kind() == program.Square { // swept as the product of a with itself
				b = a
			}
			t.append(in.Op, 0, da, 0, a, b)
		default:
			if in.Op.Kind() == program.Nary {
				r.appendList(&p.Lists[in.Op.Index()])
			}
			t.append(in.Op, 0, 0, 0, 0, 0)
		}
	}
	for _, place := range p.Results {
		r.results = append(r.results, Var{tape: t, id: t.gen | uint64(p.Slot(place))})
	}
	r.seeds = make([]float64, len(p.Results))
	return r
}

// appendList appends an n-ary statement to the tape, with its operands, and with the slopes of a
// sum whose weights are constants.
func (r *runner) appendList(l *program.List) {
	t := r.t
	m := naryStatement{row: l.Row, first: len(t.operands), slot: t.n}
	slots := func(places []int32) uint32 {
		for _, place := range places {
			t.operands = append(t.operands, r.p.Slot(place))
		}
		return uint32(len(places))
	}
	if l.XVar {
		m.nx = slots(l.X)
	}
	if l.YVar {
		m.ny = slots(l.Y)
	}
	t.nary = append(t.nary, m)
	t.slopes = append(t.slopes, make([]float64, m.nx+m.ny)...)
	if l.Weighted() {
		slopes := t.slopes[m.first:]
		for i := range l.X {
			slopes[i] = 1
			if l.Row.Terms == rule.Products {
				slopes[i] = r.values[l.Y[i]]
			}
		}
	}
	if n := max(len(l.X), len(l.Y)); n > len(r.x) {
		t.spare, r.x, r.y = make([]float64, n), make([]float64, n), make([]float64, n)
	}
}

// copyValues copies the values to the tape, for sweeps at second order.
func (r *runner) copyValues() {
	if r.p == nil {
		return
	}
	last := uint32(r.p.Constant())
	for at := uint32(0); at < last; at += chunkLen {
		copy(r.t.chunks[at/chunkLen].value[:], r.values[at:min(last, at+chunkLen)])
	}
}

// result returns the value of the k-th result.
func (r *runner) result(k int) float64 { return r.results[k].value }
