// Package memtest measures, in tests, the memory that a call takes. The race detector
// takes memory of its own and makes sync.Pool drop at random what it is given: with it,
// functions run and nothing is counted.
package memtest

import (
	"runtime/metrics"
	"testing"
)

// Allocations returns how often f allocates in one of runs, on the average, after a first
// that is not counted. It returns 0 with the race detector.
func Allocations(runs int, f func()) float64 {
	n := testing.AllocsPerRun(runs, f)
	if race {
		return 0
	}
	return n
}

// Allocated returns how many bytes f allocates in all, whether or not they are garbage by its end: never
// less than what the heap grows by meanwhile. Other goroutines count too. It returns 0 with the race detector.
func Allocated(f func()) uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	f()
	metrics.Read(sample)
	if race {
		return 0
	}
	return sample[0].Value.Uint64() - before
}
