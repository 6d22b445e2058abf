package dual

import (
	"math"
	"slices"
	"sync"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
)

// A pass evaluates the function once, on numbers that are written afresh for it:
// the function may have changed those of the pass before.

// seed writes the point x with the tangent v. An entry whose tangent is 0 is not
// differentiated, and so is a constant.
func seed(vars []Number, x, v []float64, own tag) {
	for i := range vars {
		vars[i] = Number{v: x[i]}
		if v[i] != 0 {
			vars[i].t, vars[i].tag = v[i], own
		}
	}
}

// passes are the passes that differentiate a function with respect to each of its
// inputs:
//
//	for p.next() {
//		y := f(p.vars)
//		p.check(y)
//		for p.sweep() {
//			p.tangents(row[p.from:p.from+p.width], y)
//		}
//	}
//
// A pass takes one input, or all of them by a trace, which is swept for some at a time.
// Where that did not work out, inputs come once more; what was read of them before is void.
type passes struct {
	op   string
	x    []float64 // a copy: where derivatives go may be an argument
	vars []Number  // the function's argument
	g    []float64 // one number for each input, for whom it is of use

	from, width int    // the inputs of this sweep
	own, single tag    // of this pass; of those of one input
	wide        *trace // or nil: one input at a time
	upto        int    // inputs that are done, or in alone
	alone       []int  // inputs to be taken one by one
	together    block  // of points at once
}

var freePasses = sync.Pool{New: func() any { return new(passes) }}

// newPasses returns the passes at x of the operator op.
func newPasses(op string, x []float64) *passes {
	p, n := freePasses.Get().(*passes), len(x)
	if cap(p.vars) < n {
		p.vars, p.g = make([]Number, n), make([]float64, n)
	}
	p.op, p.vars, p.g, p.single = op, p.vars[:n], p.g[:n], newTag()
	if n >= fewestMany && n < 1<<pageBits*pages {
		p.wide = newTrace()
	}
	p.begin(x)
	return p
}

// begin makes them the passes at another point.
func (p *passes) begin(x []float64) {
	p.x = append(p.x[:0], x...)
	p.own, p.upto, p.alone = 0, 0, p.alone[:0]
}

func (p *passes) end() {
	if p.wide != nil {
		p.wide.release()
		p.wide = nil
	}
	if check.Poison {
		check.Fill(p.vars, numbers.poison)
		check.Fill(p.together.rows.lanes, math.NaN())
	}
	freePasses.Put(p)
}

// next prepares the next pass, and reports whether there is one.
func (p *passes) next() bool {
	if p.own.isMany() {
		p.settle()
	}
	switch last := len(p.alone) - 1; {
	case last >= 0:
		p.one(p.alone[last])
		p.alone = p.alone[:last]
	case p.upto == len(p.x):
		return false
	case p.wide == nil:
		p.one(p.upto)
		p.upto++
	default:
		p.wide.begin(len(p.x))
		p.own, p.from, p.width, p.upto = p.wide.tag, 0, 0, len(p.x)
		for i, v := range p.x {
			p.vars[i] = Number{v, tangentAt(uint32(1 + i)), p.own}
		}
	}
	return true
}

// one prepares a pass of input i alone.
func (p *passes) one(i int) {
	for j, v := range p.x {
		p.vars[j] = Number{v: v}
	}
	p.from, p.width, p.own = i, 0, p.single
	p.vars[i].t, p.vars[i].tag = 1, p.own
}

// begun returns the function's argument, for an evaluation at x that is in a block.
func (p *passes) begun(b *block, x []float64) []Number {
	b.begin(p.wide, len(x))
	p.own = p.wide.tag
	for i, v := range x {
		p.vars[i] = Number{v, tangentAt(uint32(1 + i)), p.own}
	}
	return p.vars
}

// settle looks at how a pass of all inputs went.
func (p *passes) settle() {
	p.own = 0
	switch r := p.wide; {
	case r.full.Load(): // again, with more room or else one by one
		p.upto, p.alone = 0, p.alone[:0]
		if !r.grow() {
			r.release()
			p.wide = nil
		}
	case r.rough.Load():
		p.alone = p.alone[:0]
		for i := range p.x {
			p.alone = append(p.alone, i)
		}
	}
}

// check panics if the result y belongs to another derivative.
func (p *passes) check(y Number) { p.own.check(p.op, y) }

// sweep makes tangents of the next inputs of a pass ready, and reports whether there are
// any.
func (p *passes) sweep() bool {
	if p.own.isMany() {
		return p.sweepMany()
	}
	p.width++
	return p.width == 1
}

func (p *passes) sweepMany() bool {
	if p.wide.full.Load() || p.wide.rough.Load() {
		return false
	}
	p.from += p.width
	p.width = min(p.wide.directions(), len(p.x)-p.from)
	if p.width > 0 {
		p.wide.run(p.from, p.width)
	}
	return p.width > 0
}

// tangent returns the derivative of the result y with respect to input i of the sweep.
func (p *passes) tangent(y Number, i int) float64 {
	if p.own.isMany() {
		return p.tangentMany(y, i)
	}
	return y.t + 0
}

// tangents writes the derivatives of the result y with respect to the inputs of the sweep.
func (p *passes) tangents(dst []float64, y Number) {
	if !p.own.isMany() {
		dst[0] = y.t + 0
		return
	}
	for i, t := range p.wide.sweep.tangents(y.place()) {
		if dst[i] = t + 0; !finite(t) && !slices.Contains(p.alone, p.from+i) {
			p.alone = append(p.alone, p.from+i)
		}
	}
}

func (p *passes) tangentMany(y Number, i int) float64 {
	t := p.wide.sweep.tangents(y.place())[i-p.from]
	if !finite(t) && !slices.Contains(p.alone, i) {
		p.alone = append(p.alone, i)
	}
	return t + 0
}

// pool lends slices for the arguments and the results of passes. In a build with
// the tag poison it overwrites what it gets back.
type pool[T any] struct {
	free   sync.Pool
	poison T
}

var (
	numbers = pool[Number]{poison: Number{math.NaN(), math.NaN(), ^tag(0)}}
	jets    = pool[Jet]{poison: Jet{s: JetOf[ad.Real]{c0: ad.Real(math.NaN()), tag: ^tag(0)}}}
	floats  = pool[float64]{poison: math.NaN()}
)

func (p *pool[T]) get(n int) *[]T {
	vars, _ := p.free.Get().(*[]T)
	if vars == nil {
		vars = new([]T)
	}
	if cap(*vars) < n {
		*vars = make([]T, n)
	}
	*vars = (*vars)[:n]
	return vars
}

func (p *pool[T]) put(vars *[]T) {
	if check.Poison {
		check.Fill(*vars, p.poison)
	}
	p.free.Put(vars)
}
