package sparse

import "math"

// naturalOrder returns 0, 1, …, n-1.
func naturalOrder(n int) []int32 {
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	return order
}

// smallestLast returns an order in which to color the columns of p, of which q is
// the transpose: from its end on, each time the column that has the fewest
// neighbors among those that remain (Matula and Beck, Smallest-last ordering and
// clustering and graph coloring algorithms, J. ACM 30, 1983). Columns are
// neighbors once for each row in which both have an entry.
//
// Rows with more entries than the square root of all are left out, which bounds
// the cost.
func smallestLast(p, q *Pattern) []int32 {
	const none = -1
	limit := max(2, int(math.Sqrt(float64(p.Len()))))
	degree := make([]int, p.n) // none for a column that was taken
	for i := range p.m {
		if row := p.row(i); len(row) <= limit {
			for _, j := range row {
				degree[j] += len(row) - 1
			}
		}
	}

	// Columns of one degree are in one list, and all of degree n and more.
	head, next, prev := noColors(p.n+1), noColors(p.n), noColors(p.n)
	insert := func(j int32) {
		d := min(degree[j], p.n)
		next[j], prev[j] = head[d], none
		if head[d] != none {
			prev[head[d]] = j
		}
		head[d] = j
	}
	remove := func(j int32) {
		if prev[j] != none {
			next[prev[j]] = next[j]
		} else {
			head[min(degree[j], p.n)] = next[j]
		}
		if next[j] != none {
			prev[next[j]] = prev[j]
		}
	}
	for j := range p.n {
		insert(int32(j))
	}
	order, d := make([]int32, p.n), 0
	for k := p.n - 1; k >= 0; k-- {
		for head[d] == none {
			d++
		}
		v := head[d]
		remove(v)
		order[k], degree[v] = v, none
		for _, i := range q.row(int(v)) {
			row := p.row(int(i))
			if len(row) > limit {
				continue
			}
			for _, w := range row {
				if degree[w] != none {
					remove(w)
					degree[w]--
					insert(w)
					d = min(d, degree[w])
				}
			}
		}
	}
	return order
}

// edges returns the pattern with a row for every edge of the graph of a symmetric
// matrix, in which the two ends are entries.
func (p *Pattern) edges() *Pattern {
	e := &Pattern{n: p.n, start: make([]int, 1, p.Len()/2+1), index: make([]int32, 0, p.Len())}
	for i, j := range p.All() {
		if i < j {
			e.index = append(e.index, int32(i), int32(j))
			e.start = append(e.start, len(e.index))
		}
	}
	e.m = len(e.start) - 1
	return e
}
