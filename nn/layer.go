package nn

import (
	"fmt"
	"iter"

	"github.com/quartet-ad/ad/reverse"
)

// Layer is a function of an array, with parameters.
type Layer interface {
	// Forward records the function on the tape of x and returns its result. The first axis of x
	// is the batch.
	Forward(x reverse.Array) reverse.Array

	// Params returns the parameters, always in the same order. They include frozen ones, whose
	// Grad is nil.
	Params() []*Param
}

// Container is a Layer that is made of other layers.
type Container interface {
	Layer

	// Layers returns the parts, always in the same order.
	Layers() []Layer
}

// Stateful is a Layer that behaves differently in training, or that keeps what is not learned by
// gradients. A new one is in training.
type Stateful interface {
	Layer

	// SetTraining turns training on or off for later calls of Forward.
	SetTraining(on bool)

	// Buffers returns what is kept in addition to the parameters, such as running statistics.
	Buffers() []*Param
}

// Sequential applies layers one after the other.
type Sequential []Layer

// Forward passes x through all layers in turn. The result has the shape that the last layer gives it.
//
// Cost: that of the layers.
//
// Forward panics as ForwardPart does, with the path of the layer.
func (s Sequential) Forward(x reverse.Array) reverse.Array {
	for i, l := range s {
		x = ForwardPart(i, l, x)
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

// Walk iterates over l and all layers that it is made of, each with its path: the positions on the
// way from l, such as "2.0".
//
// Cost: one visit of every layer.
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

// SetTraining turns training on or off in every Stateful layer of l.
//
// Cost: one visit of every layer.
func SetTraining(l Layer, on bool) {
	for _, part := range Walk(l) {
		if s, ok := part.(Stateful); ok {
			s.SetTraining(on)
		}
	}
}

// State iterates over everything that l keeps, parameters and buffers, each with its path and name,
// such as "2.0.weight".
//
// Cost: one visit of every layer.
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
