package numeric

import "math"

// A pace is how the entries of a column move at a row, where that is slowly: in one
// direction, each time by more than half as far as the time before. Where the
// error of a quotient is a series in whole powers of the step no column does so, or
// not for long. A fractional power hᵖ stays in all columns, and they move by R⁻ᵖ times
// as far each time, where R is the ratio of the steps; with a logarithm of h they
// move as far each time. From there the way to the limit is a geometric series.
// The zero value is a column that does not move slowly.
type pace struct {
	row, column int
	last        float64 // how far the column moved at the row
	rate        float64 // in units of the move before
}

// rest returns how far the column moves after row k, +Inf if for ever.
func (a *table) rest(p pace, k int) float64 {
	switch {
	case p.rate == 0:
		return 0
	case p.rate >= 1:
		return math.Inf(1)
	}
	far := beyond * p.last * p.rate / (1 - p.rate)
	if p.row > k {
		far += math.Abs(a.t[p.row][p.column] - a.t[k][p.column])
	}
	return far
}

// A slowness is what a table shows of the paces of its columns, where f is wrong by
// rough, each found when it is asked for.
type slowness struct {
	table  *table
	rough  float64
	latest [columns]pace
	stray  pace
	known  int // a bit for each column
}

// rest returns how far the entry of row k in column j still has to go.
func (s *slowness) rest(k, j int) float64 {
	if s.known == 0 {
		s.stray = s.table.strays(s.rough)
	}
	if s.known&(1<<j) == 0 {
		s.latest[j] = s.table.latest(j, s.rough)
		s.known |= 1 << j
	}
	far := s.table.rest(s.latest[j], k)
	if k < s.stray.row-2 {
		far = max(far, s.table.rest(s.stray, k))
	}
	return far
}

// latest returns the latest pace of column j, where f is wrong by rough. A column that
// is too short for that goes by the one before.
func (a *table) latest(j int, rough float64) pace {
	for j = min(j, a.n-4); j >= 0; j-- {
		for i := a.n - 1; i > j+2; i-- {
			if p, ok := a.pace(i, j, rough); ok {
				return p
			}
		}
	}
	return pace{}
}

// pace returns the pace of column j at row i. It is not ok if rounding may explain
// one of the last three moves, or much of why they are irregular. If it cannot explain
// the fourth, that counts as well.
func (a *table) pace(i, j int, rough float64) (p pace, ok bool) {
	var moves [4]float64 // the latest first
	n, clear := 0, true
	for ; n < len(moves) && i-n > j; n++ {
		var noise float64
		if moves[n], noise = a.move(i-n, j, rough); !(math.Abs(moves[n]) > 4*noise) {
			break
		}
		clear = clear && math.Abs(moves[n]) > 32*noise
	}
	if n < 3 {
		return pace{}, false
	}
	rate := moves[0] / moves[1]
	regular := a.slow(rate)
	for m := 1; m < n-1; m++ {
		q := moves[m] / moves[m+1]
		regular = regular && q > 0.6*rate && q < 1.5*rate
	}
	if !regular {
		return pace{}, clear
	}
	_, noise := a.move(i, j, rough)
	return pace{i, j, math.Abs(moves[0]), rate + 2*noise/math.Abs(moves[1])}, true
}

// strays returns the pace of the quotients at the last row where they have been
// slow for six moves. They may be quick again from there on, once the steps
// are smaller than the structure of f, but what came before shows nothing of that.
func (a *table) strays(rough float64) (p pace) {
	slow, before := 0, 0.0
	for i := 1; i < a.n; i++ {
		move, noise := a.move(i, 0, rough)
		rate := move / before
		if before = move; !(math.Abs(move) > 4*noise && a.slow(rate)) {
			slow = 0
			continue
		}
		if slow++; slow >= 5 {
			p = pace{i, 0, math.Abs(move), rate}
		}
	}
	return p
}

// move returns how far column j moves at row i, and what rounding makes of that at
// the most.
func (a *table) move(i, j int, rough float64) (d, noise float64) {
	return a.t[i][j] - a.t[i-1][j], a.noise[i][j] + a.noise[i-1][j] + 4*rough*a.gain[i]*a.growth[j]
}

// slow reports whether a rate is that of slow convergence or of divergence. What is
// faster still is rounding in f, divided by smaller and smaller steps.
func (a *table) slow(rate float64) bool { return rate > a.slowest && rate < a.scatter }
