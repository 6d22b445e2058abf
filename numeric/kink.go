package numeric

import (
	"fmt"
	"math"
	"slices"
)

// Verdict says how smooth f is.
type Verdict int

const (
	// Smooth: the derivatives from the left and from the right agree.
	Smooth Verdict = iota

	// Corner: f is continuous, and its derivatives from the left and from the right
	// differ.
	Corner

	// Jump: the limits of f from the left and from the right differ, or f differs from
	// them.
	Jump

	// Edge: f has a derivative from one side only.
	Edge

	// Unknown: there is no derivative from either side, as where f is infinitely
	// steep, or noise hides it.
	Unknown
)

var verdictNames = [...]string{"smooth", "corner", "jump", "edge", "unknown"}

// String returns the verdict in a word.
func (v Verdict) String() string {
	if v < 0 || int(v) >= len(verdictNames) {
		return fmt.Sprintf("Verdict(%d)", int(v))
	}
	return verdictNames[v]
}

// Kinks is what Kink finds.
type Kinks struct {
	Left, Right Result  // the derivatives from the left and from the right, at x
	Verdict     Verdict // at x

	// At is the place of the most marked corner or jump within a quarter of |x| or of 1
	// from x, whichever is more, and inside of the bounds; where f is not finite so far
	// out, half of the way to there. It is NaN if none is found. Kind says which it is,
	// Smooth if there is none.
	At   float64
	Kind Verdict
}

// Kink looks for a corner or a jump of f at x and near it.
//
//	numeric.Kink(math.Abs, 0.1) // smooth at 0.1, a corner at 0
//
// At x it compares the derivatives and limits from both sides, and f at the numbers next to x.
// Near x it takes second differences on
// a grid, and goes on with the smallest interval around the largest of them: that of a
// smooth function is divided by 4 when the grid is halved, that of a corner by 2, and
// that of a jump stays, and noise stays all over the grid. A corner between two points of
// the first grid that is below what bends f there is not seen, nor one so close to a bound
// that the grids would lead out.
//
// Where f is NaN at x, or x is, the verdict is Unknown.
//
// Cost: some 110 evaluations of f for the derivatives, limits and the numbers next to x, and 65 for each of 3 to 40 grids.
func Kink(f func(float64) float64, x float64) Kinks { return Richardson.Kink(f, x) }

// Kink is the package's function with the settings of s. Each of the two derivatives, the
// two limits, and the search with a look at the numbers next to x, may take MaxEvals.
func (s Scheme) Kink(f func(float64) float64, x float64) Kinks {
	const op = "numeric.Kink"
	k := Kinks{
		Left:  derivative(RichardsonBackward.under(s), op, fromNumber(f), x, true),
		Right: derivative(RichardsonForward.under(s), op, fromNumber(f), x, true),
		At:    math.NaN(),
	}
	left, right := k.Left.found(), k.Right.found()
	apart := math.Abs(k.Left.Value - k.Right.Value)
	switch {
	case left && right && apart > 2*(k.Left.Err+k.Right.Err):
		k.Verdict = Corner
	case left && right:
		k.Verdict = Smooth
	case left || right:
		k.Verdict = Edge
	default:
		k.Verdict = Unknown
	}
	if !finite(x) {
		return k
	}
	q := newLimit(s, op, f, x)
	l, r := q.limit(x, -1), q.limit(x, 1)
	q.release()
	p := newProbe(s, op, fromNumber(f), []float64{x})
	defer p.release()
	if l.found() && r.found() {
		y := p.value[0]
		within := 4*(l.Err+r.Err) + 4*ulp*math.Abs(y)
		if math.Abs(l.Value-r.Value) > within || math.Abs(y-l.Value) > within {
			k.Verdict = Jump
		}
	}
	p.begin()
	p.within = true // one budget for all that follows
	if left && right && (p.leaps(-1, k) || p.leaps(1, k)) {
		k.Verdict = Jump
	}
	far := max(1, math.Abs(x)) / 4
	k.At, k.Kind = p.roughest(x-far, x+far)
	return k
}

// found reports whether there is a derivative with an estimate.
func (r Result) found() bool { return finite(r.Err) }

// leaps reports whether f jumps between x and the next number on a side, by more than it
// changes over the next ones, by its slopes, or by the noise that they show. The limits do
// not see a jump that is small beside f.
func (p *probe) leaps(side float64, k Kinks) bool {
	var y [5]float64
	y[0] = p.value[0]
	at := p.x[0]
	for i := 1; i < len(y); i++ {
		at = math.Nextafter(at, math.Inf(int(side)))
		p.next[0] = at
		p.eval(y[i : i+1])
	}
	steep := max(math.Abs(k.Left.Value), math.Abs(k.Right.Value))
	noise := min(k.Left.Err*k.Left.Step, k.Right.Err*k.Right.Step)
	beside := slices.Max(y[1:]) - slices.Min(y[1:])
	within := 8*(beside+noise+p.noise) + 4*ulp*math.Abs(y[0]) + steep*math.Abs(at-p.x[0])
	return math.Abs(y[1]-y[0]) > within
}

// roughest returns the place of the largest second difference of f between lo and hi if
// it is a corner or a jump.
func (p *probe) roughest(lo, hi float64) (at float64, kind Verdict) {
	const cells = 64
	if p.box != nil {
		lo, hi = max(lo, p.box.lower[0]), min(hi, p.box.upper[0])
	}
	var y [cells + 1]float64
	none := math.NaN()
	var sizes [40]float64 // of the largest, on every grid
	alone, whole := false, false
	n := 0 // grids
	for ; n < len(sizes); n++ {
		h := (hi - lo) / cells
		if !(lo+h > lo) || !(hi-h < hi) {
			break
		}
		size, best, largest := 0.0, -1, 0.0
		for i := range y {
			p.next[0] = lo + float64(i)*h
			if i == cells {
				p.next[0] = hi
			}
			p.eval(y[i : i+1])
			size = max(size, math.Abs(y[i]))
		}
		if !(size <= math.MaxFloat64) {
			if n > 0 || whole || p.stopped {
				return none, Smooth
			}
			lo, hi = halfWay(p.x[0], lo, hi, y[:])
			whole, n = true, -1
			continue
		}
		var seconds [cells]float64
		for i := 1; i < cells; i++ {
			seconds[i] = math.Abs(y[i+1] - y[i] - (y[i] - y[i-1]))
			if seconds[i] > largest {
				best, largest = i, seconds[i]
			}
		}
		// The points of the grid are rounded too.
		slope := math.Abs(y[cells]-y[0]) / (hi - lo)
		if best < 0 || largest <= 64*ulp*(size+slope*max(math.Abs(lo), math.Abs(hi))) {
			break
		}
		sizes[n] = largest
		many := 0
		for _, d := range seconds {
			if d > largest/4 {
				many++
			}
		}
		alone = many <= 3
		at = lo + float64(best)*h
		lo, hi = at-2*h, at+2*h // a sixteenth
	}
	if n < 3 || !alone { // f bends everywhere, or is noisy
		return none, Smooth
	}
	// Each grid took a sixteenth of the one before. What bends f has its part in the first ones.
	from := n / 2
	switch power := math.Log(sizes[from]/sizes[n-1]) / math.Log(16) / float64(n-1-from); {
	case power < 0.1:
		return at, Jump
	case power < 1.2:
		return at, Corner
	}
	return none, Smooth
}

// halfWay returns the interval around x that reaches half as far as f is finite on a grid.
func halfWay(x, lo, hi float64, y []float64) (left, right float64) {
	left, right = lo, hi
	h := (hi - lo) / float64(len(y)-1)
	for i, v := range y {
		at := lo + float64(i)*h
		switch {
		case finite(v):
		case at <= x:
			left = x - (x-at)/2
		case right == hi:
			right = x + (at-x)/2
		}
	}
	return left, right
}
