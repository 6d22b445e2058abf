package compare

import (
	"math"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// contradicted reports whether differences contradict themselves about an entry
// that is y by method b, and off by distance from what they found at first: a
// second opinion is y, and sharp enough to tell the two apart. What they found at
// first was then misled, by a jump between the points that they looked at or by
// structure much finer than their steps, and is no evidence.
//
// Of a first derivative the second opinion is a difference of other steps. Of a
// second derivative it is a difference of the method's own gradient, which has been
// compared before: it is sharp where second differences of the function see only
// rounding. If these say the same as before with smaller steps they were not misled.
func (c *checker) contradicted(t *table, i int, b Method, distance float64) bool {
	v, w := t.entry(i)
	y, l := t.by[b][i], t.bounds[i]
	sharp := func(r opinion, want, err float64) bool {
		return math.Abs(r.value-want) <= trust*r.err+err && 2*trust*r.err <= distance
	}
	if t.order == 2 && t.steps[i] > 0x1p-1000 {
		f := func(x []float64) float64 { return evaluate(c.fn.real, x)[0] }
		for k := 2.0; k <= 32 && 2*c.blur(t, i, t.steps[i]/k) <= distance; k *= 2 {
			again := weigh(numeric.Richardson.At(t.steps[i]/k).HVPResult(f, c.x, v), w)
			if sharp(again, t.by[Differences][i], t.estimate[i]) {
				return false
			}
		}
	}
	f := func(x []float64) []float64 {
		if t.order == 2 {
			return c.gradientBy(b, x)
		}
		return evaluate(c.fn.real, x)
	}
	scale := 1.0
	for k, vk := range v {
		if vk != 0 {
			scale = max(scale, math.Abs(c.x[k]))
		}
	}
	for _, step := range [...]float64{0x1p-4, 0x1p-10, 0x1p-16, 0x1p-24, 0x1p-34, 0x1p-44} {
		for _, length := range [...]float64{scale, 1} {
			if sharp(weigh(numeric.Richardson.At(step*length).JVPResult(f, c.x, v), w), y, l.err) {
				return true
			}
		}
	}
	return false
}

// uneven reports whether an entry is a derivative in a direction in which inputs of
// very different sizes move: no step suits them all.
func (c *checker) uneven(t *table, i int) bool {
	v, _ := t.entry(i)
	least, most := math.Inf(1), 0.0
	for k, vk := range v {
		if size := max(1, math.Abs(c.x[k])); vk != 0 {
			least, most = min(least, size), max(most, size)
		}
	}
	return most > 0x1p40*least
}

// blur returns what differences of a step make of the rounding errors in the
// function's values. They see those that scatter; of values that were rounded on
// the way, and whose differences happen to be exact, they believe the last place.
func (c *checker) blur(t *table, i int, step float64) float64 {
	dv := c.value.bounds[0].err
	if t.order == 1 {
		dv = 0
		_, w := t.entry(i)
		for k, wk := range w {
			dv += math.Abs(wk) * c.value.bounds[k].err
		}
	}
	if !(step > 0) || !finite(dv) {
		return 0
	}
	return 4 * dv / math.Pow(step, float64(t.order))
}

// An opinion is a difference and an estimate of its error.
type opinion struct{ value, err float64 }

// weigh returns a weighted sum of differences.
func weigh(results []numeric.Result, w []float64) (sum opinion) {
	for k, r := range results {
		if w[k] != 0 {
			sum.value += w[k] * r.Value
			sum.err += math.Abs(w[k]) * r.Err
		}
	}
	return sum
}

// gradientBy returns the gradient at x by one exact method.
func (c *checker) gradientBy(b Method, x []float64) []float64 {
	switch b {
	case Dual:
		return dual.Gradient(first(c.fn.number), x)
	case Reverse:
		return reverse.Gradient(first(c.fn.tape), x)
	}
	return symbolic.Gradient(first(c.fn.paper), x)
}
