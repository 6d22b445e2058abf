package numeric

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls do for every i below n, on as many goroutines as the settings say, each
// with a probe of its own, and returns the m results that each has written, one after
// the other. Where some panic, the panic of the least i is passed on, and where a goroutine
// is ended, by FailNow of a test in f, so is this one. do is a function without a closure,
// which would be allocated.
func (p *probe) each(n, m int, do func(p *probe, i int, dst []Result)) []Result {
	p.results = resized(p.results, n*m)
	if p.workers < 2 || n < 2 {
		for i := range n {
			do(p, i, p.results[i*m:(i+1)*m])
		}
		return p.results
	}
	p.share(n, m, do)
	return p.results
}

func (p *probe) share(n, m int, do func(p *probe, i int, dst []Result)) {
	var (
		group  sync.WaitGroup
		next   atomic.Int64
		done   atomic.Int64
		over   atomic.Bool
		panics = make([]any, n)
	)
	for range min(p.workers, n) {
		group.Go(func() {
			q := p.fork()
			for !over.Load() { // those before the one that panics have been begun
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if panics[i] = caught(func() { do(q, i, p.results[i*m:(i+1)*m]) }); panics[i] != nil {
					over.Store(true)
				}
				done.Add(1)
			}
		})
	}
	group.Wait()
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	if done.Load() < int64(n) {
		runtime.Goexit()
	}
}

// caught returns what do panics with.
func caught(do func()) (v any) {
	defer func() { v = recover() }()
	do()
	return nil
}
