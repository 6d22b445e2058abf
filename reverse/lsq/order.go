package lsq

import (
	"cmp"
	"slices"

	"github.com/quartet-ad/ad/reverse/sparse"
)

// An elimination is an order in which the columns of JᵀJ are eliminated, and the places of the
// entries of the factor L that follow from it.
type elimination struct {
	order, place []int // column order[k] is eliminated as the k-th; place is the inverse
	parent       []int // in the elimination tree, −1 at a root
	start        []int // of the columns of L, the diagonal first
	end          []int // as far as a column is filled
	row          []int32
}

// mostEntries is how many entries of L are computed at most: 12 GB.
const mostEntries = 1_000_000_000

// bestElimination returns the elimination of the fewest entries among three orders: columns of
// few neighbors first, which is best for bundle adjustment and the like, where many unknowns meet
// few; breadth first and backwards (Cuthill and McKee 1969), for meshes; and the order as it is,
// for bands.
func bestElimination(j *sparse.Pattern) (elimination, bool) {
	near := neighbors(j)
	n := len(near)
	natural := make([]int, n)
	for k := range natural {
		natural[k] = k
	}
	byDegree := slices.Clone(natural)
	slices.SortStableFunc(byDegree, func(a, b int) int { return cmp.Compare(len(near[a]), len(near[b])) })
	var best elimination
	least := mostEntries + 1
	for _, order := range [][]int{byDegree, breadthFirst(near, byDegree), natural} {
		if e, entries, ok := newElimination(near, order, least-1); ok {
			best, least = e, entries
		}
	}
	if least > mostEntries {
		return best, false
	}
	best.row = make([]int32, least)
	return best, true
}

// neighbors returns for every column which others it shares a row with.
func neighbors(j *sparse.Pattern) [][]int32 {
	_, n := j.Dims()
	t := j.T()
	near, mark := make([][]int32, n), make([]int, n)
	for k := range n {
		mark[k] = k + 1
		for _, i := range t.Row(k) {
			for _, l := range j.Row(int(i)) {
				if mark[l] != k+1 {
					mark[l] = k + 1
					near[k] = append(near[k], l)
				}
			}
		}
	}
	return near
}

// breadthFirst returns the columns in the order of their distance from one of the fewest
// neighbors, reversed.
func breadthFirst(near [][]int32, byDegree []int) []int {
	order, seen := make([]int, 0, len(near)), make([]bool, len(near))
	for _, root := range byDegree {
		if seen[root] {
			continue
		}
		seen[root] = true
		order = append(order, root)
		for at := len(order) - 1; at < len(order); at++ {
			first := len(order)
			for _, l := range near[order[at]] {
				if !seen[l] {
					seen[l] = true
					order = append(order, int(l))
				}
			}
			slices.SortStableFunc(order[first:], func(a, b int) int { return cmp.Compare(len(near[a]), len(near[b])) })
		}
	}
	slices.Reverse(order)
	return order
}

// newElimination counts the entries of L for an order. It is not ok if there are more than most.
func newElimination(near [][]int32, order []int, most int) (e elimination, entries int, ok bool) {
	n := len(order)
	e = elimination{order: order, place: make([]int, n), parent: make([]int, n), start: make([]int, n+1)}
	for k, j := range order {
		e.place[j] = k
	}
	counts, mark := make([]int, n), make([]int, n)
	entries = n
	for k, j := range order {
		e.parent[k] = -1
		mark[k] = k + 1
		counts[k]++
		for _, l := range near[j] {
			// Row k of L has an entry in every column on the way from i up to k.
			for i := e.place[l]; i < k && mark[i] != k+1; i = e.parent[i] {
				if e.parent[i] < 0 {
					e.parent[i] = k
				}
				mark[i] = k + 1
				counts[i]++
				if entries++; entries > most {
					return e, entries, false
				}
			}
		}
	}
	for k, c := range counts {
		e.start[k+1] = e.start[k] + c
	}
	return e, entries, true
}

// reach returns the columns in which row k of L has entries, left of the diagonal, in an order in
// which they can be computed: the way from every entry of column k of a up the tree. It uses the
// end of stack for it.
func (e *elimination) reach(a *square, k int, stack, mark []int) []int {
	top := len(stack)
	mark[k] = k + 1
	for _, i32 := range a.row[a.start[k]:a.start[k+1]] {
		length := 0
		for i := int(i32); mark[i] != k+1; i = e.parent[i] {
			stack[length] = i
			length++
			mark[i] = k + 1
		}
		for length > 0 {
			length--
			top--
			stack[top] = stack[length]
		}
	}
	return stack[top:]
}
