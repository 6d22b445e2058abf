package kernel

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// A fault is how a part of a task failed.
type fault struct {
	part  int
	value any // that it panicked with; nil if it ended its goroutine
	stack []byte
}

func newFault(part int, value any) *fault { return &fault{part, value, debug.Stack()} }

// fail notes a fault, of several the one of the first part, and begins no further parts. Parts
// are begun in their order, so that it is the first part that can fail, whoever does them.
func (g *gang) fail(f *fault) {
	g.next.Store(int64(g.parts))
	for {
		old := g.fault.Load()
		if old != nil && old.part < f.part || g.fault.CompareAndSwap(old, f) {
			return
		}
	}
}

// raise fails in the same way in this goroutine. The value is what a caller recovers; the
// stack is of an earlier panic, which the run time prints before it if nobody does.
func (f *fault) raise() {
	if f.value == nil {
		runtime.Goexit()
	}
	defer panic(f.value)
	panic(fmt.Sprintf("in part %d of shared work: %s", f.part, f.stack))
}
