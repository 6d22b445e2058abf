// Package memtest measures, in tests, the memory that a call takes.
package memtest

import "runtime/metrics"

// Allocated returns how many bytes f allocates in all, whether or not they are garbage by its end: never
// less than what the heap grows by meanwhile. Other goroutines count too.
func Allocated(f func()) uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	f()
	metrics.Read(sample)
	return sample[0].Value.Uint64() - before
}
