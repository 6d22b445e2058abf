package symbolic

import (
	"testing"

	"github.com/quartet-ad/ad"
)

// BenchmarkBuild times the construction of a node that is new, and the finding
// of one that is there.
func BenchmarkBuild(b *testing.B) {
	x := Var("x")
	b.Run("new", func(b *testing.B) {
		e := x
		for b.Loop() {
			e = e.Add(x)
		}
	})
	b.Run("found", func(b *testing.B) {
		e := ad.Sin(x).Add(x)
		s := ad.Sin(x)
		for b.Loop() {
			if s.Add(x) != e {
				b.Fatal("not the same")
			}
		}
	})
}
