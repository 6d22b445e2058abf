package lsq

import (
	"math"
	"slices"
)

// A box is the bounds of the parameters.
type box struct{ lower, upper []float64 }

func newBox(s *Settings, n int) box {
	b := box{slices.Clone(s.Lower), slices.Clone(s.Upper)}
	if b.lower == nil {
		b.lower = slices.Repeat([]float64{math.Inf(-1)}, n)
	}
	if b.upper == nil {
		b.upper = slices.Repeat([]float64{math.Inf(1)}, n)
	}
	return b
}

// active returns which bounds hold the parameters: those that x is at, and that the gradient
// presses it against.
func (b box) active(x, gradient []float64) []int {
	active := make([]int, len(x))
	for i, v := range x {
		switch {
		case v == b.lower[i] && (gradient[i] >= 0 || v == b.upper[i]):
			active[i] = -1
		case v == b.upper[i] && gradient[i] <= 0:
			active[i] = 1
		}
		if gradient[i] == 0 && b.lower[i] < b.upper[i] {
			active[i] = 0 // nothing presses
		}
	}
	return active
}

// free returns which parameters no bound holds.
func (b box) free(x, gradient []float64) []bool {
	free := make([]bool, len(x))
	for i, a := range b.active(x, gradient) {
		free[i] = a == 0
	}
	return free
}

// inside reports whether x keeps to the bounds.
func (b box) inside(x []float64) bool {
	for i, v := range x {
		if !(b.lower[i] <= v && v <= b.upper[i]) {
			return false
		}
	}
	return true
}

// A step is a move from x to next, by s.
type step struct {
	s, next []float64
	hit     bool // some bound shortened it
}

// step returns the damped step that keeps to the bounds. Parameters that a step takes beyond a
// bound stop there, and the others are solved for again, until none is beyond.
//
// This need not be the least of the model in the box. But as the damping grows it becomes a short
// step against the gradient, which lowers f.
func (b box) step(solve solver, x []float64, free []bool, scale []float64, damping float64) (step, bool) {
	free = slices.Clone(free)
	st := step{s: make([]float64, len(x)), next: slices.Clone(x)}
	for {
		if !solve.step(st.s, free, scale, damping) {
			return st, false
		}
		again := false
		for i, isFree := range free {
			if !isFree {
				continue
			}
			st.next[i] = x[i] + st.s[i]
			if bound := min(max(st.next[i], b.lower[i]), b.upper[i]); bound != st.next[i] {
				st.next[i], st.s[i] = bound, bound-x[i]
				free[i] = false
				again, st.hit = true, true
			}
		}
		if !again {
			return st, finite(st.next)
		}
	}
}
