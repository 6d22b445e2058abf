package vision

import (
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// Backbone turns images into feature maps. Every stage halves height and width, rounded up: the
// maps have the strides 2, 4, 8, ….
type Backbone struct {
	Channels int   // of the images
	Widths   []int // channels of the maps
	Stages   nn.Sequential
}

// NewBackbone returns a Backbone with a stage of each width: two 3×3 convolutions with batch
// normalization, of which the first has a stride of 2, and a shortcut around them (He et al. 2016).
//
// NewBackbone panics if there are no widths, or if a number is not positive.
func NewBackbone(channels int, widths []int, rng *rand.Rand) *Backbone {
	checkPositive("NewBackbone", "channels", channels)
	checkPositive("NewBackbone", "widths", widths...)
	b := &Backbone{Channels: channels, Widths: widths}
	for _, w := range widths {
		b.Stages = append(b.Stages, residual(channels, w, 2, rng))
		channels = w
	}
	return b
}

// Features returns the maps of all stages, of the shapes [n, Widths[i], h/2ⁱ⁺¹, w/2ⁱ⁺¹], for
// images x of the shape [n, Channels, h, w].
//
// Features panics if x is of another shape.
func (b *Backbone) Features(x reverse.Array) []reverse.Array {
	checkImages("Backbone", x, b.Channels)
	maps := make([]reverse.Array, len(b.Stages))
	for i, stage := range b.Stages {
		x = stage.Forward(x)
		maps[i] = x
	}
	return maps
}

// Forward returns the last map of Features.
func (b *Backbone) Forward(x reverse.Array) reverse.Array {
	maps := b.Features(x)
	return maps[len(maps)-1]
}

// Params returns the parameters, stage by stage.
func (b *Backbone) Params() []*nn.Param { return b.Stages.Params() }

// Layers returns the stages.
func (b *Backbone) Layers() []nn.Layer { return b.Stages }
