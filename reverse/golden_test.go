package reverse

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
)

// A goldenCase is a case of golden data with its operands on a tape.
type goldenCase struct {
	*golden.Case
	tape *Tape
	in   map[string]Array
}

func (c goldenCase) ints(name string) []int { return toInts(c.Const[name].Floats()) }

func (c goldenCase) number(name string) float64 { return c.Params[name].(float64) }

// list returns a parameter of integers, one or several.
func (c goldenCase) list(name string) []int {
	if v, ok := c.Params[name].([]any); ok {
		var list []int
		for _, x := range v {
			list = append(list, int(x.(float64)))
		}
		return list
	}
	return []int{int(c.number(name))}
}

func toInts(x []float64) []int {
	n := make([]int, len(x))
	for i, v := range x {
		n[i] = int(v)
	}
	return n
}

// reduce is a reduction of x along the axes of the case.
func (c goldenCase) reduce(f func(Array, ...int) Array) Array {
	y := f(c.in["x"], c.list("axes")...)
	if c.Params["keepdims"] == true {
		return y.Reshape(c.Value.Shape...)
	}
	return y
}

func perElement(f func(Array) Array) func(c goldenCase) Array {
	return func(c goldenCase) Array { return f(c.in["x"]) }
}

func two(f func(a, b Array) Array) func(c goldenCase) Array {
	return func(c goldenCase) Array { return f(c.in["a"], c.in["b"]) }
}

func dense(x, weight, bias Array) Array { return x.MatMulT(weight).Add(bias) }

// part returns the i-th of n parts of the last axis of a matrix.
func part(x Array, i, n int) Array {
	width := x.Shape()[1] / n
	return x.Slice(Range{}, Range{Start: i * width, Stop: (i + 1) * width})
}

func one1(x Array) Array { return Array{c: 1}.Sub(x) }

// composed are layers and array operations as golden data name them. Of hardsigmoid
// the data have the slope 1/6 as a float32, and it is left out.
var composed = map[string]func(c goldenCase) Array{
	"linear":            func(c goldenCase) Array { return dense(c.in["x"], c.in["weight"], c.in["bias"]) },
	"matmul":            two(Array.MatMul),
	"broadcast_add":     two(Array.Add),
	"broadcast_sub":     two(Array.Sub),
	"broadcast_mul":     two(Array.Mul),
	"broadcast_div":     two(Array.Div),
	"broadcast_maximum": two(ad.Max[Array]),
	"broadcast_minimum": two(ad.Min[Array]),
	"reduce_sum":        func(c goldenCase) Array { return c.reduce(Array.Sum) },
	"reduce_mean":       func(c goldenCase) Array { return c.reduce(Array.Mean) },
	"reduce_max":        func(c goldenCase) Array { return c.reduce(Array.Max) },
	"reduce_logsumexp":  func(c goldenCase) Array { return c.reduce(Array.LogSumExp) },
	"cumsum":            func(c goldenCase) Array { return c.in["x"].CumSum(c.list("axis")[0]) },
	"log_softmax":       func(c goldenCase) Array { return c.in["x"].LogSoftmax(c.list("axis")[0]) },
	"softmax":           func(c goldenCase) Array { return c.in["x"].Softmax(c.list("axis")[0]) },
	"transpose":         func(c goldenCase) Array { return c.in["x"].Transpose(c.list("perm")...) },
	"reshape":           func(c goldenCase) Array { return c.in["x"].Reshape(c.list("shape")...) },
	"gather":            func(c goldenCase) Array { return c.in["x"].Gather(c.list("axis")[0], c.ints("index")) },
	"concat":            func(c goldenCase) Array { return Concat(c.list("axis")[0], c.in["a"], c.in["b"]) },
	"slice": func(c goldenCase) Array {
		return c.in["x"].Slice(Range{c.list("start")[0], c.list("stop")[0], c.list("step")[0]})
	},
	"where": func(c goldenCase) Array {
		cond := c.Const["cond"]
		return c.tape.Const(cond.Floats(), cond.Shape...).IfPos(c.in["a"], c.in["b"])
	},
	"embedding": func(c goldenCase) Array {
		weight := c.in["weight"]
		y := weight.Take(0, c.ints("index"))
		if p, ok := c.Params["padding_idx"].(float64); ok { // that row is a constant
			var cond []bool
			for _, i := range c.ints("index") {
				for range weight.Shape()[1] {
					cond = append(cond, i == int(p))
				}
			}
			y = Where(cond, c.tape.Const(y.Values(), y.Shape()...), y)
		}
		return y.Reshape(c.Value.Shape...)
	},
	"pad2d": func(c goldenCase) Array {
		w, x := c.list("left_right_top_bottom"), c.in["x"]
		if c.Params["mode"] == "constant" {
			return x.Pad(c.number("value"), [2]int{}, [2]int{}, [2]int{w[2], w[3]}, [2]int{w[0], w[1]})
		}
		from := func(n, before, after int) (index []int) {
			for i := -before; i < n+after; i++ {
				k := min(max(i, 0), n-1)
				if c.Params["mode"] == "circular" {
					k = (i + n) % n
				}
				index = append(index, k)
			}
			return index
		}
		s := x.Shape()
		return x.Take(2, from(s[2], w[2], w[3])).Take(3, from(s[3], w[0], w[1]))
	},
	"dropout": func(c goldenCase) Array {
		mask := c.Const["mask"]
		return c.in["x"].Mul(c.tape.Const(mask.Floats(), mask.Shape...)).Scale(1 / (1 - c.number("p")))
	},
	"glu": func(c goldenCase) Array { return part(c.in["x"], 0, 2).Mul(ad.Sigmoid(part(c.in["x"], 1, 2))) },
	"prelu": func(c goldenCase) Array {
		return ad.PReLU(c.in["x"], c.in["weight"].Reshape(-1, 1))
	},
	"attention": func(c goldenCase) Array {
		q := c.in["q"]
		scores := q.MatMulT(c.in["k"]).Scale(1 / math.Sqrt(float64(q.Shape()[2])))
		return scores.Softmax(-1).MatMul(c.in["v"])
	},
	"lstm_cell": func(c goldenCase) Array {
		z := dense(c.in["x"], c.in["w_ih"], c.in["b_ih"]).Add(dense(c.in["h"], c.in["w_hh"], c.in["b_hh"]))
		i, f, g, o := ad.Sigmoid(part(z, 0, 4)), ad.Sigmoid(part(z, 1, 4)), ad.Tanh(part(z, 2, 4)), ad.Sigmoid(part(z, 3, 4))
		cell := f.Mul(c.in["c"]).Add(i.Mul(g))
		return Concat(1, o.Mul(ad.Tanh(cell)), cell)
	},
	"gru_cell": func(c goldenCase) Array {
		a, b := dense(c.in["x"], c.in["w_ih"], c.in["b_ih"]), dense(c.in["h"], c.in["w_hh"], c.in["b_hh"])
		r := ad.Sigmoid(part(a, 0, 3).Add(part(b, 0, 3)))
		z := ad.Sigmoid(part(a, 1, 3).Add(part(b, 1, 3)))
		n := ad.Tanh(part(a, 2, 3).Add(r.Mul(part(b, 2, 3))))
		return one1(z).Mul(n).Add(z.Mul(c.in["h"]))
	},
	"mlp_xent": func(c goldenCase) Array {
		f := ad.Tanh[Array]
		if c.Params["hidden_activation"] == "silu" {
			f = ad.SiLU[Array]
		}
		h := f(dense(c.in["x"], c.in["w1"], c.in["b1"]))
		return dense(h, c.in["w2"], c.in["b2"]).CrossEntropy(1, c.ints("label"), CrossEntropyOptions{}).Mean()
	},
	"cnn_xent": func(c goldenCase) Array {
		x := c.in["x"].Conv2D(c.in["cw"], c.in["cb"], ConvOptions{Padding: [2]int{1, 1}})
		y, _, _ := x.BatchNorm(c.in["g"], c.in["be"], 1e-5)
		y = ad.Tanh(y).MaxPool2D(PoolOptions{Kernel: [2]int{2, 2}})
		y = y.Reshape(y.Shape()[0], -1)
		return dense(y, c.in["w"], c.in["b"]).CrossEntropy(1, c.ints("label"), CrossEntropyOptions{}).Mean()
	},
	"bilinear": func(c goldenCase) Array {
		w, x1, x2 := c.in["weight"], c.in["x1"], c.in["x2"]
		s := w.Shape()
		rows, o := x1.Shape()[0], s[0]
		left := x1.MatMul(w.Transpose(1, 0, 2).Reshape(s[1], -1)).Reshape(rows, o, s[2])
		return left.MatMul(x2.Reshape(rows, s[2], 1)).Reshape(rows, o).Add(c.in["bias"])
	},

	"relu":       perElement(ad.ReLU[Array]),
	"leaky_relu": func(c goldenCase) Array { return ad.LeakyReLU(c.in["x"], c.number("negative_slope")) },
	"elu":        func(c goldenCase) Array { return ad.ELU(c.in["x"], c.number("alpha")) },
	"selu":       perElement(ad.SELU[Array]),
	"celu":       func(c goldenCase) Array { return ad.CELU(c.in["x"], c.number("alpha")) },
	"gelu_erf":   perElement(ad.GELU[Array]),
	"gelu_tanh":  perElement(ad.GELUTanh[Array]),
	"silu":       perElement(ad.SiLU[Array]),
	"mish":       perElement(ad.Mish[Array]),
	"hardtanh":   perElement(func(x Array) Array { return ad.Clamp(x, -1, 1) }),
	"relu6":      perElement(ad.ReLU6[Array]),
	"hardswish":  perElement(ad.HardSwish[Array]),
	"softsign":   perElement(ad.Softsign[Array]),
	"softplus":   perElement(func(x Array) Array { return ad.Softplus(x) }),
	"sigmoid":    perElement(ad.Sigmoid[Array]),
	"logsigmoid": perElement(ad.LogSigmoid[Array]),
	"tanh":       perElement(ad.Tanh[Array]),
	"tanhshrink": perElement(ad.TanhShrink[Array]),
	"softshrink": func(c goldenCase) Array { return ad.SoftShrink(c.in["x"], c.number("lambda")) },
	"hardshrink": func(c goldenCase) Array { return ad.HardShrink(c.in["x"], c.number("lambda")) },
}

// classLosses are the losses of classes, as golden data name them.
var classLosses = map[string]func(c goldenCase) Array{
	"cross_entropy": func(c goldenCase) Array {
		o, total := c.entropyOptions(), 0.0
		for _, y := range c.ints("label") {
			if !slices.Contains(o.Ignore, y) {
				total += weightOf(o, y)
			}
		}
		return c.reduced(c.in["x"].CrossEntropy(1, c.ints("label"), o), total)
	},
	"cross_entropy_prob": func(c goldenCase) Array {
		losses := c.in["x"].CrossEntropyTo(1, c.in["target"], c.entropyOptions())
		return c.reduced(losses, float64(losses.Size()))
	},
	"cosine_similarity": func(c goldenCase) Array {
		a, b := c.in["a"], c.in["b"]
		return a.Mul(b).Sum(1).Div(a.Norm2(1)).Div(b.Norm2(1))
	},
}

func (c goldenCase) entropyOptions() CrossEntropyOptions {
	o := CrossEntropyOptions{Smoothing: c.number("label_smoothing")}
	if k, ok := c.Params["ignore_index"].(float64); ok {
		o.Ignore = []int{int(k)}
	}
	if c.Params["weighted"] == true {
		o.Weights = c.Const["weight"].Floats()
	}
	return o
}

// reduced reduces losses as the case says; their mean divides by total.
func (c goldenCase) reduced(losses Array, total float64) Array {
	switch r := c.Params["reduction"]; r {
	case "mean":
		return losses.Sum().Scale(1 / total)
	case "sum":
		return losses.Sum()
	case "none":
		return losses
	default:
		panic(r)
	}
}

// TestGoldenArrays holds values, gradients, JVP and HVP against golden data: to
// 1e-12, as its README asks. It counts the cases.
func TestGoldenArrays(t *testing.T) {
	count := func(family string, ops map[string]func(goldenCase) Array) (ran, second int) {
		cases, err := golden.Load(family)
		if err != nil {
			t.Fatal(err)
		}
		done := map[string]bool{}
		for i := range cases {
			if f := ops[cases[i].Op]; f != nil {
				done[cases[i].Op] = true
				ran++
				if holdGolden(t, &cases[i], f) {
					second++
				}
			}
		}
		if len(done) != len(ops) {
			t.Errorf("%s: %d operations of %d have cases", family, len(done), len(ops))
		}
		return ran, second
	}
	if ran, second := count("layers", composed); ran != 89 || second != 89 {
		t.Errorf("%d cases of layers, %d with HVP", ran, second)
	}
	if ran, second := count("losses", classLosses); ran != 36 || second != 36 {
		t.Errorf("%d cases of losses, %d with HVP", ran, second)
	}
}

func holdGolden(t *testing.T, c *golden.Case, f func(goldenCase) Array) (second bool) {
	tape := NewTape()
	in := map[string]Array{}
	names := slices.Sorted(maps.Keys(c.Inputs))
	var params []Array
	var tangents [][]float64
	for _, name := range names {
		x := c.Inputs[name]
		in[name] = tape.Param(x.Floats(), nil, x.Shape...)
		if x := in[name]; x.Rank() != len(c.Inputs[name].Shape) {
			t.Fatalf("%s: %s has shape %v", c.ID, name, x.Shape())
		}
		params, tangents = append(params, in[name]), append(tangents, c.Tangents[name].Floats())
	}
	y := f(goldenCase{c, tape, in})
	if fmt.Sprint(y.Shape()) != fmt.Sprint(c.Value.Shape) {
		t.Errorf("%s: shape %v, want %v", c.ID, y.Shape(), c.Value.Shape)
		return
	}
	relative(t, c.ID+" value", y.Values(), c.Value.Floats())
	seed := c.Seed.Floats()
	if len(seed) == 0 {
		seed = []float64{1}
	}
	y.BackwardFrom(seed)
	for i, name := range names {
		if normalizedAway(c, name) {
			optest.Equal(t, c.ID+" gradient of "+name, params[i].Grad(), make([]float64, params[i].Size()), nothing)
			continue
		}
		relative(t, c.ID+" gradient of "+name, params[i].Grad(), c.Grads[name].Floats())
	}
	if len(c.HVP) == 0 {
		return false
	}
	relative(t, c.ID+" JVP", y.JVP(params, tangents), c.JVP.Floats())
	hvp := y.HVP(seed, params, tangents)
	for i, name := range names {
		if normalizedAway(c, name) {
			optest.Equal(t, c.ID+" HVP of "+name, hvp[i], make([]float64, params[i].Size()), nothing)
			continue
		}
		relative(t, c.ID+" HVP of "+name, hvp[i], c.HVP[name].Floats())
	}
	return true
}

// normalizedAway reports whether nothing depends on an operand: the bias in front of
// a batch normalization. What golden data say of it are rounding errors.
func normalizedAway(c *golden.Case, name string) bool { return c.Op == "cnn_xent" && name == "cb" }

// nothing is 0 up to rounding.
var nothing = cmpopts.EquateApprox(0, 1e-15)

// relative compares to 1e-12 of every entry, or of a thousandth of the largest.
func relative(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if d, i := golden.Farthest(got, want); i < 0 {
		t.Errorf("%s: %v, want %v", what, got, want)
	} else if !(d <= 1e-12) {
		t.Errorf("%s: element %d is %v, want %v, off by %.1e", what, i, got[i], want[i], d)
	}
}
