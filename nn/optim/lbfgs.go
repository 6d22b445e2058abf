package optim

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/nn"
)

// LBFGS minimizes a smooth loss by line searches along approximate Newton directions. The loss must
// be the same function at every call: over all samples, and without nn.Dropout. For mini-batches
// use an optimizer such as Adam.
//
// Fields are used as they are; NewLBFGS sets the usual ones.
//
// Sources: Liu and Nocedal, On the limited memory BFGS method for large scale optimization
// (1989). The direction and the line search are those of gonum's package optimize.
type LBFGS struct {
	Store      int // how many steps the approximation remembers, at least 1
	Iterations int // the most line searches, at least 1

	// Minimize ends when no element of the gradient is greater than Tolerance in absolute
	// value. If Relative, and if the greatest is less than 1 at the start, Tolerance is relative
	// to that one, so that the units of the loss may be small. With a Tolerance of 0 Minimize
	// ends where rounding hides what is left.
	Tolerance float64
	Relative  bool
}

// NewLBFGS returns an LBFGS that remembers 15 steps and makes at most 1000 line searches, to a
// relative Tolerance of 1e-8.
func NewLBFGS() LBFGS {
	return LBFGS{Store: 15, Iterations: 1000, Tolerance: 1e-8, Relative: true}
}

// LBFGSResult says how far a minimization came.
type LBFGSResult struct {
	Loss        float64
	Gradient    float64 // the greatest absolute value of an element
	Iterations  int
	Evaluations int         // of the loss and its gradient
	Converged   bool        // Status is LBFGSGradient or LBFGSRounding
	Status      LBFGSStatus // why it ended
}

// Minimize changes params to minimize f. It leaves them at the best point that it met, with
// gradients cleared. f computes the loss and adds its gradient to the Grads, which are clear when
// it is called:
//
//	result, err := optim.NewLBFGS().Minimize(params, func() float64 {
//		tape.Reset()
//		loss := …
//		loss.Backward()
//		return loss.Value()
//	})
//
// The best point is the one with the least loss. Among points that only rounding tells apart, it is
// one whose gradient is within the Tolerance.
//
// Where a line search finds no lower loss, Minimize finds out why:
//
//   - If the gradient promises less than the rounding error of the loss or of the parameters, that is
//     convergence too, LBFGSRounding. A loss of 1e6 shows no gradient below about 1e-5, whatever the
//     Tolerance.
//   - At a kink, which this method is not made for, Minimize ends with LBFGSKink and without an error.
//   - If the gradient promises more than that, Minimize returns an error: it may not be the gradient of
//     the loss.
//
// A point of a line search where the loss or its gradient is NaN or +Inf is a wall: the search
// turns back there. To stop after Iterations is no error.
//
// Minimize also returns an error if the loss or the gradient at the start is not finite, and says
// where; and if the loss is -Inf at some point.
//
// Minimize panics if Store or Iterations is less than 1, if Tolerance is negative or NaN, or if a
// parameter's Grad has another length than its Value, before f or after it. Parameters whose Grad
// is nil stay as they are.
//
// Cost: 2·Store + 11 numbers of memory for each element of a parameter. An iteration takes one
// evaluation of f, rarely more.
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

// descend makes line searches until p has ended, at most limit. Where one gets no lower, it begins
// anew at the best point, against the gradient there, unless it has done so at this loss before.
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
