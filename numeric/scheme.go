package numeric

import (
	"fmt"
	"math"
)

// A Scheme is a way to take differences. Its methods are the operators of the
// package for functions over float64.
type Scheme struct {
	side  int     // 1 and -1 look to the right and to the left only
	plain bool    // a single quotient, not extrapolated
	step  float64 // 0 leaves the choice to the scheme
}

// The schemes of one quotient take a step that is a fixed fraction of
// max(|x|, 1), or of |x| where f is not finite so far out: 2⁻²⁶ to one side, 2⁻¹⁷
// to both sides, where the error of the series and the rounding in f are about
// balanced; 2⁻¹⁷ and 2⁻¹³ for second derivatives.
var (
	// Forward is (f(x+h) - f(x)) / h, with an error of order h.
	Forward = Scheme{side: 1, plain: true}

	// Backward is (f(x) - f(x-h)) / h, with an error of order h.
	Backward = Scheme{side: -1, plain: true}

	// Central is (f(x+h) - f(x-h)) / 2h, with an error of order h².
	Central = Scheme{plain: true}
)

// The extrapolated schemes choose their steps as they go.
var (
	// Richardson extrapolates Central to step 0. It is the scheme of the
	// package's functions. Where f is finite on one side only, it is one of
	// the next two.
	Richardson = Scheme{}

	// RichardsonForward extrapolates Forward to step 0: it finds the derivative
	// from the right, also at a kink or at the left end of the domain.
	RichardsonForward = Scheme{side: 1}

	// RichardsonBackward extrapolates Backward to step 0: it finds the derivative
	// from the left.
	RichardsonBackward = Scheme{side: -1}
)

// At returns the scheme with a step of its own: the step of a single quotient,
// in units of the direction that is differentiated in, or the first step of an
// extrapolation.
//
// At panics if step is not a positive number.
func (s Scheme) At(step float64) Scheme {
	if !(step > 0) || !finite(step) {
		panic(fmt.Sprintf("numeric: Scheme.At: step is %v, want a positive number", step))
	}
	s.step = step
	return s
}

// first returns the derivatives of all outputs in the direction d.
func (s Scheme) first(p *probe, d direction, estimate bool) []Result {
	pl := plan{grain: steps{h: max(d.grain(p.x), 0x1p-1020)}, good: 0x1p-40}
	central := func() stencil { return newCentral(p, d) }
	right := func() stencil { return newSided(p, d, 1) }
	left := func() stencil { return newSided(p, d, -1) }
	pl.stencils = s.pick(central, right, left)
	for _, l := range d.lengths(p.x) {
		h := s.start(l, 0x1p-26, 0x1p-17)
		pl.steps = append(pl.steps, steps{h: h})
	}
	return s.run(p, pl, estimate, d)
}

// second returns the mixed second derivative of the only output in the directions
// u and v.
func (s Scheme) second(p *probe, u, v direction, estimate bool) Result {
	const least = 0x1p-508
	pl := plan{grain: steps{max(u.grain(p.x), least), max(v.grain(p.x), least)}, good: 0x1p-30}
	central := func() stencil { return newCross(p, u, v) }
	if u.v == nil && v.v == nil && u.i == v.i {
		central = func() stencil { return newCurve(p, u) }
	}
	right := func() stencil { return newCorner(p, u, v, 1, 1) }
	left := func() stencil { return newCorner(p, u, v, -1, -1) }
	pl.stencils = s.pick(central, right, left)
	lu, lv := u.lengths(p.x), v.lengths(p.x)
	for i := range max(len(lu), len(lv)) {
		pl.steps = append(pl.steps, steps{
			s.start(lu[min(i, len(lu)-1)], 0x1p-17, 0x1p-13),
			s.start(lv[min(i, len(lv)-1)], 0x1p-17, 0x1p-13),
		})
	}
	return s.run(p, pl, estimate, u, v)[0]
}

// pick returns the stencils of the scheme.
func (s Scheme) pick(central, right, left func() stencil) []func() stencil {
	switch {
	case s.side > 0:
		return []func() stencil{right}
	case s.side < 0:
		return []func() stencil{left}
	}
	return []func() stencil{central, right, left}
}

// start returns the first step for a natural length: a quarter of it, or the
// fraction that suits a single quotient.
func (s Scheme) start(length, sided, central float64) float64 {
	switch {
	case s.step > 0:
		return s.step
	case !s.plain:
		return length / 4
	case s.side != 0:
		return powerBelow(length) * sided
	}
	return powerBelow(length) * central
}

func (s Scheme) run(p *probe, pl plan, estimate bool, dirs ...direction) []Result {
	before := p.evals
	results := make([]Result, len(p.y))
	moving, null := true, false
	for _, d := range dirs {
		null = null || d.null()
		moving = moving && d.movable(p.x)
	}
	switch {
	case null: // nothing moves: the derivative is 0
	case !moving:
		for k := range results {
			results[k] = diverged()
		}
	case s.plain:
		pl.cuts = maxCuts
		if s.step > 0 {
			pl.cuts = 0
		}
		results = p.quotient(pl, estimate)
	default:
		results = p.extrapolate(pl)
	}
	for k := range results {
		results[k].Evals = p.evals - before + 1
	}
	return results
}

// powerBelow returns the largest power of two that is at most x: a step that most
// points take without rounding.
func powerBelow(x float64) float64 {
	_, e := math.Frexp(x)
	return math.Ldexp(0.5, e)
}
