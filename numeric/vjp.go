package numeric

// VJP returns the vector w times the Jacobian of f at x, by Richardson: the
// gradient of the sum of f's results weighted with w. A result whose entry in w
// is 0 is left out.
//
// Cost: that of Derivative for every input; four times as much where results are finite to
// different sides of the point, which are searched separately.
//
// VJP panics if w and the result of f differ in length.
func VJP[F ~float64](f func([]F) []F, x, w []float64) []float64 {
	return vjp(Richardson, "numeric.VJP", fromVector(f), x, w, plain).values()
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func VJPTo[F ~float64](dst []float64, f func([]F) []F, x, w []float64) []float64 {
	return vjp(Richardson, "numeric.VJPTo", fromVector(f), x, w, to(dst)).vector()
}

// VJPResult returns the vector w times the Jacobian of f at x with estimates of
// the errors.
//
// Cost: as VJP.
//
// VJPResult panics if w and the result of f differ in length.
func VJPResult[F ~float64](f func([]F) []F, x, w []float64) []Result {
	return vjp(Richardson, "numeric.VJPResult", fromVector(f), x, w, estimated).results()
}

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: one quotient of s for every input.
//
// VJP panics if w and the result of f differ in length.
func (s Scheme) VJP(f func([]float64) []float64, x, w []float64) []float64 {
	return vjp(s, "numeric.VJP", fromVector(f), x, w, plain).values()
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func (s Scheme) VJPTo(dst []float64, f func([]float64) []float64, x, w []float64) []float64 {
	return vjp(s, "numeric.VJPTo", fromVector(f), x, w, to(dst)).vector()
}

// VJPResult returns the vector w times the Jacobian of f at x with estimates of
// the errors.
//
// Cost: one quotient of s with an estimate for every input.
//
// VJPResult panics if w and the result of f differ in length.
func (s Scheme) VJPResult(f func([]float64) []float64, x, w []float64) []Result {
	return vjp(s, "numeric.VJPResult", fromVector(f), x, w, estimated).results()
}

func vjp(s Scheme, op string, f function, x, w []float64, as form) answer {
	p := newProbe(s, op, f, x)
	p.hand(as, len(x))
	p.weigh(w)
	return answer{p, as, p.each(len(x), 1, func(p *probe, i int, dst []Result) {
		dst[0] = p.weighted(direction{i: i})
	})}
}

// weighted returns the derivative of the weighted sum of f's results. Where these are finite on
// different sides of the point, the sum is so nowhere, and their derivatives are summed.
func (p *probe) weighted(d direction) Result {
	before := p.evals
	r := p.first(d)[0]
	y, c := p.y[0], p.f.(*weighting)
	if finite(r.Value) || !finite(y) || !p.cut || p.stopped {
		return r
	}
	p.f, p.y, p.within = c.f, append(p.y[:0], p.value...), true
	sum := Result{Evals: 1}
	for k, r := range p.first(d) {
		if w := c.w[k]; w != 0 {
			r.Evals = 1
			sum = sum.plus(r.scaled(w))
		}
	}
	p.f, p.y, p.within = c, append(p.y[:0], y), false
	sum.Evals = p.evals - before + 1
	return sum.rounded()
}
