package optim

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/nn"
)

// LBFGS minimizes a loss by steps along an approximate Newton direction, each with a line
// search. It is for losses that are smooth, and the same function at every call: of all samples, without
// nn.Dropout. For mini-batches there are the Optimizers.
//
// Sources: Liu and Nocedal, On the limited memory BFGS method for large scale optimization
// (1989); package optimize of gonum has the direction and the line search.
type LBFGS struct {
	Store      int // steps that the approximation remembers, at least 1
	Iterations int // at most, at least 1

	// Tolerance is how small the greatest |element| of the gradient gets. If Relative, it is
	// the part that is left of what that is at the start, where it is less than 1 there: so a
	// loss may have small units.
	Tolerance float64
	Relative  bool
}

// NewLBFGS returns an LBFGS that remembers 15 steps and makes at most 1000, to a relative
// tolerance of 1e-8.
func NewLBFGS() LBFGS {
	return LBFGS{Store: 15, Iterations: 1000, Tolerance: 1e-8, Relative: true}
}

// LBFGSResult is how far a minimization got.
type LBFGSResult struct {
	Loss        float64
	Gradient    float64 // the greatest |element|
	Iterations  int
	Evaluations int         // of the loss and its gradient
	Converged   bool        // Status is LBFGSGradient or LBFGSRounding
	Status      LBFGSStatus // why it ended
}

// Minimize changes params so that f gets least, and leaves them at the best point that it met,
// with gradients cleared. f computes the loss and adds its gradient to the Grads, which are
// clear when it is called:
//
//	result, err := optim.NewLBFGS().Minimize(params, func() float64 {
//		tape.Reset()
//		loss := …
//		loss.Backward()
//		return loss.Value()
//	})
//
// The best point is that of the least loss; among points that rounding alone tells apart, one whose gradient is within
// the Tolerance. Where a line search gets no lower, it is asked why. If what the gradient promises is less than the
// rounding of a loss of that size, or of parameters of that size, that is convergence too, LBFGSRounding:
// a loss of 1e6 shows no gradient below some 1e-5, whatever the Tolerance, and one that is scaled by 1e10 not even
// at a minimum of 0. At a kink, which this method is not made for, Minimize ends as LBFGSKink, without an error. To stop
// after Iterations is no error either.
//
// Points of a line search at which the loss or its gradient is NaN or +Inf are walls: the search turns round.
//
// Minimize returns an error if the loss or the gradient at the start is not finite, which says where; if the loss is -Inf
// at some point; and if a line search gets no lower though the gradient promises more than rounding, as where it is
// not the gradient of the loss.
//
// Minimize panics if a field is negative or if a parameter's Grad has another length than its
// Value, before f or after it. A nil Grad means that the parameter stays. Cost: 2·Store + 11 numbers of memory a
// parameter; an iteration takes one evaluation, rarely more.
func (o LBFGS) Minimize(params []*nn.Param, f func() float64) (LBFGSResult, error) {
	if o.Store < 1 || o.Iterations < 1 || !(o.Tolerance >= 0) {
		panic(fmt.Sprintf("optim: LBFGS of Store %d, Iterations %d, Tolerance %v; NewLBFGS sets the usual ones",
			o.Store, o.Iterations, o.Tolerance))
	}
	p := newPoint(params, f)
	p.tolerance, p.relative = o.Tolerance, o.Relative
	defer p.leave()
	p.evaluate()
	if err := p.checkStart(); err != nil {
		return p.result, err
	}
	err := p.descend(o.Iterations, o.Store)
	return p.result, err
}

// checkStart returns an error if the loss or the gradient is not finite.
func (p *point) checkStart() error {
	length := kernel.Norm(p.loc.Gradient)
	if finite(p.loc.F) && finite(length) {
		return nil
	}
	p.end(LBFGSFailed)
	err := fmt.Errorf("optim: LBFGS: at the start the loss is %v and the gradient of length %v", p.loc.F, length)
	if bad := p.notFinite(); finite(p.loc.F) && bad != "" {
		return fmt.Errorf("%w: %s", err, bad)
	}
	return err
}

// descend makes line searches until p has ended, at most limit. Where one gets no lower, it begins anew at the best
// point, against the gradient there, unless it has done so at this loss before.
func (p *point) descend(limit, store int) error {
	d, anew := newDescent(store, 1), math.Inf(1)
	for k := 0; k < limit && !p.ended; k++ {
		if err := p.search(d); err == nil {
			p.result.Iterations++
			continue
		}
		if !(p.result.Loss < anew) {
			return p.conclude()
		}
		anew = p.result.Loss
		p.back()
		d = newDescent(store, max(1, kernel.Norm(p.loc.X)))
	}
	switch {
	case !p.ended:
		p.end(LBFGSIterations)
	case p.result.Status == LBFGSUnbounded:
		return fmt.Errorf("optim: LBFGS: after %d iterations the loss is -Inf: it has no least value", p.result.Iterations)
	}
	return nil
}
