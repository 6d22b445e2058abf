package nn_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// TestPanicsNameThePath holds that the text of a panic of any layer has its path and its name.
func TestPanicsNameThePath(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	pad := reverse.ConvOptions{Padding: [2]int{1, 1}}
	for _, c := range []struct {
		net   nn.Layer
		shape []int
		want  string
	}{
		{nn.NewLinear(5, 3, rng), []int{16, 4}, "nn: Linear(5→3) wants 5 features, got [16 4]"},
		{nn.Sequential{nn.NewLinear(5, 3, rng)}, []int{16, 4}, "nn: 0 Linear(5→3) wants 5 features, got [16 4]"},
		{
			nn.Sequential{nn.NewLinear(2, 4, rng), nn.Tanh{}, nn.Sequential{nn.NewLinear(5, 3, rng)}}, []int{16, 2},
			"nn: 2.0 Linear(5→3) wants 5 features, got [16 4]",
		},
		{
			nn.Sequential{&nn.Residual{Body: nn.Sequential{nn.ReLU{}, nn.NewLinear(5, 3, rng)}}}, []int{16, 4},
			"nn: 0.0.1 Linear(5→3) wants 5 features, got [16 4]",
		},
		{
			&nn.Residual{Body: nn.Flatten{}, Shortcut: nn.NewConv2D(3, 8, 3, pad, rng)}, []int{1, 2, 8, 8},
			"nn: 1 Conv2D(3→8, 3×3) wants [images 3 height width], got [1 2 8 8]",
		},
		{nn.Sequential{&nn.Residual{Body: nn.NewLinear(4, 3, rng)}}, []int{2, 4}, "nn: 0 Residual of shapes [2 4] and [2 3], want the same"},
		{nn.Sequential{nn.NewConv2D(3, 8, 3, pad, rng)}, []int{3, 8, 8}, "nn: 0 Conv2D(3→8, 3×3) wants [images 3 height width], got [3 8 8]"},
		{
			nn.Sequential{nn.NewConv2D(1, 2, 3, reverse.ConvOptions{}, rng)}, []int{1, 1, 2, 2},
			"nn: 0 Conv2D(1→2, 3×3): reverse: Conv2D of shapes [1 1 2 2] and [2 1 3 3] with a bias of shape [2]",
		},
		{nn.Sequential{nn.NewConv1D(4, 2, 3, reverse.ConvOptions{Groups: 2}, rng)}, []int{1, 3, 9}, "nn: 0 Conv1D(4→2, 3) wants [sequences 4 length], got [1 3 9]"},
		{nn.Sequential{nn.NewConvTranspose2D(4, 2, 2, reverse.ConvOptions{}, rng)}, []int{1, 3, 9, 9}, "nn: 0 ConvTranspose2D(4→2, 2×2) wants [images 4 height width], got [1 3 9 9]"},
		{nn.Sequential{nn.NewMaxPool2D(2)}, []int{1, 4}, "nn: 0 MaxPool2D(2×2): reverse: MaxPool2D of shape [1 4], Kernel [2 2]"},
		{nn.Sequential{nn.AvgPool1D{PoolOptions: reverse.PoolOptions{Kernel: [2]int{3}}}}, []int{4}, "nn: 0 AvgPool1D(3): reverse: AvgPool1D of shape [4], Kernel [3 0]"},
		{nn.Sequential{nn.GlobalAvgPool{}}, []int{4}, "nn: 0 GlobalAvgPool: reverse: GlobalAvgPool of shape [4]"},
		{nn.Sequential{nn.NewBatchNorm1D(3)}, []int{5, 4}, "nn: 0 BatchNorm(3) wants [batch 3] or [batch 3 length], got [5 4]"},
		{nn.Sequential{nn.NewLayerNorm(3, 4)}, []int{5, 4}, "nn: 0 LayerNorm(3×4) wants last axes of [3 4], got [5 4]"},
		{nn.Sequential{nn.NewGroupNorm(2, 4)}, []int{5, 3, 2}, "nn: 0 GroupNorm(2) wants [batch 4 …], got [5 3 2]"},
		{nn.Sequential{nn.NewLSTM(3, 2, rng)}, []int{2, 5, 4}, "nn: 0 LSTM(3→2) wants 3 features, got [2 5 4]"},
		{nn.Sequential{nn.NewMultiHeadAttention(4, 2, rng)}, []int{2, 5, 6}, "nn: 0 MultiHeadAttention(4, 2) wants [batch length 4], got [2 5 6]"},
		{nn.Sequential{nn.Softmax{Axis: 3}}, []int{2, 5}, "nn: 0 Softmax: reverse: Softmax along axis 3 of shape [2 5]"},
		{nn.Sequential{nn.Func(func(reverse.Array) reverse.Array { panic("my own") })}, []int{2}, "nn: 0 Func: my own"},
	} {
		forward := func() { c.net.Forward(reverse.NewTape().Const(make([]float64, product(c.shape)), c.shape...)) }
		optest.Panics(t, c.want, forward)
		if _, ok := c.net.(nn.Sequential); ok { // Summary walks by itself
			optest.Panics(t, c.want, func() { _ = nn.Summary(new(bytes.Buffer), c.net, c.shape...) })
		}
		if strings.Contains(c.want, ":[0 0]") {
			t.Errorf("%q has a struct of zeros", c.want)
		}
	}
}

// TestPanicsOfOtherValuesStay holds that only texts are changed.
func TestPanicsOfOtherValuesStay(t *testing.T) {
	failure := errors.New("a value")
	defer func() {
		if got := recover(); got != failure {
			t.Errorf("panic %v, want %v", got, failure)
		}
	}()
	nn.Sequential{nn.Func(func(reverse.Array) reverse.Array { panic(failure) })}.Forward(reverse.NewTape().Const([]float64{1}))
}

func product(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
