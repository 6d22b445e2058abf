package numeric

import "github.com/quartet-ad/ad/internal/check"

// JVP returns the Jacobian of f at x times the vector v, by Richardson: the
// derivative of f in the direction v. An input whose entry in v is 0 does not
// move.
//
// Cost: that of Derivative, however many inputs and outputs there are.
//
// JVP panics if x and v differ in length.
func JVP[F ~float64](f func([]F) []F, x, v []float64) []float64 {
	_, t := jvp(Richardson, "numeric.JVP", fromVector(f), x, v, false)
	return values(t)
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
	_, t := jvp(Richardson, "numeric.JVPResult", fromVector(f), x, v, true)
	return t
}

// JVP returns the Jacobian of f at x times the vector v: the derivative of f in
// the direction v. An input whose entry in v is 0 does not move.
//
// Cost: one quotient of s.
//
// JVP panics if x and v differ in length.
func (s Scheme) JVP(f func([]float64) []float64, x, v []float64) []float64 {
	_, t := jvp(s, "numeric.JVP", fromVector(f), x, v, false)
	return values(t)
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
	_, t := jvp(s, "numeric.JVPResult", fromVector(f), x, v, true)
	return t
}

func jvpTo(s Scheme, dst []float64, f source, x, v []float64) []float64 {
	y, t := jvp(s, "numeric.JVPTo", f, x, v, false)
	check.Length("numeric.JVPTo", "dst", len(dst), len(y))
	copyValues(dst, t)
	return y
}

func jvp(s Scheme, op string, f source, x, v []float64, estimate bool) (y []float64, t []Result) {
	check.Length(op, "v", len(v), len(x))
	p := s.newProbe(op, f, x)
	d, c := along(v)
	t = s.first(p, d, estimate)
	for k := range t {
		t[k] = t[k].scaled(c)
	}
	return p.y, t
}
