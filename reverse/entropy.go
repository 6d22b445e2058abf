package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// entropy is a cross-entropy of rows: of their softmax with targets c, the sum of
// c·(-log p). Its slopes with respect to the elements are Σc·p - c, which take the
// place of the softmax in s.
type entropy struct {
	soft
	CrossEntropyOptions
	totals []float64 // Σc of every row
	losses []float64
	c      []float64 // of one row
	total  float64   // what the mean divides by
	scale  float64   // a loss's share in the result
}

func (o *entropy) begin(in *array, axis int, options CrossEntropyOptions) {
	o.CrossEntropyOptions = options
	o.axis[0] = axis
	o.exponentials(in, o.axis[:])
	o.totals = zeroed(o.totals, len(o.peaks))
	o.c = zeroed(o.c, o.N)
	o.total = 0
}

func (o *entropy) weight(k int) float64 {
	if o.Weights == nil {
		return 1
	}
	return o.Weights[k]
}

// keep returns the weight of a class, less what is spread.
func (o *entropy) keep(k int) float64 { return (1 - o.Smoothing) * o.weight(k) }

// spread sets the targets to what is spread over all classes.
func (o *entropy) spread() {
	for k := range o.c {
		o.c[k] = o.Smoothing / float64(o.N) * o.weight(k)
	}
}

// lossesIn returns where the losses of rows go.
func (o *entropy) lossesIn(out *array) []float64 {
	if o.Reduction == ReduceNone {
		clear(out.lanes[primal])
		return out.lanes[primal]
	}
	o.losses = zeroed(o.losses, len(o.peaks))
	return o.losses
}

// reduce makes the losses the result.
func (o *entropy) reduce(out *array) {
	o.scale = 1
	if o.Reduction == ReduceNone {
		return
	}
	z := kernel.Sum(o.losses)
	if o.Reduction == ReduceMean {
		z /= o.total
		o.scale = 0 // of nothing
		if o.total != 0 {
			o.scale = 1 / o.total
		}
	}
	out.lanes[primal][0] = z
}

// adjoint returns what lane l of the result comes to at the loss of a row.
func (o *entropy) adjoint(n *node, l lane, row int) float64 {
	if z := n.out.lanes[l]; o.Reduction == ReduceNone {
		return z[row]
	} else if z[0] == 0 {
		return 0
	} else {
		return z[0] * o.scale
	}
}

// gather adds the rate of a row's loss to that of the result.
func (o *entropy) gather(n *node, row int, d float64) {
	if dz := n.out.lanes[tangent]; o.Reduction == ReduceNone {
		dz[row] += d
	} else {
		dz[0] += d * o.scale
	}
}

// softmaxAgain returns the softmax of all rows, which the slopes took the place of.
func (o *entropy) softmaxAgain() []float64 {
	o.y = zeroed(o.y, len(o.s))
	exponentials(o.y, o.x, o.N, o.peaks)
	o.normalise(o.y)
	return o.y
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
