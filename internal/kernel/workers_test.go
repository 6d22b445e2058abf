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

func (c *countdown) do(part, parts int) {
	if parts != len(c.done) {
		panic("another number of parts")
	}
	c.done[part].Add(1)
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
