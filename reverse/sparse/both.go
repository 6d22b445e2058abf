package sparse

import (
	"cmp"
	"math"
	"slices"
)

// ColorBoth colors columns and rows of a matrix, with the fewest colors in all
// that it finds: columns alone as ColorColumns, rows alone as ColorRows, or some
// of either where a matrix has both full rows and full columns. One with a full
// row, a full column and a diagonal takes 3 colors, and not n.
//
// Full rows are told by colors of rows, and all that is left by colors of columns,
// or the other way round; how many count as full is what the bound of fullest row
// and fullest column makes the best. Such a coloring of both is a star bicoloring
// (Coleman and Verma 1998; Hossain and Steihaug 1998; Gebremedhin, Manne and
// Pothen 2005, section 6) in which no line is told in part by either.
//
// Cost: that of a few ColorColumns, which are made only where the bound leaves
// room for fewer colors.
func ColorBoth(p *Pattern) *Coloring {
	q := p.T()
	byRows, rowBound := fullRows(p, q)
	byColumns, columnBound := fullRows(q, p)
	type way struct {
		bound int
		color func() *Coloring
	}
	ways := []way{
		{p.fullest(), func() *Coloring { return ColorColumns(p) }},
		{q.fullest(), func() *Coloring { return ColorRows(p) }},
		{rowBound, func() *Coloring { return colorParts(p, byRows) }},
		{columnBound, func() *Coloring { return colorParts(q, byColumns).flipped(p) }},
	}
	slices.SortStableFunc(ways, func(a, b way) int { return cmp.Compare(a.bound, b.bound) })
	best := ways[0].color()
	for _, w := range ways[1:] {
		if w.bound < best.Len() {
			if c := w.color(); c.Len() < best.Len() {
				best = c
			}
		}
	}
	return best
}

// fullRows returns which rows of p, of which q is the transpose, are best told by
// colors of rows, and a bound of how many colors there are then at least: the most
// entries in a column of those rows, and in another row. If columns alone or rows
// alone have as low a bound there are none, and the bound is math.MaxInt.
func fullRows(p, q *Pattern) (full []bool, bound int) {
	order := naturalOrder(p.m)
	size := func(i int32) int { return len(p.row(int(i))) }
	slices.SortStableFunc(order, func(a, b int32) int { return size(b) - size(a) })
	best, tallest := 0, 0
	height := make([]int, p.n)
	bound = min(p.fullest(), q.fullest())
	for k, i := range order {
		for _, j := range p.row(int(i)) {
			height[j]++
			tallest = max(tallest, height[j])
		}
		rest := 0
		if k+1 < len(order) {
			rest = size(order[k+1])
		}
		if tallest+rest < bound {
			best, bound = k+1, tallest+rest
		}
	}
	full = make([]bool, p.m)
	for _, i := range order[:best] {
		full[i] = true
	}
	if best == 0 {
		bound = math.MaxInt
	}
	return full, bound
}

// colorParts returns the coloring in which the entries of the rows that are full
// are told by colors of rows, and those of the others by colors of columns.
func colorParts(p *Pattern, full []bool) *Coloring {
	part := func(which bool) *Pattern {
		q := emptyPattern(p.m, p.n)
		for i := range p.m {
			if full[i] == which {
				q.addRow(i, p.row(i))
			} else {
				q.addRow(i, nil)
			}
		}
		return q
	}
	byRows, byColumns := part(true), part(false)
	rows, nr := colorColumns(byRows.T(), byRows)
	columns, nc := colorColumns(byColumns, byColumns.T())
	seed, at := make([]int32, p.Len()), make([]int32, p.Len())
	for i := range p.m {
		for e := p.start[i]; e < p.start[i+1]; e++ {
			if j := p.index[e]; full[i] {
				seed[e], at[e] = int32(nc)+rows[i], j
			} else {
				seed[e], at[e] = columns[j], int32(i)
			}
		}
	}
	return newColoring(p, columns, rows, nc, nr, seed, at)
}

// flipped returns the coloring of p, given that of its transpose.
func (c *Coloring) flipped(p *Pattern) *Coloring {
	q := c.pattern
	place := make([]int32, q.Len()) // of an entry of q among those of p
	next := slices.Clone(p.start)
	e := 0
	for _, i := range q.All() {
		place[e] = int32(next[i])
		next[i]++
		e++
	}
	seed, at := make([]int32, p.Len()), make([]int32, p.Len())
	for k := range c.Len() {
		s := int32((k + c.nr) % c.Len()) // colors of columns come first
		for l := c.start[k]; l < c.start[k+1]; l++ {
			e := place[c.entries[l]]
			seed[e], at[e] = s, c.at[l]
		}
	}
	return newColoring(p, c.rows, c.columns, c.nr, c.nc, seed, at)
}
