package nn_test

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"pgregory.net/rapid"
)

// graded returns parameters of the gradients, each shared: the last is the first again.
func graded(grads ...[]float64) []*nn.Param {
	var params []*nn.Param
	for _, g := range grads {
		p := nn.NewParam("p", len(g))
		copy(p.Grad, g)
		params = append(params, p)
	}
	return append(params, &nn.Param{Name: "frozen", Value: []float64{1e9}, Shape: []int{1}}, params[0])
}

func TestClipValue(t *testing.T) {
	params := graded([]float64{-5, 0.5, math.Inf(1)}, []float64{math.NaN(), 2})
	nn.ClipValue(params, 2)
	if got := params[0].Grad; !slices.Equal(got, []float64{-2, 0.5, 2}) {
		t.Errorf("clipped to %v", got)
	}
	if got := params[1].Grad; !math.IsNaN(got[0]) || got[1] != 2 {
		t.Errorf("clipped to %v, want [NaN 2]", got)
	}
}

func TestClipNorm(t *testing.T) {
	params := graded([]float64{3, 4}, []float64{0.3, 0.4}, []float64{0, 0}, []float64{math.Inf(1), 1}, []float64{3e200, 4e200})
	nn.ClipNorm(params, 2)
	for i, want := range [][]float64{{1.2, 1.6}, {0.3, 0.4}, {0, 0}, {math.Inf(1), 1}, {1.2, 1.6}} {
		for j, g := range params[i].Grad {
			if g != want[j] && !(math.Abs(g-want[j]) < 1e-15) {
				t.Errorf("gradient %d clipped to %v, want %v", i, params[i].Grad, want)
			}
		}
	}
}

func TestClipGlobalNorm(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	tests := []struct {
		a, b []float64
		norm float64
	}{
		{[]float64{2, 3}, []float64{6}, 7},
		{[]float64{0, 0}, []float64{0}, 0},
		{nil, nil, 0},
		{[]float64{0.2, 0.3}, []float64{0.6}, 0.7},
		{[]float64{2e200, 3e200}, []float64{6e200}, 7e200},
		{[]float64{2e-200, 3e-200}, []float64{6e-200}, 7e-200},
		{[]float64{1.5e308}, []float64{0}, 1.5e308},
		{[]float64{1, inf}, []float64{2}, inf},
		{[]float64{1.7e308}, []float64{1.7e308}, inf}, // the norm itself overflows
		{[]float64{1, 2}, []float64{nan}, nan},
		{[]float64{-inf, 2}, []float64{nan}, nan},
	}
	for _, test := range tests {
		params := graded(test.a, test.b)
		norm := nn.ClipGlobalNorm(params, 1)
		if !(math.Abs(norm-test.norm) <= 1e-15*test.norm) && norm != test.norm && !(math.IsNaN(norm) && math.IsNaN(test.norm)) {
			t.Errorf("%v, %v: norm %v, want %v", test.a, test.b, norm, test.norm)
		}
		scale := 1.0
		if test.norm > 1 && !math.IsInf(test.norm, 0) {
			scale = 1 / test.norm
		}
		for i, g := range slices.Concat(params[0].Grad, params[1].Grad) {
			before := slices.Concat(test.a, test.b)[i]
			want := before * scale
			if scale != 1 {
				want = before / test.norm
			}
			if g != want && !(math.Abs(g-want) <= 1e-15*math.Abs(want)) && !(math.IsNaN(g) && math.IsNaN(want)) {
				t.Errorf("%v, %v: element %d clipped to %v, want %v", test.a, test.b, i, g, want)
			}
		}
	}
}

// TestClipGlobalNormProperty: the norm afterwards is the limit or what it was, the direction stays.
func TestClipGlobalNormProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 40).Draw(t, "g")
		limit := rapid.Float64Range(1e-3, 1e3).Draw(t, "limit")
		k := rapid.IntRange(1, len(g)).Draw(t, "k")
		params := graded(g[:k], g[k:])
		before := nn.ClipGlobalNorm(params, limit)
		after := nn.ClipGlobalNorm(params, math.Inf(1))
		if want := min(before, limit); math.Abs(after-want) > 1e-14*want {
			t.Fatalf("norm %v from %v, want %v", after, before, want)
		}
		for i, x := range slices.Concat(params[0].Grad, params[1].Grad) {
			if want := g[i] * min(1, limit/before); before > 0 && math.Abs(x-want) > 1e-15*math.Abs(want) {
				t.Fatalf("element %d is %v, want %v", i, x, want)
			}
		}
	})
}

func TestClipAllocatesNothing(t *testing.T) {
	params := graded(make([]float64, 100), make([]float64, 30))
	if n := testing.AllocsPerRun(50, func() {
		params[0].Grad[0] = 100
		nn.ClipGlobalNorm(params, 10)
		nn.ClipNorm(params, 5)
		nn.ClipValue(params, 1)
		nn.DecayWeights(params, 0.1)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestClipMisuse(t *testing.T) {
	for want, f := range map[string]func(){
		"nn: ClipValue to -1":                  func() { nn.ClipValue(nil, -1) },
		"nn: ClipNorm to 0":                    func() { nn.ClipNorm(nil, 0) },
		"nn: ClipGlobalNorm to NaN":            func() { nn.ClipGlobalNorm(nil, math.NaN()) },
		"nn: DecayWeights by a factor of 1.25": func() { nn.DecayWeights(nil, 1.25) },
	} {
		if got := panicOf(f); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}
}

// TestDecay: an L2 penalty and decoupled weight decay are the same for plain SGD, and no other
// optimiser; decoupled weight decay is what DecayWeights does.
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
	adam := func(decay, decoupled float64) *nn.Adam {
		o := nn.NewAdam(rate)
		o.Decay, o.Decoupled = decay, decoupled
		return o
	}
	amsgrad := func(decoupled float64) *nn.Adam {
		o := nn.NewAMSGrad(rate)
		o.Decoupled = decoupled
		return o
	}
	momentum := func(decay float64) *nn.SGD { return &nn.SGD{Rate: rate, Momentum: 0.9, Decay: decay} }
	tests := []struct {
		name string
		a, b []float64
		same bool
	}{
		{"SGD: L2, penalty", run(&nn.SGD{Rate: rate, Decay: decay}, nothing), run(&nn.SGD{Rate: rate}, penalty), true},
		{"SGD: L2, decoupled", run(&nn.SGD{Rate: rate, Decay: decay}, nothing), run(&nn.SGD{Rate: rate}, decoupled), true},
		{"momentum: L2, penalty", run(momentum(decay), nothing), run(momentum(0), penalty), true},
		{"momentum: L2, decoupled", run(momentum(decay), nothing), run(momentum(0), decoupled), false},
		{"Adam: L2, penalty", run(adam(decay, 0), nothing), run(adam(0, 0), penalty), true},
		{"Adam: L2, decoupled", run(adam(decay, 0), nothing), run(adam(0, decay), nothing), false},
		{"Adam: decoupled, DecayWeights", run(nn.NewAdamW(rate, decay), nothing), run(nn.NewAdam(rate), decoupled), true},
		{"AMSGrad: decoupled, DecayWeights", run(amsgrad(decay), nothing), run(nn.NewAMSGrad(rate), decoupled), true},
		{"Lion: decoupled, DecayWeights", run(&nn.Lion{Rate: rate, Beta1: 0.9, Beta2: 0.99, Decoupled: decay}, nothing),
			run(nn.NewLion(rate), decoupled), true},
	}
	for _, test := range tests {
		d := farthest(test.a, test.b)
		if test.same && !(d < 1e-13) || !test.same && !(d > 1e-3) {
			t.Errorf("%s: apart by %v, same: %v", test.name, d, test.same)
		}
	}
}
