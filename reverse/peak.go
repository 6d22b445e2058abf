package reverse

import (
	"github.com/quartet-ad/ad/reverse/internal/layout"

	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
)

// A peak is what a softmax knows of its row: the largest element, where it is, and
// the sum of the exponentials of all others less it. Their logarithm of the sum is
// max + log1p(rest), and nothing is lost where rest is small. It is NaN where the
// row has no softmax.
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

// turn adds to dst the product of the Jacobian of a softmax, whose value is s, with
// v, times a. The Jacobian is symmetric, and does not see what all elements of v
// have in common: they are taken less the one of the peak, so that no digits cancel
// where s is close to 1.
func (p *peak) turn(dst, s, v []float64, a float64, spare []float64) {
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

// soft is the softmax of rows.
type soft struct {
	layout.Rows
	axis  [1]int // that the rows go along, where it is one
	peaks []peak
	x, s  []float64 // elements and their softmax, by rows

	laid, y, v, w, one []float64 // storage
}

// exponentials lays an array out by rows, and sets s to their exponentials.
func (o *soft) exponentials(in *array, axes []int) {
	o.Over(in.shape, axes)
	o.x = o.Of(in.lanes[primal], &o.laid)
	o.s = zeroed(o.s, in.size)
	count := 0
	if o.N > 0 {
		count = in.size / o.N
	}
	o.peaks = zeroed(o.peaks, count)
	o.one = zeroed(o.one, o.N)
	exponentials(o.s, o.x, o.N, o.peaks)
}

// normalise makes exponentials a softmax.
func (o *soft) normalise(s []float64) {
	for k := range o.peaks {
		s := o.Row(s, k)
		kernel.Over(s, 1+o.peaks[k].rest, s)
	}
}
