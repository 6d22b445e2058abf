package optim_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"pgregory.net/rapid"
)

// optimizers are all, with the fields that change what a step does.
var optimizers = map[string]func() nn.Optimizer{
	"SGD":           func() nn.Optimizer { return &optim.SGD{Rate: 0.1, Decay: 1e-3} },
	"SGD/momentum":  func() nn.Optimizer { return &optim.SGD{Rate: 0.1, Momentum: 0.9} },
	"SGD/dampening": func() nn.Optimizer { return &optim.SGD{Rate: 0.1, Momentum: 0.9, Dampening: 0.5} },
	"SGD/nesterov":  func() nn.Optimizer { return &optim.SGD{Rate: 0.1, Momentum: 0.9, Nesterov: true} },
	"AdaGrad":       func() nn.Optimizer { return optim.NewAdaGrad(0.1) },
	"AdaDelta":      func() nn.Optimizer { return optim.NewAdaDelta() },
	"RMSProp":       func() nn.Optimizer { return optim.NewRMSProp(0.01) },
	"RMSProp/all": func() nn.Optimizer {
		return &optim.RMSProp{Rate: 0.01, Alpha: 0.9, Epsilon: 1e-8, Momentum: 0.5, Centered: true}
	},
	"Adam":            func() nn.Optimizer { return optim.NewAdam(0.01) },
	"Adam/decoupled":  func() nn.Optimizer { return optim.NewAdamW(0.01, 0.1) },
	"Adam/amsgrad":    func() nn.Optimizer { return optim.NewAMSGrad(0.01) },
	"NAdam":           func() nn.Optimizer { return optim.NewNAdam(0.01) },
	"RAdam":           func() nn.Optimizer { return optim.NewRAdam(0.01) },
	"Adamax":          func() nn.Optimizer { return optim.NewAdamax(0.01) },
	"Rprop":           func() nn.Optimizer { return optim.NewRprop(0.01) },
	"Lion":            func() nn.Optimizer { return optim.NewLion(0.01) },
	"Adam/beta1 of 0": func() nn.Optimizer { return &optim.Adam{Rate: 0.01, Beta2: 0.9, Epsilon: 1e-8} },
}

// fields are the numbers and switches of a golden case.
type fields map[string]any

func (f fields) num(name string) float64 {
	x, ok := f[name].(float64)
	if !ok {
		panic("no number " + name)
	}
	return x
}

func (f fields) pair(name string) (float64, float64) {
	x := f[name].([]any)
	return x[0].(float64), x[1].(float64)
}

func (f fields) on(name string) bool { return f[name].(bool) }

// optimizerOf returns the optimizer of a golden case.
func optimizerOf(c golden.Case) nn.Optimizer {
	f := fields(c.Params)
	rate := f.num("lr")
	switch c.Op {
	case "sgd", "momentum", "nesterov":
		return &optim.SGD{Rate: rate, Momentum: f.num("momentum"), Dampening: f.num("dampening"),
			Nesterov: f.on("nesterov"), Decay: f.num("weight_decay")}
	case "adagrad":
		return &optim.AdaGrad{Rate: rate, RateDecay: f.num("lr_decay"), Initial: f.num("initial_accumulator_value"),
			Epsilon: f.num("eps"), Decay: f.num("weight_decay")}
	case "adadelta":
		return &optim.AdaDelta{Rate: rate, Rho: f.num("rho"), Epsilon: f.num("eps"), Decay: f.num("weight_decay")}
	case "rmsprop":
		return &optim.RMSProp{Rate: rate, Alpha: f.num("alpha"), Epsilon: f.num("eps"), Momentum: f.num("momentum"),
			Centered: f.on("centered"), Decay: f.num("weight_decay")}
	case "rprop":
		o := &optim.Rprop{Rate: rate}
		o.Shrink, o.Grow = f.pair("etas")
		o.Least, o.Greatest = f.pair("step_sizes")
		return o
	}
	b1, b2 := f.pair("betas")
	eps, decay := f.num("eps"), f.num("weight_decay")
	switch c.Op {
	case "adam":
		return &optim.Adam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay, AMSGrad: f.on("amsgrad")}
	case "adamw":
		return &optim.Adam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decoupled: decay, AMSGrad: f.on("amsgrad")}
	case "nadam":
		return &optim.NAdam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay, MomentumDecay: f.num("momentum_decay")}
	case "radam":
		return &optim.RAdam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay}
	case "adamax":
		return &optim.Adamax{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay}
	}
	panic("no optimizer " + c.Op)
}

func TestOptimizersGolden(t *testing.T) {
	cases, err := golden.Load("optimizers")
	if err != nil {
		t.Fatal(err)
	}
	seen, steps := 0, 0
	for _, c := range cases {
		seen++
		opt := optimizerOf(c)
		start := c.Inputs["p0"].Floats()
		n := len(start)
		p := nn.NewParam("p", n)
		copy(p.Value, start)
		grads, want := c.Inputs["grads"].Floats(), c.Value.Floats()
		rates, _ := c.Params["lr_seq"].([]any)
		for k := range len(want) / n {
			steps++
			if rates != nil {
				opt.SetRate(rates[k].(float64))
			}
			copy(p.Grad, grads[k*n:])
			opt.Step([]*nn.Param{p})
			if d := farthest(p.Value, want[k*n:(k+1)*n]); !(d <= 1e-12) {
				t.Errorf("%s: after step %d: %v, want %v: off by %.2g", c.ID, k+1, p.Value, want[k*n:(k+1)*n], d)
				break
			}
		}
	}
	if seen != 71 || steps != 71*20 {
		t.Errorf("%d cases of %d steps ran, want 71 of 1420", seen, steps)
	}
}

// farthest returns the greatest relative error of got.
func farthest(got, want []float64) float64 {
	d, _ := golden.Farthest(got, want)
	return d
}

// pair returns two parameters, with gradients.
func twoParams() []*nn.Param {
	params := []*nn.Param{nn.NewParam("weight", 3, 5), nn.NewParam("bias", 5)}
	rng := rand.New(rand.NewPCG(3, 4))
	for _, p := range params {
		for i := range p.Value {
			p.Value[i], p.Grad[i] = rng.NormFloat64(), rng.NormFloat64()
		}
	}
	return params
}

func regrad(params []*nn.Param) {
	for _, p := range params {
		for i, x := range p.Value {
			p.Grad[i] = x + 0.1*float64(i)
		}
	}
}

func TestStepClearsGradients(t *testing.T) {
	for name, make := range optimizers {
		params := twoParams()
		make().Step(params)
		for _, p := range params {
			if slices.ContainsFunc(p.Grad, func(g float64) bool { return g != 0 }) {
				t.Errorf("%s: gradient %v after Step", name, p.Grad)
			}
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	for name, make := range optimizers {
		opt, params := make(), twoParams()
		opt.Step(params)
		if n := memtest.Allocations(50, func() { regrad(params); opt.SetRate(0.01); opt.Step(params) }); n != 0 {
			t.Errorf("%s: %v allocations a step", name, n)
		}
	}
}

func TestNaNGradient(t *testing.T) {
	for name, make := range optimizers {
		opt, params := make(), twoParams()
		params[1].Grad[2] = math.NaN()
		opt.Step(params)
		regrad(params)
		opt.Step(params)
		for i, p := range params {
			for j, x := range p.Value {
				if want := i == 1 && j == 2; math.IsNaN(x) != want {
					t.Errorf("%s: %s[%d] = %v, gradient was NaN: %v", name, p.Name, j, x, want)
				}
			}
		}
	}
}

// TestOptimizersDescend: all find the least of a bowl.
func TestOptimizersDescend(t *testing.T) {
	for name, make := range optimizers {
		opt, p := make(), nn.NewParam("p", 2)
		copy(p.Value, []float64{1, -2})
		loss := func() float64 { return (p.Value[0]*p.Value[0] + 3*p.Value[1]*p.Value[1]) / 2 }
		start := loss()
		for range 1000 {
			p.Grad[0], p.Grad[1] = p.Value[0], 3*p.Value[1]
			opt.Step([]*nn.Param{p})
		}
		if end := loss(); !(end < start/50) {
			t.Errorf("%s: loss from %v to %v", name, start, end)
		}
	}
}

// TestHugeGradients: where squares overflow, optimizers that divide by their root make no step, and
// none makes NaN.
func TestHugeGradients(t *testing.T) {
	for name, make := range optimizers {
		opt, params := make(), twoParams()
		for range 3 {
			regrad(params)
			params[1].Grad[2] = 1e200
			opt.Step(params)
		}
		for _, p := range params {
			if slices.ContainsFunc(p.Value, math.IsNaN) {
				t.Errorf("%s: %s is %v", name, p.Name, p.Value)
			}
		}
	}
}

// TestStepsAreElementwise: a parameter that is cut in two moves as it did whole.
func TestStepsAreElementwise(t *testing.T) {
	names := make([]string, 0, len(optimizers))
	for name := range optimizers {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "optimizer")
		n := rapid.IntRange(1, 40).Draw(t, "n")
		cut := rapid.IntRange(0, n).Draw(t, "cut")
		element := rapid.Float64Range(-10, 10)
		start := rapid.SliceOfN(element, n, n).Draw(t, "start")
		whole, parts := nn.NewParam("p", n), []*nn.Param{nn.NewParam("a", cut), nn.NewParam("b", n-cut)}
		copy(whole.Value, start)
		copy(parts[0].Value, start)
		copy(parts[1].Value, start[cut:])
		a, b := optimizers[name](), optimizers[name]()
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			g := rapid.SliceOfN(element, n, n).Draw(t, "g")
			copy(whole.Grad, g)
			copy(parts[0].Grad, g)
			copy(parts[1].Grad, g[cut:])
			a.Step([]*nn.Param{whole})
			b.Step(parts)
		}
		if got := slices.Concat(parts[0].Value, parts[1].Value); !slices.Equal(got, whole.Value) {
			t.Fatalf("%s: cut at %d to %v, whole to %v", name, cut, got, whole.Value)
		}
	})
}
