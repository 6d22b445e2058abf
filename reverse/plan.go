package reverse

import (
	"slices"
	"sync"

	"github.com/quartet-ad/ad/internal/rule"
)

// A plan says how a program is replayed at many points side by side. Inputs that are
// the same at all points, constants, and what is computed of them alone, are uniform: a
// runner computes them once. Of everything else a block has a row, with a lane for
// every point.
type plan struct {
	p       *program
	row     []int32 // of places, -1 for uniform ones
	rows    int
	exact   []bool  // places that are computed to the bit as on a tape
	varying []int32 // the statements, by their index, that have a row

	// Places that are uniform and operands of statements that are not, and where
	// each has its adjoint: an index into used, or -1.
	used []int32
	at   []int32

	// Of statements that are elementary functions or quotients, by their index.
	slope []factor
	calls []int32 // those whose slopes are not among the values
	kept  int     // rows that a block keeps

	reach [][]int32 // for every result the varying statements that it depends on
	once  sync.Once // for reach

	blocks sync.Pool // of *block
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

// newPlan returns the plan for points with the inputs x.
func newPlan(p *program, x []column) *plan {
	pl := &plan{p: p, row: make([]int32, p.size()), at: make([]int32, p.size())}
	for i := range pl.row {
		pl.row[i], pl.at[i] = -1, -1
	}
	give := func(place int) {
		pl.row[place] = int32(pl.rows)
		pl.rows++
	}
	pl.decides()
	for i, c := range x {
		if c.stride != 0 {
			give(i + 1)
		}
	}
	for k := range p.code {
		in := p.code[k]
		varies := false
		p.each(&in, func(place *int32) { varies = varies || pl.row[*place] >= 0 })
		if !varies {
			continue
		}
		give(p.first + k)
		pl.varying = append(pl.varying, int32(k))
		p.each(&in, func(place *int32) { pl.use(*place) })
	}
	for _, place := range p.results {
		pl.use(place)
	}
	pl.factors()
	return pl
}

// factors finds the slopes of elementary functions.
func (pl *plan) factors() {
	type call struct {
		f *rule.Func
		x int32
	}
	p, places, rows := pl.p, map[call]int32{}, map[int32]int{}
	pl.slope = make([]factor, len(p.code))
	for _, k := range pl.varying {
		if in := p.code[k]; in.op&kindMask == opApply {
			places[call{p.rows[in.op>>kindBits], in.a}] = int32(p.first) + k
		}
	}
	for _, k := range pl.varying {
		in := p.code[k]
		switch kind := in.op & kindMask; {
		case kind == opDiv && pl.row[in.b] >= 0:
			row, ok := rows[in.b]
			if !ok {
				row = pl.kept
				pl.kept++
				rows[in.b] = row
				pl.calls = append(pl.calls, k)
			}
			pl.slope[k].row = row
			continue
		case pl.softened(k):
			pl.slope[k].row = pl.kept
			pl.kept += len(p.lists[in.op>>kindBits].x) + 1
			continue
		case kind != opApply:
			continue
		}
		s := slopeOf[p.rows[in.op>>kindBits]]
		pl.slope[k] = factor{places[call{s.f, in.a}], s.scale, pl.kept}
		if pl.slope[k].place == 0 {
			pl.kept++
			pl.calls = append(pl.calls, k)
		}
	}
}

// decides finds what comparisons and choices depend on: a rounding there would lead to
// another path.
func (pl *plan) decides() {
	p := pl.p
	pl.exact = make([]bool, p.size())
	mark := func(place *int32) { pl.exact[*place] = true }
	for _, g := range p.guards {
		mark(&g.x)
		mark(&g.y)
	}
	for k, in := range slices.Backward(p.code) {
		if in.op&kindMask == opChoose {
			mark(&p.choices[in.op>>kindBits][0])
		}
		if pl.exact[p.first+k] {
			p.each(&in, mark)
		}
	}
}

// reaches finds what every result depends on.
func (pl *plan) reaches() {
	pl.once.Do(func() {
		p := pl.p
		for _, result := range p.results {
			live := make([]bool, p.size())
			live[result] = true
			var reach []int32
			for _, k := range slices.Backward(pl.varying) {
				if live[p.first+int(k)] {
					reach = append(reach, k)
					in := p.code[k]
					p.each(&in, func(place *int32) { live[*place] = true })
				}
			}
			slices.Reverse(reach)
			pl.reach = append(pl.reach, reach)
		}
	})
}

// use gives a place an adjoint if it is uniform, and no constant.
func (pl *plan) use(place int32) {
	if pl.row[place] < 0 && pl.at[place] < 0 && int(place) < pl.p.constant() {
		pl.at[place] = int32(len(pl.used))
		pl.used = append(pl.used, place)
	}
}

// width is how many lanes a block has: enough to make up for what calling a kernel
// costs. Statements mostly use what is near, so that a block may be larger than the
// caches.
func (pl *plan) width() int {
	switch {
	case pl.rows <= 1<<14:
		return 128
	case pl.rows <= 1<<16:
		return 32
	}
	return 16
}
