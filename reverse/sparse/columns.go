package sparse

import "slices"

// ColorColumns colors the columns of a matrix: two of one color have no row in
// which both have an entry. That is a coloring at distance 2 of the columns in
// the bipartite graph of rows and columns (Curtis, Powell and Reid 1974; Coleman
// and Moré 1983).
//
// There are at least as many colors as entries in the fullest row. The columns are
// colored in their order, each with the first color that is free, which is best
// possible for bands, and if there are more colors than those, once more in the
// order smallest last; the better counts. Of the usual orders these two won where
// they were tried, on bands and grids in their order and shuffled, and on random
// patterns.
//
// Cost: at most of the order of the sum of the squares of the numbers of entries
// in the rows, and less where rows use the colors up: linear for a full row.
func ColorColumns(p *Pattern) *Coloring {
	colors, nc := colorColumns(p, p.T())
	seed, at := make([]int32, p.Len()), make([]int32, p.Len())
	for i := range p.m {
		for e := p.start[i]; e < p.start[i+1]; e++ {
			seed[e], at[e] = colors[p.index[e]], int32(i)
		}
	}
	return newColoring(p, colors, noColors(p.m), nc, 0, seed, at)
}

// ColorRows colors the rows of a matrix: two of one color have no column in which
// both have an entry. It is ColorColumns of the transpose.
func ColorRows(p *Pattern) *Coloring {
	colors, nr := colorColumns(p.T(), p)
	seed, at := make([]int32, p.Len()), make([]int32, p.Len())
	for i := range p.m {
		for e := p.start[i]; e < p.start[i+1]; e++ {
			seed[e], at[e] = colors[i], p.index[e]
		}
	}
	return newColoring(p, noColors(p.n), colors, 0, nr, seed, at)
}

func noColors(n int) []int32 { return slices.Repeat([]int32{-1}, n) }

// colorColumns returns the colors of the columns of p, of which q is the
// transpose, and their number.
func colorColumns(p, q *Pattern) (colors []int32, n int) {
	colors, n = greedyColumns(p, q, naturalOrder(p.n))
	if n == p.fullest() {
		return colors, n
	}
	if again, m := greedyColumns(p, q, smallestLast(p, q)); m < n {
		return again, m
	}
	return colors, n
}

// fullest returns the number of entries in the row that has most.
func (p *Pattern) fullest() int {
	most := 0
	for i := range p.m {
		most = max(most, len(p.row(i)))
	}
	return most
}

// greedyColumns colors the columns in order with the first color that is free. A
// column without entries gets none.
//
// What a row has used is a number low, such that all colors below it are used,
// and a list of those above: a row that is full is then not looked through again
// for each of its columns.
func greedyColumns(p, q *Pattern, order []int32) (colors []int32, n int) {
	colors = noColors(p.n)
	low, count := make([]int32, p.m), make([]int32, p.m)
	above := make([]int32, p.Len()) // of row i count[i] from start[i] on
	forbidden := make([]int, p.n+1) // the last stamp that forbade each color
	stamp := 0
	for _, j := range order {
		rows := q.row(int(j))
		if len(rows) == 0 {
			continue
		}
		stamp++
		c := int32(0)
		for _, i := range rows {
			c = max(c, low[i])
			for _, used := range above[p.start[i]:][:count[i]] {
				forbidden[used] = stamp
			}
		}
		for forbidden[c] == stamp {
			c++
		}
		colors[j] = c
		n = max(n, int(c)+1)
		for _, i := range rows {
			list := above[p.start[i]:][:count[i]+1]
			list[count[i]] = c
			count[i]++
			if c > low[i] {
				continue
			}
			stamp++
			for _, used := range list {
				forbidden[used] = stamp
			}
			for forbidden[low[i]] == stamp {
				low[i]++
			}
			count[i] = int32(len(slices.DeleteFunc(list, func(used int32) bool { return used < low[i] })))
		}
	}
	return colors, n
}
