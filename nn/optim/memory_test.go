package optim_test

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"pgregory.net/rapid"
)

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

// TestStateRestores: an optimizer whose state is overwritten goes on as the other would.
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

// TestUnfrozen: what thaws after a thousand steps of others makes the steps of a first one. With
// gradients of 1 those of Adam and its kin are one rate long, and a velocity is not dampened.
func TestUnfrozen(t *testing.T) {
	const rate = 0.01
	tests := map[string]struct {
		opt  nn.Optimizer
		want []float64 // in rates
	}{
		"Adam":    {optim.NewAdam(rate), []float64{1, 1, 1, 1, 1}},
		"AdamW":   {optim.NewAdamW(rate, 0), []float64{1, 1, 1, 1, 1}},
		"AMSGrad": {optim.NewAMSGrad(rate), []float64{1, 1, 1, 1, 1}},
		"Adamax":  {optim.NewAdamax(rate), []float64{1, 1, 1, 1, 1}},
		"RAdam":   {optim.NewRAdam(rate), []float64{1, 1, 1, 1, 1}}, // the mean alone, as yet
		"SGD":     {&optim.SGD{Rate: rate, Momentum: 0.5, Dampening: 0.75}, []float64{1, 0.75, 0.625, 0.5625}},
		"AdaGrad": {&optim.AdaGrad{Rate: rate, RateDecay: 1, Epsilon: 1e-10}, []float64{1, 1 / (2 * math.Sqrt2), 1 / (3 * math.Sqrt(3))}},
		"Rprop":   {optim.NewRprop(rate), []float64{1, 1.2, 1.44}},
	}
	for name, test := range tests {
		a, b := nn.NewParam("a", 2), nn.NewParam("b", 3)
		grad := b.Grad
		b.Grad = nil
		params := []*nn.Param{a, b}
		for range 1000 {
			a.Grad[0] = 1
			test.opt.Step(params)
		}
		if slices.ContainsFunc(b.Value, func(x float64) bool { return x != 0 }) {
			t.Errorf("%s: frozen at %v", name, b.Value)
		}
		b.Grad = grad
		for k, want := range test.want {
			before := b.Value[0]
			a.Grad[0], b.Grad[0] = 1, 1
			test.opt.Step(params)
			if got := (before - b.Value[0]) / rate; math.Abs(got-want) > 1e-6 {
				t.Errorf("%s: step %d after the thaw is %v rates, want %v", name, k+1, got, want)
			}
		}
	}
}

// TestStateFollowsParameter: whatever is frozen, left out, moved to another place of the list,
// listed again or made anew as a Param of the same slices, each parameter goes where an optimizer
// of its own takes it.
func TestStateFollowsParameter(t *testing.T) {
	names := slices.Sorted(maps.Keys(optimizers))
	steps := 0
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "optimizer")
		shared := optimizers[name]()
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		lengths := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 4).Draw(t, "lengths")
		var params, alone []*nn.Param
		var own []nn.Optimizer
		for _, n := range lengths {
			params, alone = append(params, nn.NewParam("p", n)), append(alone, nn.NewParam("p", n))
			own = append(own, optimizers[name]())
		}
		grads := make([][]float64, len(params))
		for i, p := range params {
			grads[i] = p.Grad
		}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			var list []*nn.Param
			for _, i := range rng.Perm(len(params)) {
				if rng.IntN(4) == 0 { // left out
					continue
				}
				if params[i].Grad = grads[i]; rng.IntN(3) == 0 {
					params[i].Grad = nil
				} else {
					for j := range grads[i] {
						grads[i][j] = rng.NormFloat64()
					}
					copy(alone[i].Grad, grads[i])
					own[i].Step(alone[i : i+1])
				}
				if rng.IntN(3) == 0 {
					again := *params[i]
					params[i] = &again
				}
				list = append(list, params[i])
				if rng.IntN(4) == 0 {
					list = append(list, list[rng.IntN(len(list))])
				}
			}
			shared.Step(list)
			steps++
			for i, p := range params {
				if !slices.Equal(p.Value, alone[i].Value) {
					t.Fatalf("%s: parameter %d of %d goes to %v, alone to %v", name, i, len(params), p.Value, alone[i].Value)
				}
				if slices.ContainsFunc(grads[i], func(g float64) bool { return g != 0 }) {
					t.Fatalf("%s: gradient %v after a step", name, grads[i])
				}
			}
		}
	})
	if steps < 20 { // one of each case, of which there are 20 in a short run
		t.Errorf("%d steps", steps)
	}
}

// TestTiedValues: two parameters of one Value, with a gradient each, both move it.
func TestTiedValues(t *testing.T) {
	a := nn.NewParam("a", 1)
	b := &nn.Param{Name: "b", Value: a.Value, Grad: make([]float64, 1), Shape: a.Shape}
	opt := &optim.SGD{Rate: 1}
	for range 2 {
		a.Grad[0], b.Grad[0] = 1, 10
		opt.Step([]*nn.Param{a, b})
	}
	if a.Value[0] != -22 {
		t.Errorf("moved to %v, want -22", a.Value[0])
	}
}

// TestFrozenKeeps: nothing of a frozen parameter changes: not its values, by weight decay or
// otherwise, nor what is kept for it.
func TestFrozenKeeps(t *testing.T) {
	makers := maps.Clone(optimizers)
	makers["Adam/decay"] = func() nn.Optimizer { o := optim.NewAdam(0.1); o.Decay = 0.5; return o }
	makers["AMSGrad/decoupled"] = func() nn.Optimizer { o := optim.NewAMSGrad(0.1); o.Decoupled = 0.5; return o }
	makers["Lion/decoupled"] = func() nn.Optimizer { o := optim.NewLion(0.1); o.Decoupled = 0.5; return o }
	makers["SGD/all"] = func() nn.Optimizer { return &optim.SGD{Rate: 0.1, Momentum: 0.9, Nesterov: true, Decay: 0.5} }
	for name, make := range makers {
		opt, params := make(), twoParams()
		for range 3 {
			regrad(params)
			opt.Step(params)
		}
		value, kept := slices.Clone(params[1].Value), stateOf(opt, params[1:])
		params[1].Grad = nil
		for range 5 {
			regrad(params[:1])
			nn.ClipGlobalNorm(params, 1)
			nn.DecayWeights(params, 0.1)
			nn.MaxNorm(params, 1e-3)
			opt.Step(params)
		}
		if !slices.Equal(params[1].Value, value) || !slices.Equal(stateOf(opt, params[1:]), kept) {
			t.Errorf("%s: frozen at %v, then %v; kept %v, then %v", name, value, params[1].Value, kept, stateOf(opt, params[1:]))
		}
	}
}

// stateOf returns the numbers that an optimizer keeps for params.
func stateOf(opt nn.Optimizer, params []*nn.Param) []float64 {
	var list []float64
	for _, s := range opt.State(params) {
		list = append(list, s.Value...)
	}
	return list
}

// TestStateOfFrozen: State names by position in the list it is given, has as many arrays whether a
// parameter is frozen or not, and counts the steps of each.
func TestStateOfFrozen(t *testing.T) {
	opt, a, b := optim.NewAdam(0.1), nn.NewParam("a", 2), nn.NewParam("b", 3)
	grad := b.Grad
	b.Grad = nil
	for range 3 {
		opt.Step([]*nn.Param{a, b})
	}
	b.Grad = grad
	opt.Step([]*nn.Param{b, a})
	var names []string
	counts := map[string]float64{}
	for _, s := range opt.State([]*nn.Param{b, a, b}) {
		names = append(names, s.Name)
		if len(s.Shape) == 0 {
			counts[s.Name] = s.Value[0]
		}
	}
	if want := []string{"0.step", "0.mean", "0.square", "1.step", "1.mean", "1.square"}; !slices.Equal(names, want) {
		t.Errorf("state %q, want %q", names, want)
	}
	if counts["0.step"] != 1 || counts["1.step"] != 4 {
		t.Errorf("counts %v, want 1 and 4", counts)
	}
}

// TestThawAllocatesNothing: nor does another order, or a part of the list.
func TestThawAllocatesNothing(t *testing.T) {
	for name, make := range optimizers {
		opt, params := make(), twoParams()
		opt.Step(params)
		grad, k := params[0].Grad, 0
		if n := memtest.Allocations(50, func() {
			k++
			params[0], params[1] = params[1], params[0]
			params[0].Grad = params[0].Grad[:len(params[0].Value)]
			if params[1].Grad = grad[:len(params[1].Value)]; k%3 == 0 {
				params[1].Grad = nil
			}
			opt.Step(params[k%2:])
			params[1].Grad = grad[:len(params[1].Value)]
		}); n != 0 {
			t.Errorf("%s: %v allocations a step", name, n)
		}
	}
}

// TestMoved: every optimizer says which parameters it has moved, which is what a checkpoint asks.
func TestMoved(t *testing.T) {
	for name, make := range optimizers {
		opt, params := make(), twoParams()
		frozen := &nn.Param{Name: "frozen", Value: []float64{1}, Shape: []int{1}}
		opt.Step([]*nn.Param{frozen, params[1]})
		mover, ok := opt.(interface{ Moved() []*nn.Param })
		if !ok {
			t.Errorf("%s does not say what it has moved", name)
			continue
		}
		if got := mover.Moved(); !slices.Equal(got, params[1:]) {
			t.Errorf("%s has moved %v, want the bias", name, got)
		}
		opt.Step(params)
		if got := mover.Moved(); !slices.Equal(got, []*nn.Param{params[1], params[0]}) {
			t.Errorf("%s has moved %v, want the bias and the weight", name, got)
		}
	}
}
