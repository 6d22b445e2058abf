package optim_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

func TestOptimizerMisuse(t *testing.T) {
	step := func(opt nn.Optimizer, params ...*nn.Param) func() { return func() { opt.Step(params) } }
	p := func(shape ...int) *nn.Param { return nn.NewParam("p", shape...) }
	changed := func(to nn.Param) func() {
		opt, params := optim.NewAdam(0.1), []*nn.Param{p(4), p(2, 3)}
		opt.Step(params)
		*params[1] = to
		return step(opt, params...)
	}
	field := func() func() {
		opt, p := &optim.SGD{Rate: 1}, p(2)
		opt.Step([]*nn.Param{p})
		opt.Momentum = 0.9
		return step(opt, p)
	}
	tests := []struct {
		f    func()
		want string
	}{
		{changed(*p(3, 2)), "optim: Adam: parameter 1, p, of shape [3 2], before [2 3]"},
		{changed(*p(7)), "optim: Adam: parameter 1, p, of shape [7], before [2 3]"},
		{changed(nn.Param{Name: "q", Value: make([]float64, 4), Grad: make([]float64, 3), Shape: []int{4}}),
			"optim: Adam: parameter 1, q, has 4 values and 3 gradients"},
		{field(), "optim: SGD: a field that says what is kept has changed since the first step"},
		{step(&optim.Adam{Rate: 1e-3}, p(2)), "optim: Adam of Beta2 0, want more than 0; NewAdam sets the usual one"},
		{step(&optim.Adam{Rate: 1e-3, Beta2: 0.9}, p(2)), "optim: Adam of Epsilon 0, want more than 0; NewAdam sets the usual one"},
		{step(&optim.RMSProp{Rate: 1e-3}, p(2)), "optim: RMSProp of Epsilon 0, want more than 0; NewRMSProp sets the usual one"},
		{step(optim.NewNAdam(math.NaN()), p(2)), "optim: NAdam of Rate NaN, want at least 0"},
		{step(&optim.SGD{Rate: -1}, p(2)), "optim: SGD of Rate -1, want at least 0"},
		{step(&optim.SGD{Rate: 1, Nesterov: true}, p(2)), "optim: SGD of Nesterov with Momentum 0 and Dampening 0"},
		{step(&optim.Lion{Rate: 1, Beta1: 1.5, Beta2: 0.9}, p(2)), "optim: Lion of Beta1 1.5, want at least 0 and less than 1"},
		{step(&optim.Rprop{Rate: 1}, p(2)), "optim: Rprop of Shrink 0, Grow 0, Least 0, Greatest 0; NewRprop sets the usual ones"},
		{step(&optim.AdaDelta{Rate: 1, Rho: 1, Epsilon: 1}, p(2)), "optim: AdaDelta of Rho 1, want at least 0 and less than 1"},
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

func TestScheduleMisuse(t *testing.T) {
	tests := []struct {
		s    nn.Schedule
		step int
		want string
	}{
		{optim.ConstantRate(1), -1, "optim: rate at step -1"},
		{optim.Joined{First: optim.ConstantRate(1), Steps: 3, Then: optim.ConstantRate(1)}, -2, "optim: rate at step -2"},
		{optim.StepDecay{Base: 1, Factor: 0.1}, 0, "optim: StepDecay of Every 0, want at least 1"},
		{optim.CosineDecay{Base: 1, Steps: -5}, 0, "optim: CosineDecay of Steps -5, want at least 1"},
		{optim.WarmRestarts{Base: 1, Steps: 5}, 0, "optim: WarmRestarts of Factor 0, want at least 1"},
		{optim.PolynomialDecay{Base: 1, Steps: 5}, 0, "optim: PolynomialDecay of Power 0"},
		{optim.Cyclic{Greatest: 1, Up: 5}, 0, "optim: Cyclic of Down 0, want at least 1"},
		{optim.OneCycle{Greatest: 1, Steps: 5, Rise: 0.75, Start: 25, End: 1e4, ThreePhases: true}, 0, "optim: OneCycle of Rise 0.75"},
		{optim.OneCycle{Greatest: 1, Steps: 5, Rise: 1, Start: 25, End: 1e4}, 0, "optim: OneCycle of Rise 1"},
		{optim.OneCycle{Greatest: 1, Steps: 5, Start: 25, End: 1e4}, 0, "optim: OneCycle of Rise 0, want more than 0; NewOneCycle sets the usual one"},
		{optim.OneCycle{Greatest: 1, Steps: 5, Rise: 0.3, End: 1e4}, 0, "optim: OneCycle of Start 0, want more than 0; NewOneCycle sets the usual one"},
		{optim.OneCycle{Greatest: 1, Steps: 5, Rise: 0.3, Start: 25}, 0, "optim: OneCycle of End 0, want more than 0; NewOneCycle sets the usual one"},
		{optim.NewOneCycle(1, 0), 0, "optim: OneCycle of Steps 0, want at least 1"},
	}
	for _, test := range tests {
		if got := panicOf(func() { test.s.Rate(test.step) }); got != test.want {
			t.Errorf("panic %q, want %q", got, test.want)
		}
	}
}
