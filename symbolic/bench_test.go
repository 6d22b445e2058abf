package symbolic

import (
	"strings"
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

func BenchmarkParse(b *testing.B) {
	b.Run("refused", func(b *testing.B) {
		text := strings.Repeat("(", 1_000_000)
		for b.Loop() {
			if _, err := Parse(text); err == nil {
				b.Fatal("no error")
			}
		}
	})
	b.Run("formula", func(b *testing.B) {
		for b.Loop() {
			if _, err := Parse("b1*exp(-b2*x) + b3*exp(-(x - b4)^2/b5^2)"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
