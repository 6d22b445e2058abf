package reverse

import "slices"

// A normalization is sets of numbers that are normalized together: runs of some
// length. Element k of run r of set s is at s·setStep + r·runStep + k·step. Either
// every run has one weight, or every element of it has its own: weights begin at
// (s mod cycle)·weightSet + r·weightRun.
type normalization struct {
	sets, runs, length     int
	setStep, runStep, step int

	weights                     int // how many there are
	cycle, weightSet, weightRun int
	elementwise                 bool

	// For runs whose elements lie apart, and weights that are repeated.
	scratch [8][]float64
}

// take copies a geometry, and keeps the storage.
func (o *normalization) take(from *normalization) {
	scratch := o.scratch
	*o = *from
	o.scratch = scratch
	if o.length == 0 { // runs of nothing, in which 0 would meet a mean of NaN
		o.runs = 0
	}
	if o.step == 1 && o.elementwise {
		return
	}
	for k := range o.scratch {
		o.scratch[k] = slices.Grow(o.scratch[k][:0], o.length)[:o.length]
	}
}

// each calls f for every run of a set, with where it and its weights begin.
func (o *normalization) each(set int, f func(at, weight int)) {
	for r := range o.runs {
		f(set*o.setStep+r*o.runStep, set%o.cycle*o.weightSet+r*o.weightRun)
	}
}

// load returns a run of data, in scratch k if its elements lie apart. What is
// written to it is to be stored.
func (o *normalization) load(k int, data []float64, at int) []float64 {
	if o.step == 1 {
		return data[at:][:o.length]
	}
	run := o.scratch[k]
	for i := range run {
		run[i] = data[at+i*o.step]
	}
	return run
}

// store writes back what load returned.
func (o *normalization) store(data []float64, at int, run []float64) {
	if o.step == 1 {
		return
	}
	for i, v := range run {
		data[at+i*o.step] = v
	}
}

// spread returns the weights of the elements of a run, in scratch k if they are all
// the same.
func (o *normalization) spread(k int, weights []float64, at int) []float64 {
	if o.elementwise {
		return weights[at:][:o.length]
	}
	run, w := o.scratch[k], weights[at]
	for i := range run {
		run[i] = w
	}
	return run
}

// sumSquares returns the sum of the squared distances from the mean.
func sumSquares(x []float64, mean float64) float64 {
	var a, b, c, d float64
	for ; len(x) >= 4; x = x[4:] {
		p, q, r, s := x[0]-mean, x[1]-mean, x[2]-mean, x[3]-mean
		a, b, c, d = a+p*p, b+q*q, c+r*r, d+s*s
	}
	for _, v := range x {
		a += (v - mean) * (v - mean)
	}
	return (a + b) + (c + d)
}

// sumBoth returns Σ y and Σ y·(x-mean).
func sumBoth(y, x []float64, mean float64) (s, sx float64) {
	var a, b, ax, bx float64
	x = x[:len(y)]
	for ; len(y) >= 2; x, y = x[2:], y[2:] {
		a, b = a+y[0], b+y[1]
		ax, bx = ax+y[0]*(x[0]-mean), bx+y[1]*(x[1]-mean)
	}
	for i, v := range y {
		a += v
		ax += v * (x[i] - mean)
	}
	return a + b, ax + bx
}
