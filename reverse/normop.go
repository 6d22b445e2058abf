package reverse

// A normalisation is sets of numbers that are normalised together: runs of some
// length. Element k of run r of set s is at s·setStep + r·runStep + k·step, and its
// weight at (s mod cycle)·weightSet + r·weightRun + k·weightStep.
type normalisation struct {
	sets, runs, length     int
	setStep, runStep, step int

	weights                                 int // how many there are
	cycle, weightSet, weightRun, weightStep int
}

// each calls f for every run of a set, with where it and its weights begin.
func (o *normalisation) each(set int, f func(at, weight int)) {
	for r := range o.runs {
		f(set*o.setStep+r*o.runStep, set%o.cycle*o.weightSet+r*o.weightRun)
	}
}

// normOp is BatchNorm, LayerNorm and GroupNorm. With h for what is normalised,
// h = (x - mean)·scale, the result is h·weight + bias, and
//
//	dh = scale·(dx - mean dx) - h·scale·mean(h·dx)
//
// where means are those of the set, or 0 if the statistics are given.
type normOp struct {
	normalisation
	is           string
	fixed        bool // the statistics are given
	weight, bias int  // which operands they are, 0 for none

	mean, variance, scale []float64 // of every set
	ones, zeros           []float64 // in place of weights, or of what does not move
}

func (o *normOp) name() string { return o.is }

// weightsOf and biasesOf return a lane of the operand, or what stands in its place.
func (o *normOp) weightsOf(n *node, l lane) []float64 {
	switch {
	case o.weight > 0 && (l == primal || n.in[o.weight].active):
		return n.in[o.weight].lanes[l]
	case l == primal:
		return o.ones
	default:
		return o.zeros
	}
}

func (o *normOp) biasesOf(n *node, l lane) []float64 {
	if o.bias > 0 && (l == primal || n.in[o.bias].active) {
		return n.in[o.bias].lanes[l]
	}
	return o.zeros
}

// apply sets the result.
func (o *normOp) apply(n *node) {
	x, y := n.in[0].lanes[primal], n.out.lanes[primal]
	w, b := o.weightsOf(n, primal), o.biasesOf(n, primal)
	for s := range o.sets {
		mean, scale := o.mean[s], o.scale[s]
		o.each(s, func(at, j int) {
			for k := range o.length {
				i, j := at+k*o.step, j+k*o.weightStep
				y[i] = (x[i]-mean)*scale*w[j] + b[j]
			}
		})
	}
}

func (o *normOp) push(n *node) {
	in := n.in[0]
	x, dx, dy := in.lanes[primal], in.lanes[tangent], n.out.lanes[tangent]
	w, dw, db := o.weightsOf(n, primal), o.weightsOf(n, tangent), o.biasesOf(n, tangent)
	for s := range o.sets {
		mean, scale := o.mean[s], o.scale[s]
		var shift, stretch float64
		if in.active {
			shift, stretch = o.drift(s, x, dx)
		}
		o.each(s, func(at, j int) {
			for k := range o.length {
				i, j := at+k*o.step, j+k*o.weightStep
				h := (x[i] - mean) * scale
				d := h*dw[j] + db[j]
				if in.active {
					d += (scale*(dx[i]-shift) - h*stretch) * w[j]
				}
				dy[i] = d
			}
		})
	}
}

// drift returns the mean of the tangents of a set, and scale·mean(h·dx), at which its
// scale falls, relative to it.
func (o *normOp) drift(s int, x, dx []float64) (shift, stretch float64) {
	if o.fixed {
		return 0, 0
	}
	mean, scale := o.mean[s], o.scale[s]
	o.each(s, func(at, _ int) {
		for k := range o.length {
			i := at + k*o.step
			shift += dx[i]
			stretch += (x[i] - mean) * scale * dx[i]
		}
	})
	count := float64(o.runs * o.length)
	return shift / count, stretch / count * scale
}

// pull adds, with g for the adjoint of h, dy·weight,
//
//	scale·(g - mean g - h·mean(g·h))  to the adjoint of x,
//
// and sums of dy·h and of dy to those of the weights and the biases.
func (o *normOp) pull(n *node, l lane) {
	in := n.in[0]
	x, y, w := in.lanes[primal], n.out.lanes[l], o.weightsOf(n, primal)
	o.pullAffine(n, l)
	if !in.active {
		return
	}
	dx := in.lanes[l]
	for s := range o.sets {
		mean, scale := o.mean[s], o.scale[s]
		g, gh := o.pulled(s, x, y, w)
		o.each(s, func(at, j int) {
			for k := range o.length {
				i, j := at+k*o.step, j+k*o.weightStep
				dx[i] += scale * (y[i]*w[j] - g - (x[i]-mean)*scale*gh)
			}
		})
	}
}

// pulled returns the means of g and of g·h of a set, where g is y·w.
func (o *normOp) pulled(s int, x, y, w []float64) (g, gh float64) {
	if o.fixed {
		return 0, 0
	}
	mean, scale := o.mean[s], o.scale[s]
	o.each(s, func(at, j int) {
		for k := range o.length {
			i, j := at+k*o.step, j+k*o.weightStep
			d := y[i] * w[j]
			g += d
			gh += d * (x[i] - mean)
		}
	})
	count := float64(o.runs * o.length)
	return g / count, gh * scale / count
}

// pullAffine adds to lane l of the weights and biases.
func (o *normOp) pullAffine(n *node, l lane) {
	var dw, db []float64
	if o.weight > 0 && n.in[o.weight].active {
		dw = n.in[o.weight].lanes[l]
	}
	if o.bias > 0 && n.in[o.bias].active {
		db = n.in[o.bias].lanes[l]
	}
	if dw == nil && db == nil {
		return
	}
	x, y := n.in[0].lanes[primal], n.out.lanes[l]
	for s := range o.sets {
		mean, scale := o.mean[s], o.scale[s]
		o.each(s, func(at, j int) {
			for k := range o.length {
				i, j := at+k*o.step, j+k*o.weightStep
				if dw != nil {
					dw[j] += y[i] * ((x[i] - mean) * scale)
				}
				if db != nil {
					db[j] += y[i]
				}
			}
		})
	}
}

// bend is the derivative of pull at fixed adjoints of the result. Along the
// tangents, h changes by e = dh, g by c = dy·dweight, and scale by -scale·stretch.
func (o *normOp) bend(n *node) {
	in := n.in[0]
	x, y, w, c := in.lanes[primal], n.out.lanes[adjoint], o.weightsOf(n, primal), o.weightsOf(n, tangent)
	if !in.active {
		return // h does not change, and what is left is linear
	}
	dx, rx := in.lanes[tangent], in.lanes[rate]
	var rw []float64
	if o.weight > 0 && n.in[o.weight].active {
		rw = n.in[o.weight].lanes[rate]
	}
	count := float64(o.runs * o.length)
	for s := range o.sets {
		mean, scale := o.mean[s], o.scale[s]
		shift, stretch := o.drift(s, x, dx)
		g, gh := o.pulled(s, x, y, w)
		dg, dgh := o.pulled(s, x, y, c)
		ge := 0.0 // the mean of g·e
		if !o.fixed {
			o.each(s, func(at, j int) {
				for k := range o.length {
					i, j := at+k*o.step, j+k*o.weightStep
					ge += y[i] * w[j] * (scale*(dx[i]-shift) - (x[i]-mean)*scale*stretch)
				}
			})
			ge /= count
		}
		o.each(s, func(at, j int) {
			for k := range o.length {
				i, j := at+k*o.step, j+k*o.weightStep
				h := (x[i] - mean) * scale
				e := scale*(dx[i]-shift) - h*stretch
				rx[i] += scale * (y[i]*c[j] - dg - h*(dgh+ge) - e*gh - stretch*(y[i]*w[j]-g-h*gh))
				if rw != nil {
					rw[j] += y[i] * e
				}
			}
		})
	}
}
