package main

import (
	"runtime"
	"sync/atomic"
)

// A job checks one function. It returns its line of the table, and its accuracy
// where 60-digit arithmetic knows the answers.
type job struct {
	name string // group/function
	run  func() (line, *function, error)
}

// An outcome is what a job returns.
type outcome struct {
	line     line
	accuracy *function
	err      error
	panicked any // what the job panicked with
}

// inOrder runs jobs on all processors and passes what they return on, in their
// order. It calls tick with the name of the job that is waited for, and panics with what
// that job panics with.
func inOrder(jobs []job, tick func(name string), pass func(outcome)) {
	done := make([]chan outcome, len(jobs))
	for i := range done {
		done[i] = make(chan outcome, 1)
	}
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for i := next.Add(1) - 1; i < int64(len(jobs)); i = next.Add(1) - 1 {
				done[i] <- jobs[i].outcome()
			}
		}()
	}
	for i, j := range jobs {
		tick(j.name)
		o := <-done[i]
		if o.panicked != nil {
			panic(o.panicked)
		}
		pass(o)
	}
}

func (j job) outcome() (o outcome) {
	defer func() { o.panicked = recover() }()
	o.line, o.accuracy, o.err = j.run()
	return o
}
