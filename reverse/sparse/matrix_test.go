package sparse

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

func TestPanics(t *testing.T) {
	p := NewPattern(4, 6, [][2]int{{0, 1}, {2, 2}})
	s := NewMatrix(p, nil)
	c := ColorColumns(p)
	lone := NewMatrix(NewPattern(2, 2, [][2]int{{0, 1}}), []float64{3})
	for _, c := range []struct {
		want string
		f    func()
	}{
		{"sparse: Pattern entry (5, 7) outside of 4×6", func() { NewPattern(4, 6, [][2]int{{0, 0}, {5, 7}}) }},
		{"sparse: Pattern entry (0, -1) outside of 4×6", func() { NewPattern(4, 6, [][2]int{{0, -1}}) }},
		{"sparse: Pattern of size -1×6", func() { Full(-1, 6) }},
		{"sparse: Pattern of size 3×-2147483648", func() { NewPattern(3, math.MinInt32, nil) }},
		{"sparse: Band of -1 lower and 2 upper diagonals", func() { Band(4, 6, -1, 2) }},
		{"sparse: row 4 of a 4×6 Pattern", func() { p.Row(4) }},
		{"sparse: entry (1, 6) of a 4×6 matrix", func() { p.Has(1, 6) }},
		{"sparse: entry (-1, 0) of a 4×6 matrix", func() { s.At(-1, 0) }},
		{"sparse: row 0 of a 0×0 Pattern", func() { new(Matrix).Row(0) }},
		{"sparse: Symmetrized of a 4×6 Pattern", func() { p.Symmetrized() }},
		{"sparse: ColorSymmetric of a 4×6 Pattern", func() { ColorSymmetric(p) }},
		{"sparse: ColorSymmetric of a Pattern with (0, 1) and without (1, 0)", func() { ColorSymmetric(lone.Pattern()) }},
		{"sparse.NewMatrix: the pattern is nil", func() { NewMatrix(nil, nil) }},
		{"sparse.NewMatrix: values has length 3, want 2", func() { NewMatrix(p, make([]float64, 3)) }},
		{"sparse.Matrix.MulVec: dst has length 6, want 4", func() { s.MulVec(make([]float64, 6), make([]float64, 6)) }},
		{"sparse.Matrix.MulVecT: x has length 6, want 4", func() { s.MulVecT(make([]float64, 6), make([]float64, 6)) }},
		{"sparse: SymDense of a 4×6 matrix", func() { s.SymDense() }},
		{"sparse: SymBandDense of a matrix that is not symmetric: (0, 1) is 3 and (1, 0) is 0", func() { lone.SymBandDense() }},
		{"sparse.Matrix.Dense: a 0×0 matrix has no entries", func() { new(Matrix).Dense() }},
		{"sparse.Matrix.SymDense: a 0×0 matrix has no entries", func() { new(Matrix).SymDense() }},
		{"sparse.Matrix.BandDense: a 0×0 matrix has no entries", func() { new(Matrix).BandDense() }},
		{"sparse.Matrix.SymBandDense: a 0×0 matrix has no entries", func() { new(Matrix).SymBandDense() }},
		{"sparse: color of column 6 of 6", func() { c.ColumnColor(6) }},
		{"sparse: color of row -1 of 4", func() { c.RowColor(-1) }},
		{"sparse: seed 1 of a Coloring with 1", func() { c.Seed(make([]float64, 6), 1) }},
		{"sparse.Coloring.Seed: dst has length 4, want 6", func() { c.Seed(make([]float64, 4), 0) }},
		{"sparse.Coloring.Decompress: y has length 6, want 4", func() { c.Decompress(s, 0, make([]float64, 6)) }},
		{"sparse: seed -1 of a Coloring with 1", func() { c.Decompress(s, -1, nil) }},
		{"sparse: dst has a 2×2 Pattern of 1 entries, the Coloring another one, 4×6 of 2", func() { c.Decompress(lone, 0, nil) }},
		{"sparse: dst has a 0×0 Pattern of 0 entries, the Coloring another one, 4×6 of 2", func() { c.Recover(new(Matrix), nil, nil) }},
		{"sparse: RecoverBatch of 0 vectors at a time", func() { c.RecoverBatch(s, 0, s.MulVec, nil) }},
		{"sparse: Recover without jvp, and the Coloring has 1 colors of columns", func() { c.Recover(s, nil, s.MulVecT) }},
		{"sparse: Recover without vjp, and the Coloring has 1 colors of rows", func() { ColorRows(p).Recover(s, s.MulVec, nil) }},
	} {
		optest.Panics(t, c.want, c.f)
	}
}

// TestMatrix holds a matrix against a dense one.
func TestMatrix(t *testing.T) {
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawPattern(t, 7)
		if p.m == 0 || p.n == 0 {
			t.Skip()
		}
		cases++
		s := integers(p, false, rand.New(rand.NewPCG(1, 2)))
		if p.Len() > 0 {
			s.values[0] = 0
		}
		want := mat.NewDense(p.m, p.n, nil)
		for t := range s.Triplets() {
			want.Set(t.I, t.J, t.Value)
		}
		nonzero := mat.NewDense(p.m, p.n, nil)
		s.DoNonZero(func(i, j int, v float64) {
			if v == 0 {
				t.Fatalf("(%d, %d) is 0", i, j)
			}
			nonzero.Set(i, j, v)
		})
		for _, got := range []mat.Matrix{s, s.Dense(), s.BandDense(), s.T().T(), s.Transposed().T(), nonzero, NewMatrix(PatternOf(want), nil).fill(want)} {
			if !mat.Equal(got, want) {
				t.Fatalf("%T is\n%v, want\n%v", got, mat.Formatted(got), mat.Formatted(want))
			}
		}
		if !mat.Equal(s.T(), want.T()) || !mat.Equal(s.Transposed(), want.T()) {
			t.Fatalf("transposed:\n%v", s.Transposed())
		}
		x := mat.NewVecDense(p.n, nil)
		for j := range p.n {
			x.SetVec(j, float64(j*j-3))
		}
		var y mat.VecDense
		y.MulVec(want, x)
		got := make([]float64, p.m)
		s.MulVec(got, x.RawVector().Data)
		if !slices.Equal(got, y.RawVector().Data) {
			t.Fatalf("product %v, want %v", got, mat.Formatted(&y))
		}
		y.Reset()
		back := make([]float64, p.n)
		y.MulVec(want.T(), mat.NewVecDense(p.m, got))
		s.MulVecT(back, got)
		if !slices.Equal(back, y.RawVector().Data) {
			t.Fatalf("transposed product %v, want %v", back, mat.Formatted(&y))
		}
	})
	if cases < fully(50) {
		t.Errorf("%d cases", cases)
	}
}

// fill takes the entries from a matrix.
func (s *Matrix) fill(from mat.Matrix) *Matrix {
	e := 0
	for i, j := range s.pattern.All() {
		s.values[e] = from.At(i, j)
		e++
	}
	return s
}

// FuzzSparse recovers a matrix whose size and entries are in the bytes, by all
// colorings, and holds it against what its products were made of.
func FuzzSparse(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{3, 4, 0, 0, 1, 1, 2, 2, 2, 3})
	f.Add([]byte{5, 5, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 1, 0, 2, 0, 3, 0, 4, 0, 1, 1, 2, 2, 3, 3, 4, 4})
	f.Add([]byte{6, 6, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 2 || len(data) > 2000 {
			return
		}
		m, n := int(data[0]%40), int(data[1]%40)
		var entries, square [][2]int
		if m > 0 && n > 0 {
			for b := data[2:]; len(b) >= 2; b = b[2:] {
				entries = append(entries, [2]int{int(b[0]) % m, int(b[1]) % n})
				square = append(square, [2]int{int(b[0]) % n, int(b[1]) % n})
			}
		}
		r := rand.New(rand.NewPCG(uint64(len(data)), 1))
		p := NewPattern(m, n, entries)
		s := integers(p, false, r)
		for _, c := range []struct {
			name  string
			color func(*Pattern) *Coloring
		}{{"columns", ColorColumns}, {"rows", ColorRows}, {"both", ColorBoth}} {
			coloring := c.color(p)
			checkColors(t, c.name, coloring, p)
			recovers(t, c.name, coloring, s)
		}
		q := NewPattern(n, n, square).Symmetrized()
		recovers(t, "symmetric", ColorSymmetric(q), integers(q, true, r))
	})
}

// fully returns how many cases rapid makes at the least, of n: a fifth in short mode.
func fully(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}
