package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A task is work on n things that do not depend on each other.
type task interface {
	// split returns n, and how many things at the least belong together where the
	// work is shared among so many.
	split(parts int) (n, unit int)

	// do does the things from from to to-1, at least one.
	do(from, to int)
}

// A gang does a task: whoever belongs to it takes part after part.
type gang struct {
	task     task
	n, unit  int
	parts    int
	next     atomic.Int64
	panicked atomic.Pointer[any]
	left     chan struct{} // a worker has left the gang
}

// work takes parts until there are none left. A panic ends the work of all.
func (g *gang) work() {
	defer func() {
		if p := recover(); p != nil {
			g.panicked.CompareAndSwap(nil, &p)
			g.next.Store(int64(g.parts))
		}
	}()
	for {
		part := int(g.next.Add(1)) - 1
		if part >= g.parts {
			return
		}
		if from, to := span(g.n, g.unit, part, g.parts); from < to {
			g.task.do(from, to)
		}
	}
}

// Workers stay. When there is no work they look out for it for a while, since to
// wake one takes longer than a small product, and then sleep.
var (
	gangs   = sync.Pool{New: func() any { return &gang{left: make(chan struct{}, len(board))} }}
	board   [64]atomic.Pointer[gang] // gangs that look for a worker
	looking atomic.Int64             // workers that look for a gang
	wake    = make(chan struct{})    // unbuffered: to send is to have woken one
	workers struct {
		sync.Mutex
		n int
	}
)

const patience = 50 * time.Microsecond

// hire sees that there are at least n workers.
func hire(n int) {
	workers.Lock()
	for ; workers.n < n; workers.n++ {
		go func() {
			for {
				g := look()
				g.work()
				g.left <- struct{}{}
			}
		}()
	}
	workers.Unlock()
}

// look returns a gang that looks for a worker.
func look() *gang {
	for {
		looking.Add(1)
		for start := time.Now(); time.Since(start) < patience; {
			for i := range board {
				if g := board[i].Load(); g != nil && board[i].CompareAndSwap(g, nil) {
					looking.Add(-1)
					return g
				}
			}
		}
		looking.Add(-1)
		<-wake
	}
}

// parts is how many cores there are to share work.
func parts() int { return runtime.GOMAXPROCS(0) }

// run runs a task, on several cores if it is worth it.
func run(t task, worth bool) {
	n := 1
	if worth {
		n = parts()
	}
	share(t, n)
}

// share runs t in so many parts, or fewer if that is all there is to do, on as many
// cores as are idle. The caller takes part, and waits for no worker that has not come
// yet: so tasks may share within tasks. It panics with what a part panics with, after
// all have ended.
func share(t task, parts int) {
	n, unit := t.split(parts)
	parts = min(parts, CeilDiv(n, unit))
	if parts <= 1 {
		if n > 0 {
			t.do(0, n)
		}
		return
	}
	hire(parts - 1)
	g := gangs.Get().(*gang)
	g.task, g.n, g.unit, g.parts = t, n, unit, parts
	g.panicked.Store(nil)
	g.next.Store(0)
	first, asked := 0, 0
	for first+asked < len(board) && asked < parts-1 {
		if board[first+asked].CompareAndSwap(nil, g) {
			asked++
		} else if asked == 0 {
			first++
		} else {
			break
		}
	}
	for n := asked - int(looking.Load()); n > 0; n-- {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	g.work()
	came := asked
	for i := range asked {
		if board[first+i].CompareAndSwap(g, nil) {
			came--
		}
	}
	for start := time.Now(); len(g.left) < came && time.Since(start) < patience; {
	}
	for range came {
		<-g.left
	}
	p := g.panicked.Load()
	g.task = nil
	gangs.Put(g)
	if p != nil {
		panic(*p)
	}
}

// span returns where a part of n things begins and ends; between parts lie
// multiples of unit. Where there are more parts than units, some are empty.
func span(n, unit, part, parts int) (from, to int) {
	units := CeilDiv(n, unit)
	return min(n, units*part/parts*unit), min(n, units*(part+1)/parts*unit)
}
