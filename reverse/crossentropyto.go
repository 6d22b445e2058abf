package reverse

import (
	"slices"
)

// CrossEntropyTo returns the cross-entropies of target, of the shape of x, with the
// softmax of x, whose classes lie along an axis: for every row
//
//	Σ w[k] · ((1-s)·target[k] + s/K) · (-log p[k])
//
// with weights w, smoothing s and K classes. Otherwise it is as CrossEntropy. There is
// nothing to ignore. Targets need not sum to 1, and may be parameters. One of 0 adds
// nothing, against a probability of 0 too.
//
// CrossEntropyTo panics if the shapes differ, or if there is another number of
// weights than of classes.
func (x Array) CrossEntropyTo(axis int, target Array, options CrossEntropyOptions) Array {
	const name = "CrossEntropyTo"
	tapeOf(x, target)
	if !slices.Equal(x.Shape(), target.Shape()) {
		panicShapes(name, x, target)
	}
	t, in, out := classes(name, x, axis, &options)
	o := newNode[crossEntropyToOp](t, out, in, target.a)
	o.begin(in, axis, options)
	targets := o.Of(target.a.data[primal], &o.targets)
	o.surprise = zeroed(o.surprise, in.size)
	losses := out.data[primal]
	clear(losses)
	for k := range o.peaks {
		p, x, u := &o.peaks[k], o.Row(o.x, k), o.Row(o.surprise, k)
		l := p.logSum()
		o.spread()
		for i, t := range o.Row(targets, k) {
			sharp := o.sharp(i)
			o.c[i] += sharp * t
			if sharp != 0 { // against a probability of 0, perhaps
				u[i] = sharp * (l - (x[i] - p.max))
			}
		}
		losses[k], o.totals[k] = p.cross(o.Row(o.s, k), x, o.c)
	}
	return t.wrap(out)
}

// crossEntropyToOp is CrossEntropyTo.
type crossEntropyToOp struct {
	elementary
	crossRows
	targets  []float64 // storage
	surprise []float64 // slopes with respect to the targets, by rows
	dt, dc   []float64 // storage for tangents of the targets
}

func (*crossEntropyToOp) name() string { return "CrossEntropyTo" }

func (o *crossEntropyToOp) push(n *node) {
	for i, slopes := range [...][]float64{o.s, o.surprise} {
		if n.in[i].active {
			o.softmaxRows.push(n.out.data[tangent], slopes, n.in[i].data[tangent])
		}
	}
}

func (o *crossEntropyToOp) pull(n *node, q quantity) {
	for i, slopes := range [...][]float64{o.s, o.surprise} {
		if n.in[i].active {
			o.softmaxRows.pull(n.in[i].data[q], slopes, n.out.data[q])
		}
	}
}

func (o *crossEntropyToOp) curve(n *node) {
	if !n.in[0].active { // linear in the targets
		return
	}
	o.crossRows.curve(n)
	if n.in[1].active {
		o.curveX(n)
		o.curveTarget(n)
	}
}

// curveX adds to the rates of the elements what tangents of the targets come to.
func (o *crossEntropyToOp) curveX(n *node) {
	dt := o.Of(n.in[1].data[tangent], &o.dt)
	o.dc = zeroed(o.dc, o.N)
	o.Add(n.in[0].data[rate], func(dst []float64) {
		for k, d := range n.out.data[adjoint] {
			if d == 0 {
				continue
			}
			for i, v := range o.Row(dt, k) {
				o.dc[i] = o.sharp(i) * v
			}
			o.peaks[k].crossRate(o.Row(dst, k), o.Row(o.again, k), o.dc, d)
		}
	})
}

// curveTarget adds to the rates of the targets what tangents of the elements come to.
func (o *crossEntropyToOp) curveTarget(n *node) {
	v := o.Of(n.in[0].data[tangent], &o.a)
	o.Add(n.in[1].data[rate], func(dst []float64) {
		for k, d := range n.out.data[adjoint] {
			if d == 0 {
				continue
			}
			o.peaks[k].surpriseRate(o.row, o.Row(o.again, k), o.Row(v, k))
			for i, r := range o.row {
				dst[k*o.N+i] += d * o.sharp(i) * r
			}
		}
	})
}
