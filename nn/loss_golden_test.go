package nn

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
)

// A goldenLoss is a case of golden data with its operands on a tape.
type goldenLoss struct {
	*golden.Case
	tape *reverse.Tape
	in   map[string]reverse.Array
}

func (c goldenLoss) number(name string) float64 { return c.Params[name].(float64) }

// has returns an operand, differentiable or not, Array{} if there is none.
func (c goldenLoss) has(name string) reverse.Array {
	if x, ok := c.in[name]; ok {
		return x
	}
	if x, ok := c.Const[name]; ok {
		return c.tape.Const(x.Floats(), x.Shape...)
	}
	return reverse.Array{}
}

func (c goldenLoss) reduction() Reduction {
	return map[any]Reduction{"mean": ReduceMean, "sum": ReduceSum, "none": ReduceNone, "batchmean": ReduceBatchMean}[c.Params["reduction"]]
}

func (c goldenLoss) options() LossOptions {
	return LossOptions{Reduction: c.reduction(), Weights: c.has("weight")}
}

func (c goldenLoss) binary() BinaryOptions {
	o := BinaryOptions{Reduction: c.reduction(), Weights: c.has("weight")}
	if w, ok := c.Params["pos_weight"].(float64); ok && w != 1 {
		o.PosWeight = reverse.Array{}.Const(w)
	}
	return o
}

func (c goldenLoss) classes() ClassOptions {
	o := ClassOptions{Reduction: c.reduction()}
	o.Smoothing, _ = c.Params["label_smoothing"].(float64)
	if k, ok := c.Params["ignore_index"].(float64); ok {
		o.Ignore = []int{int(k)}
	}
	if w, ok := c.Const["weight"]; ok {
		o.Weights = w.Floats()
	}
	return o
}

func (c goldenLoss) labels() []int {
	var labels []int
	for _, y := range c.Const["label"].Floats() {
		labels = append(labels, int(y))
	}
	return labels
}

// pairs is a loss of elements and their targets.
func pairs(x string, f func(x, target reverse.Array, o ...LossOptions) reverse.Array) func(c goldenLoss) reverse.Array {
	return func(c goldenLoss) reverse.Array { return f(c.has(x), c.has("target"), c.options()) }
}

// with is one that has a parameter.
func with(parameter string, f func(x, target reverse.Array, v float64, o ...LossOptions) reverse.Array) func(c goldenLoss) reverse.Array {
	return func(c goldenLoss) reverse.Array {
		return f(c.has("x"), c.has("target"), c.number(parameter), c.options())
	}
}

func ofBoxes(f func(p, target reverse.Array, o ...BoxOptions) reverse.Array) func(c goldenLoss) reverse.Array {
	return func(c goldenLoss) reverse.Array {
		return f(c.has("p"), c.has("target"), BoxOptions{
			Reduction:    ReduceNone,
			Epsilon:      c.number("eps"),
			ThroughAlpha: c.Params["alpha_detached"] == false,
		})
	}
}

var goldenLosses = map[string]func(c goldenLoss) reverse.Array{
	"mse":           pairs("x", MSE),
	"l1":            pairs("x", MAE),
	"log_cosh":      pairs("x", LogCosh),
	"poisson_nll":   pairs("x", PoissonNLL),
	"soft_margin":   pairs("x", SoftMargin),
	"huber":         with("delta", Huber),
	"smooth_l1":     with("beta", SmoothL1),
	"hinge":         with("margin", Hinge),
	"squared_hinge": with("margin", SquaredHinge),
	"gaussian_nll": func(c goldenLoss) reverse.Array {
		return GaussianNLL(c.has("x"), c.has("target"), c.has("var"), c.options())
	},
	"bce":             func(c goldenLoss) reverse.Array { return BCE(c.has("p"), c.has("target"), c.binary()) },
	"bce_with_logits": func(c goldenLoss) reverse.Array { return BCEWithLogits(c.has("x"), c.has("target"), c.binary()) },
	"focal_sigmoid": func(c goldenLoss) reverse.Array {
		return FocalSigmoid(c.has("x"), c.has("target"), c.number("alpha"), c.number("gamma"), c.options())
	},
	"cross_entropy":      func(c goldenLoss) reverse.Array { return CrossEntropy(c.has("x"), c.labels(), c.classes()) },
	"cross_entropy_prob": func(c goldenLoss) reverse.Array { return CrossEntropyTo(c.has("x"), c.has("target"), c.classes()) },
	"nll":                func(c goldenLoss) reverse.Array { return NLL(c.has("logp"), c.labels(), c.classes()) },
	"focal_softmax": func(c goldenLoss) reverse.Array {
		return FocalSoftmax(c.has("x"), c.labels(), c.number("gamma"), c.classes())
	},
	"multi_margin": func(c goldenLoss) reverse.Array {
		return MultiMargin(c.has("x"), c.labels(), c.number("margin"), c.classes())
	},
	"kl_div": func(c goldenLoss) reverse.Array {
		if c.Params["log_target"] == true {
			return KLDivLog(c.has("logp"), c.has("target"), c.options())
		}
		return KLDiv(c.has("logp"), c.has("target"), c.options())
	},
	"cosine_similarity": func(c goldenLoss) reverse.Array {
		return CosineSimilarity(c.has("a"), c.has("b"), int(c.number("axis")))
	},
	"triplet": func(c goldenLoss) reverse.Array {
		return Triplet(c.has("a"), c.has("p"), c.has("n"), c.number("margin"), c.options())
	},
	"soft_dice": func(c goldenLoss) reverse.Array {
		f := DiceLoss
		if c.Params["squared_denominator"] == true {
			f = DiceSquaredLoss
		}
		return f(c.has("p"), c.has("target"), c.number("smooth"), RegionOptions{Batch: c.Params["per"] == "batch"})
	},
	"tversky": func(c goldenLoss) reverse.Array {
		return TverskyLoss(c.has("p"), c.has("target"), c.number("alpha_fp"), c.number("beta_fn"), c.number("smooth"))
	},
	"iou_loss":     ofBoxes(IoULoss),
	"iou_log_loss": ofBoxes(IoULogLoss),
	"giou_loss":    ofBoxes(GIoULoss),
	"diou_loss":    ofBoxes(DIoULoss),
	"ciou_loss":    ofBoxes(CIoULoss),
	"l1_reg":       func(c goldenLoss) reverse.Array { return L1(c.has("w"), c.number("lambda")) },
	"l2_reg":       func(c goldenLoss) reverse.Array { return L2(c.has("w"), c.number("lambda")) },
	"elastic_reg": func(c goldenLoss) reverse.Array {
		return ElasticNet(c.has("w"), c.number("lambda"), c.number("l1_ratio"))
	},
}

// TestGoldenLosses holds values, gradients, JVP and HVP of every loss against golden
// data, to 1e-12 of every element or of a thousandth of the largest. It counts the
// cases.
func TestGoldenLosses(t *testing.T) {
	cases, err := golden.Load("losses")
	if err != nil {
		t.Fatal(err)
	}
	first, second := 0, 0
	for i := range cases {
		c := &cases[i]
		f := goldenLosses[c.Op]
		if f == nil {
			t.Errorf("%s: no loss is called %s", c.ID, c.Op)
			continue
		}
		holdLoss(t, c, f)
		first++
		if len(c.HVP) > 0 {
			second++
		}
	}
	if first != 170 || second != 169 {
		t.Errorf("%d cases, %d of them with JVP and HVP", first, second)
	}
}

func holdLoss(t *testing.T, c *golden.Case, f func(goldenLoss) reverse.Array) {
	l := goldenLoss{c, reverse.NewTape(), map[string]reverse.Array{}}
	var params []reverse.Array
	var tangents [][]float64
	names := slices.Sorted(maps.Keys(c.Inputs))
	for _, name := range names {
		x := c.Inputs[name]
		l.in[name] = l.tape.Param(x.Floats(), nil, x.Shape...)
		params, tangents = append(params, l.in[name]), append(tangents, c.Tangents[name].Floats())
	}
	y := f(l)
	if !slices.Equal(y.Shape(), c.Value.Shape) {
		t.Errorf("%s: shape %v, want %v", c.ID, y.Shape(), c.Value.Shape)
		return
	}
	closeTo(t, c.ID+" value", y.Values(), c.Value.Floats())
	seed := c.Seed.Floats()
	if len(seed) == 0 {
		seed = []float64{1}
	}
	y.BackwardFrom(seed)
	for i, name := range names {
		closeTo(t, c.ID+" gradient of "+name, params[i].Grad(), c.Grads[name].Floats())
	}
	if len(c.HVP) == 0 {
		return
	}
	jvp, hvp := c.JVP.Floats(), func(i int) []float64 { return c.HVP[names[i]].Floats() }
	if c.Op == "bce" || strings.HasPrefix(c.ID, "bce_logits_big") {
		j, h := binaryDerivatives(c, true)
		closeTo(t, c.ID+" JVP of PyTorch", jvp, j)
		closeTo(t, c.ID+" HVP of PyTorch", hvp(0), h)
		jvp, h = binaryDerivatives(c, false)
		hvp = func(int) []float64 { return h }
	}
	closeTo(t, c.ID+" JVP", y.JVP(params, tangents), jvp)
	for i, got := range y.HVP(seed, params, tangents) {
		closeTo(t, c.ID+" HVP of "+names[i], got, hvp(i))
	}
}

// binaryDerivatives returns the JVP and HVP of binary cross-entropies. PyTorch's are
// not those: of BCE it adds 1e-12 to p(1-p), and of logits it takes 1 - σ(x) for σ(-x),
// which at 40 is 0. Golden data agree with the one, and what is tested with the other.
func binaryDerivatives(c *golden.Case, pyTorch bool) (jvp, hvp []float64) {
	name := "x"
	if c.Op == "bce" {
		name = "p"
	}
	target, v := c.Const["target"].Floats(), c.Tangents[name].Floats()
	sum := 0.0
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	for i, x := range c.Inputs[name].Floats() {
		t, s := target[i], 1.0
		if c.Params["reduction"] == "none" {
			s = c.Seed.Floats()[i]
		} else if c.Params["reduction"] == "mean" {
			s = 1 / float64(len(target))
		}
		var slope, curve float64
		switch {
		case c.Op == "bce" && pyTorch:
			below := x*(1-x) + 1e-12
			slope, curve = (x-t)/below, (x*x-2*t*x+t)/below/below
		case c.Op == "bce":
			slope, curve = (x-t)/(x*(1-x)), t/x/x+(1-t)/(1-x)/(1-x)
		case pyTorch:
			slope, curve = sigmoid(x)-t, sigmoid(x)*(1-sigmoid(x))
		default:
			slope, curve = sigmoid(x)-t, sigmoid(x)*sigmoid(-x)
		}
		jvp, hvp = append(jvp, slope*v[i]), append(hvp, s*curve*v[i])
		if sum += s * slope * v[i]; c.Params["reduction"] != "none" {
			jvp = []float64{sum}
		}
	}
	return jvp, hvp
}

// closeTo compares to 1e-12 of every element, or of a thousandth of the largest.
func closeTo(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if d, i := golden.Farthest(got, want); i < 0 {
		t.Errorf("%s: %v, want %v", what, got, want)
	} else if !(d <= 1e-12) {
		t.Errorf("%s: element %d is %v, want %v, off by %.1e", what, i, got[i], want[i], d)
	}
}
