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
	h := make([]float64, len(x))
	diagonalTo(Richardson, "numeric.HessianDiag", h, fromScalar(f), x)
	return h
}

// HessianDiagTo writes the diagonal of the Hessian of f at x to dst and returns f(x).
//
// Cost: as HessianDiag.
//
// HessianDiagTo panics if dst and x differ in length.
func HessianDiagTo[F ~float64](dst []float64, f func([]F) F, x []float64) float64 {
	return diagonalTo(Richardson, "numeric.HessianDiagTo", dst, fromScalar(f), x)
}

// HessianDiagResult returns the diagonal of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as HessianDiag.
func HessianDiagResult[F ~float64](f func([]F) F, x []float64) []Result {
	return diagonalResult(Richardson, "numeric.HessianDiagResult", fromScalar(f), x, true)
}

// Laplacian returns the sum of the second derivatives of f at x in each input, by
// Richardson.
//
// Cost: as HessianDiag.
func Laplacian[F ~float64](f func([]F) F, x []float64) float64 {
	return sum(diagonalResult(Richardson, "numeric.Laplacian", fromScalar(f), x, false)).Value
}

// LaplacianResult returns the Laplacian of f at x with an estimate of the error, which
// is the sum of those of the second derivatives. Its status is the gravest of theirs.
//
// Cost: as HessianDiag.
func LaplacianResult[F ~float64](f func([]F) F, x []float64) Result {
	return sum(diagonalResult(Richardson, "numeric.LaplacianResult", fromScalar(f), x, true))
}

// HessianDiag returns the diagonal of the Hessian of f at x.
//
// Cost: one second-order quotient of s for every input.
func (s Scheme) HessianDiag(f func([]float64) float64, x []float64) []float64 {
	h := make([]float64, len(x))
	diagonalTo(s, "numeric.HessianDiag", h, fromScalar(f), x)
	return h
}

// HessianDiagTo writes the diagonal of the Hessian of f at x to dst and returns f(x).
//
// Cost: as HessianDiag.
//
// HessianDiagTo panics if dst and x differ in length.
func (s Scheme) HessianDiagTo(dst []float64, f func([]float64) float64, x []float64) float64 {
	return diagonalTo(s, "numeric.HessianDiagTo", dst, fromScalar(f), x)
}

// HessianDiagResult returns the diagonal of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as HessianDiag, with estimates.
func (s Scheme) HessianDiagResult(f func([]float64) float64, x []float64) []Result {
	return diagonalResult(s, "numeric.HessianDiagResult", fromScalar(f), x, true)
}

// Laplacian returns the sum of the second derivatives of f at x in each input.
//
// Cost: as HessianDiag.
func (s Scheme) Laplacian(f func([]float64) float64, x []float64) float64 {
	return sum(diagonalResult(s, "numeric.Laplacian", fromScalar(f), x, false)).Value
}

// LaplacianResult returns the Laplacian of f at x with an estimate of the error, as the
// package's function does.
//
// Cost: as HessianDiagResult.
func (s Scheme) LaplacianResult(f func([]float64) float64, x []float64) Result {
	return sum(diagonalResult(s, "numeric.LaplacianResult", fromScalar(f), x, true))
}

func diagonalTo(s Scheme, op string, dst []float64, f function, x []float64) float64 {
	check.Length(op, "dst", len(dst), len(x))
	p := newProbe(s, op, f, x)
	defer p.release()
	copyValues(dst, p.diagonal())
	return p.y[0]
}

func diagonalResult(s Scheme, op string, f function, x []float64, estimate bool) []Result {
	p := newProbe(s, op, f, x)
	defer p.release()
	p.estimate = estimate
	return clone(p.diagonal())
}

// diagonal returns the second derivatives of the only output in every input.
func (p *probe) diagonal() []Result {
	return p.each(len(p.x), 1, func(p *probe, i int, dst []Result) {
		dst[0] = p.second(direction{i: i}, direction{i: i})
	})
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
	if s.Err += ulp * math.Abs(s.Value); !finite(s.Err) {
		s.Err = math.Inf(1)
		if s.Status != Stopped {
			s.Status = Diverged
		}
	}
	return s
}
