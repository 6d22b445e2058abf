package sparse

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// drawPattern draws a pattern of at most size rows and columns. Some rows and
// columns are full, and many are empty.
func drawPattern(t *rapid.T, size int) *Pattern {
	m, n := rapid.IntRange(0, size).Draw(t, "m"), rapid.IntRange(0, size).Draw(t, "n")
	var entries [][2]int
	if m*n > 0 {
		entry := rapid.Custom(func(t *rapid.T) [2]int {
			return [2]int{rapid.IntRange(0, m-1).Draw(t, "i"), rapid.IntRange(0, n-1).Draw(t, "j")}
		})
		entries = rapid.SliceOfN(entry, 0, 3*(m+n)).Draw(t, "entries")
		for _, e := range rapid.SliceOfN(entry, 0, 2).Draw(t, "full") {
			for j := range n {
				entries = append(entries, [2]int{e[0], j})
			}
			for i := range m {
				entries = append(entries, [2]int{i, e[1]})
			}
		}
	}
	return NewPattern(m, n, entries)
}

// integers returns a matrix with the values 1, 2, … in some order of its own, so
// that sums of several tell from any of them. A symmetric one has pairs.
func integers(p *Pattern, symmetric bool, r *rand.Rand) *Matrix {
	s := NewMatrix(p, nil)
	for e, k := range r.Perm(p.Len()) {
		s.values[e] = float64(1 + k)
	}
	if symmetric {
		for t := range s.Triplets() {
			if t.I > t.J {
				e, _ := p.find(t.I, t.J)
				s.values[e] = s.At(t.J, t.I)
			}
		}
	}
	return s
}

// recovers evaluates s by products alone, and holds it against s.
func recovers(t interface {
	Helper()
	Fatalf(string, ...any)
}, what string, c *Coloring, s *Matrix) {
	t.Helper()
	for _, batch := range []int{1, 3} {
		got := NewMatrix(s.pattern, nil)
		for e := range got.values {
			got.values[e] = -1
		}
		products := 0
		times := func(product func(dst, x []float64), in, out int) func(dst, x []float64) {
			return func(dst, x []float64) {
				if len(x)*out != len(dst)*in || len(x) > batch*in {
					t.Fatalf("%s: %d seeds of %d for %d products of %d, batch %d", what, len(x), in, len(dst), out, batch)
				}
				for ; len(x) > 0; x, dst = x[in:], dst[out:] {
					product(dst[:out], x[:in])
					products++
				}
			}
		}
		m, n := s.Dims()
		c.RecoverBatch(got, batch, times(s.MulVec, n, m), times(s.MulVecT, m, n))
		if products != c.Len() {
			t.Fatalf("%s: %d products, %d seeds", what, products, c.Len())
		}
		for e, v := range got.values {
			if v != s.values[e] {
				t.Fatalf("%s: entry %d of\n%v\nis %v, want %v", what, e, s, v, s.values[e])
			}
		}
	}
}

// checkColors holds a coloring against its definition.
func checkColors(t interface {
	Helper()
	Fatalf(string, ...any)
}, what string, c *Coloring, p *Pattern) {
	t.Helper()
	q := p.T()
	if c.nr == 0 { // no two columns of a color meet in a row
		for i := range p.m {
			seen := map[int]bool{}
			for _, j := range p.Row(i) {
				k := c.ColumnColor(int(j))
				if k < 0 || k >= c.nc || seen[k] {
					t.Fatalf("%s: row %d of\n%v\nhas color %d twice or not at all", what, i, p, k)
				}
				seen[k] = true
			}
		}
	}
	if c.nc == 0 {
		for j := range q.m {
			seen := map[int]bool{}
			for _, i := range q.Row(j) {
				k := c.RowColor(int(i))
				if k < 0 || k >= c.nr || seen[k] {
					t.Fatalf("%s: column %d of\n%v\nhas color %d twice or not at all", what, j, p, k)
				}
				seen[k] = true
			}
		}
	}
}

// TestColorings holds colorings of random patterns against their definitions, and
// what is recovered against the matrix.
func TestColorings(t *testing.T) {
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		p := drawPattern(t, 12)
		s := integers(p, false, rand.New(rand.NewPCG(1, uint64(p.Len()))))
		columns, rows, both := ColorColumns(p), ColorRows(p), ColorBoth(p)
		checkColors(t, "columns", columns, p)
		checkColors(t, "rows", rows, p)
		if columns.RowColors() != 0 || rows.ColumnColors() != 0 || both.Len() > min(columns.Len(), rows.Len()) {
			t.Fatalf("%d, %d and %d seeds", columns.Len(), rows.Len(), both.Len())
		}
		if columns.Len() < p.fullest() || rows.Len() < p.T().fullest() {
			t.Fatalf("%d and %d seeds of\n%v", columns.Len(), rows.Len(), p)
		}
		recovers(t, "columns", columns, s)
		recovers(t, "rows", rows, s)
		recovers(t, "both", both, s)

		full, _ := fullRows(p, p.T()) // either orientation, whichever ColorBoth takes
		recovers(t, "parts", colorParts(p, full), s)
		q := p.T()
		any := make([]bool, p.m)
		for i := range any {
			any[i] = rapid.Bool().Draw(t, "full")
		}
		recovers(t, "any parts", colorParts(p, any), s)
		recovers(t, "any parts flipped", colorParts(p, any).flipped(q), s.Transposed())
		full, _ = fullRows(q, p)
		recovers(t, "flipped", colorParts(q, full).flipped(p), s)
	})
	if cases < fully(100) {
		t.Errorf("%d cases", cases)
	}
}

// TestColorLarge recovers matrices large enough for rows with many colors.
func TestColorLarge(t *testing.T) {
	for _, c := range []*Pattern{
		randomPattern(300, 4), randomPattern(100, 30), arrow(200, 77), Band(150, 100, 3, 9), Full(20, 33), Band(40, 300, 0, 90),
	} {
		r := rand.New(rand.NewPCG(5, 6))
		s := integers(c, false, r)
		for _, color := range []func(*Pattern) *Coloring{ColorColumns, ColorRows, ColorBoth} {
			coloring := color(c)
			checkColors(t, "large", coloring, c)
			recovers(t, "large", coloring, s)
		}
		if c.m == c.n {
			p := c.Symmetrized()
			recovers(t, "large symmetric", ColorSymmetric(p), integers(p, true, r))
		}
	}
}

// arrow returns the n×n pattern of a full row, a full column and a diagonal.
func arrow(n int, at int) *Pattern {
	var entries [][2]int
	for i := range n {
		entries = append(entries, [2]int{i, i}, [2]int{at, i}, [2]int{i, at})
	}
	return NewPattern(n, n, entries)
}

// TestColorCounts holds the numbers of colors that are known.
func TestColorCounts(t *testing.T) {
	checked := 0
	count := func(what string, c *Coloring, columns, rows int) {
		t.Helper()
		checked++
		if c.ColumnColors() != columns || c.RowColors() != rows || c.Len() != columns+rows {
			t.Errorf("%s: %d and %d colors, want %d and %d", what, c.ColumnColors(), c.RowColors(), columns, rows)
		}
	}
	count("tridiagonal", ColorColumns(Band(50, 50, 1, 1)), 3, 0)
	count("tridiagonal, star", ColorSymmetric(Band(50, 50, 1, 1)), 3, 0)
	count("diagonal", ColorBoth(Band(50, 50, 0, 0)), 1, 0)
	for w := range 6 {
		p := Band(60, 60, w, w)
		count(fmt.Sprint("band ", w), ColorColumns(p), 2*w+1, 0)
		count(fmt.Sprint("band ", w), ColorRows(p), 0, 2*w+1)
		count(fmt.Sprint("band ", w), ColorBoth(p), 2*w+1, 0)
	}
	if c := ColorBoth(arrow(4, 1)); c.Len() != 3 || c.ColumnColors() == 0 || c.RowColors() == 0 {
		t.Errorf("small arrow: %d and %d colors, want 3", c.ColumnColors(), c.RowColors())
	}
	for _, at := range []int{0, 7, 29} {
		p := arrow(30, at)
		count("arrow", ColorColumns(p), 30, 0)
		count("arrow", ColorRows(p), 0, 30)
		count("arrow, star", ColorSymmetric(p), 2, 0)
		if c := ColorBoth(p); c.Len() != 3 {
			t.Errorf("arrow: %d and %d colors, want 3", c.ColumnColors(), c.RowColors())
		}
		checked++
	}
	count("one full row", ColorBoth(NewPattern(3, 4, [][2]int{{1, 0}, {1, 1}, {1, 2}, {1, 3}})), 0, 1)
	count("dense", ColorBoth(Full(4, 9)), 0, 4)
	count("dense", ColorBoth(Full(9, 4)), 4, 0)
	count("dense, star", ColorSymmetric(Full(6, 6)), 6, 0)
	for _, size := range [][2]int{{0, 0}, {0, 5}, {5, 0}, {3, 4}} {
		p := NewPattern(size[0], size[1], nil)
		count("empty", ColorColumns(p), 0, 0)
		count("empty", ColorRows(p), 0, 0)
		count("empty", ColorBoth(p), 0, 0)
	}
	// Shuffled, a band shows its best coloring to the order smallest last alone.
	shuffle := rand.New(rand.NewPCG(9, 9)).Perm(2000)
	var entries [][2]int
	for i, j := range Band(2000, 2000, 3, 3).All() {
		entries = append(entries, [2]int{shuffle[i], shuffle[j]})
	}
	count("shuffled band", ColorColumns(NewPattern(2000, 2000, entries)), 7, 0)
	count("shuffled band, star", ColorSymmetric(NewPattern(2000, 2000, entries)), 7, 0)
	count("empty, star", ColorSymmetric(new(Pattern)), 0, 0)
	if checked < 40 {
		t.Errorf("%d counts", checked)
	}
}
