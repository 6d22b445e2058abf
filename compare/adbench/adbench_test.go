package adbench

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// trust is how many times over differences are given what they say of their error.
const trust = 10

// readNumbers reads a file of numbers.
func readNumbers(t testing.TB, name string) []float64 {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v []float64
	for _, word := range strings.Fields(string(text)) {
		x, err := strconv.ParseFloat(word, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		v = append(v, x)
	}
	return v
}

// byTurns reports the least time of run over that of reference, which are run by
// turns, in the unit given.
func byTurns(b *testing.B, unit string, run, reference func()) {
	b.ReportAllocs()
	run()
	least, leastReference := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	for b.Loop() {
		start := time.Now()
		run()
		least = min(least, time.Since(start))
		b.StopTimer()
		start = time.Now()
		reference()
		leastReference = min(leastReference, time.Since(start))
		b.StartTimer()
	}
	b.ReportMetric(float64(least)/float64(leastReference), unit)
	b.ReportMetric(float64(least.Nanoseconds())/1e3, "µs-least")
}
