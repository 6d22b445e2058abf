package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A sample is a point at which a table written by hand and differences are looked at, to
// find out by which mistake the one could be made from the other.
type sample struct {
	x, got   []float64
	right    []guess
	mirrored []guess // of the transposed Jacobian; nil if there is none
	f        float64 // the function's value, where there is one
}

// A guess is what an entry could be, and how far off that may be.
type guess struct{ value, err float64 }

func guessed(truths []truth) []guess {
	var list []guess
	for _, d := range truths {
		list = append(list, guess{d.value(), trust*d.err + 0x1p-48*math.Abs(d.value())})
	}
	return list
}

// times returns a guess that is c times as large.
func (g guess) times(c float64) guess { return guess{c * g.value, math.Abs(c) * g.err} }

// is reports whether a value is what was guessed.
func (g guess) is(value float64) bool {
	return finite(g.value) && math.Abs(value-g.value) <= g.err+1e-7*math.Abs(g.value)
}

// mistake says which classic mistake the wrong entries look like. A mistake must explain
// all of them at the point itself and at its neighbors, so that no coincidence is taken for one.
func (h *hand) mistake(x, got []float64, truths []truth, wrong []int) string {
	samples := []*sample{h.sampleOf(x, got, truths)}
	for turn := 1; turn <= 4 && len(samples) < 3; turn++ {
		if s := h.sample(neighbor(x, turn)); s != nil {
			samples = append(samples, s)
		}
	}
	q := &inquest{hand: h, samples: samples}
	for _, explain := range []func([]int) string{q.sign, q.transposed, q.shifted, q.factor, q.varying} {
		if m := explain(wrong); m != "" {
			return m
		}
	}
	var list []string
	for _, e := range wrong {
		if len(list) == 4 {
			list = append(list, "…")
			break
		}
		list = append(list, q.single(e))
	}
	return strings.Join(list, "; ")
}

// neighbor returns a point a little away.
func neighbor(x []float64, turn int) []float64 {
	near := copied(x)
	for i := range near {
		_, frac := math.Modf(float64((turn+1)*(i+3)) * 0.7548776662466927)
		step := (0.02 + 0.06*frac) * max(math.Abs(x[i]), 0x1p-1022)
		if x[i] == 0 {
			step = 0.02 + 0.06*frac
		}
		if (turn+i)%2 == 1 {
			step = -step
		}
		near[i] += step
	}
	return near
}

// sample looks at another point; it returns nil if nothing can be told there.
func (h *hand) sample(x []float64) (s *sample) {
	defer func() {
		if recover() != nil { // outside of the domain
			s = nil
		}
	}()
	got := make([]float64, h.rows*h.cols)
	if h.call(got, copied(x)) != nil {
		return nil
	}
	truths := h.entries(x, false)
	for e, d := range truths {
		if !d.known() || d.lo != d.hi || !finite(d.lo) || !finite(got[e]) {
			return nil
		}
	}
	return h.sampleOf(x, got, truths)
}

func (h *hand) sampleOf(x, got []float64, truths []truth) *sample {
	s := &sample{x: x, got: got, right: guessed(truths), f: h.plain(copied(x))[0]}
	if h.mirrored != nil {
		s.mirrored = guessed(h.mirrored(h.truths(x, false)))
	}
	return s
}

type inquest struct {
	*hand
	samples []*sample
}

// fits reports whether a guess holds of all these entries everywhere.
func (q *inquest) fits(wrong []int, guess func(s *sample, e int) guess) bool {
	for _, s := range q.samples {
		for _, e := range wrong {
			if !guess(s, e).is(s.got[e]) {
				return false
			}
		}
	}
	return len(wrong) > 0
}

func (q *inquest) sign(wrong []int) string {
	if q.fits(wrong, func(s *sample, e int) guess { return s.right[e].times(-1) }) {
		return "a wrong sign"
	}
	return ""
}

// transposed looks for a table that was written columns first.
func (q *inquest) transposed(wrong []int) string {
	switch {
	case q.mirrored != nil:
		if q.fits(wrong, func(s *sample, e int) guess { return s.mirrored[e] }) {
			return "the product with the transposed Jacobian"
		}
	case q.rows > 1 && q.cols > 1 && !q.symmetric:
		if q.fits(wrong, func(s *sample, e int) guess { return s.right[e%q.rows*q.cols+e/q.rows] }) {
			return "a transposed " + q.what
		}
	}
	return ""
}

// shifted looks for entries that were exchanged, or that all moved by one place.
func (q *inquest) shifted(wrong []int) string {
	if len(wrong) == 2 && !q.symmetric {
		a, b := wrong[0], wrong[1]
		if q.fits(wrong, func(s *sample, e int) guess { return s.right[a+b-e] }) {
			return fmt.Sprintf("a wrong index: %s and %s are swapped", q.label(a), q.label(b))
		}
	}
	n := q.rows * q.cols
	for _, by := range []int{1, -1, q.cols, -q.cols} {
		inside := slices.DeleteFunc(slices.Clone(wrong), func(e int) bool { return e+by < 0 || e+by >= n })
		if by != 0 && len(inside) > 1 && 2*len(inside) >= len(wrong) &&
			q.fits(inside, func(s *sample, e int) guess { return s.right[e+by] }) {
			return fmt.Sprintf("a wrong index, shifted by one: %s has the value of %s, and so on", q.label(inside[0]), q.label(inside[0]+by))
		}
	}
	return ""
}

// namedFactors are those that have a name, for n inputs.
func namedFactors(n float64) []namedFactor {
	list := []namedFactor{
		{2, "a factor of 2 (twice the derivative)"},
		{0.5, "a factor of 1/2 (half of the derivative)"},
		{-2, "a wrong sign and a factor of 2"},
		{-0.5, "a wrong sign and a factor of 1/2"},
		{math.Pi / 180, "a value scaled by π/180 (degrees and radians)"},
		{180 / math.Pi, "a value scaled by 180/π (degrees and radians)"},
	}
	if n > 1 {
		list = append(list, namedFactor{n, fmt.Sprintf("a value scaled by n = %v (a sum and a mean)", n)},
			namedFactor{1 / n, fmt.Sprintf("a value scaled by 1/n = 1/%v (a mean and a sum)", n)})
	}
	return list
}

type namedFactor struct {
	value float64
	name  string
}

// factor looks for a factor that is the same everywhere.
func (q *inquest) factor(wrong []int) string {
	c, ok := q.ratio(q.samples, wrong)
	if !ok || c == 0 {
		return ""
	}
	for _, f := range namedFactors(float64(len(q.samples[0].x))) {
		if math.Abs(c-f.value) <= 1e-6*math.Abs(c) {
			return f.name
		}
	}
	return "a value scaled by " + factorText(c)
}

// factorText returns a factor as text, and one near 1 as what it is off by.
func factorText(c float64) string {
	switch off := c - 1; {
	case 0 < off && off < 1e-3:
		return fmt.Sprintf("1 + %.2g", off)
	case -1e-3 < off && off < 0:
		return fmt.Sprintf("1 - %.2g", -off)
	}
	return fmt.Sprintf("%.6g", c)
}

// ratio returns the factor by which all these entries are off, in these samples.
func (q *inquest) ratio(samples []*sample, wrong []int) (c float64, ok bool) {
	best := 0.0
	for _, s := range samples {
		for _, e := range wrong {
			if sharp := math.Abs(s.right[e].value) / s.right[e].err; sharp > best {
				best, c = sharp, s.got[e]/s.right[e].value
			}
		}
	}
	if best < 100 {
		return 0, false
	}
	for _, s := range samples {
		for _, e := range wrong {
			if !s.right[e].times(c).is(s.got[e]) {
				return 0, false
			}
		}
	}
	return c, true
}

// varying looks for a factor that all entries have in common, and that is another one at
// other points.
func (q *inquest) varying(wrong []int) string {
	for i := range q.samples[0].x {
		name := fmt.Sprintf("x[%d]", i)
		switch {
		case q.fits(wrong, func(s *sample, e int) guess { return s.right[e].times(s.x[i]) }):
			return "a value scaled by " + name
		case q.fits(wrong, func(s *sample, e int) guess { return s.right[e].times(1 / s.x[i]) }):
			return "a value scaled by 1/" + name
		}
	}
	switch {
	case q.fits(wrong, func(s *sample, e int) guess { return s.right[e].times(s.f) }):
		return "a value scaled by that of the function"
	case q.fits(wrong, func(s *sample, e int) guess { return s.right[e].times(1 / s.f) }):
		return "a value scaled by 1 over that of the function"
	}
	if len(wrong) < 2 {
		return ""
	}
	for _, s := range q.samples {
		if c, ok := q.ratio([]*sample{s}, wrong); !ok || c == 0 {
			return ""
		}
	}
	c, _ := q.ratio(q.samples[:1], wrong)
	return "a value scaled by " + factorText(c) + " here and by other factors elsewhere: an inner derivative is missing, or one too many"
}
