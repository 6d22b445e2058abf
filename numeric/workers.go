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

// A crew searches derivatives at a time. Crews are used again, with the probes of their workers; a
// goroutine whose function is there already allocates nothing.
type crew struct {
	p      *probe
	do     func(p *probe, i int, dst []Result)
	n, m   int
	probes []*probe
	panics []any
	hired  atomic.Int64
	next   atomic.Int64
	done   atomic.Int64
	over   atomic.Bool // one has panicked; those before it have been begun
	group  sync.WaitGroup
	run    func() // work, as a value
}

func (p *probe) share(n, m int, do func(p *probe, i int, dst []Result)) {
	c := borrow[crew]()
	if c.run == nil {
		c.run = c.work
	}
	c.p, c.do, c.n, c.m, c.panics = p, do, n, m, resized(c.panics, n)
	c.hired.Store(0)
	c.next.Store(0)
	c.done.Store(0)
	c.over.Store(false)
	workers := min(p.workers, n)
	for len(c.probes) < workers {
		c.probes = append(c.probes, &probe{desk: new(desk)})
	}
	c.group.Add(workers)
	for range workers {
		go c.run()
	}
	c.group.Wait()
	var first any
	for _, v := range c.panics {
		if first = v; v != nil {
			break
		}
	}
	done := c.done.Load()
	clear(c.panics)
	c.p, c.do = nil, nil
	giveBack(c)
	switch {
	case first != nil:
		panic(first)
	case done < int64(n):
		runtime.Goexit()
	}
}

// work is what one of the crew does.
func (c *crew) work() {
	defer c.group.Done()
	q := c.probes[c.hired.Add(1)-1]
	q.follows(c.p)
	for !c.over.Load() {
		i := int(c.next.Add(1)) - 1
		if i >= c.n {
			break
		}
		if c.panics[i] = c.attempt(q, i); c.panics[i] != nil {
			c.over.Store(true)
		}
		c.done.Add(1)
	}
	q.f.release()
	*q = probe{desk: q.desk, y: q.y, next: q.next}
}

// attempt finds the results i, and returns what that panics with.
func (c *crew) attempt(q *probe, i int) (v any) {
	defer func() { v = recover() }()
	c.do(q, i, c.p.results[i*c.m:(i+1)*c.m])
	return nil
}
