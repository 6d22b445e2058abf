package vision_test

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// TestPyramidLevels checks sizes and strides of all levels, for sizes that are no multiples of
// the strides too.
func TestPyramidLevels(t *testing.T) {
	b := vision.NewBackbone(1, []int{2, 3, 4, 5}, newRand(1))
	p := vision.NewPyramid(b, 3, 6, newRand(2))
	if got := p.Strides(); !slices.Equal(got, []int{4, 8, 16}) {
		t.Errorf("strides %v", got)
	}
	x := reverse.NewTape().Const(normal(2*30*41, newRand(3)), 2, 1, 30, 41)
	want := [][]int{{2, 6, 8, 11}, {2, 6, 4, 6}, {2, 6, 2, 3}}
	maps := p.Features(x)
	if len(maps) != len(want) {
		t.Fatalf("%d maps", len(maps))
	}
	for i, m := range maps {
		if !slices.Equal(m.Shape(), want[i]) {
			t.Errorf("level %d has shape %v, want %v", i, m.Shape(), want[i])
		}
	}
	want = [][]int{{2, 2, 15, 21}, {2, 3, 8, 11}, {2, 4, 4, 6}, {2, 5, 2, 3}}
	for i, m := range b.Features(x) {
		if !slices.Equal(m.Shape(), want[i]) {
			t.Errorf("map %d has shape %v, want %v", i, m.Shape(), want[i])
		}
	}
}

// TestPyramidTopDown checks the sums of the pyramid where convolutions are the identity.
func TestPyramidTopDown(t *testing.T) {
	b := vision.NewBackbone(1, []int{1, 1}, newRand(1))
	nn.SetTraining(b, false)
	p := vision.NewPyramid(b, 2, 1, newRand(2))
	for _, c := range slices.Concat(p.Lateral, p.Smooth) {
		clear(c.Weight.Value)
		clear(c.Bias.Value)
		c.Weight.Value[len(c.Weight.Value)/2] = 1
	}
	x := reverse.NewTape().Const(normal(8*8, newRand(3)), 1, 1, 8, 8)
	maps, merged := b.Features(x), p.Features(x)
	fine, coarse := maps[0].Values(), maps[1].Values()
	if !slices.Equal(merged[1].Values(), coarse) {
		t.Errorf("the coarsest map is changed: %v, was %v", merged[1].Values(), coarse)
	}
	for i := range 4 {
		for j := range 4 {
			if got, want := merged[0].Values()[4*i+j], fine[4*i+j]+coarse[i/2*2+j/2]; got != want {
				t.Errorf("at %d, %d: %v, want %v", i, j, got, want)
			}
		}
	}
}
