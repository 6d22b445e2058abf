package nn

import (
	"fmt"
	"iter"

	"github.com/quartet-ad/ad/reverse"
)

// Layer is a function of an array with parameters. Forward records it on the tape of x; the first axis
// of x is the batch.
type Layer interface {
	Forward(x reverse.Array) reverse.Array

	// Params returns the parameters, always in the same order, frozen or not: one whose Grad is nil is
	// not learnt.
	Params() []*Param
}

// Container is a Layer that is made of others.
type Container interface {
	Layer

	// Layers returns the parts, always in the same order.
	Layers() []Layer
}

// Stateful is a Layer that behaves differently in training than afterwards, or that
// keeps what is not learnt by gradients. A new one is in training.
type Stateful interface {
	Layer

	// SetTraining says whether Forward is that of training.
	SetTraining(on bool)

	// Buffers returns what is kept besides the parameters, such as running
	// statistics.
	Buffers() []*Param
}

// Sequential is layers one after the other.
type Sequential []Layer

// Forward passes x through all layers in turn.
func (s Sequential) Forward(x reverse.Array) reverse.Array {
	for _, l := range s {
		x = l.Forward(x)
	}
	return x
}

// Params returns the parameters of all layers.
func (s Sequential) Params() []*Param {
	var params []*Param
	for _, l := range s {
		params = append(params, l.Params()...)
	}
	return params
}

// Layers returns the layers.
func (s Sequential) Layers() []Layer { return s }

// Walk iterates over l and all layers that it is made of, each with its path: the
// places from l on, as "2.0".
func Walk(l Layer) iter.Seq2[string, Layer] {
	return func(yield func(string, Layer) bool) { walk("", l, yield) }
}

func walk(path string, l Layer, yield func(string, Layer) bool) bool {
	if !yield(path, l) {
		return false
	}
	c, ok := l.(Container)
	if !ok {
		return true
	}
	for i, part := range c.Layers() {
		if !walk(join(path, i), part, yield) {
			return false
		}
	}
	return true
}

// join returns the path of the i-th part of what lies at a path.
func join(path string, i int) string {
	if path == "" {
		return fmt.Sprint(i)
	}
	return fmt.Sprint(path, ".", i)
}

// SetTraining says to every Stateful layer of l whether Forward is that of training.
func SetTraining(l Layer, on bool) {
	for _, part := range Walk(l) {
		if s, ok := part.(Stateful); ok {
			s.SetTraining(on)
		}
	}
}

// State iterates over all that l keeps, parameters and buffers, each by its path and
// name, as "2.0.weight".
func State(l Layer) iter.Seq2[string, *Param] {
	return func(yield func(string, *Param) bool) {
		for path, part := range Walk(l) {
			var kept []*Param
			if _, ok := part.(Container); !ok {
				kept = part.Params()
			}
			if s, ok := part.(Stateful); ok {
				kept = append(kept, s.Buffers()...)
			}
			if path != "" {
				path += "."
			}
			for _, p := range kept {
				if !yield(path+p.Name, p) {
					return
				}
			}
		}
	}
}
