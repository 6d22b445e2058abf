package sparse

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// TestPattern holds patterns against a table of booleans.
func TestPattern(t *testing.T) {
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		m, n := rapid.IntRange(0, 6).Draw(t, "m"), rapid.IntRange(0, 6).Draw(t, "n")
		var entries [][2]int
		table := map[[2]int]bool{}
		if m*n > 0 {
			for range rapid.IntRange(0, 20).Draw(t, "len") {
				e := [2]int{rapid.IntRange(0, m-1).Draw(t, "i"), rapid.IntRange(0, n-1).Draw(t, "j")}
				entries = append(entries, e)
				table[e] = true
			}
		}
		p := NewPattern(m, n, entries)
		if gm, gn := p.Dims(); gm != m || gn != n || p.Len() != len(table) {
			t.Fatalf("%d×%d with %d entries, want %d×%d with %d", gm, gn, p.Len(), m, n, len(table))
		}
		q := p.T()
		lower, upper, symmetric := 0, 0, m == n
		for i := range m {
			if !slices.IsSorted(p.Row(i)) {
				t.Fatalf("row %d is %v", i, p.Row(i))
			}
			for j := range n {
				want := table[[2]int{i, j}]
				if p.Has(i, j) != want || q.Has(j, i) != want || slices.Contains(p.Row(i), int32(j)) != want {
					t.Fatalf("(%d, %d) is wrong in\n%v", i, j, p)
				}
				if want {
					lower, upper = max(lower, i-j), max(upper, j-i)
					symmetric = symmetric && table[[2]int{j, i}]
				}
			}
		}
		if l, u := p.Bandwidth(); l != lower || u != upper {
			t.Fatalf("bandwidth %d, %d of\n%v", l, u, p)
		}
		if p.IsSymmetric() != symmetric || !q.T().Equal(p) {
			t.Fatalf("symmetric %v:\n%v", p.IsSymmetric(), p)
		}
		var all [][2]int
		for i, j := range p.All() {
			all = append(all, [2]int{i, j})
		}
		if !NewPattern(m, n, all).Equal(p) || len(all) != p.Len() {
			t.Fatalf("entries %v of\n%v", all, p)
		}
		if len(all) > 0 && NewPattern(m, n, all[1:]).Equal(p) {
			t.Fatalf("equal without %v", all[0])
		}
		if m == n {
			s := p.Symmetrized()
			if !s.IsSymmetric() {
				t.Fatalf("not symmetric:\n%v", s)
			}
			for i, j := range s.All() {
				if !table[[2]int{i, j}] && !table[[2]int{j, i}] {
					t.Fatalf("(%d, %d) in neither triangle", i, j)
				}
			}
			for _, e := range all {
				if !s.Has(e[0], e[1]) {
					t.Fatalf("%v got lost", e)
				}
			}
		}
	})
	if cases < fully(100) {
		t.Errorf("%d cases", cases)
	}
}

func TestPatternForms(t *testing.T) {
	for _, c := range []struct {
		p    *Pattern
		want string
	}{
		{Band(3, 4, 1, 0), "×···\n××··\n·××·"},
		{Band(4, 2, 0, 1), "××\n·×\n··\n··"},
		{Band(2, 2, math.MaxInt, math.MaxInt), "××\n××"},
		{Full(2, 3), "×××\n×××"},
		{NewPattern(2, 2, [][2]int{{1, 0}, {1, 0}}), "··\n×·"},
		{NewPattern(2, 0, nil), "\n"},
		{new(Pattern), "0×0 pattern of 0 entries"},
		{Band(100, 50, 0, 0), "100×50 pattern of 50 entries"},
		{PatternOf(mat.NewDense(2, 2, []float64{0, math.NaN(), math.Copysign(0, -1), 1e-320})), "·×\n·×"},
	} {
		if got := c.p.String(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	var zero Pattern
	if !zero.Equal(NewPattern(0, 0, nil)) || !zero.T().Equal(&zero) || !zero.IsSymmetric() || zero.Symmetrized().Len() != 0 {
		t.Error("the zero value is not 0×0")
	}
	if zero.Equal(NewPattern(0, 1, nil)) || NewPattern(2, 2, [][2]int{{0, 1}}).Equal(NewPattern(2, 2, [][2]int{{1, 1}})) {
		t.Error("unlike patterns are equal")
	}
}
