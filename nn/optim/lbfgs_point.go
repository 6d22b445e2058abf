package optim

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/nn"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
)

// point is where a minimization stands, and the best point that it met.
type point struct {
	params []*nn.Param // those that are learned
	places []int       // in the caller's list
	f      func() float64

	loc    optimize.Location
	at     []float64 // where loc was evaluated last
	best   []float64
	result LBFGSResult // at best
	ended  bool

	tolerance float64
	relative  bool // until the first evaluation

	// The line search:
	from, slope []float64 // where it began, and the gradient there
	loss        float64   // there
	trials      []trial
	bad         string // what was not finite on the way
}

func newPoint(params []*nn.Param, f func() float64) *point {
	p := &point{f: f}
	n := 0
	for i, q := range params {
		if q.Grad != nil && !slices.Contains(params[:i], q) {
			p.params, p.places = append(p.params, q), append(p.places, i)
			n += len(q.Value)
		}
	}
	p.checkGrads()
	p.loc.X, p.loc.Gradient = make([]float64, 0, n), make([]float64, n)
	for _, q := range p.params {
		p.loc.X = append(p.loc.X, q.Value...)
	}
	p.best = slices.Clone(p.loc.X)
	p.result.Loss = math.NaN()
	return p
}

func (p *point) checkGrads() {
	for i, q := range p.params {
		if len(q.Grad) != len(q.Value) {
			panic(fmt.Sprintf("optim: LBFGS: parameter %d, %s, has %d values and %d gradients", p.places[i], q.Name, len(q.Value), len(q.Grad)))
		}
	}
}

// evaluate sets loc's loss and gradient to those at its X, unless they are. The line search
// asks for the two one after the other.
func (p *point) evaluate() {
	if p.result.Evaluations > 0 && slices.Equal(p.loc.X, p.at) {
		return
	}
	p.at = append(p.at[:0], p.loc.X...)
	p.put(p.loc.X)
	nn.ZeroGrad(p.params)
	p.loc.F = p.f()
	p.checkGrads()
	p.result.Evaluations++
	rest, greatest := p.loc.Gradient, 0.0
	for _, q := range p.params {
		rest = rest[copy(rest, q.Grad):]
		for _, g := range q.Grad {
			greatest = max(greatest, math.Abs(g))
		}
	}
	if p.result.Evaluations == 1 {
		if p.relative {
			p.tolerance *= min(1, greatest)
		}
	} else {
		if p.wall() {
			return
		}
		p.try()
	}
	within := greatest <= p.tolerance
	switch f, best := p.loc.F, p.result.Loss; {
	case p.result.Evaluations == 1, f < best,
		within && f-best <= rounding(f, p.loc.X, p.loc.Gradient):
		p.result.Loss, p.result.Gradient = f, greatest
		copy(p.best, p.loc.X)
		if within && finite(f) {
			p.end(LBFGSGradient)
		}
	}
}

// wall reports whether something at loc is not finite, and makes that a loss of +Inf, before which
// a line search turns round. A loss of -Inf ends the minimization.
func (p *point) wall() bool {
	bad := p.notFinite()
	if bad == "" {
		return false
	}
	p.bad = bad
	if math.IsInf(p.loc.F, -1) {
		p.end(LBFGSUnbounded)
	}
	p.loc.F = math.Inf(1)
	clear(p.loc.Gradient)
	return true
}

// notFinite says what at loc is not finite, and where; "" is nothing.
func (p *point) notFinite() string {
	if !finite(p.loc.F) {
		return fmt.Sprintf("the loss was %v", p.loc.F)
	}
	for i, q := range p.params {
		for j, g := range q.Grad {
			if !finite(g) {
				return fmt.Sprintf("the gradient of parameter %d, %s, was %v at element %d", p.places[i], q.Name, g, j)
			}
		}
	}
	return ""
}

// end notes why the minimization is at its end.
func (p *point) end(why LBFGSStatus) {
	p.ended = true
	p.result.Status = why
	p.result.Converged = why == LBFGSGradient || why == LBFGSRounding
}

// search makes a line search, from where loc is to where it is better.
func (p *point) search(d *descent) error {
	p.from, p.slope = append(p.from[:0], p.loc.X...), append(p.slope[:0], p.loc.Gradient...)
	p.loss, p.trials, p.bad = p.loc.F, p.trials[:0], ""
	for !p.ended {
		op, err := d.next(&p.loc)
		if err != nil || op == optimize.MajorIteration {
			return err
		}
		p.evaluate()
	}
	return nil
}

// back puts loc to the best point.
func (p *point) back() {
	copy(p.loc.X, p.best)
	p.evaluate()
}

// put sets the parameters to x.
func (p *point) put(x []float64) {
	for _, q := range p.params {
		x = x[copy(q.Value, x):]
	}
}

// leave sets the parameters to the best point, with clear gradients.
func (p *point) leave() {
	p.put(p.best)
	nn.ZeroGrad(p.params)
}

// descent is gonum's L-BFGS. Where that knows nothing as yet, or has no direction that leads down,
// it goes against the gradient, by the length reach at first.
type descent struct {
	memory optimize.LBFGS
	search optimize.LinesearchMethod
	reach  float64
	begun  bool
}

func newDescent(store int, reach float64) *descent {
	d := &descent{reach: reach}
	d.memory.Store = store
	d.search = optimize.LinesearchMethod{NextDirectioner: d, Linesearcher: &optimize.Bisection{}}
	return d
}

func (d *descent) next(loc *optimize.Location) (optimize.Operation, error) {
	if !d.begun {
		d.begun = true
		return d.search.Init(loc)
	}
	return d.search.Iterate(loc)
}

// InitDirection implements optimize.NextDirectioner.
func (d *descent) InitDirection(loc *optimize.Location, dir []float64) float64 {
	d.memory.InitDirection(loc, dir)
	length := floats.Norm(dir, 2)
	for i := range dir {
		dir[i] /= length
	}
	return d.reach
}

// NextDirection implements optimize.NextDirectioner.
func (d *descent) NextDirection(loc *optimize.Location, dir []float64) float64 {
	step := d.memory.NextDirection(loc, dir)
	if slope := floats.Dot(loc.Gradient, dir); !(-math.MaxFloat64 <= slope && slope < 0) {
		return d.InitDirection(loc, dir)
	}
	return step
}
