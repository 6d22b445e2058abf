// Package lsq solves nonlinear least squares: it finds the parameters x at which a sum of
// squares of residuals r(x) is least, as in the fit of a model to data.
//
//	f := reverse.Record(residuals, n)
//	result, err := lsq.Minimize(lsq.Dense(f), start, nil)
//
// The method is Levenberg's and Marquardt's. The residuals are a recorded function, dense or
// sparse, or functions of your own (Problem). Settings has bounds of the parameters, weights
// of the residuals, robust losses and tolerances. A Result says why the solver stopped, and
// gives the covariance of the parameters and their confidence intervals.
//
// # Files
//
//	problem.go                        residuals with their Jacobian
//	settings.go, loss.go              what can be asked for
//	minimize.go                       the method
//	status.go, result.go              what comes out, and why the solver stopped
//	covariance.go                     how certain the parameters are
//	point.go, model.go                the residuals at a point, and their linear model
//	box.go                            a step that keeps to the bounds
//	solver.go, dense.go               the linear systems, by QR and by Cholesky
//	cholesky.go, order.go              the sparse ones, by Cholesky in a good order
//	cg.go                             the large ones, by conjugate gradients
//	polish.go                         the last digits, by Newton's steps
package lsq
