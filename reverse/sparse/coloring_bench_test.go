package sparse

import (
	"math/rand/v2"
	"testing"
)

func randomPattern(n, each int) *Pattern {
	r := rand.New(rand.NewPCG(3, 4))
	var entries [][2]int
	for i := range n {
		for range each {
			entries = append(entries, [2]int{i, r.IntN(n)})
		}
	}
	return NewPattern(n, n, entries)
}

func BenchmarkColor(b *testing.B) {
	const n = 100_000
	for _, c := range []struct {
		name string
		p    *Pattern
	}{
		{"band", Band(n, n, 2, 2)},
		{"random", randomPattern(n, 5)},
		{"arrow", arrow(n, 0)},
	} {
		symmetric := c.p.Symmetrized()
		for _, f := range []struct {
			name string
			f    func(p *Pattern) *Coloring
			p    *Pattern
		}{{"columns", ColorColumns, c.p}, {"rows", ColorRows, c.p}, {"both", ColorBoth, c.p}, {"symmetric", ColorSymmetric, symmetric}} {
			b.Run(c.name+"/"+f.name, func(b *testing.B) {
				colors := 0
				for b.Loop() {
					colors = f.f(f.p).Len()
				}
				b.ReportMetric(float64(colors), "colors")
			})
		}
	}
}
