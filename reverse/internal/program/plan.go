package program

import (
	"slices"
	"sync"

	"github.com/quartet-ad/ad/internal/rule"
)

// A Plan says how a program is replayed at many points side by side. Inputs that are
// the same at all points, constants, and what is computed of them alone, are uniform: a
// runner computes them once. Of everything else a block has a row, with a lane for
// every point.
type Plan struct {
	p       *Program
	row     []int32 // of places, -1 for uniform ones
	rows    int
	exact   []bool  // places that are computed to the bit as on a tape
	Varying []int32 // the statements, by their index, that have a row

	// Places that are uniform and operands of statements that are not, and where
	// each has its adjoint: an index into Used, or -1.
	Used []int32
	at   []int32

	// Of statements that are elementary functions or quotients, by their index.
	slope []factor
	calls []int32 // those whose slopes are not among the values
	saved int     // rows that a block keeps

	reach once[[][]int32]

	blocks sync.Pool // of *Block
}

// A factor is the slope of an elementary function: the values of a place, scaled, as the cosine
// is that of a sine; of a quotient it is the reciprocal. Where the place is 0, the slope is not
// among the values, and row is where a block keeps it, which computes it once for all results.
type factor struct {
	place int32
	scale float64
	row   int
}

// slopeOf are the functions that are slopes of others, scaled.
var slopeOf = map[*rule.Func]struct {
	f     *rule.Func
	scale float64
}{
	rule.Exp: {rule.Exp, 1},
	rule.Sin: {rule.Cos, 1}, rule.Cos: {rule.Sin, -1},
	rule.Sinh: {rule.Cosh, 1}, rule.Cosh: {rule.Sinh, 1},
}

// A Column holds one input or result of many points, Stride apart. A Stride of 0 is
// that of an input that all points share.
type Column struct {
	Data   []float64
	Stride int
}

// At returns what a point has.
func (c Column) At(point int) float64 { return c.Data[point*c.Stride] }

// Plan returns the plan for points with the inputs x.
func (p *Program) Plan(x []Column) *Plan {
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, pl := range p.plans {
		if pl.fits(x) {
			return pl
		}
	}
	p.plans = append(p.plans, newPlan(p, x))
	return p.plans[len(p.plans)-1]
}

func (pl *Plan) fits(x []Column) bool {
	for i, c := range x {
		if (pl.row[i+1] < 0) != (c.Stride == 0) {
			return false
		}
	}
	return true
}

func newPlan(p *Program, x []Column) *Plan {
	pl := &Plan{p: p, row: make([]int32, p.Size()), at: make([]int32, p.Size())}
	for i := range pl.row {
		pl.row[i], pl.at[i] = -1, -1
	}
	give := func(place int) {
		pl.row[place] = int32(pl.rows)
		pl.rows++
	}
	pl.decides()
	for i, c := range x {
		if c.Stride != 0 {
			give(i + 1)
		}
	}
	for k := range p.Code {
		in := p.Code[k]
		varies := false
		p.each(&in, func(place *int32) { varies = varies || pl.row[*place] >= 0 })
		if !varies {
			continue
		}
		give(p.First + k)
		pl.Varying = append(pl.Varying, int32(k))
		p.each(&in, func(place *int32) { pl.use(*place) })
	}
	for _, place := range p.Results {
		pl.use(place)
	}
	pl.factors()
	return pl
}

// factors finds the slopes of elementary functions.
func (pl *Plan) factors() {
	type call struct {
		f *rule.Func
		x int32
	}
	p, places, rows := pl.p, map[call]int32{}, map[int32]int{}
	pl.slope = make([]factor, len(p.Code))
	for _, k := range pl.Varying {
		if in := p.Code[k]; in.Op.Kind() == Apply {
			places[call{p.Rows[in.Op.Index()], in.A}] = int32(p.First) + k
		}
	}
	for _, k := range pl.Varying {
		in := p.Code[k]
		switch kind := in.Op & kindMask; {
		case kind == Div && pl.row[in.B] >= 0:
			row, ok := rows[in.B]
			if !ok {
				row = pl.saved
				pl.saved++
				rows[in.B] = row
				pl.calls = append(pl.calls, k)
			}
			pl.slope[k].row = row
			continue
		case pl.softened(k):
			pl.slope[k].row = pl.saved
			pl.saved += len(p.Lists[in.Op.Index()].X) + 1
			continue
		case kind != Apply:
			continue
		}
		s := slopeOf[p.Rows[in.Op.Index()]]
		pl.slope[k] = factor{places[call{s.f, in.A}], s.scale, pl.saved}
		if pl.slope[k].place == 0 {
			pl.saved++
			pl.calls = append(pl.calls, k)
		}
	}
}

// decides finds what comparisons and choices depend on: a rounding there would lead to
// another path.
func (pl *Plan) decides() {
	p := pl.p
	pl.exact = make([]bool, p.Size())
	mark := func(place *int32) { pl.exact[*place] = true }
	for _, g := range p.Guards {
		mark(&g.X)
		mark(&g.Y)
	}
	for k, in := range slices.Backward(p.Code) {
		if in.Op.Kind() == Choose {
			mark(&p.Choices[in.Op.Index()].X)
		}
		if pl.exact[p.First+k] {
			p.each(&in, mark)
		}
	}
}

// Reach returns for every result the statements with a row that it depends on.
func (pl *Plan) Reach() [][]int32 { return pl.reach.get(pl.findReach) }

func (pl *Plan) findReach() (reach [][]int32) {
	p := pl.p
	for _, result := range p.Results {
		live := make([]bool, p.Size())
		live[result] = true
		var statements []int32
		for _, k := range slices.Backward(pl.Varying) {
			if live[p.First+int(k)] {
				statements = append(statements, k)
				in := p.Code[k]
				p.each(&in, func(place *int32) { live[*place] = true })
			}
		}
		slices.Reverse(statements)
		reach = append(reach, statements)
	}
	return reach
}

// use gives a place an adjoint if it is uniform, and no constant.
func (pl *Plan) use(place int32) {
	if pl.row[place] < 0 && pl.at[place] < 0 && int(place) < pl.p.Constant() {
		pl.at[place] = int32(len(pl.Used))
		pl.Used = append(pl.Used, place)
	}
}

// Width returns how many lanes a block has: enough to make up for what calling a kernel
// costs. Statements mostly use what is near, so that a block may be larger than the
// caches.
func (pl *Plan) Width() int {
	switch {
	case pl.rows <= 1<<14:
		return 128
	case pl.rows <= 1<<16:
		return 32
	}
	return 16
}
