package lsq

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

const (
	leastRatio    = 1e-4  // of what a step promises it must keep this share
	longestStep   = 2     // times the norm of x
	firstStep     = 1e-3  // times the norm of r, for an x of nearly 0
	mostDamping   = 1e100 // with more, no step would be a change
	steep         = 1e-3  // a cosine that should have let a step succeed
	noise         = 1e3   // units in the last place of J x that rounding may make of r
	firstGrowth   = 2
	leastDamping  = 1e-300
	bestReduction = 1.0 / 3
	newtonAfter   = 50 // iterations without convergence: the residuals are large, or curved

	// oblivion is what is left of an old scale in the next iteration. Moré keeps the largest for
	// ever; but a model with exponentials may begin with one that is 1e60 times too large.
	oblivion = 0.7
)

// Minimize searches for the parameters at which the cost ½ Σ ρ(w r²) of the problem is least,
// from a start. nil settings are those of NewSettings.
//
// A step s minimizes ‖r + J s‖² + λ ‖D s‖², where D holds the largest norm that each column of J
// has had of late, so that the units of x do not matter (Moré, The Levenberg-Marquardt Algorithm:
// Implementation and Theory, 1978). It is taken if the cost falls and ‖D s‖ is not far beyond
// ‖D x‖. The damping λ follows how well the linear model foretold by how much the cost falls
// (Nielsen, Damping Parameter in Marquardt's Method, 1999). Parameters that a step would take out
// of their bounds stop there. A search that takes long tries Newton's steps from time to time, if
// the problem has a curvature: where large residuals are curved, the others are slow. The minimum
// is a local one, and of a robust loss there may be many.
//
// A trial point at which the residuals are NaN or infinite, or their Jacobian is, is one that does
// not lower the cost.
//
// The error is not nil, and the result is, if the start is not finite, outside of its bounds or
// without a finite cost and Jacobian; if bounds or weights are no bounds or weights; or if a
// sparse factor would not fit. That the solver stopped early is no error: see Result.Status, and
// Status.Err.
//
// Cost: a Jacobian for every step taken, an evaluation of the residuals for every step tried,
// and some of both, and curvatures, for Newton's steps.
//
// Minimize panics on what no data can cause: a problem without residuals or without exactly one
// Jacobian, no parameters, settings of another length, or a tolerance below 0.
func Minimize(p Problem, start []float64, settings *Settings) (*Result, error) {
	if settings == nil {
		settings = NewSettings()
	}
	switch {
	case p.Residuals == nil:
		panic("lsq.Minimize: the problem has no Residuals")
	case (p.Jacobian == nil) == (p.SparseJacobian == nil):
		panic("lsq.Minimize: the problem needs either a Jacobian or a SparseJacobian")
	case p.Size < 1 || len(start) < 1:
		panic(fmt.Sprintf("lsq.Minimize: %d residuals of %d parameters", p.Size, len(start)))
	}
	if err := settings.validate(p, start); err != nil {
		return nil, err
	}
	l, err := newSearch(p, slices.Clone(start), settings)
	if err != nil {
		return nil, err
	}
	status, err := l.run()
	if err != nil {
		return nil, err
	}
	if settings.Polish && !status.Early() && status != FunctionThreshold {
		l.polish()
	}
	return l.result(status), nil
}

// A search is a run of the solver.
type search struct {
	*evaluator
	settings *Settings
	box      box
	solver   solver
	at       *point
	scale    []float64 // the diagonal of D
	damping  float64
}

// mostNorm is the greatest norm of a column at the start: its square does not overflow.
const mostNorm = 0x1p500

func newSearch(p Problem, x []float64, s *Settings) (*search, error) {
	l := &search{evaluator: newEvaluator(p, s, len(x)), settings: s, box: newBox(s, len(x)),
		solver: newSolver(s.Linear, p.SparseJacobian != nil), scale: make([]float64, len(x)), damping: s.Damping}
	at, err := l.start(x)
	if err != nil {
		return nil, err
	}
	m, ok := l.expand(at)
	if l.unit > 1 && floats.Max(m.norms) > mostNorm {
		// The residuals are nearly 0, and the Jacobian is not. Both keep half of the range.
		l.measure(at, (math.Ilogb(l.unit)-64)/2)
		m, ok = l.expand(at)
	}
	if !ok {
		return nil, fmt.Errorf("lsq: the Jacobian is not finite at the start")
	}
	at.model = m
	l.at = at
	l.widen()
	l.record()
	return l, l.solver.set(m)
}

// run searches, and says why it stopped.
func (l *search) run() (Status, error) {
	growth := float64(firstGrowth)
	infinite := false    // whether the last step that was rejected led to where r has no value
	damping := l.damping // l.damping is that of the last step taken
	reject := func() {
		damping *= growth
		growth *= 2
	}
	patience := newtonAfter // iterations until Newton's steps are tried
	for {
		if l.stats.Iterations >= patience {
			patience = 2 * l.stats.Iterations
			if l.jump() {
				if err := l.solver.set(l.at.model); err != nil {
					return NotTerminated, err
				}
			}
		}
		if s := l.done(); s != NotTerminated {
			return s, nil
		}
		if damping > mostDamping {
			return l.stopped(StepConvergence, infinite), nil
		}
		st, ok := l.box.step(l.solver, l.at.x, l.at.model.gradient, l.scale, damping)
		if !ok {
			reject()
			continue
		}
		promise, size, length := l.promise(st.s), norm(l.scale, l.at.x), norm(l.scale, st.s)
		switch {
		case !(promise > l.settings.FunctionTol*l.at.f) && !st.hit:
			return l.stopped(FunctionConvergence, infinite), nil
		case length <= l.settings.StepTol*size && !st.hit:
			return l.stopped(StepConvergence, infinite), nil
		case !(promise > l.settings.FunctionTol*l.at.f) || length > l.longest():
			reject()
			continue
		case l.stats.Evaluations >= l.settings.MaxEvaluations:
			return EvaluationLimit, nil
		}
		next := l.evaluator.at(st.next)
		ratio := (l.at.f - next.f) / promise
		if !(ratio > leastRatio) {
			infinite = !finite(next.r)
			reject()
			continue
		}
		if next.model, ok = l.expand(next); !ok {
			infinite = true
			reject()
			continue
		}
		damping = max(leastDamping, damping*max(bestReduction, 1-math.Pow(2*ratio-1, 3)))
		l.damping = damping
		growth = firstGrowth
		l.take(next)
		if err := l.solver.set(next.model); err != nil {
			return NotTerminated, err
		}
	}
}

// done returns why the search is over before it takes another step, if it is.
func (l *search) done() Status {
	switch s := l.settings; {
	case l.at.f == 0 || s.Threshold > 0 && l.cost(l.at) <= s.Threshold:
		return FunctionThreshold
	case l.at.model.flat(l.free()) || l.at.model.steepness(l.free()) <= s.GradientTol:
		return GradientConvergence
	case l.stats.Iterations >= s.MaxIterations:
		return IterationLimit
	}
	return NotTerminated
}

// stopped returns the status, or Stalled or NotFinite in its place: if the gradient is not small,
// so that a step promises little only because it is short, and r is more than the rounding of x
// makes of it. A parameter with a bound so near that f could not fall much before it does not count.
func (l *search) stopped(status Status, infinite bool) Status {
	m, free := l.at.model, l.free()
	for k, g := range m.gradient {
		room := l.at.x[k] - l.box.lower[k]
		if g < 0 {
			room = l.box.upper[k] - l.at.x[k]
		}
		if math.Abs(g)*room <= l.settings.FunctionTol*l.at.f {
			free[k] = false
		}
	}
	floor := noise * 0x1p-52 * norm(l.scale, l.at.x)
	if m.steepness(free) < steep || floats.Norm(m.r, 2) <= floor {
		return status
	}
	if infinite {
		return NotFinite
	}
	return Stalled
}

func (l *search) free() []bool { return l.box.free(l.at.x, l.at.model.gradient) }

// take moves to a point.
func (l *search) take(p *point) {
	l.at = p
	l.stats.Iterations++
	l.widen()
	l.record()
}

// whole returns a point with its model, nil if not all of it is finite.
func (l *search) whole(x []float64) *point {
	p := l.evaluator.at(x)
	if !finite(p.r) {
		return nil
	}
	m, ok := l.expand(p)
	if !ok {
		return nil
	}
	p.model = m
	return p
}

// promise returns by how much f falls in a step if r is linear.
func (l *search) promise(s []float64) float64 {
	change := make([]float64, l.Size)
	l.at.model.mul(change, s)
	return -2*floats.Dot(l.at.model.r, change) - floats.Dot(change, change)
}

// longest returns the bound of ‖D s‖. Like x, a step has the units of r when D multiplies it.
func (l *search) longest() float64 {
	return max(longestStep*norm(l.scale, l.at.x), firstStep*floats.Norm(l.at.model.r, 2))
}

// widen raises every scale to the norm of its column of the Jacobian, or lets it sink towards it.
func (l *search) widen() {
	for k, norm := range l.at.model.norms {
		l.scale[k] = max(norm, l.scale[k]*oblivion)
	}
}

func (l *search) record() {
	if l.settings.Record != nil {
		l.settings.Record(Progress{l.stats, l.at.x, l.cost(l.at), l.damping})
	}
}

func (l *search) result(status Status) *Result {
	m := l.at.model
	gradient := slices.Clone(m.gradient)
	floats.Scale(1/l.unit/l.unit, gradient)
	return &Result{
		X: l.at.x, Residuals: l.at.raw, Cost: l.cost(l.at), Gradient: gradient,
		Optimality: m.steepness(l.free()), Active: l.box.active(l.at.x, m.gradient),
		Status: status, Stats: l.stats, at: l.at, evaluator: l.evaluator,
	}
}

// norm returns ‖D x‖.
func norm(scale, x []float64) float64 {
	return floats.Norm(floats.MulTo(make([]float64, len(x)), scale, x), 2)
}
