package nn

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse"
)

// Param is an array that is learned, or that a layer keeps.
type Param struct {
	Name  string    // within its layer
	Value []float64 // the elements, row by row
	Grad  []float64 // the derivatives of the loss with respect to them; nil if they are not learned
	Shape []int     // the lengths of the axes
}

// NewParam returns a parameter of the shape, with elements and gradients of 0.
//
// Cost: two slices of the elements.
//
// NewParam panics if a length is negative, or if there are more elements than an array may have.
func NewParam(name string, shape ...int) *Param {
	n, ok := elements(shape)
	if !ok || uint64(n) > min(1<<36, math.MaxInt/8) {
		panic(fmt.Sprintf("nn: NewParam %s of shape %v", name, slices.Clone(shape)))
	}
	return &Param{Name: name, Value: make([]float64, n), Grad: make([]float64, n), Shape: shape}
}

// On returns the parameter as an array on the tape of x, in its own Shape. It is the same array
// until the tape is reset. Backward adds to Grad.
//
// Cost: none by size; nothing is copied.
//
// On panics if x has no tape.
func (p *Param) On(x reverse.Array) reverse.Array {
	if x.Tape() == nil {
		panic(fmt.Sprintf("nn: parameter %s%v meets an input without a tape; use Tape.Const", p.Name, p.Shape))
	}
	return x.Tape().Param(p.Value, p.Grad, p.Shape...)
}

// tapeOf returns the tape that a layer makes a constant on.
func tapeOf(who string, x reverse.Array) *reverse.Tape {
	if x.Tape() == nil {
		panic(fmt.Sprintf("nn: %s of an input of shape %v without a tape; use Tape.Const", who, x.Shape()))
	}
	return x.Tape()
}

// ZeroGrad clears the gradients. The Step of an Optimizer does so itself.
//
// Cost: one pass over the gradients.
func ZeroGrad(params []*Param) {
	for _, p := range params {
		kernel.Clear(p.Grad)
	}
}

// optional returns a parameter on the tape of x, and the zero Array for none.
func optional(p *Param, x reverse.Array) reverse.Array {
	if p == nil {
		return reverse.Array{}
	}
	return p.On(x)
}

// present returns the parameters that are there.
func present(params ...*Param) []*Param {
	var list []*Param
	for _, p := range params {
		if p != nil {
			list = append(list, p)
		}
	}
	return list
}

// newBuffer returns what a layer keeps and does not learn.
func newBuffer(name string, shape ...int) *Param {
	p := NewParam(name, shape...)
	p.Grad = nil
	return p
}
