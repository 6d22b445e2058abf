package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// CrossEntropyTo returns the cross-entropy of target, of the shape of x, with the
// softmax of x, whose classes lie along an axis: for every row
//
//	Σ w[k] · ((1-s)·target[k] + s/K) · (-log p[k])
//
// with weights w, smoothing s and K classes. The mean divides by the number of rows;
// otherwise it is as CrossEntropy. There is nothing to ignore. Targets need not sum
// to 1, and may be parameters. One of 0 adds nothing, against a probability of 0
// too.
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
	o.total = float64(len(o.peaks))
	targets := o.Of(target.a.lanes[primal], &o.targets)
	o.surprise = zeroed(o.surprise, in.size)
	losses := o.lossesIn(out)
	for k := range o.peaks {
		p, x, u := &o.peaks[k], o.Row(o.x, k), o.Row(o.surprise, k)
		l := p.logSum()
		o.spread()
		for i, t := range o.Row(targets, k) {
			keep := o.keep(i)
			o.c[i] += keep * t
			if keep != 0 { // against a probability of 0, perhaps
				u[i] = keep * (l - (x[i] - p.max))
			}
		}
		losses[k], o.totals[k] = p.cross(o.Row(o.s, k), x, o.c)
	}
	o.reduce(out)
	return t.wrap(out)
}

// crossEntropyToOp is CrossEntropyTo.
type crossEntropyToOp struct {
	elementary
	entropy
	targets  []float64 // storage
	surprise []float64 // slopes with respect to the targets, by rows
	dt, dc   []float64 // storage for tangents
}

func (*crossEntropyToOp) name() string { return "CrossEntropyTo" }

func (o *crossEntropyToOp) push(n *node) {
	x, t := n.in[0], n.in[1]
	if x.active {
		v := o.Of(x.lanes[tangent], &o.v)
		for k := range o.peaks {
			o.gather(n, k, vector.Dot(o.Row(v, k), o.Row(o.s, k)))
		}
	}
	if t.active {
		v := o.Of(t.lanes[tangent], &o.v)
		for k := range o.peaks {
			o.gather(n, k, vector.Dot(o.Row(v, k), o.Row(o.surprise, k)))
		}
	}
}

func (o *crossEntropyToOp) pull(n *node, l lane) {
	for i, slopes := range [...][]float64{o.s, o.surprise} {
		if !n.in[i].active {
			continue
		}
		o.Add(n.in[i].lanes[l], func(dst []float64) {
			for k := range o.peaks {
				if d := o.adjoint(n, l, k); d != 0 {
					kernel.Axpy(o.Row(dst, k), d, o.Row(slopes, k))
				}
			}
		})
	}
}

// bend: the slopes Σc·p - c and u change by Σc·dp + Σdc·p - dc and by p·v - v.
func (o *crossEntropyToOp) curve(n *node) {
	x, t, s := n.in[0], n.in[1], o.softmaxAgain()
	if x.active {
		v := o.Of(x.lanes[tangent], &o.v)
		o.Add(x.lanes[rate], func(dst []float64) {
			for k := range o.peaks {
				if d := o.adjoint(n, adjoint, k) * o.totals[k]; d != 0 {
					o.peaks[k].turn(o.Row(dst, k), o.Row(s, k), o.Row(v, k), d, o.one)
				}
			}
		})
		if t.active {
			o.bendX(n, s)
			o.bendTarget(n, v, s)
		}
	}
}

// bendX adds to the rates of the elements what the rates of the targets come to.
func (o *crossEntropyToOp) bendX(n *node, s []float64) {
	dt := o.Of(n.in[1].lanes[tangent], &o.dt)
	o.dc = zeroed(o.dc, o.N)
	o.Add(n.in[0].lanes[rate], func(dst []float64) {
		for k := range o.peaks {
			p, s, dst := &o.peaks[k], o.Row(s, k), o.Row(dst, k)
			d, others := o.adjoint(n, adjoint, k), 0.0
			if d == 0 {
				continue
			}
			for i, v := range o.Row(dt, k) {
				o.dc[i] = o.keep(i) * v
				if i != p.top {
					others += o.dc[i]
				}
			}
			total, top := others+o.dc[p.top], dst[p.top]
			kernel.Axpy(dst, d*total, s)
			kernel.Axpy(dst, -d, o.dc)
			dst[p.top] = top + d*(others-total*p.share())
		}
	})
}

// bendTarget adds to the rates of the targets what tangents v of the elements come
// to.
func (o *crossEntropyToOp) bendTarget(n *node, v, s []float64) {
	o.Add(n.in[1].lanes[rate], func(dst []float64) {
		for k := range o.peaks {
			d, v := o.adjoint(n, adjoint, k), o.Row(v, k)
			if d == 0 {
				continue
			}
			kernel.Shift(o.one, -v[o.peaks[k].top], v)
			mean := kernel.Dot(o.Row(s, k), o.one)
			for i, v := range o.one {
				dst[k*o.N+i] += d * o.keep(i) * (mean - v)
			}
		}
	})
}
