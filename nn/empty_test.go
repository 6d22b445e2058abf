package nn_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// TestEmptyBatch: a batch of no samples goes through every layer, forward and back,
// with the shape of one that is not empty, and moves no parameter.
func TestEmptyBatch(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	layers := map[string]struct {
		layer nn.Layer
		shape []int // of a sample
	}{
		"Linear":          {nn.NewLinear(6, 3, rng), []int{6}},
		"Flatten":         {nn.Flatten{}, []int{2, 4, 4}},
		"Conv1D":          {nn.NewConv1D(2, 3, 3, reverse.ConvOptions{}, rng), []int{2, 8}},
		"Conv2D":          {nn.NewConv2D(2, 3, 3, reverse.ConvOptions{}, rng), []int{2, 8, 8}},
		"ConvTranspose2D": {nn.NewConvTranspose2D(2, 3, 2, reverse.ConvOptions{}, rng), []int{2, 4, 4}},
		"LayerNorm":       {nn.NewLayerNorm(6), []int{6}},
		"GroupNorm":       {nn.NewGroupNorm(2, 4), []int{4, 3, 3}},
		"MaxPool2D":       {nn.MaxPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{2, 2}}}, []int{2, 4, 4}},
		"AvgPool2D":       {nn.AvgPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{2, 2}}}, []int{2, 4, 4}},
		"GlobalAvgPool":   {nn.GlobalAvgPool{}, []int{2, 4, 4}},
		"Upsample":        {nn.UpsampleNearest{Scale: 2}, []int{2, 4, 4}},
		"Bilinear":        {nn.UpsampleBilinear{Scale: 2}, []int{2, 4, 4}},
		"ReLU":            {nn.ReLU{}, []int{3}},
		"Softmax":         {nn.Softmax{}, []int{3}},
		"GLU":             {nn.GLU{}, []int{4}},
		"GRU":             {nn.NewGRU(3, 4, rng), []int{5, 3}},
		"LSTM":            {nn.NewLSTM(3, 4, rng), []int{5, 3}},
		"CNN": {nn.Sequential{nn.NewConv2D(1, 2, 3, reverse.ConvOptions{}, rng), nn.ReLU{}, nn.MaxPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{2, 2}}}, nn.Flatten{}, nn.NewLinear(2*3*3, 5, rng)},
			[]int{1, 8, 8}},
	}
	for name, c := range layers {
		t.Run(name, func(t *testing.T) {
			shapeOf := func(batch int) []int {
				tape := reverse.NewTape()
				shape := append([]int{batch}, c.shape...)
				n := batch
				for _, d := range c.shape {
					n *= d
				}
				y := c.layer.Forward(tape.Param(make([]float64, n), make([]float64, n), shape...))
				y.Sum().Backward()
				return slices.Clone(y.Shape())
			}
			want := shapeOf(2)
			for _, p := range c.layer.Params() {
				clear(p.Grad)
			}
			want[0] = 0
			if got := shapeOf(0); !slices.Equal(got, want) {
				t.Errorf("shape %v, want %v", got, want)
			}
			for _, p := range c.layer.Params() {
				for i, g := range p.Grad {
					if g != 0 {
						t.Errorf("gradient %d of %s is %v", i, p.Name, fmt.Sprint(g))
						break
					}
				}
			}
		})
	}
}
