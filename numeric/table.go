package numeric

import "math"

const (
	maxRows = 24 // quotients before a search gives up: the last step is 2⁻²³ of the first
	ratio   = 2.23606797749979
	columns = 9 // one, and the terms of the error series that are cancelled
)

// A table extrapolates difference quotients to step 0 (Richardson 1911, Romberg
// 1955). Each row starts with a quotient of half the step of the row before;
// each further column cancels one more term of its error, a power series in the
// step.
//
// Beside every entry runs what rounding in f makes of it: noise is a bound under
// the assumption that f is right to its last place, and gain·growth is the effect
// of an error of 1 in every value of f, for where it is not.
type table struct {
	ratio  [columns]float64 // of the steps, to the power that a column cancels
	growth [columns]float64
	n      int // rows
	t      [maxRows][columns]float64
	noise  [maxRows][columns]float64
	gain   [maxRows]float64
}

// reset empties the table for quotients of the given order, whose error is a
// series in the powers first, first+by, first+2by, … of the step.
func (a *table) reset(order, first, by int) {
	a.n = 0
	a.growth[0] = 1
	for j := 1; j < columns; j++ {
		a.ratio[j] = math.Pow(ratio, float64(first+(j-1)*by))
		a.growth[j] = a.growth[j-1] * (1 + (1+math.Pow(ratio, -float64(order)))/(a.ratio[j]-1))
	}
}

// add appends a row that starts with the quotient d.
func (a *table) add(d, noise, gain float64) {
	k := a.n
	a.t[k][0], a.noise[k][0], a.gain[k] = d, noise, gain
	for j := 1; j <= k && j < columns; j++ {
		q := a.ratio[j] - 1
		a.t[k][j] = a.t[k][j-1] + (a.t[k][j-1]-a.t[k-1][j-1])/q
		a.noise[k][j] = a.noise[k][j-1] + (a.noise[k][j-1]+a.noise[k-1][j-1])/q
	}
	a.n++
}

// A limit is the entry of a table that is thought best.
type limit struct {
	value        float64
	trunc, round float64 // the parts of its error: the series cut short, rounding in f
	rough        float64 // how wrong values of f seem to be, beyond their last place
	row          int
}

func (l limit) err() float64 { return l.trunc + l.round + ulp*math.Abs(l.value) }

// best returns the entry with the least estimated error. How far an entry lies
// from the two that it was made from says how far the series has converged
// (Ridders 1982). That alone is far too bold: it believes in two entries that
// happen to agree. So the entries of smaller steps, and one quotient of a much
// smaller step, must agree too, but for rounding; how wrong f has to be for that
// is how wrong f is taken to be. There must be two rows of smaller steps.
func (a *table) best(rough float64, near row) limit {
	best := limit{value: math.NaN(), trunc: math.Inf(1), round: math.Inf(1)}
	for k := 1; k+2 < a.n; k++ {
		for j := 1; j <= k && j < columns; j++ {
			t := a.t[k][j]
			trunc := max(math.Abs(t-a.t[k][j-1]), math.Abs(t-a.t[k-1][j-1]))
			if !(trunc+a.noise[k][j] < best.trunc+best.round) {
				continue
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
				best = limit{t, trunc, round, r, k}
			}
		}
	}
	return best
}

// grows reports whether the quotients grow as the step shrinks, more than
// rounding can explain.
func (a *table) grows(rough float64) bool {
	last := a.n - 1
	if last < 3 {
		return false
	}
	d := math.Abs(a.t[last][0])
	return d > 2*math.Abs(a.t[0][0]) && d > 8*(a.noise[last][0]+rough*a.gain[last])
}
