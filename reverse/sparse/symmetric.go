package sparse

import "fmt"

// ColorSymmetric colors the columns of a symmetric matrix, a Hessian say, of
// which the pattern has both triangles. An entry is told by the color of its
// column or, since the matrix is symmetric, by that of its row, so that fewer
// colors do than ColorColumns takes: for a matrix with one full row and column
// and a diagonal 2 and not n. Its products are those of the matrix with a vector,
// and what is recovered is symmetric bit by bit.
//
// It is a star coloring of the graph of the matrix: neighbors have different
// colors, and every path of four vertices has three at least (Coleman and Moré
// 1984). Vertices are colored one by one, as in algorithm 4.1 of Gebremedhin,
// Tarafdar, Manne and Pothen, New Acyclic and Star Coloring Algorithms with
// Application to Computing Hessians, SIAM J. Sci. Comput. 29 (2007), in their
// order and in the order smallest last; the better counts.
//
// Cost: at most of the order of the number of entries times that of colors.
//
// ColorSymmetric panics if the pattern is not symmetric; see Symmetrized.
func ColorSymmetric(p *Pattern) *Coloring {
	p.mustBeSymmetric()
	colors, nc := greedyStar(p, naturalOrder(p.n))
	edges := p.edges()
	if again, n := greedyStar(p, smallestLast(edges, edges.T())); n < nc {
		colors, nc = again, n
	}
	seed, at := starEntries(p, colors, nc)
	return newColoring(p, colors, noColors(p.m), nc, 0, seed, at)
}

func (p *Pattern) mustBeSymmetric() {
	p.square("ColorSymmetric")
	q := p.T()
	if p.Equal(q) {
		return
	}
	for i, j := range p.All() {
		if !q.Has(i, j) {
			panic(fmt.Sprintf("sparse: ColorSymmetric of a Pattern with (%d, %d) and without (%d, %d)", i, j, j, i))
		}
	}
}

// A hue is a color among the neighbors of a vertex. The vertices of two colors
// form stars, so that a vertex is the hub of that star if it has several neighbors
// of the color, and otherwise the spoke of a hub, or one end of a single edge.
type hue struct {
	color int32
	only  int32 // the neighbor of the color, -1 if there are several
	spoke bool  // the neighbor is the hub of several
}

// greedyStar colors the vertices in order with the first color that makes no path
// of four vertices of two colors. One without entries gets none.
func greedyStar(p *Pattern, order []int32) (colors []int32, n int) {
	colors = noColors(p.n)
	hues, count := make([]hue, p.Len()), make([]int, p.n)
	of := func(v int32) []hue { return hues[p.start[v]:][:count[v]] }
	find := func(v, color int32) *hue {
		list := of(v)
		for k := range list {
			if list[k].color == color {
				return &list[k]
			}
		}
		return nil
	}
	forbidden := make([]int, p.n+1) // the last step that forbade each color
	several := make([]int, p.n+1)   // … in which several neighbors had it
	for k, v := range order {
		row, step := p.row(int(v)), k+1
		if len(row) == 0 {
			continue
		}
		for _, h := range of(v) {
			forbidden[h.color] = step
			if h.only < 0 {
				several[h.color] = step
			}
		}
		for _, w := range row {
			if w == v || colors[w] < 0 {
				continue
			}
			hub := several[colors[w]] == step
			for _, h := range of(w) {
				if hub || h.spoke {
					forbidden[h.color] = step
				}
			}
		}
		c := int32(0)
		for forbidden[c] == step {
			c++
		}
		colors[v] = c
		n = max(n, int(c)+1)
		for _, w := range row {
			if w == v {
				continue
			}
			h := find(w, c)
			if h == nil {
				spoke := colors[w] >= 0 && several[colors[w]] == step
				hues[p.start[w]+count[w]] = hue{c, v, spoke}
				count[w]++
				continue
			}
			if x := h.only; x >= 0 {
				h.only = -1
				if colors[w] >= 0 {
					find(x, colors[w]).spoke = true
				}
			}
			if colors[w] >= 0 {
				find(v, colors[w]).spoke = true
			}
		}
	}
	return colors, n
}

// starEntries returns the seed that tells each entry of a symmetric pattern, and
// the element of the product: for the entry (i, j) the color of j and element i if
// j is the only neighbor of i with its color, else the other way round. The two
// entries of an edge are told by one element.
func starEntries(p *Pattern, colors []int32, n int) (seed, at []int32) {
	seed, at = make([]int32, p.Len()), make([]int32, p.Len())
	lower := make([]int, p.n) // the next entry below the diagonal in each row
	copy(lower, p.start)
	last, several := make([]int, n), make([]int, n) // the last row with a color, and with it more than once
	for i := range p.m {
		row := p.row(i)
		for _, j := range row {
			c := colors[j]
			if last[c] == i+1 {
				several[c] = i + 1
			}
			last[c] = i + 1
		}
		for k, j := range row {
			if int(j) < i {
				continue
			}
			s, a := colors[j], int32(i)
			if several[s] == i+1 {
				s, a = colors[i], j
			}
			e := p.start[i] + k
			seed[e], at[e] = s, a
			if int(j) > i {
				seed[lower[j]], at[lower[j]] = s, a
				lower[j]++
			}
		}
	}
	return seed, at
}
