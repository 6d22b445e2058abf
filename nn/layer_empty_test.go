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
		"Linear":           {nn.NewLinear(6, 3, rng), []int{6}},
		"Flatten":          {nn.Flatten{}, []int{2, 4, 4}},
		"Conv1D":           {nn.NewConv1D(2, 3, 3, reverse.ConvOptions{}, rng), []int{2, 8}},
		"Conv2D reflected": {nn.NewConv2D(2, 3, 3, reverse.ConvOptions{Padding: [2]int{1, 1}, PadMode: reverse.PadReflect}, rng), []int{2, 8, 8}},
		"Conv2D":           {nn.NewConv2D(2, 3, 3, reverse.ConvOptions{}, rng), []int{2, 8, 8}},
		"ConvTranspose2D":  {nn.NewConvTranspose2D(2, 3, 2, reverse.ConvOptions{}, rng), []int{2, 4, 4}},
		"BatchNorm1D":      {nn.NewBatchNorm1D(3), []int{3}},
		"BatchNorm length": {nn.NewBatchNorm1D(3), []int{3, 2}},
		"BatchNorm2D":      {nn.NewBatchNorm2D(2), []int{2, 4, 4}},
		"BatchNorm fixed":  {fixed(nn.NewBatchNorm1D(3)), []int{3}},
		"Dropout":          {nn.NewDropout(0.5, rng), []int{3}},
		"PReLU":            {nn.NewPReLU(2), []int{2, 4}},
		"Recurrent":        {nn.NewRecurrent(nn.NewGRU, 3, 4, nn.RecurrentOptions{Layers: 2, Bidirectional: true}, rng), []int{5, 3}},
		"RNN":              {nn.NewRNN(3, 4, rng), []int{5, 3}},
		"Attention":        {nn.NewMultiHeadAttention(4, 2, rng), []int{5, 4}},
		"Embedding":        {nn.NewEmbedding(4, 2, rng), []int{5}},
		"Residual":         {&nn.Residual{Body: nn.NewLinear(3, 3, rng)}, []int{3}},
		"MaxPool1D":        {nn.MaxPool1D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{2}}}, []int{2, 8}},
		"AvgPool1D":        {nn.AvgPool1D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{2}}}, []int{2, 8}},
		"AdaptiveAvg":      {nn.AdaptiveAvgPool2D{Height: 2, Width: 3}, []int{2, 8, 8}},
		"AdaptiveMax":      {nn.AdaptiveMaxPool2D{Height: 2, Width: 3}, []int{2, 8, 8}},
		"AdaptiveAvg1D":    {nn.AdaptiveAvgPool1D{Length: 2}, []int{2, 8}},
		"AdaptiveMax1D":    {nn.AdaptiveMaxPool1D{Length: 2}, []int{2, 8}},
		"LogSoftmax":       {nn.NewLogSoftmax(), []int{3}},
		"GroupNorm flat":   {nn.NewGroupNorm(2, 4), []int{4}},
		"LayerNorm":        {nn.NewLayerNorm(6), []int{6}},
		"GroupNorm":        {nn.NewGroupNorm(2, 4), []int{4, 3, 3}},
		"MaxPool2D":        {nn.MaxPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{2, 2}}}, []int{2, 4, 4}},
		"AvgPool2D":        {nn.AvgPool2D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{2, 2}}}, []int{2, 4, 4}},
		"GlobalAvgPool":    {nn.GlobalAvgPool{}, []int{2, 4, 4}},
		"Upsample":         {nn.UpsampleNearest{Scale: 2}, []int{2, 4, 4}},
		"Bilinear":         {nn.UpsampleBilinear{Scale: 2}, []int{2, 4, 4}},
		"ReLU":             {nn.ReLU{}, []int{3}},
		"Softmax":          {nn.NewSoftmax(), []int{3}},
		"GLU":              {nn.NewGLU(), []int{4}},
		"GRU":              {nn.NewGRU(3, 4, rng), []int{5, 3}},
		"LSTM":             {nn.NewLSTM(3, 4, rng), []int{5, 3}},
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

func fixed(l *nn.BatchNorm) nn.Layer {
	nn.SetTraining(l, false)
	return l
}

// TestEmptyImages: neither do images without pixels move the weights of a normalization.
func TestEmptyImages(t *testing.T) {
	for name, l := range map[string]nn.Layer{"BatchNorm": nn.NewBatchNorm2D(4), "GroupNorm": nn.NewGroupNorm(2, 4)} {
		l.Forward(reverse.NewTape().Param(nil, nil, 3, 4, 0, 5)).Sum().Backward()
		for _, p := range l.Params() {
			if !slices.Equal(p.Grad, make([]float64, 4)) {
				t.Errorf("%s: the gradient of %s is %v", name, p.Name, p.Grad)
			}
		}
	}
}
