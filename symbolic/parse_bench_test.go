package symbolic

import (
	"strings"
	"testing"
)

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
