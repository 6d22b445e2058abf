package kernel

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// shares are numbers of processors to share work among: more than most machines have,
// and than most work has parts.
var shares = []int{1, 2, 3, 5, 7, 8, 13, 16, 17, 31, 32, 48, 63, 64}

// A countdown counts how often each of its parts is done, and shares within.
type countdown struct {
	done   [40]atomic.Int64
	within *countdown
}

func (c *countdown) Do(part, parts int) {
	if parts != len(c.done) {
		panic("another number of parts")
	}
	c.done[part].Add(1)
	if c.within != nil {
		Share(c.within, len(c.done))
	}
}

// TestShare: every part of a task is done once, whoever shares at the same time.
func TestShare(t *testing.T) {
	const callers, rounds = 4, 20
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for range rounds {
				c := &countdown{within: new(countdown)}
				Share(c, len(c.done))
				for i := range c.done {
					if n, within := c.done[i].Load(), c.within.done[i].Load(); n != 1 || within != int64(len(c.done)) {
						t.Errorf("part %d was done %d times, %d times within", i, n, within)
					}
				}
			}
		})
	}
	all.Wait()
	emptyBoard(t)
}

func emptyBoard(t *testing.T) {
	t.Helper()
	for i := range board {
		if board[i].Load() != nil {
			t.Errorf("place %d of the board is taken", i)
		}
	}
}

// A faulty task fails in its parts from one on, after the others have come.
type faulty struct {
	from    int
	fail    func(part int)
	started atomic.Int64
}

func (f *faulty) Do(part, parts int) {
	f.started.Add(1)
	for part >= f.from && f.started.Load() < int64(f.from) { // so that somebody else has them
		runtime.Gosched()
	}
	if part >= f.from {
		f.fail(part)
	}
}

// TestSharePanic: what a part panics with reaches who shared it, the value itself; of
// several parts it is the first one's. The workers stay.
func TestSharePanic(t *testing.T) {
	for _, parts := range shares {
		for from := range parts {
			values := make([]error, parts)
			for i := range values {
				values[i] = fmt.Errorf("part %d", i)
			}
			f := &faulty{from: from, fail: func(part int) { panic(values[part]) }}
			if got := recovered(func() { Share(f, parts) }); got != values[from] {
				t.Fatalf("%d parts: recovered %v, want %v", parts, got, values[from])
			}
			c := new(countdown)
			Share(c, len(c.done))
			for i := range c.done {
				if n := c.done[i].Load(); n != 1 {
					t.Fatalf("afterwards part %d was done %d times", i, n)
				}
			}
		}
	}
	emptyBoard(t)
}

func recovered(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

// TestSharePanicKinds: errors of the run time, a nil, a panic within shared work.
func TestSharePanicKinds(t *testing.T) {
	var none []int
	for name, f := range map[string]func(int){
		"index":  func(part int) { none[part]++ },
		"nil":    func(int) { panic(nil) },
		"within": func(int) { Share(&faulty{from: 0, fail: func(int) { none[1]++ }}, 8) },
	} {
		err, ok := recovered(func() { Share(&faulty{from: 3, fail: f}, 8) }).(error)
		var runtimeError runtime.Error
		if !ok || !errors.As(err, &runtimeError) {
			t.Errorf("%s: recovered %v", name, err)
		}
	}
	emptyBoard(t)
}

// TestShareGoexit: a part that ends its goroutine ends that of the caller, as it would
// if the caller did it.
func TestShareGoexit(t *testing.T) {
	for _, from := range []int{0, 3, 20} {
		returned := false
		var all sync.WaitGroup
		all.Go(func() {
			Share(&faulty{from: from, fail: func(int) { runtime.Goexit() }}, 32)
			returned = true
		})
		all.Wait()
		if returned {
			t.Errorf("from part %d on: Share returned", from)
		}
	}
	c := new(countdown)
	Share(c, len(c.done))
	emptyBoard(t)
}

// TestShareCrash: where nobody recovers, the report shows where the worker was, and
// with what it panicked.
func TestShareCrash(t *testing.T) {
	if os.Getenv("AD_TEST_CRASH") != "" {
		Share(&faulty{from: 1, fail: crashHere}, 2)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestShareCrash$")
	cmd.Env = append(os.Environ(), "AD_TEST_CRASH=1")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "crashed in part 1") || !strings.Contains(string(out), "crashHere") {
		t.Errorf("%v: %s", err, out)
	}
}

func crashHere(part int) { panic(fmt.Sprintf("crashed in part %d", part)) }
