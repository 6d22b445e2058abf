package revolve

import (
	"testing"
)

func BenchmarkSchedule(b *testing.B) {
	for b.Loop() {
		for range Schedule(1_000_000, 30) {
		}
	}
}
