package nn_test

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// optimizers differ in what they keep.
var optimizers = map[string]func() nn.Optimizer{
	"SGD":          func() nn.Optimizer { return &optim.SGD{Rate: 0.1} },
	"SGD/momentum": func() nn.Optimizer { return &optim.SGD{Rate: 0.1, Momentum: 0.9, Dampening: 0.5} },
	"AdaGrad":      func() nn.Optimizer { return optim.NewAdaGrad(0.1) },
	"AdaDelta":     func() nn.Optimizer { return optim.NewAdaDelta() },
	"RMSProp":      func() nn.Optimizer { return optim.NewRMSProp(0.01) },
	"RMSProp/all": func() nn.Optimizer {
		return &optim.RMSProp{Rate: 0.01, Alpha: 0.9, Epsilon: 1e-8, Momentum: 0.5, Centered: true}
	},
	"Adam":    func() nn.Optimizer { return optim.NewAdam(0.01) },
	"AMSGrad": func() nn.Optimizer { return optim.NewAMSGrad(0.01) },
	"NAdam":   func() nn.Optimizer { return optim.NewNAdam(0.01) },
	"RAdam":   func() nn.Optimizer { return optim.NewRAdam(0.01) },
	"Adamax":  func() nn.Optimizer { return optim.NewAdamax(0.01) },
	"Rprop":   func() nn.Optimizer { return optim.NewRprop(0.01) },
	"Lion":    func() nn.Optimizer { return optim.NewLion(0.01) },
}

// run is training with all that must be kept: a layer that drops at random, a buffer, an
// optimizer, a schedule, a plateau, two generators.
type run struct {
	*nn.Checkpoint
	net     nn.Sequential
	rng     *rand.Rand
	plateau *optim.Plateau
	tape    *reverse.Tape
}

func newRun(opt nn.Optimizer, seed uint64) *run {
	pcg, other := rand.NewPCG(seed, 1), rand.NewChaCha8([32]byte{byte(seed)})
	r := &run{net: someNet(seed), rng: rand.New(pcg), plateau: &optim.Plateau{Base: 1, Factor: 0.5}, tape: reverse.NewTape()}
	r.Checkpoint = &nn.Checkpoint{
		Model:     r.net,
		Optimizer: opt,
		Sources:   []nn.Source{pcg, other},
		More:      r.plateau.State(),
		Numbers:   map[string]float64{"best": math.Inf(1)},
	}
	return r
}

func (r *run) train(steps int) {
	schedule := optim.Joined{
		First: optim.LinearWarmup{From: 0.001, To: 0.01, Steps: 5},
		Steps: 5,
		Then:  optim.CosineDecay{Base: 0.01, Steps: 20},
	}
	factor, x := 1.0, make([]float64, 6)
	for range steps {
		for i := range x {
			x[i] = r.rng.NormFloat64()
		}
		x[r.rng.IntN(len(x))] = 0 // dropped
		r.Optimizer.SetRate(factor * schedule.Rate(r.Step))
		r.tape.Reset()
		y := r.net.Forward(r.tape.Const(x, 2, 3))
		loss := y.Mul(y).Mean()
		loss.Backward()
		r.Optimizer.Step(r.net.Params())
		r.net[1].(*keeper).mean.Value[0] += loss.Value()
		r.Numbers["best"] = min(r.Numbers["best"], loss.Value())
		factor = r.plateau.Observe(loss.Value())
		r.Step++
	}
}

// TestCheckpointResumes: k steps, a file, and k steps more are 2k steps, bit for bit.
func TestCheckpointResumes(t *testing.T) {
	const k = 12
	for name, make := range optimizers {
		path := filepath.Join(t.TempDir(), "checkpoint")
		straight := newRun(make(), 1)
		straight.train(k)
		if err := nn.SaveCheckpoint(path, straight.Checkpoint); err != nil {
			t.Fatal(err)
		}
		factor := straight.plateau.State()[0].Value[0]
		resumed := newRun(make(), 2)
		if err := nn.LoadCheckpoint(path, resumed.Checkpoint); err != nil {
			t.Fatal(err)
		}
		if got := resumed.plateau.State()[0].Value[0]; got != factor {
			t.Errorf("%s: plateau at %v, want %v", name, got, factor)
		}
		straight.train(k)
		resumed.train(k)
		optest.Equal(t, name+" resumed", valuesOf(resumed.net), valuesOf(straight.net), optest.Bits())
		if resumed.Step != 2*k || resumed.Numbers["best"] != straight.Numbers["best"] || resumed.rng.Uint64() != straight.rng.Uint64() {
			t.Errorf("%s: step %d, numbers %v, want %d, %v and the same generator", name, resumed.Step, resumed.Numbers, 2*k, straight.Numbers)
		}
	}
}

func TestCheckpointNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "checkpoint")
	c := &nn.Checkpoint{Model: someNet(1), Step: math.MaxInt, Numbers: map[string]float64{
		"": 0.1, "a.b": math.NaN(), "c": math.Inf(-1), "d": 5e-324, "e": math.Copysign(0, -1)}}
	if err := nn.SaveCheckpoint(path, c); err != nil {
		t.Fatal(err)
	}
	got := &nn.Checkpoint{Model: someNet(2), Numbers: map[string]float64{"old": 1}}
	if err := nn.LoadCheckpoint(path, got); err != nil || got.Step != c.Step {
		t.Fatalf("step %d, error %v", got.Step, err)
	}
	optest.Equal(t, "numbers", got.Numbers, c.Numbers, optest.Bits())
}

func TestLoadCheckpointErrors(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "checkpoint")
	start := newRun(optim.NewAdam(0.1), 1)
	start.train(2)
	start.Numbers["k"] = 0.5
	if err := nn.SaveCheckpoint(path, start.Checkpoint); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	replaced := func(old, new string) string { // of the same length, so that the header's stays
		if len(old) != len(new) || !strings.Contains(string(text), old) {
			t.Fatalf("no %q to replace by %q", old, new)
		}
		path := filepath.Join(dir, "replaced")
		if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, new, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	same := func(*run) {}
	tests := []struct {
		name   string
		path   func() string
		opt    nn.Optimizer
		change func(*run)
		want   string
	}{
		{"other type", func() string { return path }, optim.NewRAdam(0.1), same, `metadata "optimizer" is "*optim.Adam", want "*optim.RAdam"`},
		{"other slots", func() string { return path }, optim.NewAMSGrad(0.1), same, `tensor "optimizer.0.greatest" is missing`},
		{"no plateau", func() string { return path }, optim.NewAdam(0.1), func(r *run) { r.More = nil }, `tensor "more.plateau", of shape [4], is not expected`},
		{"fewer sources", func() string { return path }, optim.NewAdam(0.1), func(r *run) { r.Sources = r.Sources[:1] }, `metadata "sources" is "2", want "1"`},
		{"other sources", func() string { return path }, optim.NewAdam(0.1), func(r *run) { slices.Reverse(r.Sources) }, `metadata "source.0": `},
		{"second source", func() string { return replaced(`"source.1":"`, `"source.2":"`) }, optim.NewAdam(0.1), same, `metadata "source.1": `},
		{"source", func() string { return replaced(`"source.1":"6`, `"source.1":"x`) }, optim.NewAdam(0.1), same, `metadata "source.1": encoding/hex`},
		{"step", func() string { return replaced(`"step":"2"`, `"step":"-"`) }, optim.NewAdam(0.1), same, `metadata "step": `},
		{"number", func() string { return replaced(`"number.k":"0.5"`, `"number.k":"x.5"`) }, optim.NewAdam(0.1), same, `metadata "number.k": `},
		{"not a checkpoint", func() string {
			p := filepath.Join(dir, "net")
			if err := nn.Save(p, start.net); err != nil {
				t.Fatal(err)
			}
			return p
		}, optim.NewAdam(0.1), same, `tensor "model.0.weight" is missing`},
	}
	for _, test := range tests {
		r := newRun(test.opt, 2)
		test.change(r)
		values := valuesOf(r.net)
		state := slices.Clone(r.Optimizer.State(r.net.Params())[1].Value)
		var sources []string
		for _, s := range r.Sources {
			b, _ := s.MarshalBinary()
			sources = append(sources, string(b))
		}
		err := nn.LoadCheckpoint(test.path(), r.Checkpoint)
		if err == nil || !strings.HasPrefix(err.Error(), "nn: LoadCheckpoint: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
		optest.Equal(t, test.name+": the model", valuesOf(r.net), values, optest.Bits())
		optest.Equal(t, test.name+": the optimizer", r.Optimizer.State(r.net.Params())[1].Value, state, optest.Bits())
		if r.Step != 0 || len(r.Numbers) != 1 {
			t.Errorf("%s: changed the step to %d, the numbers to %v", test.name, r.Step, r.Numbers)
		}
		for i, s := range r.Sources {
			if b, _ := s.MarshalBinary(); string(b) != sources[i] {
				t.Errorf("%s: changed source %d", test.name, i)
			}
		}
	}
}
