package dual

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Hessian returns the Hessian of f at x.
//
// Cost: n(n+1)/2 + 1 evaluations of f on Hypers for n inputs, and at most n/4 more; of eight
// inputs and more far fewer where most entries are structural zeros: a few for each that is
// none.
//
// Hessian panics if f has no inputs.
func Hessian(f func([]Hyper) Hyper, x []float64) *mat.SymDense {
	var h mat.SymDense
	HessianTo(&h, f, x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size. f must not keep its argument.
//
// Cost: as Hessian, and no allocation in steady state.
//
// HessianTo panics if dst is neither empty nor n×n.
func HessianTo(dst *mat.SymDense, f func([]Hyper) Hyper, x []float64) float64 {
	check.Sym("dual.HessianTo", dst, len(x))
	s := newSeconds("HessianTo", f, x)
	defer s.end()
	h := hessian{dst, s, len(x) / 8 * 2}
	for i := range x {
		h.row(i, i, i+1, true)
		h.row(i, i+1, len(x), false)
	}
	return s.value
}

// A hessian is filled row by row. Many second derivatives are structural zeros: then one
// evaluation in the direction of several inputs together tells so of all of them. A function
// of fewer than eight inputs has too few zeros for that. Evaluations, counted by
// go test -run HessianEvaluations ./dual:
//
//	inputs                 7     8    64
//	entry by entry        29    37  2081
//	chain of neighbors    29    32   448
//	no zeros              29    39  2097
type hessian struct {
	dst    *mat.SymDense
	at     *seconds
	credit int // evaluations that may be spent on looking: a few, and those that it saved
}

// row writes the entries of row i in columns from to to, and reports whether one of them is
// no structural zero, which may be known before.
func (h *hessian) row(i, from, to int, some bool) bool {
	n := to - from
	switch {
	case n <= 0:
		return false
	case n == 1:
		e12 := h.at.sum(i, from, to)
		h.dst.SetSym(i, from, e12+0)
		return !absent(e12)
	case h.credit <= 0:
		for j := from; j < to; j++ {
			some = h.row(i, j, j+1, true) || some
		}
		return some
	case !some && absent(h.at.sum(i, from, to)):
		h.credit += n - 1
		for j := from; j < to; j++ {
			h.dst.SetSym(i, j, 0)
		}
		return false
	case !some:
		h.credit--
	}
	far := h.row(i, from+n/2, to, false) // which more often are zeros
	h.row(i, from, from+n/2, !far)
	return true
}
