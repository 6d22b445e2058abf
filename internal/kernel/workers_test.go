package kernel

import (
	"sync"
	"sync/atomic"
	"testing"
)

// A countdown counts how often each of its parts is done, and shares within.
type countdown struct {
	done   [40]atomic.Int64
	within *countdown
}

func (c *countdown) split(int) (n, unit int) { return len(c.done), 1 }

func (c *countdown) do(from, to int) {
	for i := from; i < to; i++ {
		c.done[i].Add(1)
	}
	if c.within != nil {
		share(c.within, len(c.done))
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
				share(c, len(c.done))
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
	panics  int // the thing that panics, or -1
}

func (s *spanned) split(int) (n, unit int) { return s.n, s.unit }

func (s *spanned) do(from, to int) {
	if from >= to || from%s.unit != 0 {
		s.empty.Add(1)
	}
	for i := from; i < to; i++ {
		if i == s.panics {
			panic(i)
		}
		s.done[i].Add(1)
	}
}

// TestShares: however many parts there are, more than things too, all things are done
// once and no part is empty.
func TestShares(t *testing.T) {
	checked := 0
	for parts := range 65 {
		for _, n := range []int{0, 1, 2, 3, 5, 7, 12, 63, 64, 65, 130} {
			for _, unit := range []int{1, 2, 3, 8, 64} {
				s := &spanned{n: n, unit: unit, done: make([]atomic.Int64, n), panics: -1}
				share(s, parts)
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

// TestPanicReachesCaller: whichever part panics, share does with the same value, and
// work goes on afterward.
func TestPanicReachesCaller(t *testing.T) {
	for round := range 200 {
		n := 1 + round%40
		s := &spanned{n: n, unit: 1, done: make([]atomic.Int64, n), panics: (round * 7) % n}
		func() {
			defer func() {
				if p := recover(); p != s.panics {
					t.Errorf("recovered %v, want %d", p, s.panics)
				}
			}()
			share(s, 1+round%17)
			t.Errorf("no panic from %d of %d", s.panics, n)
		}()
		c := new(countdown)
		share(c, 8)
		for i := range c.done {
			if c.done[i].Load() != 1 {
				t.Fatalf("after a panic, thing %d was done %d times", i, c.done[i].Load())
			}
		}
	}
	for i := range board {
		if board[i].Load() != nil {
			t.Errorf("place %d of the board is taken", i)
		}
	}
}
