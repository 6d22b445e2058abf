package kernel

import (
	"runtime"
	"sync"
)

// A task is work in parts that do not depend on each other.
type task interface{ do(part, parts int) }

// A job is one part of a task for a worker.
type job struct {
	task        task
	part, parts int
	done        *sync.WaitGroup
}

var (
	jobs    = make(chan job) // unbuffered: to send is to have found an idle worker
	workers struct {
		sync.Mutex
		n int
	}
)

var waits = sync.Pool{New: func() any { return new(sync.WaitGroup) }}

// hire sees that there are at least n workers. They stay.
func hire(n int) {
	workers.Lock()
	for ; workers.n < n; workers.n++ {
		go func() {
			for j := range jobs {
				j.task.do(j.part, j.parts)
				j.done.Done()
			}
		}()
	}
	workers.Unlock()
}

// parts is how many cores there are to share work.
func parts() int { return runtime.GOMAXPROCS(0) }

// share runs the parts of t, on as many cores as are idle. A part that no worker
// is free for the caller does itself, so that tasks may share within tasks.
func share(t task, parts int) {
	hire(parts - 1)
	done := waits.Get().(*sync.WaitGroup)
	defer waits.Put(done)
	for part := 1; part < parts; part++ {
		done.Add(1)
		select {
		case jobs <- job{t, part, parts, done}:
		default:
			t.do(part, parts)
			done.Done()
		}
	}
	t.do(0, parts)
	done.Wait()
}

// run runs a task, on several cores if it is worth it.
func run(t task, worth bool) {
	if n := parts(); worth && n > 1 {
		share(t, n)
	} else {
		t.do(0, 1)
	}
}

// span returns where a part of n things begins and ends; between parts lie
// multiples of unit.
func span(n, unit, part, parts int) (from, to int) {
	units := (n + unit - 1) / unit
	return min(n, units*part/parts*unit), min(n, units*(part+1)/parts*unit)
}
