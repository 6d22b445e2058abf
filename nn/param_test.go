package nn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// TestHugeLayers: a layer of a size that cannot be panics with its number.
func TestHugeLayers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := reverse.NewTape().Const(make([]float64, 16), 1, 1, 4, 4)
	none := reverse.ConvOptions{}
	for _, n := range []int{math.MaxInt/4 + 1, math.MaxInt/2 + 1, math.MaxInt/2 + 2, math.MaxInt/3*2 + 2, math.MaxInt - 1, math.MaxInt} {
		for name, f := range map[string]func(){
			"Linear":      func() { nn.NewLinear(n, 1, rng) },
			"Linear both": func() { nn.NewLinear(n, n, rng) },
			"Conv2D":      func() { nn.NewConv2D(n, 2, 3, none, rng) },
			"kernel":      func() { nn.NewConv2D(1, 2, n, none, rng) },
			"Conv1D":      func() { nn.NewConv1D(1, n, 3, none, rng) },
			"Embedding":   func() { nn.NewEmbedding(n, 2, rng) },
			"LayerNorm":   func() { nn.NewLayerNorm(n) },
			"BatchNorm":   func() { nn.NewBatchNorm1D(n) },
			"GroupNorm":   func() { nn.NewGroupNorm(1, n) },
			"PReLU":       func() { nn.NewPReLU(n) },
			"RNN":         func() { nn.NewRNN(1, n, rng) },
			"GRU":         func() { nn.NewGRU(1, n, rng) },
			"LSTM":        func() { nn.NewLSTM(1, n, rng) },
			"Attention":   func() { nn.NewMultiHeadAttention(n, 1, rng) },
			"nearest":     func() { nn.UpsampleNearest{Scale: n}.Forward(x) },
			"bilinear":    func() { nn.UpsampleBilinear{Scale: n}.Forward(x) },
			"size":        func() { nn.UpsampleBilinear{Height: n, Width: n}.Forward(x) },
			"bins":        func() { nn.AdaptiveMaxPool2D{Height: n, Width: n}.Forward(x) },
			"transposed": func() {
				nn.NewConvTranspose2D(1, 1, 2, reverse.ConvOptions{Stride: [2]int{n, n}}, rng).Forward(x)
			},
		} {
			t.Run(fmt.Sprint(name, " ", n), func(t *testing.T) {
				defer func() {
					text, _ := recover().(string)
					if !strings.HasPrefix(text, "nn: ") && !strings.HasPrefix(text, "reverse: ") {
						t.Errorf("panic %q", text)
					}
				}()
				f()
			})
		}
	}
}
