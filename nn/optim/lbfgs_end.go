package optim

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// LBFGSStatus says why a minimization ended.
type LBFGSStatus int

const (
	LBFGSGradient   LBFGSStatus = iota // the gradient is within the Tolerance
	LBFGSRounding                      // rounding hides any lower loss
	LBFGSKink                          // the gradient jumps and no step against it lowers the loss: perhaps no minimum
	LBFGSIterations                    // all Iterations are done
	LBFGSUnbounded                     // the loss is -Inf somewhere
	LBFGSFailed                        // the loss does not follow the gradient, or is not finite at the start
)

var lbfgsStatuses = [...]string{"gradient", "rounding", "kink", "iterations", "unbounded", "failed"}

// String returns the status in one word, such as "rounding".
func (s LBFGSStatus) String() string {
	if s < 0 || int(s) >= len(lbfgsStatuses) {
		return fmt.Sprintf("LBFGSStatus(%d)", int(s))
	}
	return lbfgsStatuses[s]
}

// roundings is how many of them a loss is thought to be off by: a sum of a million terms, whose
// errors grow as the root of their number.
const roundings = 1 << 10

// rounding returns how far the loss at x can be off: it is rounded itself, and x is known to a unit
// in the last place, which shows where the loss cancels.
func rounding(loss float64, x, gradient []float64) float64 {
	sum := math.Abs(loss)
	for i, g := range gradient {
		sum += math.Abs(x[i] * g)
	}
	return roundings * 0x1p-53 * sum
}

// trial is a point of a line search, as the gradients at its beginning and there see it.
type trial struct {
	size          float64 // the greatest |element| of the step to it
	before, after float64 // the step times the gradient where it begins and where it ends
}

// promise returns by how much the loss is to get lower, by the trapezoidal rule.
func (t trial) promise() float64 { return -(t.before/2 + t.after/2) }

// verdict says why a line search has found no lower loss, which is off by as much as noise.
//
// The nearest trial that should show the descent decides. If the gradients at both of its ends
// agree that the loss is lower there, they are not its gradients. If the second one turns it down,
// what lies between is less than noise. But a gradient that has turned, and grows no more from
// there on, has jumped.
func verdict(trials []trial, noise float64) LBFGSStatus {
	var seen, turned *trial
	for i := range trials {
		t := &trials[i]
		if -t.before > noise && (seen == nil || t.size < seen.size) {
			seen = t
		}
		if t.after > 0 && (turned == nil || t.size < turned.size) {
			turned = t
		}
	}
	if seen != nil && seen.promise() > noise || math.IsInf(noise, 1) {
		return LBFGSFailed
	}
	if turned == nil {
		return LBFGSRounding
	}
	far := false
	for _, t := range trials {
		if ratio := t.size / turned.size; ratio <= 0x1p20 {
			far = far || ratio >= 0x1p10
			if t.after/t.size >= 8*turned.after/turned.size {
				return LBFGSRounding
			}
		}
	}
	if far {
		return LBFGSKink
	}
	return LBFGSRounding
}

// try notes the trial at which loc is.
func (p *point) try() {
	t := trial{}
	for i, x := range p.loc.X {
		step := x - p.from[i]
		t.size = max(t.size, math.Abs(step))
		t.before += step * p.slope[i]
		t.after += step * p.loc.Gradient[i]
	}
	p.trials = append(p.trials, t)
}

// conclude ends the minimization where the line search got no lower. It returns an error unless
// there is nothing lower to be seen.
func (p *point) conclude() error {
	why := LBFGSFailed
	if len(p.trials) > 0 || p.bad == "" {
		why = verdict(p.trials, rounding(p.loss, p.from, p.slope))
	}
	p.end(why)
	if p.result.Status != LBFGSFailed {
		return nil
	}
	err := fmt.Errorf("optim: LBFGS: after %d iterations, at a loss of %v and a gradient of length %v, no step against it gets lower: "+
		"is it the gradient of the loss, and the loss the same function at every call?",
		p.result.Iterations, p.loss, floats.Norm(p.slope, 2))
	if p.bad != "" {
		return fmt.Errorf("%w On the way %s", err, p.bad)
	}
	return err
}
