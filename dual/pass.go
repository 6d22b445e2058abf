package dual

import (
	"math"
	"slices"
	"sync"

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
//		for i := p.from; i < p.from+p.width; i++ { … p.tangent(y, i) … }
//	}
//
// A pass takes several inputs at once, as many tangents as a bundle has room for. Where
// that did not work out, inputs come once more; what was read of them before is void.
type passes struct {
	op   string
	x    []float64
	vars []Number  // the function's argument
	g    []float64 // one number for each input, for whom it is of use

	from, width int     // the inputs of this pass
	own, single tag     // of this pass; of those of one input
	wide        *bundle // or nil: one input at a time
	upto        int     // inputs that are done, or in alone
	alone       []int   // inputs to be taken one by one
}

var freePasses = sync.Pool{New: func() any { return new(passes) }}

// newPasses returns the passes at x of the operator op.
func newPasses(op string, x []float64) *passes {
	p, n := freePasses.Get().(*passes), len(x)
	if cap(p.vars) < n {
		p.vars, p.g = make([]Number, n), make([]float64, n)
	}
	p.op, p.x, p.vars, p.g = op, x, p.vars[:n], p.g[:n]
	p.own, p.single, p.upto, p.alone = 0, newTag(), 0, p.alone[:0]
	if n >= fewestMany {
		p.width = min(n, widest)
		p.wide = newBundle(p.width)
	}
	return p
}

func (p *passes) end() {
	if p.wide != nil {
		p.wide.release()
		p.wide = nil
	}
	if check.Poison {
		check.Fill(p.vars, numbers.poison)
	}
	p.x = nil
	freePasses.Put(p)
}

// next prepares the next pass, and reports whether there is one.
func (p *passes) next() bool {
	p.settle()
	for i, v := range p.x {
		p.vars[i] = Number{v: v}
	}
	switch last := len(p.alone) - 1; {
	case last >= 0:
		p.one(p.alone[last])
		p.alone = p.alone[:last]
		return true
	case p.upto == len(p.x):
		return false
	case p.wide == nil:
		p.one(p.upto)
		p.upto++
		return true
	}
	p.from = p.upto
	p.width = min(p.wide.width, len(p.x)-p.from)
	p.wide.again(p.width)
	p.own = p.wide.tag
	for i := range p.width {
		p.vars[p.from+i].t, p.vars[p.from+i].tag = p.wide.unit(i), p.own
	}
	p.upto = p.from + p.width
	return true
}

// one prepares a pass of input i alone.
func (p *passes) one(i int) {
	p.from, p.width, p.own = i, 1, p.single
	p.vars[i].t, p.vars[i].tag = 1, p.own
}

// settle looks at how the pass before went.
func (p *passes) settle() {
	if !p.own.isMany() {
		return
	}
	p.own = 0
	switch b := p.wide; {
	case b.full.Load(): // again, with fewer at once
		p.upto, p.alone = p.from, p.alone[:0]
		if b.width /= 2; b.width < fewestMany {
			b.release()
			p.wide = nil
		}
	case b.rough.Load():
		p.alone = p.alone[:0]
		for i := range p.width {
			p.alone = append(p.alone, p.from+i)
		}
	}
}

// check panics if the result y belongs to another derivative.
func (p *passes) check(y Number) { p.own.check(p.op, y) }

// tangent returns the derivative of the result y with respect to input i.
func (p *passes) tangent(y Number, i int) float64 {
	if !p.own.isMany() || y.IsConst() {
		return y.t
	}
	t := p.wide.at(y.t)[i-p.from]
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
	hypers  = pool[Hyper]{poison: Hyper{math.NaN(), math.NaN(), math.NaN(), math.NaN()}}
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
