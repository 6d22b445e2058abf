package nn_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/nn"
)

// optimizers are all, with the fields that change what a step does.
var optimizers = map[string]func() nn.Optimizer{
	"SGD":           func() nn.Optimizer { return &nn.SGD{Rate: 0.1, Decay: 1e-3} },
	"SGD/momentum":  func() nn.Optimizer { return &nn.SGD{Rate: 0.1, Momentum: 0.9} },
	"SGD/dampening": func() nn.Optimizer { return &nn.SGD{Rate: 0.1, Momentum: 0.9, Dampening: 0.5} },
	"SGD/nesterov":  func() nn.Optimizer { return &nn.SGD{Rate: 0.1, Momentum: 0.9, Nesterov: true} },
	"AdaGrad":       func() nn.Optimizer { return nn.NewAdaGrad(0.1) },
	"AdaDelta":      func() nn.Optimizer { return nn.NewAdaDelta() },
	"RMSProp":       func() nn.Optimizer { return nn.NewRMSProp(0.01) },
	"RMSProp/all": func() nn.Optimizer {
		return &nn.RMSProp{Rate: 0.01, Alpha: 0.9, Epsilon: 1e-8, Momentum: 0.5, Centered: true}
	},
	"Adam":            func() nn.Optimizer { return nn.NewAdam(0.01) },
	"Adam/decoupled":  func() nn.Optimizer { return nn.NewAdamW(0.01, 0.1) },
	"Adam/amsgrad":    func() nn.Optimizer { return nn.NewAMSGrad(0.01) },
	"NAdam":           func() nn.Optimizer { return nn.NewNAdam(0.01) },
	"RAdam":           func() nn.Optimizer { return nn.NewRAdam(0.01) },
	"Adamax":          func() nn.Optimizer { return nn.NewAdamax(0.01) },
	"Rprop":           func() nn.Optimizer { return nn.NewRprop(0.01) },
	"Lion":            func() nn.Optimizer { return nn.NewLion(0.01) },
	"Adam/beta1 of 0": func() nn.Optimizer { return &nn.Adam{Rate: 0.01, Beta2: 0.9, Epsilon: 1e-8} },
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

// optimizerOf returns the optimiser of a golden case.
func optimizerOf(c golden.Case) nn.Optimizer {
	f := fields(c.Params)
	rate := f.num("lr")
	switch c.Op {
	case "sgd", "momentum", "nesterov":
		return &nn.SGD{Rate: rate, Momentum: f.num("momentum"), Dampening: f.num("dampening"),
			Nesterov: f.on("nesterov"), Decay: f.num("weight_decay")}
	case "adagrad":
		return &nn.AdaGrad{Rate: rate, RateDecay: f.num("lr_decay"), Initial: f.num("initial_accumulator_value"),
			Epsilon: f.num("eps"), Decay: f.num("weight_decay")}
	case "adadelta":
		return &nn.AdaDelta{Rate: rate, Rho: f.num("rho"), Epsilon: f.num("eps"), Decay: f.num("weight_decay")}
	case "rmsprop":
		return &nn.RMSProp{Rate: rate, Alpha: f.num("alpha"), Epsilon: f.num("eps"), Momentum: f.num("momentum"),
			Centered: f.on("centered"), Decay: f.num("weight_decay")}
	case "rprop":
		o := &nn.Rprop{Rate: rate}
		o.Shrink, o.Grow = f.pair("etas")
		o.Least, o.Greatest = f.pair("step_sizes")
		return o
	}
	b1, b2 := f.pair("betas")
	eps, decay := f.num("eps"), f.num("weight_decay")
	switch c.Op {
	case "adam":
		return &nn.Adam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay, AMSGrad: f.on("amsgrad")}
	case "adamw":
		return &nn.Adam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decoupled: decay, AMSGrad: f.on("amsgrad")}
	case "nadam":
		return &nn.NAdam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay, MomentumDecay: f.num("momentum_decay")}
	case "radam":
		return &nn.RAdam{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay}
	case "adamax":
		return &nn.Adamax{Rate: rate, Beta1: b1, Beta2: b2, Epsilon: eps, Decay: decay}
	}
	panic("no optimiser " + c.Op)
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
		if n := testing.AllocsPerRun(50, func() { regrad(params); opt.SetRate(0.01); opt.Step(params) }); n != 0 {
			t.Errorf("%s: %v allocations a step", name, n)
		}
	}
}

func TestFrozenAndRepeatedParams(t *testing.T) {
	for name, make := range optimizers {
		once, twice := twoParams(), twoParams()
		frozen := &nn.Param{Name: "mean", Value: []float64{1, 2}, Shape: []int{2}}
		a, b := make(), make()
		for range 3 {
			regrad(once)
			regrad(twice)
			a.Step(once)
			b.Step([]*nn.Param{twice[0], frozen, twice[1], twice[0]})
		}
		for i := range once {
			if !slices.Equal(once[i].Value, twice[i].Value) {
				t.Errorf("%s: parameter %d listed twice moves to %v, once to %v", name, i, twice[i].Value, once[i].Value)
			}
		}
		if !slices.Equal(frozen.Value, []float64{1, 2}) {
			t.Errorf("%s: moved what has no gradient to %v", name, frozen.Value)
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

// TestStateRestores: an optimiser whose state is overwritten goes on as the other would.
func TestStateRestores(t *testing.T) {
	for name, make := range optimizers {
		a, params := make(), twoParams()
		for range 7 {
			regrad(params)
			a.Step(params)
		}
		b, copies := make(), twoParams()
		for i, p := range params {
			copy(copies[i].Value, p.Value)
		}
		from, to := a.State(params), b.State(copies)
		if len(from) != len(to) {
			t.Fatalf("%s: %d state arrays, another has %d", name, len(from), len(to))
		}
		for i, s := range from {
			if s.Name != to[i].Name || !slices.Equal(s.Shape, to[i].Shape) {
				t.Errorf("%s: state %s%v, another has %s%v", name, s.Name, s.Shape, to[i].Name, to[i].Shape)
			}
			copy(to[i].Value, s.Value)
		}
		for range 7 {
			regrad(params)
			a.Step(params)
			regrad(copies)
			b.Step(copies)
		}
		for i, p := range params {
			if !slices.Equal(p.Value, copies[i].Value) {
				t.Errorf("%s: restored goes to %v, want %v", name, copies[i].Value, p.Value)
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

// TestCenteredRMSPropConstant: where gradients are constant their variance goes to 0, and s - m²
// as such would be the root of a negative number.
func TestCenteredRMSPropConstant(t *testing.T) {
	opt := &nn.RMSProp{Rate: 1e-3, Alpha: 0.5, Epsilon: 1e-8, Centered: true}
	p := nn.NewParam("p", 1)
	last := 0.0
	for k := range 3000 {
		p.Grad[0] = 0.3
		opt.Step([]*nn.Param{p})
		if !(p.Value[0] < last) {
			t.Fatalf("step %d: from %v to %v", k, last, p.Value[0])
		}
		last = p.Value[0]
	}
}

// TestHugeGradients: where squares overflow, optimisers that divide by their root make no step, and
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

// TestRpropTinyGradients: signs count, not the product of gradients, which underflows.
func TestRpropTinyGradients(t *testing.T) {
	opt, p := nn.NewRprop(0.01), nn.NewParam("p", 1)
	for range 2 {
		p.Grad[0] = 1e-200
		opt.Step([]*nn.Param{p})
	}
	if want := -(0.01 + 0.01*1.2); p.Value[0] != want {
		t.Errorf("two steps to %v, want %v", p.Value[0], want)
	}
}

// TestLion holds Lion against its formula, written out.
func TestLion(t *testing.T) {
	opt := &nn.Lion{Rate: 0.1, Beta1: 0.9, Beta2: 0.99, Decoupled: 0.5}
	p := nn.NewParam("p", 3)
	copy(p.Value, []float64{1, -2, 3})
	copy(p.Grad, []float64{0.5, -4, 0})
	opt.Step([]*nn.Param{p})
	// m is 0: p -= 0.1·(sign(0.1·g) + 0.5·p)
	if want := []float64{1 - 0.1*1.5, -2 + 0.1*2, 3 - 0.1*1.5}; farthest(p.Value, want) > 1e-15 {
		t.Errorf("first step to %v, want %v", p.Value, want)
	}
	copy(p.Value, []float64{1, -2, 3})
	copy(p.Grad, []float64{-0.04, 0.5, -1})
	// m = 0.01·(0.5, -4, 0): 0.9·m + 0.1·g = (0.0005, 0.014, -0.1)
	opt.Step([]*nn.Param{p})
	if want := []float64{1 - 0.1*1.5, -2 - 0.1*0, 3 - 0.1*0.5}; farthest(p.Value, want) > 1e-15 {
		t.Errorf("second step to %v, want %v", p.Value, want)
	}
}

func TestOptimizerMisuse(t *testing.T) {
	step := func(opt nn.Optimizer, params ...*nn.Param) func() { return func() { opt.Step(params) } }
	p := func(shape ...int) *nn.Param { return nn.NewParam("p", shape...) }
	changed := func(to nn.Param) func() {
		opt, params := nn.NewAdam(0.1), []*nn.Param{p(4), p(2, 3)}
		opt.Step(params)
		*params[1] = to
		return step(opt, params...)
	}
	field := func() func() {
		opt, p := &nn.SGD{Rate: 1}, p(2)
		opt.Step([]*nn.Param{p})
		opt.Momentum = 0.9
		return step(opt, p)
	}
	tests := []struct {
		f    func()
		want string
	}{
		{changed(*p(3, 2)), "nn: Adam: parameter 1, p, of shape [3 2], before [2 3]"},
		{changed(*p(7)), "nn: Adam: parameter 1, p, of shape [7], before [2 3]"},
		{changed(nn.Param{Name: "q", Value: make([]float64, 4), Grad: make([]float64, 3), Shape: []int{4}}),
			"nn: Adam: parameter 1, q, has 4 values and 3 gradients"},
		{field(), "nn: SGD: a field that says what is kept has changed since the first step"},
		{step(&nn.Adam{Rate: 1e-3}, p(2)), "nn: Adam of Beta2 0, want more than 0; NewAdam sets the usual one"},
		{step(&nn.Adam{Rate: 1e-3, Beta2: 0.9}, p(2)), "nn: Adam of Epsilon 0, want more than 0; NewAdam sets the usual one"},
		{step(&nn.RMSProp{Rate: 1e-3}, p(2)), "nn: RMSProp of Epsilon 0, want more than 0; NewRMSProp sets the usual one"},
		{step(nn.NewNAdam(math.NaN()), p(2)), "nn: NAdam of Rate NaN, want at least 0"},
		{step(&nn.SGD{Rate: -1}, p(2)), "nn: SGD of Rate -1, want at least 0"},
		{step(&nn.SGD{Rate: 1, Nesterov: true}, p(2)), "nn: SGD of Nesterov with Momentum 0 and Dampening 0"},
		{step(&nn.Lion{Rate: 1, Beta1: 1.5, Beta2: 0.9}, p(2)), "nn: Lion of Beta1 1.5, want at least 0 and less than 1"},
		{step(&nn.Rprop{Rate: 1}, p(2)), "nn: Rprop of Shrink 0, Grow 0, Least 0, Greatest 0; NewRprop sets the usual ones"},
		{step(&nn.AdaDelta{Rate: 1, Rho: 1, Epsilon: 1}, p(2)), "nn: AdaDelta of Rho 1, want at least 0 and less than 1"},
	}
	for _, test := range tests {
		if got := panicOf(test.f); got != test.want {
			t.Errorf("panic %q, want %q", got, test.want)
		}
	}
}

// panicOf returns the message that f panics with.
func panicOf(f func()) (message string) {
	defer func() { message, _ = recover().(string) }()
	f()
	return ""
}
