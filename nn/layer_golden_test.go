package nn

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
)

// param returns an operand as a parameter, nil if there is none. It is the same array
// on the tape, so that gradients of parameters are those of operands.
func (c goldenLoss) param(name string) *Param {
	x, ok := c.in[name]
	if !ok {
		return nil
	}
	return &Param{Name: name, Value: x.Values(), Shape: slices.Clone(x.Shape())}
}

// pair returns a parameter of one integer or two.
func (c goldenLoss) pair(name string) (p [2]int) {
	list, _ := c.Params[name].([]any)
	for i, v := range list {
		p[i] = int(v.(float64))
	}
	return p
}

func (c goldenLoss) axis() int { return int(c.number("axis")) }

func (c goldenLoss) conv() reverse.ConvOptions {
	return reverse.ConvOptions{
		Stride: c.pair("stride"), Padding: c.pair("padding"), Dilation: c.pair("dilation"),
		OutputPadding: c.pair("output_padding"), Groups: int(c.number("groups")),
	}
}

func (c goldenLoss) pool() reverse.PoolOptions {
	return reverse.PoolOptions{
		Kernel: c.pair("kernel"), Stride: c.pair("stride"), Padding: c.pair("padding"), Dilation: c.pair("dilation"),
		Ceil: c.Params["ceil_mode"] == true, CountPadding: c.Params["count_include_pad"] == true,
	}
}

func (c goldenLoss) gates() gates {
	return gates{c.param("w_ih"), c.param("w_hh"), c.param("b_ih"), c.param("b_hh")}
}

// ofLayer is the layer that f returns, of the operand x.
func ofLayer(f func(c goldenLoss) Layer) func(c goldenLoss) reverse.Array {
	return func(c goldenLoss) reverse.Array { return f(c).Forward(c.in["x"]) }
}

// simple is a layer without parameters.
func simple(l Layer) func(c goldenLoss) reverse.Array {
	return ofLayer(func(goldenLoss) Layer { return l })
}

// A script is a source of random numbers that Dropout keeps an element for or not.
type script []float64

func (s *script) Uint64() uint64 {
	keep := (*s)[0]
	*s = (*s)[1:]
	return uint64(keep) * math.MaxUint64
}

func goldenBatchNorm(rank [2]int) func(c goldenLoss) reverse.Array {
	return ofLayer(func(c goldenLoss) Layer {
		keep := func(name string) *Param {
			p := newBuffer(name, len(c.StateBefore[name].Floats()))
			copy(p.Value, c.StateBefore[name].Floats())
			return p
		}
		return &BatchNorm{
			Weight: c.param("weight"), Bias: c.param("bias"), Mean: keep("running_mean"), Variance: keep("running_var"),
			Momentum: c.number("momentum"), Epsilon: c.number("eps"), rank: rank, training: c.Params["mode"] == "train",
		}
	})
}

// goldenLayers are the layers as golden data name them. Of hardsigmoid the data have
// the slope 1/6 as a float32, and it is left out.
var goldenLayers = map[string]func(c goldenLoss) reverse.Array{
	"linear":           ofLayer(func(c goldenLoss) Layer { return &Linear{c.param("weight"), c.param("bias")} }),
	"conv1d":           ofLayer(func(c goldenLoss) Layer { return &Conv1D{c.param("weight"), c.param("bias"), c.conv()} }),
	"conv2d":           ofLayer(func(c goldenLoss) Layer { return &Conv2D{c.param("weight"), c.param("bias"), c.conv()} }),
	"conv_transpose2d": ofLayer(func(c goldenLoss) Layer { return &ConvTranspose2D{c.param("weight"), c.param("bias"), c.conv()} }),
	"max_pool1d":       ofLayer(func(c goldenLoss) Layer { return MaxPool1D{PoolOptions: c.pool()} }),
	"max_pool2d":       ofLayer(func(c goldenLoss) Layer { return MaxPool2D{PoolOptions: c.pool()} }),
	"avg_pool1d":       ofLayer(func(c goldenLoss) Layer { return AvgPool1D{PoolOptions: c.pool()} }),
	"avg_pool2d":       ofLayer(func(c goldenLoss) Layer { return AvgPool2D{PoolOptions: c.pool()} }),
	"adaptive_avg_pool2d": ofLayer(func(c goldenLoss) Layer {
		to := c.pair("output")
		return AdaptiveAvgPool2D{Height: to[0], Width: to[1]}
	}),
	"adaptive_max_pool2d": ofLayer(func(c goldenLoss) Layer {
		to := c.pair("output")
		return AdaptiveMaxPool2D{Height: to[0], Width: to[1]}
	}),
	"upsample_nearest": ofLayer(func(c goldenLoss) Layer {
		to := c.pair("output")
		return UpsampleNearest{Height: to[0], Width: to[1]}
	}),
	"upsample_bilinear": ofLayer(func(c goldenLoss) Layer {
		to := c.pair("output")
		return UpsampleBilinear{Height: to[0], Width: to[1], AlignCorners: c.Params["align_corners"] == true}
	}),
	"batch_norm1d": goldenBatchNorm([2]int{2, 3}),
	"batch_norm2d": goldenBatchNorm([2]int{4, 4}),
	"layer_norm": ofLayer(func(c goldenLoss) Layer {
		var shape []int
		for _, n := range c.Params["normalized_shape"].([]any) {
			shape = append(shape, int(n.(float64)))
		}
		l := NewLayerNorm(shape...)
		l.Epsilon = c.number("eps")
		if c.Params["affine"] == true {
			l.Weight, l.Bias = c.param("weight"), c.param("bias")
		}
		return l
	}),
	"group_norm": ofLayer(func(c goldenLoss) Layer {
		return &GroupNorm{int(c.number("groups")), c.param("weight"), c.param("bias"), c.number("eps")}
	}),
	"dropout": ofLayer(func(c goldenLoss) Layer {
		s := script(slices.Clone(c.Const["mask"].Floats()))
		return NewDropout(c.number("p"), rand.New(&s))
	}),
	"embedding": func(c goldenLoss) reverse.Array {
		l := &Embedding{Weight: c.param("weight")}
		if p, ok := c.Params["padding_idx"].(float64); ok {
			index := int(p)
			l.Padding = &index
		}
		return l.Forward(c.has("index"))
	},
	"attention": func(c goldenLoss) reverse.Array {
		return Attention(c.in["q"], c.in["k"], c.in["v"], c.Params["causal"] == true)
	},
	"lstm_cell": func(c goldenLoss) reverse.Array {
		h, next := (&LSTMCell{c.gates()}).Step(c.in["x"], c.in["h"], c.in["c"])
		return reverse.Concat(1, h, next)
	},
	"gru_cell": func(c goldenLoss) reverse.Array { return (&GRUCell{c.gates()}).Step(c.in["x"], c.in["h"]) },
	"mlp_xent": func(c goldenLoss) reverse.Array {
		hidden := map[any]Layer{"tanh": Tanh{}, "silu": SiLU{}}[c.Params["hidden_activation"]]
		net := Sequential{&Linear{c.param("w1"), c.param("b1")}, hidden, &Linear{c.param("w2"), c.param("b2")}}
		return CrossEntropy(net.Forward(c.in["x"]), c.labels())
	},
	"cnn_xent": func(c goldenLoss) reverse.Array {
		norm := NewBatchNorm2D(c.in["g"].Size())
		norm.Weight, norm.Bias = c.param("g"), c.param("be")
		bias := c.Const["cb"]
		net := Sequential{
			&Conv2D{c.param("cw"), &Param{Value: bias.Floats(), Shape: bias.Shape}, reverse.ConvOptions{Padding: [2]int{1, 1}}},
			norm, Tanh{}, NewMaxPool2D(2), Flatten{}, &Linear{c.param("w"), c.param("b")},
		}
		return CrossEntropy(net.Forward(c.in["x"]), c.labels())
	},
	"softmax":     ofLayer(func(c goldenLoss) Layer { return Softmax{Axis: c.axis()} }),
	"log_softmax": ofLayer(func(c goldenLoss) Layer { return LogSoftmax{Axis: c.axis()} }),
	"glu":         ofLayer(func(c goldenLoss) Layer { return GLU{Axis: c.axis()} }),
	"prelu":       ofLayer(func(c goldenLoss) Layer { return &PReLU{c.param("weight")} }),
	"leaky_relu":  ofLayer(func(c goldenLoss) Layer { return LeakyReLU{Slope: c.number("negative_slope")} }),
	"elu":         ofLayer(func(c goldenLoss) Layer { return ELU{Alpha: c.number("alpha")} }),
	"celu":        ofLayer(func(c goldenLoss) Layer { return CELU{Alpha: c.number("alpha")} }),
	"softplus":    ofLayer(func(c goldenLoss) Layer { return Softplus{Beta: c.number("beta")} }),
	"hardtanh":    ofLayer(func(c goldenLoss) Layer { return HardTanh{Lo: c.number("min"), Hi: c.number("max")} }),
	"softshrink":  ofLayer(func(c goldenLoss) Layer { return SoftShrink{Lambda: c.number("lambda")} }),
	"hardshrink":  ofLayer(func(c goldenLoss) Layer { return HardShrink{Lambda: c.number("lambda")} }),
	"relu":        simple(ReLU{}),
	"relu6":       simple(ReLU6{}),
	"selu":        simple(SELU{}),
	"gelu_erf":    simple(GELU{}),
	"gelu_tanh":   simple(GELUTanh{}),
	"silu":        simple(SiLU{}),
	"mish":        simple(Mish{}),
	"hardswish":   simple(HardSwish{}),
	"softsign":    simple(Softsign{}),
	"sigmoid":     simple(Sigmoid{}),
	"logsigmoid":  simple(LogSigmoid{}),
	"tanh":        simple(Tanh{}),
	"tanhshrink":  simple(TanhShrink{}),
}

// TestGoldenLayers holds values, gradients, JVP and HVP of every layer against golden
// data, to 1e-12 of every element or of a thousandth of the largest. It counts the
// cases.
func TestGoldenLayers(t *testing.T) {
	cases, err := golden.Load("layers")
	if err != nil {
		t.Fatal(err)
	}
	ran, done := 0, map[string]bool{}
	for i := range cases {
		c := &cases[i]
		f := goldenLayers[c.Op]
		if f == nil {
			continue
		}
		if c.Op == "cnn_xent" { // nothing depends on a bias before BatchNorm
			c.Const["cb"] = c.Inputs["cb"]
			delete(c.Inputs, "cb")
		}
		if len(c.HVP) == 0 || len(c.JVP.Floats()) == 0 {
			t.Errorf("%s has no second derivatives", c.ID)
		}
		if ran++; cancels[c.ID] {
			holdTerms(t, c, f)
		} else {
			holdLoss(t, c, f)
		}
		done[c.Op] = true
	}
	if ran != 126 || len(done) != len(goldenLayers) {
		t.Errorf("%d cases of %d layers, want 126 of %d", ran, len(done), len(goldenLayers))
	}
}

// cancels are the cases that normalize two numbers, whose gradients are a millionth of
// the terms that they are sums of. By arithmetic in 50 digits, golden data are off by up
// to 1.5e-10 of the gradient there; see TestLayerNormOfTwo of package reverse.
var cancels = map[string]bool{"layer_norm/1": true, "layer_norm/100": true}

// holdTerms holds a layer to 4 units in the last place of terms of about 1.
func holdTerms(t *testing.T, c *golden.Case, f func(goldenLoss) reverse.Array) {
	l := goldenLoss{c, reverse.NewTape(), map[string]reverse.Array{}}
	var params []reverse.Array
	var tangents [][]float64
	names := slices.Sorted(maps.Keys(c.Inputs))
	for _, name := range names {
		l.in[name] = l.tape.Param(c.Inputs[name].Floats(), nil, c.Inputs[name].Shape...)
		params, tangents = append(params, l.in[name]), append(tangents, c.Tangents[name].Floats())
	}
	y, seed := f(l), c.Seed.Floats()
	closeTo(t, c.ID+" value", y.Values(), c.Value.Floats())
	closeTo(t, c.ID+" JVP", y.JVP(params, tangents), c.JVP.Floats())
	y.BackwardFrom(seed)
	hvp := y.HVP(seed, params, tangents)
	hold := func(what string, got, want []float64) {
		for i, w := range want {
			if !(math.Abs(got[i]-w) <= 4*0x1p-53*max(1, math.Abs(w))) {
				t.Errorf("%s %s: %v, want %v", c.ID, what, got, want)
			}
		}
	}
	for i, name := range names {
		hold("gradient of "+name, params[i].Grad(), c.Grads[name].Floats())
		hold("HVP of "+name, hvp[i], c.HVP[name].Floats())
	}
}

// TestGoldenRunningAverages holds the running averages of BatchNorm after one step
// against golden data.
func TestGoldenRunningAverages(t *testing.T) {
	cases, err := golden.Load("layers")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, c := range cases {
		if c.State == nil {
			continue
		}
		ran++
		x := c.Inputs["x"]
		l := NewBatchNorm1D(x.Shape[1])
		if len(x.Shape) == 4 {
			l = NewBatchNorm2D(x.Shape[1])
		}
		l.Momentum, l.Epsilon = c.Params["momentum"].(float64), c.Params["eps"].(float64)
		for _, b := range l.Buffers() {
			copy(b.Value, c.StateBefore[b.Name].Floats())
		}
		l.SetTraining(c.Params["mode"] == "train")
		l.Forward(reverse.NewTape().Const(x.Floats(), x.Shape...))
		for _, b := range l.Buffers() {
			closeTo(t, c.ID+" "+b.Name, b.Value, c.State[b.Name].Floats())
		}
	}
	if ran != 10 {
		t.Errorf("%d cases", ran)
	}
}
