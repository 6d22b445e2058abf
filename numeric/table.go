package numeric

import "math"

const (
	maxRows = 24 // quotients before a search gives up
	columns = 9  // one, and the terms of the error series that are canceled

	// ratio of one step to the next, √5. Halves would be no good: where f is
	// rounded coarsely, a quotient of half the step has the same rounding
	// error as often as not, and an error that stays looks like a limit.
	ratio = 2.23606797749979

	// Of steps that shrink by ratio: see table.
	slowest, rough = 0.5, 0.4
)

// A table extrapolates difference quotients to step 0 (Richardson 1911, Romberg
// 1955). Each row starts with the quotient of a smaller step than the row before;
// each further column cancels one more term of its error, a series in the powers
// of h or of h² (Neville's scheme).
//
// Beside every entry runs what rounding in f makes of it: noise is a bound under
// the assumption that f is right to its last place, and gain·growth is the effect
// of an error of 1 in every value of f, for where it is not.
type table struct {
	power  int // 1 or 2
	n      int // rows
	h      [maxRows]float64
	t      [maxRows][columns]float64
	noise  [maxRows][columns]float64
	gain   [maxRows]float64
	growth [columns]float64

	ratio   float64 // of one step to the next
	rough   float64 // what remains of a skew that shrinks by less is not that of a smooth function
	slowest float64 // differences that shrink by less a row are those of slow convergence
	further float64 // what others still have to go at the most, in units of the last
	scatter float64 // differences that grow by more a row are rounding in f
}

// reset empties the table for derivatives of the given order from quotients with
// errors in powers of h^power. Steps are r times as large as the next.
func (a *table) reset(order, power int, r float64) {
	a.power, a.n, a.ratio = power, 0, r
	a.slowest, a.rough = slowest, rough
	if r != ratio {
		steps := math.Log(r) / math.Log(ratio)
		a.slowest, a.rough = math.Pow(slowest, steps), math.Pow(rough, steps)
	}
	a.further = a.slowest / (1 - a.slowest)
	shrink := math.Pow(r, -float64(order))
	a.growth[0], a.scatter = 1, 0.95/shrink
	for j := 1; j < columns; j++ {
		a.growth[j] = a.growth[j-1] * (1 + (1+shrink)/(math.Pow(r, float64(j*power))-1))
	}
}

// add appends a row that starts with the quotient d of step h.
func (a *table) add(h, d, noise, gain float64) {
	k := a.n
	a.h[k], a.t[k][0], a.noise[k][0], a.gain[k] = h, d, noise, gain
	for j := 1; j <= k && j < columns; j++ {
		q := a.h[k-j] / h
		if a.power == 2 {
			q *= q
		}
		a.t[k][j] = a.t[k][j-1] + (a.t[k][j-1]-a.t[k-1][j-1])/(q-1)
		a.noise[k][j] = a.noise[k][j-1] + (a.noise[k][j-1]+a.noise[k-1][j-1])/(q-1)
	}
	a.n++
}

// A limit is the entry of a table that is thought best.
type limit struct {
	value        float64
	trunc, round float64 // the parts of its error: the series cut short, rounding in f
	rough        float64 // how wrong values of f seem to be, beyond their last place
	row, column  int
	slow         bool // trunc is what a slow convergence has to go
}

func (l limit) err() float64 { return l.trunc + l.round + ulp*math.Abs(l.value) }

// nonzero reports whether the limit is certain not to be 0.
func (l limit) nonzero() bool { return math.Abs(l.value) > 2*l.err() }

// best returns the entry with the least estimated error, where values of f are
// known to be wrong by rough at least.
//
// How far an entry lies from the two that it was made from says how far the
// series has converged (Ridders 1982). That alone is far too bold: it believes in
// entries that happen to agree. So the entries of smaller steps, two at the
// least, and the quotient nearby must agree too, but for rounding. How wrong f
// would have to be for that, three times over since samples of rounding seldom
// are its worst, is how wrong it is taken to be. And what settles slowly has
// further to go than its last step shows; see pace.
func (a *table) best(rough float64, near row) limit {
	best := a.least(rough, near, nil)
	if slow := (slowness{table: a, rough: rough}); slow.rest(best.row, best.column) > best.trunc {
		best = a.least(rough, near, &slow)
	}
	return best
}

// least is best, where entries are known to settle slowly if slow is not nil.
func (a *table) least(rough float64, near row, slow *slowness) limit {
	best := limit{value: math.NaN(), trunc: math.Inf(1), round: math.Inf(1)}
	for k := 1; k+2 < a.n; k++ {
		for j := 1; j <= k && j < columns; j++ {
			t := a.t[k][j]
			trunc := a.further * max(math.Abs(t-a.t[k][j-1]), math.Abs(t-a.t[k-1][j-1]))
			if !(trunc+a.noise[k][j] < best.trunc+best.round) {
				continue
			}
			settled := trunc
			if slow != nil {
				trunc = max(trunc, slow.rest(k, j))
			}
			r := rough
			for i := k + 1; i < a.n; i++ {
				r = max(r, (math.Abs(a.t[i][j]-t)-trunc-a.noise[i][j])/(a.gain[i]*a.growth[j]))
			}
			if near.gain > 0 {
				r = max(r, (math.Abs(near.d-t)-trunc-near.noise)/near.gain)
			}
			round := a.noise[k][j] + 3*r*a.gain[k]*a.growth[j]
			if trunc+round < best.trunc+best.round {
				best = limit{t, trunc, round, r, k, j, trunc > settled}
			}
		}
	}
	return best
}

// leaving reports whether the last quotients go away in one direction, each time about as
// much further as the step is smaller, as where a kink is just behind the last step, and off is
// no more than reach times the last move. Where f is flat behind the kink, the quotients before
// it leave so exactly; those of stairs scatter.
func (a *table) leaving(reach, off float64) bool {
	last, loose := a.n-1, 1.6
	for last > 0 && a.t[last][0] == 0 {
		last, loose, reach = last-1, 1.1, math.Inf(1)
	}
	if last < 4 || !(off < reach*math.Abs(a.t[last][0]-a.t[last-1][0])) {
		return false
	}
	for i := last; i > last-3; i-- {
		if g := (a.t[i][0] - a.t[i-1][0]) / (a.t[i-1][0] - a.t[i-2][0]) / a.ratio; !(g > 1/loose && g < loose) {
			return false
		}
	}
	return true
}

// grows reports whether the quotients grow from row k to the last, more than
// rounding can explain.
func (a *table) grows(k int, rough float64) bool {
	last := a.n - 1
	if last-k < 2 {
		return false
	}
	d := math.Abs(a.t[last][0])
	return d > 2*math.Abs(a.t[k][0]) && d > 8*(a.noise[last][0]+rough*a.gain[last])
}
