// Package memtest measures, in tests, the memory that a call takes.
package memtest

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

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

// Peak returns by how many bytes the heap grows while f runs, at its largest. Garbage is collected all the
// time meanwhile, which is slow.
func Peak(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(2))
	runtime.GC()
	sample := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	before := sample()
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most := before
		for {
			select {
			case <-stop:
				peak <- most - before
				return
			default:
				most = max(most, sample())
			}
		}
	}()
	f()
	close(stop)
	return <-peak
}
