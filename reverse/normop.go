package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// normOp is BatchNorm, LayerNorm and GroupNorm. With h for what is normalized,
// h = (x - mean)·scale, the result is h·weight + bias, and
//
//	dh = scale·(dx - mean dx) - h·scale·mean(h·dx)
//
// where means are those of the set, or 0 if the statistics are given.
type normOp struct {
	elementary
	labeled
	normalization
	fixed        bool // the statistics are given
	weight, bias int  // which operands they are, 0 for none

	mean, variance []float64 // of every set, as they are told

	// What is normalized is x·factor, a power of two: 1 unless squares would overflow or
	// underflow. These are its mean, and what the distance from that is multiplied with.
	factor, center, scale []float64
	ones, zeros           []float64 // in place of weights, or of what does not move
}

// weightsOf and biasesOf return a quantity of the operand, or what stands in its place.
func (o *normOp) weightsOf(n *node, q quantity) []float64 {
	if values := active(n, o.weight, q); values != nil {
		return values
	}
	if q == primal {
		return o.ones
	}
	return o.zeros
}

func (o *normOp) biasesOf(n *node, q quantity) []float64 {
	if values := active(n, o.bias, q); values != nil {
		return values
	}
	return o.zeros
}

// active returns a quantity of operand k of n, nil if it has none, or if k is 0.
func active(n *node, k int, q quantity) []float64 {
	if k > 0 && (q == primal || n.in[k].active) {
		return n.in[k].data[q]
	}
	return nil
}

// count is the number of elements of a set.
func (o *normOp) count() float64 { return float64(o.runs * o.length) }

// loadScaled is load of elements of x, or of their tangents, times the factor of
// their set.
func (o *normOp) loadScaled(k, set int, data []float64, at int) []float64 {
	run, f := o.load(k, data, at), o.factor[set]
	if f == 1 {
		return run
	}
	scaled := slices.Grow(o.scratch[k][:0], o.length)[:o.length]
	o.scratch[k] = scaled
	for i, v := range run {
		scaled[i] = v * f
	}
	return scaled
}

// apply sets the result.
func (o *normOp) apply(n *node) {
	xs, ys := n.in[0].data[primal], n.out.data[primal]
	ws, bs := o.weightsOf(n, primal), o.biasesOf(n, primal)
	for s := range o.sets {
		mean, scale := o.center[s], o.scale[s]
		o.each(s, func(at, j int) {
			x, y, w, b := o.loadScaled(0, s, xs, at), o.load(1, ys, at), o.spread(2, ws, j), o.spread(3, bs, j)
			for i, v := range x {
				y[i] = (v-mean)*scale*w[i] + b[i]
			}
			o.store(ys, at, y)
		})
	}
}

func (o *normOp) push(n *node) {
	in := n.in[0]
	xs, ys := in.data[primal], n.out.data[tangent]
	ws, dws, dbs := o.weightsOf(n, primal), o.weightsOf(n, tangent), o.biasesOf(n, tangent)
	for s := range o.sets {
		mean, scale := o.center[s], o.scale[s]
		var shift, stretch float64
		if in.active {
			shift, stretch = o.drift(s, xs, in.data[tangent])
		}
		o.each(s, func(at, j int) {
			x, y, w := o.loadScaled(0, s, xs, at), o.load(1, ys, at), o.spread(2, ws, j)
			dw, db := o.spread(3, dws, j), o.spread(4, dbs, j)
			for i, v := range x {
				y[i] = (v-mean)*scale*dw[i] + db[i]
			}
			if in.active {
				dx := o.loadScaled(5, s, in.data[tangent], at)
				for i, v := range x {
					y[i] += scale * (dx[i] - shift - (v-mean)*stretch) * w[i]
				}
			}
			o.store(ys, at, y)
		})
	}
}

// drift returns by how much the mean of a set changes along the tangents, and by
// how much its scale falls, relative to it.
func (o *normOp) drift(s int, xs, dxs []float64) (shift, stretch float64) {
	if o.fixed {
		return 0, 0
	}
	o.each(s, func(at, _ int) {
		a, b := sumBoth(o.loadScaled(0, s, dxs, at), o.loadScaled(1, s, xs, at), o.center[s])
		shift, stretch = shift+a, stretch+b
	})
	return shift / o.count(), stretch / o.count() * o.scale[s] * o.scale[s]
}

// pull adds, with g for the adjoint of h, dy·weight,
//
//	scale·(g - mean g - h·mean(g·h))  to the adjoint of x,
//
// and sums of dy·h and of dy to those of the weights and the biases.
func (o *normOp) pull(n *node, q quantity) {
	in := n.in[0]
	xs, ys, ws := in.data[primal], n.out.data[q], o.weightsOf(n, primal)
	dws, dbs := active(n, o.weight, q), active(n, o.bias, q)
	for s := range o.sets {
		g, gh := o.pulled(s, xs, ys, ws, dws, dbs)
		if !in.active {
			continue
		}
		mean, scale := o.center[s], o.scale[s]
		gh *= scale
		scale *= o.factor[s]
		o.each(s, func(at, j int) {
			x, y, w, dx := o.loadScaled(0, s, xs, at), o.load(1, ys, at), o.spread(2, ws, j), o.load(3, in.data[q], at)
			for i, v := range x {
				dx[i] += scale * (y[i]*w[i] - g - (v-mean)*gh)
			}
			o.store(in.data[q], at, dx)
		})
	}
}

// pulled returns the means of g and of g·h of a set, where g is y·w, and adds what
// comes to its weights and biases to dws and dbs, if they are not nil.
func (o *normOp) pulled(s int, xs, ys, ws, dws, dbs []float64) (g, gh float64) {
	mean, scale := o.center[s], o.scale[s]
	o.each(s, func(at, j int) {
		x, y := o.loadScaled(0, s, xs, at), o.load(1, ys, at)
		if !o.elementwise {
			a, b := sumBoth(y, x, mean)
			g, gh = g+ws[j]*a, gh+ws[j]*b
			if dbs != nil {
				dbs[j] += a
			}
			if dws != nil {
				dws[j] += b * scale
			}
			return
		}
		w := ws[j:][:len(x)]
		for i, v := range x {
			d := y[i] * w[i]
			g += d
			gh += d * (v - mean)
		}
		if dbs != nil {
			vector.Add(dbs[j:], y)
		}
		if dws != nil {
			dw := dws[j:][:len(x)]
			for i, v := range x {
				dw[i] += y[i] * ((v - mean) * scale)
			}
		}
	})
	if o.fixed {
		return 0, 0
	}
	return g / o.count(), gh * scale / o.count()
}

// curve is the derivative of pull at fixed adjoints of the result. Along the
// tangents, h changes by e = dh, g by c = dy·dweight, and scale by -scale·stretch.
func (o *normOp) curve(n *node) {
	in := n.in[0]
	if !in.active {
		return // h does not change, and what is left is linear
	}
	xs, dxs, ys, rxs := in.data[primal], in.data[tangent], n.out.data[adjoint], in.data[rate]
	ws, cs, rws := o.weightsOf(n, primal), o.weightsOf(n, tangent), active(n, o.weight, rate)
	for s := range o.sets {
		mean, scale := o.center[s], o.scale[s]
		outer := scale * o.factor[s]
		shift, stretch := o.drift(s, xs, dxs)
		g, gh := o.pulled(s, xs, ys, ws, nil, nil)
		dg, dgh := o.pulled(s, xs, ys, cs, nil, nil)
		var ge float64 // the mean of g·e
		if !o.fixed {
			o.each(s, func(at, j int) {
				x, dx, y, w := o.loadScaled(0, s, xs, at), o.loadScaled(1, s, dxs, at), o.load(2, ys, at), o.spread(3, ws, j)
				for i, v := range x {
					ge += y[i] * w[i] * (scale * (dx[i] - shift - (v-mean)*stretch))
				}
			})
			ge /= o.count()
		}
		o.each(s, func(at, j int) {
			x, dx, y, rx := o.loadScaled(0, s, xs, at), o.loadScaled(1, s, dxs, at), o.load(2, ys, at), o.load(3, rxs, at)
			w, c := o.spread(4, ws, j), o.spread(5, cs, j)
			for i, v := range x {
				h := (v - mean) * scale
				e := scale * (dx[i] - shift - (v-mean)*stretch)
				rx[i] += outer * (y[i]*c[i] - dg - h*(dgh+ge) - e*gh - stretch*(y[i]*w[i]-g-h*gh))
				if rws != nil && o.elementwise {
					rws[j+i] += y[i] * e
				} else if rws != nil {
					rws[j] += y[i] * e
				}
			}
			o.store(rxs, at, rx)
		})
	}
}
