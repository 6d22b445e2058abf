package numeric

// HessianDiag returns the diagonal of the Hessian of f at x, by Richardson: the second
// derivative in each input.
//
// Cost: 12 to 36 evaluations of f for every input where f is smooth.
func HessianDiag[F ~float64](f func([]F) F, x []float64) []float64 {
	return diagonal(Richardson, "numeric.HessianDiag", fromScalar(f), x, plain).values()
}

// HessianDiagTo writes the diagonal of the Hessian of f at x to dst and returns f(x).
//
// Cost: as HessianDiag.
//
// HessianDiagTo panics if dst and x differ in length.
func HessianDiagTo[F ~float64](dst []float64, f func([]F) F, x []float64) float64 {
	return diagonal(Richardson, "numeric.HessianDiagTo", fromScalar(f), x, to(dst)).scalar()
}

// HessianDiagResult returns the diagonal of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as HessianDiag.
func HessianDiagResult[F ~float64](f func([]F) F, x []float64) []Result {
	return diagonal(Richardson, "numeric.HessianDiagResult", fromScalar(f), x, estimated).results()
}

// Laplacian returns the sum of the second derivatives of f at x in each input, by
// Richardson.
//
// Cost: as HessianDiag.
func Laplacian[F ~float64](f func([]F) F, x []float64) float64 {
	return diagonal(Richardson, "numeric.Laplacian", fromScalar(f), x, plain).sum().Value
}

// LaplacianResult returns the Laplacian of f at x with an estimate of the error, which
// is the sum of those of the second derivatives. Its status is the gravest of theirs.
//
// Cost: as HessianDiag.
func LaplacianResult[F ~float64](f func([]F) F, x []float64) Result {
	return diagonal(Richardson, "numeric.LaplacianResult", fromScalar(f), x, estimated).sum()
}

// HessianDiag returns the diagonal of the Hessian of f at x.
//
// Cost: one second-order quotient of s for every input.
func (s Scheme) HessianDiag(f func([]float64) float64, x []float64) []float64 {
	return diagonal(s, "numeric.HessianDiag", fromScalar(f), x, plain).values()
}

// HessianDiagTo writes the diagonal of the Hessian of f at x to dst and returns f(x).
//
// Cost: as HessianDiag.
//
// HessianDiagTo panics if dst and x differ in length.
func (s Scheme) HessianDiagTo(dst []float64, f func([]float64) float64, x []float64) float64 {
	return diagonal(s, "numeric.HessianDiagTo", fromScalar(f), x, to(dst)).scalar()
}

// HessianDiagResult returns the diagonal of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as HessianDiag, with estimates.
func (s Scheme) HessianDiagResult(f func([]float64) float64, x []float64) []Result {
	return diagonal(s, "numeric.HessianDiagResult", fromScalar(f), x, estimated).results()
}

// Laplacian returns the sum of the second derivatives of f at x in each input.
//
// Cost: as HessianDiag.
func (s Scheme) Laplacian(f func([]float64) float64, x []float64) float64 {
	return diagonal(s, "numeric.Laplacian", fromScalar(f), x, plain).sum().Value
}

// LaplacianResult returns the Laplacian of f at x with an estimate of the error, as the
// package's function does.
//
// Cost: as HessianDiagResult.
func (s Scheme) LaplacianResult(f func([]float64) float64, x []float64) Result {
	return diagonal(s, "numeric.LaplacianResult", fromScalar(f), x, estimated).sum()
}

// diagonal finds the second derivatives of the only output in every input.
func diagonal(s Scheme, op string, f function, x []float64, as form) answer {
	p := newProbe(s, op, f, x)
	p.hand(as, len(x))
	return answer{p, as, p.each(len(x), 1, func(p *probe, i int, dst []Result) {
		dst[0] = p.second(direction{i: i}, direction{i: i})
	})}
}

// sum returns the sum of the derivatives.
func (a answer) sum() Result {
	defer a.p.release()
	s := Result{Evals: 1}
	for _, r := range a.found {
		s = s.plus(r)
	}
	return s.rounded()
}
