package optim_test

import (
	"testing"

	"github.com/quartet-ad/ad/nn/optim"
)

// TestWarmupCosine holds the course of the rate: up, at the top after the warmup, down to 0.
func TestWarmupCosine(t *testing.T) {
	for _, c := range []struct{ steps, warm int }{{1, 0}, {9, 0}, {10, 1}, {50, 5}, {100_000, 100}} {
		s := optim.WarmupCosine(0.5, c.steps)
		if got := s.Rate(c.warm); got != 0.5 {
			t.Errorf("%d steps: the rate is %v at step %d", c.steps, got, c.warm)
		}
		if got := s.Rate(0); c.warm > 0 && got != 0.05 {
			t.Errorf("%d steps: the rate is %v at first", c.steps, got)
		}
		if got := s.Rate(c.steps); got != 0 {
			t.Errorf("%d steps: the rate is %v in the end", c.steps, got)
		}
		for k := c.warm; k < c.steps; k++ {
			if s.Rate(k+1) >= s.Rate(k) {
				t.Fatalf("%d steps: the rate does not fall at step %d", c.steps, k)
			}
		}
	}
}
