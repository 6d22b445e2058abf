package reverse

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// This file is the mathematics of one row: its softmax, log-softmax and cross-entropy,
// their products with Jacobians, and the curves of those. They all take elements less
// the largest one, so that no exponential overflows and no digit is lost where one
// element has nearly all of the probability.

// A peak is what a softmax knows of its row: the largest element, where it is, and
// the sum of the exponentials of all others less it. The logarithm of the sum of all
// is max + log1p(rest). Nothing is lost where rest is small. It is NaN where the row
// has no softmax.
type peak struct {
	max, rest float64
	top       int
}

// exponentials sets y to the exponentials of x less the largest of their row, each
// of n elements, and peaks to what it knows of the rows.
func exponentials(y, x []float64, n int, peaks []peak) {
	if n == 0 {
		return
	}
	block := max(1, blockLen/n) // of rows that stay in the cache
	for start := 0; start < len(peaks); start += block {
		end := min(start+block, len(peaks))
		for k := start; k < end; k++ {
			peaks[k].find(y[k*n:][:n], x[k*n:][:n])
		}
		kernel.Exp(y[start*n:end*n], y[start*n:end*n])
		for k := start; k < end; k++ {
			peaks[k].sum(y[k*n:][:n])
		}
	}
}

const (
	blockLen = 2048
	few      = 16 // elements of a row that take no longer than the call of a kernel
)

// find finds the largest element of x, and sets y to x less that.
func (p *peak) find(y, x []float64) {
	p.max, p.top = x[0], 0
	if len(x) > few {
		p.max = kernel.Greatest(x)
		p.top = max(0, slices.Index(x, p.max)) // -1 of NaN
		kernel.Shift(y, -p.max, x)
		return
	}
	for i, v := range x {
		if v > p.max || v != v {
			p.max, p.top = v, i
		}
	}
	for i, v := range x {
		y[i] = v - p.max
	}
}

// sum adds up the exponentials but that of the largest element.
func (p *peak) sum(y []float64) {
	e := y[p.top] // 1 or NaN
	y[p.top] = 0
	p.rest = e - 1
	if len(y) > few {
		p.rest += kernel.Sum(y)
	} else {
		for _, v := range y {
			p.rest += v
		}
	}
	y[p.top] = e
}

// logSum is the logarithm of the sum of exponentials, less the largest element.
func (p *peak) logSum() float64 { return math.Log1p(p.rest) }

// share is 1 less the softmax of the largest element.
func (p *peak) share() float64 { return p.rest / (1 + p.rest) }

// normalize makes exponentials s their softmax.
func (p *peak) normalize(s []float64) { kernel.Over(s, 1+p.rest, s) }

// jacobian adds to dst the product of the Jacobian of a softmax, whose value is s,
// with v, times a. The Jacobian is symmetric, and does not see what all elements of v
// have in common: they are taken less the one of the peak, so that no digits cancel
// where s is close to 1.
func (p *peak) jacobian(dst, s, v []float64, a float64, spare []float64) {
	if len(s) <= few {
		top, mean := v[p.top], 0.0
		for i, s := range s {
			mean += s * (v[i] - top)
		}
		for i, s := range s {
			dst[i] += s * (a * ((v[i] - top) - mean))
		}
		return
	}
	kernel.Shift(spare, -v[p.top], v)
	if a != 1 {
		kernel.Scale(spare, a, spare)
	}
	kernel.SoftmaxBackward(dst, s, spare, len(s))
}

// void reports whether the adjoints w of a row without a softmax are all 0, and
// contribute nothing.
func (p *peak) void(w []float64) bool {
	if p.rest == p.rest {
		return false
	}
	for _, v := range w {
		if v != 0 {
			return false
		}
	}
	return true
}

// curve adds to dst how the product of the Jacobian with w changes where the softmax
// s moves at the rate ds: s∘(w - s·w) changes by ds∘(w - s·w) - s·(ds·w).
func (p *peak) curve(dst, s, ds, w, spare []float64) {
	kernel.Shift(spare, -w[p.top], w)
	mean, dmean := kernel.Dot(s, spare), kernel.Dot(ds, spare)
	for i, w := range spare {
		dst[i] += ds[i]*(w-mean) - s[i]*dmean
	}
}

// logSoftmax sets y to the log-softmax of x.
func (p *peak) logSoftmax(y, x []float64) {
	kernel.Shift(y, -p.max, x)
	kernel.Shift(y, -p.logSum(), y)
}

// logPush sets dy to the tangent of the log-softmax, where that of x is v.
func (p *peak) logPush(dy, s, v []float64) {
	kernel.Shift(dy, -v[p.top], v)
	kernel.Shift(dy, -kernel.Dot(s, dy), dy)
}

// logPull adds to dst what adjoints w of the log-softmax come to.
func (p *peak) logPull(dst, s, w []float64) {
	// The slope of the peak with respect to itself is 1 - s.
	top, others := dst[p.top], kernel.Sum(w[:p.top])+kernel.Sum(w[p.top+1:])
	vector.Add(dst, w)
	kernel.Axpy(dst, -(others + w[p.top]), s)
	dst[p.top] = top + (w[p.top]*p.share() - s[p.top]*others)
}

// cross returns the cross-entropy of targets c with a row x, and the sum of the
// targets; s, which holds exponentials, becomes the slopes.
func (p *peak) cross(s, x, c []float64) (loss, total float64) {
	others, l := 0.0, p.logSum()
	for k, c := range c {
		if k != p.top {
			others += c
		}
		if c != 0 { // of probability 0, perhaps
			loss += c * (l - (x[k] - p.max))
		}
	}
	total = others + c[p.top]
	kernel.Scale(s, total/(1+p.rest), s)
	kernel.Axpy(s, -1, c)
	s[p.top] = others - total*p.share()
	return loss, total
}

// crossLabel is cross of the single target w for the label y.
func (p *peak) crossLabel(s, x []float64, y int, w float64) float64 {
	others := w
	if y == p.top {
		others = 0
	}
	if w == 0 { // against a probability of 0, perhaps
		clear(s)
		return 0
	}
	kernel.Scale(s, w/(1+p.rest), s)
	s[y] -= w
	s[p.top] = others - w*p.share()
	return w * (p.logSum() - (x[y] - p.max))
}

// crossRate adds to dst how the slopes of cross change where the targets move at the
// rates dc, times d: by Σdc·p - dc.
func (p *peak) crossRate(dst, s, dc []float64, d float64) {
	others := kernel.Sum(dc[:p.top]) + kernel.Sum(dc[p.top+1:])
	total, top := others+dc[p.top], dst[p.top]
	kernel.Axpy(dst, d*total, s)
	kernel.Axpy(dst, -d, dc)
	dst[p.top] = top + d*(others-total*p.share())
}

// surpriseRate sets du to how -log p changes where the elements move at the rates v:
// by p·v - v.
func (p *peak) surpriseRate(du, s, v []float64) {
	kernel.Shift(du, -v[p.top], v)
	mean := kernel.Dot(s, du)
	for i, v := range du {
		du[i] = mean - v
	}
}
