package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A Task is work on n things that do not depend on each other.
type Task interface {
	// Split returns n, and how many things at the least belong together where the
	// work is shared among so many.
	Split(parts int) (n, unit int)

	// Do does the things from from to to-1, at least one.
	Do(from, to int)
}

// A gang does a task: whoever belongs to it takes part after part.
type gang struct {
	task    Task
	n, unit int
	parts   int
	next    atomic.Int64
	fault   atomic.Pointer[fault]
	left    chan struct{} // a worker has left the gang
}

// work takes parts until there are none left, or one fails.
func (g *gang) work() {
	part := -1
	defer func() {
		if part < g.parts {
			g.fail(newFault(part, recover()))
		}
	}()
	for {
		if part = int(g.next.Add(1)) - 1; part >= g.parts {
			return
		}
		if from, to := span(g.n, g.unit, part, g.parts); from < to {
			g.task.Do(from, to)
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
		go serve()
	}
	workers.Unlock()
}

// serve is the life of a worker.
func serve() {
	defer func() { go serve() }() // work has ended this goroutine
	for {
		look().serve()
	}
}

func (g *gang) serve() {
	defer func() { g.left <- struct{}{} }()
	g.work()
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
func run(t Task, worth bool) {
	n := 1
	if worth {
		n = parts()
	}
	Share(t, n)
}

// Share runs t in so many parts, or fewer if that is all there is to do, on as many of
// GOMAXPROCS cores as are idle. The caller takes part, and waits for no worker that has
// not come yet: so tasks may share within tasks. Parts are begun in their order.
//
// If parts panic, no others are begun, and when all have ended Share panics with the value
// of the first of them, as if one goroutine had done them in their order. A crash that nobody
// recovers from shows the stack of that part. A part that calls [runtime.Goexit] makes
// Share do so.
func Share(t Task, parts int) {
	n, unit := t.Split(parts)
	parts = min(parts, CeilDiv(n, unit))
	if parts <= 1 {
		if n > 0 {
			t.Do(0, n)
		}
		return
	}
	helpers := min(parts, runtime.GOMAXPROCS(0)) - 1
	hire(helpers)
	g := gangs.Get().(*gang)
	g.task, g.n, g.unit, g.parts = t, n, unit, parts
	g.next.Store(0)
	first, asked := 0, 0
	for first+asked < len(board) && asked < helpers {
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
	defer g.disband(first, asked)
	g.work()
}

// disband waits for the workers that came of those that were asked, and fails as they did.
func (g *gang) disband(first, asked int) {
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
	f := g.fault.Swap(nil)
	g.task = nil
	gangs.Put(g)
	if f != nil {
		f.raise()
	}
}

// span returns where a part of n things begins and ends; between parts lie
// multiples of unit. Where there are more parts than units, some are empty.
func span(n, unit, part, parts int) (from, to int) {
	units := int64(CeilDiv(n, unit))
	end := func(part int) int { return int(min(int64(n), units*int64(part)/int64(parts)*int64(unit))) }
	return end(part), end(part + 1)
}
