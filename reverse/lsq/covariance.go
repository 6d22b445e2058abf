package lsq

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// A RankError says that the residuals do not determine the parameters: to first order they stay
// the same along some direction.
type RankError struct {
	Rank, Parameters int // of the Jacobian, and how many parameters no bound holds
	Largest          int // the parameter with the largest part in such a direction
}

// Error says what is not determined.
func (e *RankError) Error() string {
	return fmt.Sprintf("lsq: the Jacobian has the rank %d for %d free parameters: parameter %d is not determined",
		e.Rank, e.Parameters, e.Largest)
}

// Freedom returns the degrees of freedom: the number of residuals of a weight above 0, less that
// of the parameters that no bound holds.
func (r *Result) Freedom() int {
	d := 0
	for _, c := range r.evaluator.rows {
		if c > 0 {
			d++
		}
	}
	return d - len(r.freeParameters())
}

// Variance estimates the variance of a residual of weight 1: the sum of the weighted squares over
// the degrees of freedom. It is NaN if there are none.
//
// With a loss it is what makes Covariance that of a robust estimate: K² Σψ²/(m−n) / (Σψ′/m)² with
// ψ = ½ dρ/dr and K = 1 + n/m·var(ψ′)/mean(ψ′)² (Huber, Robust Statistics, 1981, section 7.6).
func (r *Result) Variance() float64 {
	d := r.Freedom()
	if d <= 0 {
		return math.NaN()
	}
	e := r.evaluator
	var squares, bends, bends2, m float64 // sums over residuals
	for i, c := range e.rows {
		if c == 0 {
			continue
		}
		v := r.at.r[i]
		_, slope, curve := e.rho(v)
		bend := slope + 2*curve*v*v
		squares += slope * v * slope * v
		bends += bend
		bends2 += bend * bend
		m++
	}
	mean := bends / m
	k := 1 + (m-float64(d))/m*max(0, bends2/m-mean*mean)/(mean*mean)
	return k * k * squares / float64(d) / (mean * mean) / e.unit / e.unit
}

// Covariance returns the covariance of the parameters to first order, variance·(JᵀJ)⁻¹ with the
// weighted Jacobian J at X. The variance is that of a residual of weight 1: Variance() where it is
// to be estimated, and 1 where the weights are 1/σ². Parameters that a bound holds have the
// variance 0.
//
// Cost: of the order of mn². J is made dense. With a loss it is evaluated once more.
//
// The error is a *RankError if J has not the full rank, to working precision.
func (r *Result) Covariance(variance float64) (*mat.SymDense, error) {
	free := r.freeParameters()
	n := len(r.X)
	covariance := mat.NewSymDense(n, nil)
	if len(free) == 0 {
		return covariance, nil
	}
	j, norms := r.columns(free)
	var svd mat.SVD
	if !svd.Factorize(j, mat.SVDFullV) {
		return nil, errors.New("lsq: the singular values of the Jacobian do not converge")
	}
	var v mat.Dense
	svd.VTo(&v)
	values := svd.Values(nil)
	rank := 0
	for _, s := range values {
		if s > values[0]*float64(max(r.evaluator.Size, n))*0x1p-52 {
			rank++
		}
	}
	if rank < len(free) {
		return nil, &RankError{rank, len(free), free[largest(mat.Col(nil, rank, &v))]}
	}
	// (JᵀJ)⁻¹ = V Σ⁻² Vᵀ, for columns of the norm 1.
	for a, i := range free {
		for b := a; b < len(free); b++ {
			sum := 0.0
			for k, s := range values {
				sum += v.At(a, k) / s * (v.At(b, k) / s)
			}
			unit := r.evaluator.unit
			covariance.SetSym(i, free[b], sum*variance*(unit/norms[a])*(unit/norms[b]))
		}
	}
	return covariance, nil
}

// columns returns the weighted Jacobian of the free parameters, as small as a QR factorization
// makes it, with columns of the norm 1, and their norms.
func (r *Result) columns(free []int) (*mat.Dense, []float64) {
	m := r.at.model
	if r.evaluator.loss != nil {
		plain := *r.evaluator
		plain.loss = nil
		m, _ = plain.expand(r.at)
	}
	all := m.dense
	if all == nil {
		all = m.sparse.Dense()
	}
	j, norms := mat.NewDense(m.m, len(free), nil), make([]float64, len(free))
	for c, k := range free {
		column := mat.Col(nil, k, all)
		if norms[c] = m.norms[k]; norms[c] > 0 {
			floats.Scale(1/norms[c], column)
		}
		j.SetCol(c, column)
	}
	factor, _ := triangle(j, m.r)
	return factor, norms
}

func largest(x []float64) int {
	at := 0
	for i, v := range x {
		if math.Abs(v) > math.Abs(x[at]) {
			at = i
		}
	}
	return at
}

// ConfidenceIntervals returns for every parameter an interval that covers the true value with the
// probability level (0.95, say), if the residuals are nearly linear in the parameters and their
// errors independent and normal: X ± t·σ, with σ² of Covariance(Variance()) and t of Student's
// distribution with Freedom() degrees.
//
// The error is that of Covariance, or that there are no degrees of freedom. ConfidenceIntervals
// panics unless the level is between 0 and 1.
func (r *Result) ConfidenceIntervals(level float64) (lower, upper []float64, err error) {
	if !(level > 0 && level < 1) {
		panic(fmt.Sprintf("lsq.ConfidenceIntervals: the level is %v, want one between 0 and 1", level))
	}
	d := r.Freedom()
	if d <= 0 {
		return nil, nil, fmt.Errorf("lsq: no confidence intervals with %d degrees of freedom", d)
	}
	covariance, err := r.Covariance(r.Variance())
	if err != nil {
		return nil, nil, err
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(d)}.Quantile((1 + level) / 2)
	lower, upper = make([]float64, len(r.X)), make([]float64, len(r.X))
	for i, x := range r.X {
		half := t * math.Sqrt(covariance.At(i, i))
		lower[i], upper[i] = x-half, x+half
	}
	return lower, upper, nil
}

func (r *Result) freeParameters() []int {
	var free []int
	for i, a := range r.Active {
		if a == 0 {
			free = append(free, i)
		}
	}
	return free
}
