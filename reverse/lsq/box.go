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

// step returns the damped step from x that keeps to the bounds. Parameters that it takes beyond a
// bound stop there, and the others are solved for again, until none is beyond. At first only those
// stop that the gradient presses: the others may be beyond because of them.
//
// This need not be the least of the model in the box. But as the damping grows it becomes a short
// step against the gradient, which lowers f.
func (b box) step(solve solver, x, gradient []float64, scale []float64, damping float64) (step, bool) {
	free := b.free(x, gradient)
	st := step{s: make([]float64, len(x)), next: slices.Clone(x)}
	for {
		if !solve.step(st.s, free, scale, damping) {
			return st, false
		}
		var pressed, others []int
		for i, isFree := range free {
			if !isFree {
				continue
			}
			st.next[i] = x[i] + st.s[i]
			if st.next[i] >= b.lower[i] && st.next[i] <= b.upper[i] || math.IsNaN(st.next[i]) {
				continue
			}
			if (st.s[i] < 0) == (gradient[i] > 0) {
				pressed = append(pressed, i)
			} else {
				others = append(others, i)
			}
		}
		if len(pressed) == 0 {
			pressed = others
		}
		if len(pressed) == 0 {
			return st, finite(st.next)
		}
		st.hit = true
		for _, i := range pressed {
			free[i] = false
			st.next[i] = min(max(st.next[i], b.lower[i]), b.upper[i])
			st.s[i] = st.next[i] - x[i]
		}
	}
}
