package reverse

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
)

// spatial are the layers of images and sequences, and the normalizations, as
// golden data name them.
var spatial = map[string]func(c *golden.Case, x, weight, bias Array) Array{
	"conv1d": func(c *golden.Case, x, weight, bias Array) Array { return x.Conv1D(weight, bias, convOptions(c)) },
	"conv2d": func(c *golden.Case, x, weight, bias Array) Array { return x.Conv2D(weight, bias, convOptions(c)) },
	"conv_transpose2d": func(c *golden.Case, x, weight, bias Array) Array {
		return x.ConvTranspose2D(weight, bias, convOptions(c))
	},
	"max_pool1d": func(c *golden.Case, x, _, _ Array) Array { return x.MaxPool1D(poolOptions(c)) },
	"max_pool2d": func(c *golden.Case, x, _, _ Array) Array { return x.MaxPool2D(poolOptions(c)) },
	"avg_pool1d": func(c *golden.Case, x, _, _ Array) Array { return x.AvgPool1D(poolOptions(c)) },
	"avg_pool2d": func(c *golden.Case, x, _, _ Array) Array { return x.AvgPool2D(poolOptions(c)) },
	"adaptive_avg_pool2d": func(c *golden.Case, x, _, _ Array) Array {
		size := pair2(c, "output")
		return x.AdaptiveAvgPool2D(size[0], size[1])
	},
	"adaptive_max_pool2d": func(c *golden.Case, x, _, _ Array) Array {
		size := pair2(c, "output")
		return x.AdaptiveMaxPool2D(size[0], size[1])
	},
	"upsample_nearest": func(c *golden.Case, x, _, _ Array) Array {
		size := pair2(c, "output")
		return x.UpsampleNearest(size[0], size[1])
	},
	"upsample_bilinear": func(c *golden.Case, x, _, _ Array) Array {
		size := pair2(c, "output")
		return x.UpsampleBilinear(size[0], size[1], c.Params["align_corners"].(bool))
	},
	"batch_norm1d": batchNorm,
	"batch_norm2d": batchNorm,
	"layer_norm": func(c *golden.Case, x, weight, bias Array) Array {
		return x.LayerNorm(len(c.Params["normalized_shape"].([]any)), weight, bias, c.Params["eps"].(float64))
	},
	"group_norm": func(c *golden.Case, x, weight, bias Array) Array {
		return x.GroupNorm(int(c.Params["groups"].(float64)), weight, bias, c.Params["eps"].(float64))
	},
}

// batchNorm is either mode. In training, momentum mixes the statistics with the
// running ones, which golden data have too.
func batchNorm(c *golden.Case, x, weight, bias Array) Array {
	mean, variance := c.StateBefore["running_mean"].Floats(), c.StateBefore["running_var"].Floats()
	if c.Params["mode"] == "eval" {
		return x.BatchNormWith(mean, variance, weight, bias, c.Params["eps"].(float64))
	}
	y, m, v := x.BatchNorm(weight, bias, c.Params["eps"].(float64))
	momentum, n := c.Params["momentum"].(float64), float64(x.Size()/len(m))
	for i := range mean {
		mean[i] = (1-momentum)*mean[i] + momentum*m[i]
		variance[i] = (1-momentum)*variance[i] + momentum*(v[i]*n/(n-1))
	}
	running = append(mean, variance...)
	return y
}

// running are the statistics after the last batchNorm in training.
var running []float64

func convOptions(c *golden.Case) ConvOptions {
	return ConvOptions{
		Stride: pair2(c, "stride"), Padding: pair2(c, "padding"), Dilation: pair2(c, "dilation"),
		OutputPadding: pair2(c, "output_padding"), Groups: int(c.Params["groups"].(float64)),
	}
}

func poolOptions(c *golden.Case) PoolOptions {
	ceil, _ := c.Params["ceil_mode"].(bool)
	count, _ := c.Params["count_include_pad"].(bool)
	return PoolOptions{
		Kernel: pair2(c, "kernel"), Stride: pair2(c, "stride"), Padding: pair2(c, "padding"), Dilation: pair2(c, "dilation"),
		Ceil: ceil, CountPadding: count,
	}
}

// pair2 returns a parameter of one or two integers, 0 where it is missing.
func pair2(c *golden.Case, name string) (p [2]int) {
	v, _ := c.Params[name].([]any)
	for i := range v {
		p[i] = int(v[i].(float64))
	}
	return p
}

// TestGoldenSpatial holds values, gradients, JVP and HVP against golden data.
func TestGoldenSpatial(t *testing.T) {
	cases, err := golden.Load("layers")
	if err != nil {
		t.Fatal(err)
	}
	tape, ran := NewTape(), map[string]int{}
	for i := range cases {
		c := &cases[i]
		layer := spatial[c.Op]
		if layer == nil {
			continue
		}
		ran[c.Op]++
		tape.Reset()
		var params []Array
		var tangents [][]float64
		operands := map[string]Array{}
		for _, name := range []string{"x", "weight", "bias"} {
			in, ok := c.Inputs[name]
			if !ok {
				continue
			}
			p := tape.Param(in.Floats(), make([]float64, len(in.Data)), in.Shape...)
			operands[name] = p
			params, tangents = append(params, p), append(tangents, c.Tangents[name].Floats())
		}
		y := layer(c, operands["x"], operands["weight"], operands["bias"])
		optest.Equal(t, c.ID+" shape", y.Shape(), c.Value.Shape)
		relative(t, c.ID+" value", y.Values(), c.Value.Floats())
		if c.Params["mode"] == "train" {
			relative(t, c.ID+" state", running, append(c.State["running_mean"].Floats(), c.State["running_var"].Floats()...))
		}
		seed := c.Seed.Floats()
		y.BackwardFrom(seed)
		jvp, hvp := y.JVP(params, tangents), y.HVP(seed, params, tangents)
		relative(t, c.ID+" JVP", jvp, c.JVP.Floats())
		i := 0
		for _, name := range []string{"x", "weight", "bias"} {
			if p, ok := operands[name]; ok {
				gradient, second := c.Grads[name].Floats(), c.HVP[name].Floats()
				if cancels[c.ID] {
					optest.Equal(t, c.ID+" gradient of "+name, p.Grad(), gradient, terms)
					optest.Equal(t, c.ID+" HVP of "+name, hvp[i], second, terms)
				} else {
					relative(t, c.ID+" gradient of "+name, p.Grad(), gradient)
					relative(t, c.ID+" HVP of "+name, hvp[i], second)
				}
				i++
			}
		}
		if len(params) != len(c.Inputs) || len(c.HVP) != len(params) || len(c.JVP.Data) == 0 {
			t.Errorf("%s: %d of %d inputs, %d HVP", c.ID, len(params), len(c.Inputs), len(c.HVP))
		}
	}
	want := map[string]int{"conv1d": 3, "conv2d": 19, "conv_transpose2d": 11,
		"max_pool1d": 1, "max_pool2d": 10, "avg_pool1d": 1, "avg_pool2d": 10, "adaptive_avg_pool2d": 3, "adaptive_max_pool2d": 1,
		"upsample_nearest": 2, "upsample_bilinear": 4,
		"batch_norm1d": 4, "batch_norm2d": 6, "layer_norm": 6, "group_norm": 1,
	}
	if fmt.Sprint(ran) != fmt.Sprint(want) {
		t.Errorf("ran %v, want %v", ran, want)
	}
}

// cancels are the cases that normalize two numbers, whose gradients are a millionth
// of the terms that they are sums of. By arithmetic in 50 digits, golden data are
// off by up to 1.5e-10 of the gradient there; see TestLayerNormOfTwo.
var cancels = map[string]bool{"layer_norm/1": true, "layer_norm/100": true}

// terms are numbers to 4 units in the last place of terms of about 1.
var terms = cmpopts.EquateApprox(4*0x1p-53, 4*0x1p-53)
