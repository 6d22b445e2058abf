package compare

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/quartet-ad/ad/numeric"
)

// within returns f, on copies, with NaN where it panics at another point than x: the end of
// its domain.
func within(f func(x []float64) []float64, x []float64) func([]float64) []float64 {
	m := 0
	inside := func(at []float64) (y []float64) {
		defer func() {
			if slices.Equal(at, x) {
				return // the panic is the caller's
			}
			if recover() != nil {
				y = slices.Repeat([]float64{math.NaN()}, m)
			}
		}()
		y = f(copied(at))
		m = len(y)
		return y
	}
	return inside
}

func copied(x []float64) []float64 { return slices.Clone(x) }

// truth is what differences say of one derivative.
type truth struct {
	lo, hi float64 // from the two sides; the same where f is smooth, NaN where nothing is known
	err    float64 // how far off both may be
	scale  float64 // the size of a derivative that f may have around the point
}

func (d truth) value() float64 { return d.lo/2 + d.hi/2 }

func (d truth) known() bool { return d.lo == d.lo && d.hi == d.hi && d.err < math.Inf(1) }

// String returns the derivative with its error.
func (d truth) String() string {
	switch {
	case !d.known():
		return "nothing"
	case d.lo == d.hi && !finite(d.lo):
		return fmt.Sprint(d.lo)
	case d.lo != d.hi:
		return fmt.Sprintf("between %s and %s ± %.1g", d.digits(d.lo), d.digits(d.hi), d.err)
	}
	return fmt.Sprintf("%s ± %.1g", d.digits(d.lo), d.err)
}

// digits returns x with the digits that the error leaves, ten at least.
func (d truth) digits(x float64) string {
	n := 10
	if left := math.Log10(math.Abs(x) / d.err); left > 10 {
		n = int(min(left, 17))
	}
	return strconv.FormatFloat(x, 'g', n, 64)
}

// truths returns the derivatives at x, row by row. Careful ones are asked of smaller steps
// too.
func (h *hand) truths(x []float64, careful bool) []truth {
	var table [][]truth
	for i := range x {
		table = append(table, h.truthsOf(x, i, careful))
	}
	m := len(table[0])
	jacobian := make([]truth, m*len(x))
	for i, column := range table {
		for k, d := range column {
			jacobian[k*len(x)+i] = d
		}
	}
	return jacobian
}

// truthsOf returns column i.
func (h *hand) truthsOf(x []float64, i int, careful bool) []truth {
	step := max(1, math.Abs(x[i])) / 4
	results := h.column(numeric.Richardson, x, i)
	ahead, behind := h.column(numeric.Forward.At(step), x, i), h.column(numeric.Backward.At(step), x, i)
	truths := make([]truth, len(results))
	for k, r := range results {
		truths[k] = truth{lo: r.Value, hi: r.Value, err: r.Err, scale: scaleOf(ahead[k].Value, behind[k].Value)}
	}
	if y := h.plain(copied(x)); len(y) == len(truths) {
		for k := range truths {
			truths[k].scale = max(truths[k].scale, math.Abs(y[k])/step)
		}
	} else if len(y) == 1 {
		for k := range truths {
			truths[k].scale = max(truths[k].scale, math.Abs(y[0])/step/step)
		}
	}
	h.sided(truths, results, x, i)
	if careful {
		h.careful(truths, results, x, i, 4*step)
	}
	return truths
}

func scaleOf(values ...float64) (s float64) {
	for _, v := range values {
		if finite(v) {
			s = max(s, math.Abs(v))
		}
	}
	return s
}

// sided asks one side after the other where both at once gave no answer.
func (h *hand) sided(truths []truth, results []numeric.Result, x []float64, i int) {
	rough := func(r numeric.Result) bool { return r.Status == numeric.Kinked || r.Status == numeric.Diverged }
	if !slices.ContainsFunc(results, rough) {
		return
	}
	left, right := h.column(numeric.RichardsonBackward, x, i), h.column(numeric.RichardsonForward, x, i)
	for k, r := range results {
		if !rough(r) {
			continue
		}
		l, r, d := left[k], right[k], &truths[k]
		if l.Status == numeric.Diverged {
			l = r
		}
		if r.Status == numeric.Diverged {
			r = l
		}
		d.lo, d.hi, d.err = min(l.Value, r.Value), max(l.Value, r.Value), max(l.Err, r.Err)
		if d.hi-d.lo <= 2*trust*d.err { // no kink that could be told
			d.lo, d.hi = d.value(), d.value()
		}
	}
}

// careful asks smaller steps, the smallest first: the first of them that is sharp is what
// is true at the point, unless it bears out what is known with more digits. What the first
// answer took for rounding counts for more with smaller steps.
func (h *hand) careful(truths []truth, results []numeric.Result, x []float64, i int, size float64) {
	asked := make([]bool, len(truths))
	for _, step := range [...]float64{0x1p-44, 0x1p-34, 0x1p-24, 0x1p-16, 0x1p-10, 0x1p-4} {
		for k, r := range h.column(numeric.Richardson.At(step*size), x, i) {
			d, err := &truths[k], r.Err
			enough := max(0x1p-10*max(math.Abs(r.Value), scaleOf(d.lo)), slack*d.scale)
			if first := results[k]; first.Step > 0 && first.Err <= 0x1p-10*max(math.Abs(first.Value), d.scale) {
				err = max(err, first.Err*first.Step/(step*size))
			}
			switch {
			case asked[k], r.Status == numeric.Kinked, r.Status == numeric.Diverged, d.lo < d.hi, !d.known() && r.Value == 0,
				!(trust*err <= enough):
				continue
			case !(trust*d.err <= enough), math.Abs(r.Value-d.lo) > trust*(err+d.err):
				d.lo, d.hi, d.err = r.Value, r.Value, err
			}
			asked[k] = true
		}
	}
	for k := range truths {
		if !truths[k].known() {
			h.steep(&truths[k], k, x, i, size)
		}
	}
}

// steep finds a slope that is infinite: quotients that grow by no less with every step
// than with the one before, by more than rounding, and by less than at a jump.
func (h *hand) steep(d *truth, k int, x []float64, i int, size float64) {
	side := func(s numeric.Scheme) float64 {
		var last, growth float64
		for n, step := range [...]float64{0x1p-12, 0x1p-20, 0x1p-28, 0x1p-36, 0x1p-44} {
			q := h.column(s.At(step*size), x, i)[k].Value
			grown := q - last
			ratio := grown / growth // 1 for a logarithm, 256 for a jump
			if n > 1 && !(0.9 < ratio && ratio < 250 && math.Abs(grown) > 0x1p-45*d.scale/step) {
				return math.NaN()
			}
			last, growth = q, grown
		}
		return math.Inf(int(math.Copysign(1, last)))
	}
	left, right := side(numeric.Backward), side(numeric.Forward)
	if left != left {
		left = right
	}
	if right != right {
		right = left
	}
	if left == left {
		d.lo, d.hi, d.err = min(left, right), max(left, right), 0
	}
}
