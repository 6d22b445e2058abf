package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A task is work in parts that do not depend on each other.
type task interface{ do(part, parts int) }

// A gang does a task: whoever belongs to it takes part after part.
type gang struct {
	task  task
	parts int
	next  atomic.Int64
	left  chan struct{} // a worker has left the gang
}

func (g *gang) work() {
	for {
		part := int(g.next.Add(1)) - 1
		if part >= g.parts {
			return
		}
		g.task.do(part, g.parts)
	}
}

// Workers stay. When there is no work they look out for it for a while, since to
// wake one takes longer than a small product, and then sleep.
var (
	gangs   = sync.Pool{New: func() any { return &gang{left: make(chan struct{}, len(board))} }}
	board   [16]atomic.Pointer[gang] // gangs that look for a worker
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
	if n := parts(); worth && n > 1 {
		share(t, n)
	} else {
		t.do(0, 1)
	}
}

// share runs the parts of t on as many cores as are idle. The caller takes part, and
// waits for no worker that has not come yet: so tasks may share within tasks.
func share(t task, parts int) {
	hire(parts - 1)
	g := gangs.Get().(*gang)
	g.task, g.parts = t, parts
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
	g.task = nil
	gangs.Put(g)
}

// span returns where a part of n things begins and ends; between parts lie
// multiples of unit.
func span(n, unit, part, parts int) (from, to int) {
	units := (n + unit - 1) / unit
	return min(n, units*part/parts*unit), min(n, units*(part+1)/parts*unit)
}
