package sparse

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Pattern says which entries of an m×n matrix may differ from 0: the entries of
// the pattern. They are stored by rows. A Pattern does not change, and may be
// used from many goroutines at once. The zero value is the 0×0 pattern.
type Pattern struct {
	m, n  int
	start []int   // row i has the columns index[start[i]:start[i+1]]
	index []int32 // ascending in every row
}

// NewPattern returns the m×n pattern with the given entries, pairs of a row and
// a column in any order. One that is given again counts once.
//
// Cost: of the order of m and of the number of entries, which are sorted row by
// row.
//
// NewPattern panics if m or n is negative, or if an entry is outside.
func NewPattern(m, n int, entries [][2]int) *Pattern {
	p := emptyPattern(m, n)
	count := make([]int, m)
	for _, e := range entries {
		if i, j := e[0], e[1]; i < 0 || i >= m || j < 0 || j >= n {
			panic(fmt.Sprintf("sparse: Pattern entry (%d, %d) outside of %d×%d", i, j, m, n))
		}
		count[e[0]]++
	}
	rows, all := make([][]int32, m), make([]int32, len(entries))
	for i, c := range count {
		rows[i], all = all[:0:c], all[c:]
	}
	for _, e := range entries {
		rows[e[0]] = append(rows[e[0]], int32(e[1]))
	}
	for i, row := range rows {
		slices.Sort(row)
		p.addRow(i, slices.Compact(row))
	}
	return p
}

// Band returns the m×n pattern of a band: the main diagonal, and as many
// diagonals below and above it as are said.
//
// Band panics if an argument is negative.
func Band(m, n, lower, upper int) *Pattern {
	if lower < 0 || upper < 0 {
		panic(fmt.Sprintf("sparse: Band of %d lower and %d upper diagonals", lower, upper))
	}
	p := emptyPattern(m, n)
	var row []int32
	for i := range m {
		row = row[:0]
		for j := i - min(i, lower); j < n && j-i <= upper; j++ {
			row = append(row, int32(j))
		}
		p.addRow(i, row)
	}
	return p
}

// Full returns the m×n pattern of all entries.
//
// Full panics if m or n is negative.
func Full(m, n int) *Pattern { return Band(m, n, max(m, 0), max(n, 0)) }

// PatternOf returns the pattern of the entries of a that differ from 0. NaN
// does.
//
// Cost: a call of a.At for every entry of the matrix.
func PatternOf(a mat.Matrix) *Pattern {
	m, n := a.Dims()
	p := emptyPattern(m, n)
	var row []int32
	for i := range m {
		row = row[:0]
		for j := range n {
			if a.At(i, j) != 0 {
				row = append(row, int32(j))
			}
		}
		p.addRow(i, row)
	}
	return p
}

// emptyPattern returns an m×n pattern without entries, to which addRow adds the
// rows.
func emptyPattern(m, n int) *Pattern {
	if m < 0 || n < 0 || m > math.MaxInt32 || n > math.MaxInt32 {
		panic(fmt.Sprintf("sparse: Pattern of size %d×%d", m, n))
	}
	return &Pattern{m: m, n: n, start: make([]int, m+1)}
}

// addRow sets row i, the one after the last that was set.
func (p *Pattern) addRow(i int, row []int32) {
	p.index = append(p.index, row...)
	p.start[i+1] = len(p.index)
}

// Dims returns the number of rows and of columns.
func (p *Pattern) Dims() (m, n int) { return p.m, p.n }

// Len returns the number of entries.
func (p *Pattern) Len() int { return len(p.index) }

// Row returns the columns of the entries in row i, ascending. They belong to the
// pattern and must not be changed.
//
// Row panics if i is out of range.
func (p *Pattern) Row(i int) []int32 {
	if i < 0 || i >= p.m {
		panic(fmt.Sprintf("sparse: row %d of a %d×%d Pattern", i, p.m, p.n))
	}
	return p.row(i)
}

func (p *Pattern) row(i int) []int32 {
	return p.index[p.start[i]:p.start[i+1]:p.start[i+1]]
}

// Has reports whether (i, j) is an entry.
//
// Cost: a binary search in the row.
//
// Has panics if i or j is out of range.
func (p *Pattern) Has(i, j int) bool {
	_, ok := p.find(i, j)
	return ok
}

// find returns the place of the entry (i, j) among all.
func (p *Pattern) find(i, j int) (int, bool) {
	if i < 0 || i >= p.m || j < 0 || j >= p.n {
		panic(fmt.Sprintf("sparse: entry (%d, %d) of a %d×%d matrix", i, j, p.m, p.n))
	}
	k, ok := slices.BinarySearch(p.row(i), int32(j))
	return p.start[i] + k, ok
}

// All yields the row and the column of every entry, row by row.
func (p *Pattern) All() iter.Seq2[int, int] {
	return func(yield func(i, j int) bool) {
		for i := range p.m {
			for _, j := range p.row(i) {
				if !yield(i, int(j)) {
					return
				}
			}
		}
	}
}

// T returns the pattern of the transposed matrix.
//
// Cost: of the order of m, n and the number of entries.
func (p *Pattern) T() *Pattern {
	q := &Pattern{m: p.n, n: p.m, start: make([]int, p.n+1), index: make([]int32, len(p.index))}
	for _, j := range p.index {
		q.start[j+1]++
	}
	for j := range p.n {
		q.start[j+1] += q.start[j]
	}
	next := slices.Clone(q.start)
	for i, j := range p.All() {
		q.index[next[j]] = int32(i)
		next[j]++
	}
	return q
}

// Equal reports whether p and q have the same size and the same entries.
func (p *Pattern) Equal(q *Pattern) bool {
	return p == q || p.m == q.m && p.n == q.n &&
		slices.Equal(p.index, q.index) && (p.m == 0 || slices.Equal(p.start, q.start))
}

// IsSymmetric reports whether p is the pattern of its transpose, as that of a
// Hessian is.
func (p *Pattern) IsSymmetric() bool {
	if p.m != p.n {
		return false
	}
	for i := range p.m {
		for _, j := range p.row(i) {
			if !p.Has(int(j), i) {
				return false
			}
		}
	}
	return true
}

// Symmetrized returns the pattern of p and of its transpose together: that of a
// symmetric matrix of which p has one triangle.
//
// Symmetrized panics if p is not square.
func (p *Pattern) Symmetrized() *Pattern {
	p.square("Symmetrized")
	q, s := p.T(), emptyPattern(p.m, p.n)
	var row []int32
	for i := range p.m {
		row = append(append(row[:0], p.row(i)...), q.row(i)...)
		slices.Sort(row)
		s.addRow(i, slices.Compact(row))
	}
	return s
}

func (p *Pattern) square(op string) {
	if p.m != p.n {
		panic(fmt.Sprintf("sparse: %s of a %d×%d Pattern", op, p.m, p.n))
	}
}

// Bandwidth returns how many diagonals below and above the main one have
// entries, counted as far as the last one that has.
func (p *Pattern) Bandwidth() (lower, upper int) {
	for i := range p.m {
		if row := p.row(i); len(row) > 0 {
			lower = max(lower, i-int(row[0]))
			upper = max(upper, int(row[len(row)-1])-i)
		}
	}
	return lower, upper
}

// String draws a small pattern, a line for every row with × for an entry, and
// says the size of others.
func (p *Pattern) String() string {
	if p.m == 0 || p.m > 40 || p.n > 80 {
		return fmt.Sprintf("%d×%d pattern of %d entries", p.m, p.n, len(p.index))
	}
	var b strings.Builder
	for i := range p.m {
		if i > 0 {
			b.WriteByte('\n')
		}
		row := p.row(i)
		for j := range p.n {
			if len(row) > 0 && int(row[0]) == j {
				b.WriteString("×")
				row = row[1:]
			} else {
				b.WriteString("·")
			}
		}
	}
	return b.String()
}
