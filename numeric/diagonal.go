package numeric

import (
	"math"

	"github.com/quartet-ad/ad/internal/check"
)

// HessianDiag returns the diagonal of the Hessian of f at x, by Richardson: the second
// derivative in each input.
//
// Cost: 12 to 36 evaluations of f for every input where f is smooth.
func HessianDiag[F ~float64](f func([]F) F, x []float64) []float64 {
	_, h := diagonal(Richardson, "numeric.HessianDiag", fromScalar(f), x, false)
	return values(h)
}

// HessianDiagTo writes the diagonal of the Hessian of f at x to dst and returns f(x).
//
// Cost: as HessianDiag.
//
// HessianDiagTo panics if dst and x differ in length.
func HessianDiagTo[F ~float64](dst []float64, f func([]F) F, x []float64) float64 {
	return diagonalTo(Richardson, dst, fromScalar(f), x)
}

// HessianDiagResult returns the diagonal of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as HessianDiag.
func HessianDiagResult[F ~float64](f func([]F) F, x []float64) []Result {
	_, h := diagonal(Richardson, "numeric.HessianDiagResult", fromScalar(f), x, true)
	return h
}

// Laplacian returns the sum of the second derivatives of f at x in each input, by
// Richardson.
//
// Cost: as HessianDiag.
func Laplacian[F ~float64](f func([]F) F, x []float64) float64 {
	_, h := diagonal(Richardson, "numeric.Laplacian", fromScalar(f), x, false)
	return sum(h).Value
}

// LaplacianResult returns the Laplacian of f at x with an estimate of the error, which
// is the sum of those of the second derivatives. Its status is the gravest of theirs.
//
// Cost: as HessianDiag.
func LaplacianResult[F ~float64](f func([]F) F, x []float64) Result {
	_, h := diagonal(Richardson, "numeric.LaplacianResult", fromScalar(f), x, true)
	return sum(h)
}

// HessianDiag returns the diagonal of the Hessian of f at x.
//
// Cost: one second-order quotient of s for every input.
func (s Scheme) HessianDiag(f func([]float64) float64, x []float64) []float64 {
	_, h := diagonal(s, "numeric.HessianDiag", fromScalar(f), x, false)
	return values(h)
}

// HessianDiagTo writes the diagonal of the Hessian of f at x to dst and returns f(x).
//
// Cost: as HessianDiag.
//
// HessianDiagTo panics if dst and x differ in length.
func (s Scheme) HessianDiagTo(dst []float64, f func([]float64) float64, x []float64) float64 {
	return diagonalTo(s, dst, fromScalar(f), x)
}

// HessianDiagResult returns the diagonal of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as HessianDiag, with estimates.
func (s Scheme) HessianDiagResult(f func([]float64) float64, x []float64) []Result {
	_, h := diagonal(s, "numeric.HessianDiagResult", fromScalar(f), x, true)
	return h
}

// Laplacian returns the sum of the second derivatives of f at x in each input.
//
// Cost: as HessianDiag.
func (s Scheme) Laplacian(f func([]float64) float64, x []float64) float64 {
	_, h := diagonal(s, "numeric.Laplacian", fromScalar(f), x, false)
	return sum(h).Value
}

// LaplacianResult returns the Laplacian of f at x with an estimate of the error, as the
// package's function does.
//
// Cost: as HessianDiagResult.
func (s Scheme) LaplacianResult(f func([]float64) float64, x []float64) Result {
	_, h := diagonal(s, "numeric.LaplacianResult", fromScalar(f), x, true)
	return sum(h)
}

func diagonalTo(s Scheme, dst []float64, f source, x []float64) float64 {
	check.Length("numeric.HessianDiagTo", "dst", len(dst), len(x))
	y, h := diagonal(s, "numeric.HessianDiagTo", f, x, false)
	copyValues(dst, h)
	return y
}

func diagonal(s Scheme, op string, f source, x []float64, estimate bool) (y float64, h []Result) {
	p := s.newProbe(op, f, x)
	h = make([]Result, len(x))
	p.each(len(x), func(p *probe, i int) {
		h[i] = s.second(p, direction{i: i}, direction{i: i}, estimate)
	})
	return p.y[0], h
}

// sum returns the sum of results that have evaluated f separately, but for f at the
// point.
func sum(results []Result) (s Result) {
	s.Evals = 1
	for _, r := range results {
		s.Value += r.Value
		s.Err += r.Err
		s.Evals += r.Evals - 1
		if s.Step == 0 || r.Step < s.Step {
			s.Step = r.Step
		}
		if r.Status.gravity() > s.Status.gravity() {
			s.Status = r.Status
		}
	}
	s.Err += ulp * math.Abs(s.Value)
	return s
}
