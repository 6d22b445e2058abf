package nn

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// LBFGS minimises a loss by steps along an approximate Newton direction, each with a line
// search. It is for losses that are the same function at every call: of all samples, without
// Dropout. For mini-batches there are the Optimizers.
//
// Sources: Liu and Nocedal, On the limited memory BFGS method for large scale optimization
// (1989); package optimize of gonum has the direction and the line search.
type LBFGS struct {
	Store      int     // steps that the approximation remembers; 0 means 15
	Iterations int     // at most; 0 means 1000
	Tolerance  float64 // how small the greatest |element| of the gradient gets; 0 means 1e-8
}

// LBFGSResult is how far a minimisation got.
type LBFGSResult struct {
	Loss        float64
	Gradient    float64 // the greatest |element|
	Iterations  int
	Evaluations int  // of the loss and its gradient
	Converged   bool // Gradient is within the Tolerance, or the loss as low as rounding lets it get
}

// Minimize changes params so that f gets least, and leaves them at the best point that it met,
// with gradients cleared. f computes the loss and adds its gradient to the Grads, which are
// clear when it is called:
//
//	result, err := nn.LBFGS{}.Minimize(params, func() float64 {
//		tape.Reset()
//		loss := …
//		loss.Backward()
//		return loss.Value()
//	})
//
// It returns an error if the loss or the gradient at the start is not finite, or if the line
// search finds no lower loss, though the gradient promises one that rounding would not hide.
// Where it promises less, Minimize has converged whatever the Tolerance. To stop after
// Iterations is no error.
//
// Minimize panics if a field is negative or if a parameter's Grad has another length than its
// Value. A nil Grad means that the parameter stays. Cost: 2·Store + 8 numbers of memory a
// parameter; an iteration takes one evaluation, rarely more.
func (o LBFGS) Minimize(params []*Param, f func() float64) (LBFGSResult, error) {
	if o.Store < 0 || o.Iterations < 0 || !(o.Tolerance >= 0) {
		panic(fmt.Sprintf("nn: LBFGS of Store %d, Iterations %d, Tolerance %v", o.Store, o.Iterations, o.Tolerance))
	}
	limit := o.Iterations
	if limit == 0 {
		limit = 1000
	}
	p := newPoint(params, f)
	p.tolerance = orElse(o.Tolerance, 1e-8)
	defer p.leave()
	p.evaluate()
	if length := norm(p.loc.Gradient); math.IsNaN(p.loc.F-p.loc.F) || math.IsNaN(length-length) {
		return p.result, fmt.Errorf("nn: LBFGS: at the start the loss is %v and the gradient of length %v", p.loc.F, length)
	}

	store := o.Store
	if store == 0 {
		store = 15
	}
	method := optimize.LinesearchMethod{NextDirectioner: &optimize.LBFGS{Store: store}, Linesearcher: &optimize.Bisection{}}
	next := method.Init
	for p.result.Iterations < limit && !p.result.Converged {
		p.begin()
		for {
			op, err := next(&p.loc)
			next = method.Iterate
			if err != nil {
				if p.hidden() {
					p.result.Converged = true
					return p.result, nil
				}
				return p.result, fmt.Errorf("nn: LBFGS: after %d iterations: %w", p.result.Iterations, err)
			}
			if op == optimize.MajorIteration {
				p.result.Iterations++
				break
			}
			p.evaluate()
		}
	}
	return p.result, nil
}

// point is where a minimisation stands, and the best point that it met.
type point struct {
	params []*Param // those that are learnt
	f      func() float64
	loc    optimize.Location
	at     []float64 // where loc was evaluated last
	best   []float64
	result LBFGSResult // at best

	tolerance float64

	// The line search under way: where it began, with the loss and the gradient there, and
	// what the gradient promises of the first step; NaN before that.
	from, slope  []float64
	loss, expect float64
}

// begin notes where a line search begins.
func (p *point) begin() {
	p.from, p.slope = append(p.from[:0], p.loc.X...), append(p.slope[:0], p.loc.Gradient...)
	p.loss, p.expect = p.loc.F, math.NaN()
}

// hidden reports whether the line search went for a decrease that rounding of the loss
// hides, or for a step that rounding of the parameters does.
func (p *point) hidden() bool {
	return math.IsNaN(p.expect) || p.expect <= 64*0x1p-53*math.Abs(p.loss)
}

func newPoint(params []*Param, f func() float64) *point {
	p := &point{f: f}
	n := 0
	for i, q := range params {
		if !learnt(params, i) {
			continue
		}
		if len(q.Grad) != len(q.Value) {
			panic(fmt.Sprintf("nn: LBFGS: parameter %d, %s, has %d values and %d gradients", i, q.Name, len(q.Value), len(q.Grad)))
		}
		p.params = append(p.params, q)
		n += len(q.Value)
	}
	p.loc.X, p.loc.Gradient = make([]float64, 0, n), make([]float64, n)
	for _, q := range p.params {
		p.loc.X = append(p.loc.X, q.Value...)
	}
	p.best = slices.Clone(p.loc.X)
	p.result.Loss = math.NaN()
	return p
}

// evaluate sets loc's loss and gradient to those at its X, unless they are. The line search
// asks for the two one after the other.
func (p *point) evaluate() {
	if p.result.Evaluations > 0 && slices.Equal(p.loc.X, p.at) {
		return
	}
	p.at = append(p.at[:0], p.loc.X...)
	p.put(p.loc.X)
	ZeroGrad(p.params)
	p.loc.F = p.f()
	rest, greatest := p.loc.Gradient, 0.0
	for _, q := range p.params {
		rest = rest[copy(rest, q.Grad):]
		for _, g := range q.Grad {
			greatest = max(greatest, math.Abs(g))
		}
	}
	p.result.Evaluations++
	if p.expect != p.expect && len(p.from) > 0 {
		p.expect = 0
		for i, x := range p.loc.X {
			p.expect -= p.slope[i] * (x - p.from[i])
		}
	}
	if p.result.Evaluations == 1 || p.loc.F < p.result.Loss {
		p.result.Loss, p.result.Gradient = p.loc.F, greatest
		p.result.Converged = greatest <= p.tolerance && !math.IsNaN(p.loc.F-p.loc.F)
		copy(p.best, p.loc.X)
	}
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
	ZeroGrad(p.params)
}
