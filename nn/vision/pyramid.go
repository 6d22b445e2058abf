package vision

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// Pyramid is a feature pyramid on a backbone (Lin et al., Feature pyramid networks for object
// detection, 2017, section 3): from the coarsest map down, a map is repeated to the size of the
// next finer one and added to it.
//
//	coarse = Lateral(map)
//	fine   = Lateral(map) + upsampled coarse
//	…                                            and Smooth of each is the result
type Pyramid struct {
	Backbone *Backbone
	Lateral  []*nn.Conv2D // 1×1, to equal channels; the finest first
	Smooth   []*nn.Conv2D // 3×3, against the steps of upsampling
}

// NewPyramid returns a Pyramid with that many levels, on the last maps of the backbone, and with
// that many channels. Its convolutions are initialized as by nn.NewConv2D.
//
// NewPyramid panics if the backbone has fewer maps, or if a number is not positive.
func NewPyramid(b *Backbone, levels, channels int, rng *rand.Rand) *Pyramid {
	checkPositive("NewPyramid", "levels", levels)
	checkPositive("NewPyramid", "channels", channels)
	if levels > len(b.Widths) {
		panic(fmt.Sprintf("vision: NewPyramid of %d levels on %d maps of its backbone", levels, len(b.Widths)))
	}
	p := &Pyramid{Backbone: b}
	for _, w := range b.Widths[len(b.Widths)-levels:] {
		p.Lateral = append(p.Lateral, same(w, channels, 1, 1, rng))
		p.Smooth = append(p.Smooth, same(channels, channels, 3, 1, rng))
	}
	return p
}

// Strides returns the strides of the levels, the finest first.
func (p *Pyramid) Strides() []int {
	strides := make([]int, len(p.Lateral))
	for i := range strides {
		strides[i] = 2 << (len(p.Backbone.Widths) - len(strides) + i)
	}
	return strides
}

// Features returns the maps of all levels, the finest first, in the sizes of the maps of the
// backbone and all with the same number of channels.
//
// Features panics if x has not the shape that the backbone takes.
func (p *Pyramid) Features(x reverse.Array) []reverse.Array {
	maps := p.Backbone.Features(x)
	maps = maps[len(maps)-len(p.Lateral):]
	var coarse reverse.Array
	for i := len(maps) - 1; i >= 0; i-- {
		m := p.Lateral[i].Forward(maps[i])
		if i < len(maps)-1 {
			s := m.Shape()
			m = m.Add(coarse.UpsampleNearest(s[2], s[3]))
		}
		coarse = m
		maps[i] = p.Smooth[i].Forward(m)
	}
	return maps
}

// Forward returns the finest map of Features.
func (p *Pyramid) Forward(x reverse.Array) reverse.Array { return p.Features(x)[0] }

// Params returns the parameters of the layers, in their order.
func (p *Pyramid) Params() []*nn.Param { return nn.Sequential(p.Layers()).Params() }

// Layers returns the backbone, and for each level, the finest first, its lateral and its
// smoothing convolution.
func (p *Pyramid) Layers() []nn.Layer {
	layers := []nn.Layer{p.Backbone}
	for i := range p.Lateral {
		layers = append(layers, p.Lateral[i], p.Smooth[i])
	}
	return layers
}
