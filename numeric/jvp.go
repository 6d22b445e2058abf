package numeric

import "github.com/quartet-ad/ad/internal/check"

// JVP returns the Jacobian of f at x times the vector v, by Richardson: the
// derivative of f in the direction v. An input whose entry in v is 0 does not
// move. Where an entry of v, or of x where v moves it, is NaN or infinite, all is NaN.
//
// Cost: that of Derivative, however many inputs and outputs there are.
//
// JVP panics if x and v differ in length.
func JVP[F ~float64](f func([]F) []F, x, v []float64) []float64 {
	return jvp(Richardson, "numeric.JVP", fromVector(f), x, v, plain).values()
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func JVPTo[F ~float64](dst []float64, f func([]F) []F, x, v []float64) []float64 {
	return jvp(Richardson, "numeric.JVPTo", fromVector(f), x, v, to(dst)).vector()
}

// JVPResult returns the Jacobian of f at x times the vector v with estimates of
// the errors. The entries share their evaluations.
//
// Cost: as JVP.
//
// JVPResult panics if x and v differ in length.
func JVPResult[F ~float64](f func([]F) []F, x, v []float64) []Result {
	return jvp(Richardson, "numeric.JVPResult", fromVector(f), x, v, estimated).results()
}

// JVP returns the Jacobian of f at x times the vector v: the derivative of f in
// the direction v, as the package's function does.
//
// Cost: one quotient of s; one for every input that moves where v leads out of the bounds
// both ways.
//
// JVP panics if x and v differ in length.
func (s Scheme) JVP(f func([]float64) []float64, x, v []float64) []float64 {
	return jvp(s, "numeric.JVP", fromVector(f), x, v, plain).values()
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func (s Scheme) JVPTo(dst []float64, f func([]float64) []float64, x, v []float64) []float64 {
	return jvp(s, "numeric.JVPTo", fromVector(f), x, v, to(dst)).vector()
}

// JVPResult returns the Jacobian of f at x times the vector v with estimates of
// the errors. The entries share their evaluations.
//
// Cost: one quotient of s with an estimate.
//
// JVPResult panics if x and v differ in length.
func (s Scheme) JVPResult(f func([]float64) []float64, x, v []float64) []Result {
	return jvp(s, "numeric.JVPResult", fromVector(f), x, v, estimated).results()
}

func jvp(s Scheme, op string, f function, x, v []float64, as form) answer {
	check.Length(op, "v", len(v), len(x))
	p := newProbe(s, op, f, x)
	p.hand(as, len(p.y))
	return answer{p, as, p.tangents(v)}
}

// tangents returns the derivatives of all outputs in the direction v.
func (p *probe) tangents(v []float64) []Result {
	d, c := p.toward(v)
	var t []Result
	if p.cornered(d) {
		t = p.added(d, p.first)
	} else {
		t = p.first(d)
	}
	for k := range t {
		t[k] = t[k].scaled(c)
	}
	return t
}
