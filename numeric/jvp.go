package numeric

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// JVP returns the Jacobian of f at x times the vector v, by Richardson: the
// derivative of f in the direction v. An input whose entry in v is 0 does not
// move.
//
// Cost: that of Derivative, however many inputs and outputs there are.
//
// JVP panics if x and v differ in length.
func JVP[F ~float64](f func([]F) []F, x, v []float64) []float64 {
	return jvp(Richardson, fromVector(f), x, v)
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func JVPTo[F ~float64](dst []float64, f func([]F) []F, x, v []float64) []float64 {
	return jvpTo(Richardson, dst, fromVector(f), x, v)
}

// JVPResult returns the Jacobian of f at x times the vector v with estimates of
// the errors. The entries share their evaluations.
//
// Cost: as JVP.
//
// JVPResult panics if x and v differ in length.
func JVPResult[F ~float64](f func([]F) []F, x, v []float64) []Result {
	return jvpResult(Richardson, fromVector(f), x, v)
}

// JVP returns the Jacobian of f at x times the vector v: the derivative of f in
// the direction v. An input whose entry in v is 0 does not move.
//
// Cost: one quotient of s.
//
// JVP panics if x and v differ in length.
func (s Scheme) JVP(f func([]float64) []float64, x, v []float64) []float64 {
	return jvp(s, fromVector(f), x, v)
}

// JVPTo writes the Jacobian of f at x times the vector v to dst and returns
// f(x).
//
// Cost: as JVP.
//
// JVPTo panics if x and v differ in length, or dst and the result of f.
func (s Scheme) JVPTo(dst []float64, f func([]float64) []float64, x, v []float64) []float64 {
	return jvpTo(s, dst, fromVector(f), x, v)
}

// JVPResult returns the Jacobian of f at x times the vector v with estimates of
// the errors. The entries share their evaluations.
//
// Cost: one quotient of s with an estimate.
//
// JVPResult panics if x and v differ in length.
func (s Scheme) JVPResult(f func([]float64) []float64, x, v []float64) []Result {
	return jvpResult(s, fromVector(f), x, v)
}

func jvpTo(s Scheme, dst []float64, f function, x, v []float64) []float64 {
	check.Length("numeric.JVPTo", "v", len(v), len(x))
	p := newProbe(s, "numeric.JVPTo", f, x)
	defer p.release()
	t := p.tangents(v)
	check.Length("numeric.JVPTo", "dst", len(dst), len(p.y))
	copyValues(dst, t)
	return slices.Clone(p.y)
}

func jvp(s Scheme, f function, x, v []float64) []float64 {
	check.Length("numeric.JVP", "v", len(v), len(x))
	p := newProbe(s, "numeric.JVP", f, x)
	defer p.release()
	dst := make([]float64, len(p.y))
	copyValues(dst, p.tangents(v))
	return dst
}

func jvpResult(s Scheme, f function, x, v []float64) []Result {
	check.Length("numeric.JVPResult", "v", len(v), len(x))
	p := newProbe(s, "numeric.JVPResult", f, x)
	defer p.release()
	p.estimate = true
	return clone(p.tangents(v))
}

// tangents returns the derivatives of all outputs in the direction v.
func (p *probe) tangents(v []float64) []Result {
	d, c := along(v)
	t := p.first(d)
	for k := range t {
		t[k] = t[k].scaled(c)
	}
	return t
}
