package sparse

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func drawSymmetric(t *rapid.T, size int) *Pattern {
	p := drawPattern(t, size)
	var entries [][2]int
	for i, j := range p.All() {
		if i < p.n && j < p.m {
			entries = append(entries, [2]int{i, j})
		}
	}
	n := min(p.m, p.n)
	return NewPattern(n, n, entries).Symmetrized()
}

// checkStar holds a coloring against the definition of a star coloring, path by
// path.
func checkStar(t *rapid.T, p *Pattern, colors []int32) {
	for v, w := range p.All() {
		if v == w {
			continue
		}
		if colors[v] == colors[w] {
			t.Fatalf("neighbors %d and %d have color %d in\n%v", v, w, colors[v], p)
		}
		for _, x := range p.Row(w) {
			for _, y := range p.Row(int(x)) {
				if int(x) != v && int(x) != w && int(y) != w && int(y) != v && colors[x] == colors[v] && colors[y] == colors[w] {
					t.Fatalf("path %d %d %d %d has two colors in\n%v", v, w, x, y, p)
				}
			}
		}
	}
}

func TestColorSymmetric(t *testing.T) {
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		p := drawSymmetric(t, 12)
		order := make([]int32, p.n)
		for i, v := range rand.New(rand.NewPCG(uint64(p.n), uint64(p.Len()))).Perm(p.n) {
			order[i] = int32(v)
		}
		colors, _ := greedyStar(p, order)
		checkStar(t, p, colors)
		s := integers(p, true, rand.New(rand.NewPCG(2, uint64(p.Len()))))
		c := ColorSymmetric(p)
		recovers(t, "symmetric", c, s)
		if c.RowColors() != 0 || c.Len() > p.n {
			t.Fatalf("%d seeds of\n%v", c.Len(), p)
		}
	})
	if cases < fully(100) {
		t.Errorf("%d cases", cases)
	}
}
