package optim_test

import (
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

// TestDecay: an L2 penalty and decoupled weight decay are the same for plain SGD, and no other
// optimizer; decoupled weight decay is what DecayWeights does.
func TestDecay(t *testing.T) {
	const rate, decay, lambda = 0.1, 0.3, 0.15 // decay is 2·lambda
	run := func(opt nn.Optimizer, before func([]*nn.Param)) []float64 {
		params := twoParams()
		for range 5 {
			regrad(params)
			before(params)
			opt.Step(params)
		}
		return params[0].Value
	}
	nothing := func([]*nn.Param) {}
	decoupled := func(params []*nn.Param) { nn.DecayWeights(params, rate*decay) }
	penalty := func(params []*nn.Param) { // the gradient of λ‖p‖²
		for _, p := range params {
			for i, x := range p.Value {
				p.Grad[i] += 2 * lambda * x
			}
		}
	}
	adam := func(decay, decoupled float64) *optim.Adam {
		o := optim.NewAdam(rate)
		o.Decay, o.Decoupled = decay, decoupled
		return o
	}
	amsgrad := func(decoupled float64) *optim.Adam {
		o := optim.NewAMSGrad(rate)
		o.Decoupled = decoupled
		return o
	}
	momentum := func(decay float64) *optim.SGD { return &optim.SGD{Rate: rate, Momentum: 0.9, Decay: decay} }
	tests := []struct {
		name string
		a, b []float64
		same bool
	}{
		{"SGD: L2, penalty", run(&optim.SGD{Rate: rate, Decay: decay}, nothing), run(&optim.SGD{Rate: rate}, penalty), true},
		{"SGD: L2, decoupled", run(&optim.SGD{Rate: rate, Decay: decay}, nothing), run(&optim.SGD{Rate: rate}, decoupled), true},
		{"momentum: L2, penalty", run(momentum(decay), nothing), run(momentum(0), penalty), true},
		{"momentum: L2, decoupled", run(momentum(decay), nothing), run(momentum(0), decoupled), false},
		{"Adam: L2, penalty", run(adam(decay, 0), nothing), run(adam(0, 0), penalty), true},
		{"Adam: L2, decoupled", run(adam(decay, 0), nothing), run(adam(0, decay), nothing), false},
		{"Adam: decoupled, DecayWeights", run(optim.NewAdamW(rate, decay), nothing), run(optim.NewAdam(rate), decoupled), true},
		{"AMSGrad: decoupled, DecayWeights", run(amsgrad(decay), nothing), run(optim.NewAMSGrad(rate), decoupled), true},
		{"Lion: decoupled, DecayWeights", run(&optim.Lion{Rate: rate, Beta1: 0.9, Beta2: 0.99, Decoupled: decay}, nothing),
			run(optim.NewLion(rate), decoupled), true},
	}
	for _, test := range tests {
		d := farthest(test.a, test.b)
		if test.same && !(d < 1e-13) || !test.same && !(d > 1e-3) {
			t.Errorf("%s: apart by %v, same: %v", test.name, d, test.same)
		}
	}
}
