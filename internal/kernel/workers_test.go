package kernel

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A countdown counts how often each of its parts is done, and shares within.
type countdown struct {
	done   [40]atomic.Int64
	within *countdown
}

func (c *countdown) Split(int) (n, unit int) { return len(c.done), 1 }

func (c *countdown) Do(from, to int) {
	for i := from; i < to; i++ {
		c.done[i].Add(1)
	}
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
	for i := range board {
		if board[i].Load() != nil {
			t.Errorf("place %d of the board is taken", i)
		}
	}
}

// A spanned task checks how it is shared.
type spanned struct {
	n, unit int
	done    []atomic.Int64
	empty   atomic.Int64
	panics  int  // the thing that panics, or -1
	others  bool // those after it do so too
}

func (s *spanned) Split(int) (n, unit int) { return s.n, s.unit }

func (s *spanned) Do(from, to int) {
	if from >= to || from%s.unit != 0 {
		s.empty.Add(1)
	}
	for i := from; i < to; i++ {
		if i == s.panics || s.others && i > s.panics {
			panic(i)
		}
		s.done[i].Add(1)
	}
}

// TestShares: however many parts there are, more than things too, all things are done
// once and no part is empty.
func TestShares(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(64))
	checked := 0
	for parts := range 65 {
		for _, n := range []int{0, 1, 2, 3, 5, 7, 12, 63, 64, 65, 130} {
			for _, unit := range []int{1, 2, 3, 8, 64} {
				s := &spanned{n: n, unit: unit, done: make([]atomic.Int64, n), panics: -1}
				Share(s, parts)
				for i := range s.done {
					if c := s.done[i].Load(); c != 1 {
						t.Errorf("%d parts: %d of %d is done %d times", parts, i, n, c)
					}
				}
				if s.empty.Load() > 0 {
					t.Errorf("%d parts of %d things, %d together: some are empty or cut", parts, n, unit)
				}
				checked++
			}
		}
	}
	if checked != 65*11*5 {
		t.Errorf("%d checked", checked)
	}
}

// TestPanicReachesCaller: whatever panics, Share does with the same value, that of the
// first part if there are several, and work goes on afterward.
func TestPanicReachesCaller(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(17))
	for round := range 400 {
		n, parts := 1+round%40, 1+round%17
		s := &spanned{n: n, unit: 1, done: make([]atomic.Int64, n), panics: (round * 7) % n, others: round%2 == 0}
		if p := recovered(func() { Share(s, parts) }); p != s.panics {
			t.Errorf("%d parts of %d: recovered %v, want %d", parts, n, p, s.panics)
		}
		shareAgain(t)
	}
}

// TestPanicKinds: errors of the run time, a nil, a panic within shared work.
func TestPanicKinds(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	var none []int
	for name, f := range map[string]func(){
		"index":  func() { none[0]++ },
		"nil":    func() { panic(nil) },
		"within": func() { Share(failing(func() { none[1]++ }), 8) },
	} {
		err, ok := recovered(func() { Share(failing(f), 8) }).(error)
		var runtimeError runtime.Error
		if !ok || !errors.As(err, &runtimeError) {
			t.Errorf("%s: recovered %v", name, err)
		}
		shareAgain(t)
	}
}

// TestGoexit: work that ends its goroutine ends that of the caller, as it would if the
// caller did it.
func TestGoexit(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	for range 20 {
		returned := false
		var all sync.WaitGroup
		all.Go(func() {
			Share(failing(runtime.Goexit), 8)
			returned = true
		})
		all.Wait()
		if returned {
			t.Fatal("Share returned")
		}
		shareAgain(t)
	}
}

// TestCrash: where nobody recovers, the report shows where the worker was, and with what
// it panicked.
func TestCrash(t *testing.T) {
	if os.Getenv("AD_TEST_CRASH") != "" {
		Share(failing(crash), 8)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestCrash$")
	cmd.Env = append(os.Environ(), "AD_TEST_CRASH=1")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "a crash") || !strings.Contains(string(out), "kernel.crash(") {
		t.Errorf("%v: %s", err, out)
	}
}

func crash() { panic("a crash") }

// failing is work on eight things that all fail.
type failing func()

func (failing) Split(int) (n, unit int) { return 8, 1 }

func (f failing) Do(from, to int) { f() }

func recovered(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

// shareAgain fails unless work is shared as ever.
func shareAgain(t *testing.T) {
	t.Helper()
	c := new(countdown)
	Share(c, 8)
	for i := range c.done {
		if n := c.done[i].Load(); n != 1 {
			t.Fatalf("afterward, thing %d was done %d times", i, n)
		}
	}
	for i := range board {
		if board[i].Load() != nil {
			t.Fatalf("place %d of the board is taken", i)
		}
	}
}
