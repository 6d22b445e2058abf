package nn_test

import (
	"bytes"
	"fmt"
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
)

// sharedNet is two layers, of which the first comes once more at the end.
func sharedNet(seed uint64) (net nn.Sequential, shared, other *nn.Linear) {
	rng := rand.New(rand.NewPCG(seed, 2))
	shared, other = nn.NewLinear(2, 1, rng), nn.NewLinear(2, 1, rng)
	return nn.Sequential{shared, other, shared}, shared, other
}

// pull makes a step against the gradients p + place + 1.
func pull(opt nn.Optimizer, params []*nn.Param) {
	for i, p := range params {
		for j := range p.Grad {
			p.Grad[j] = p.Value[j] + float64(i+1)
		}
	}
	opt.Step(params)
}

// freeze takes the gradients away, and returns what gives them back.
func freeze(l nn.Layer) (thaw func()) {
	var grads [][]float64
	for _, p := range l.Params() {
		grads = append(grads, p.Grad)
		p.Grad = nil
	}
	return func() {
		for i, p := range l.Params() {
			p.Grad = grads[i]
		}
	}
}

// TestCheckpointFrozen: training with a layer that is frozen until a file is written, or from then
// on, or all the time goes on from the file to the same bits.
func TestCheckpointFrozen(t *testing.T) {
	for name, make := range optimizers {
		for _, frozen := range [][2]bool{{true, false}, {false, true}, {true, true}} {
			path := filepath.Join(t.TempDir(), "c")
			half := func(opt nn.Optimizer, net nn.Sequential, other nn.Layer, frozen bool) {
				if frozen {
					defer freeze(other)()
				}
				for range 4 {
					pull(opt, net.Params())
				}
			}
			net, _, other := sharedNet(1)
			opt := make()
			half(opt, net, other, frozen[0])
			if err := nn.SaveCheckpoint(path, &nn.Checkpoint{Model: net, Optimizer: opt}); err != nil {
				t.Fatal(err)
			}
			half(opt, net, other, frozen[1])

			again, _, other := sharedNet(5)
			opt = make()
			if err := nn.LoadCheckpoint(path, &nn.Checkpoint{Model: again, Optimizer: opt}); err != nil {
				t.Fatal(err)
			}
			half(opt, again, other, frozen[1])
			optest.Equal(t, fmt.Sprintf("%s, frozen %v, resumed", name, frozen), valuesOf(again), valuesOf(net), optest.Bits())
		}
	}
}

// TestCheckpointEarlier reads two files of the earlier layout, of five steps with the second layer
// frozen, and takes the step that was made after them. The layer makes a first step when it thaws.
func TestCheckpointEarlier(t *testing.T) {
	tests := map[string]struct {
		opt          nn.Optimizer
		weight, bias []float64
		first        float64 // step of the layer that thaws, in rates
	}{
		"adam": {optim.NewAdam(0.125), []float64{-0.4978863130656185, -0.801855794194363}, []float64{-0.7357148203004874}, 1},
		"nadam": {optim.NewNAdam(0.125), []float64{-0.3412251175811467, -0.6446664979968144}, []float64{-0.5801434037669186},
			nadamFirst(0.9, 0.004)},
	}
	for name, test := range tests {
		net, shared, other := sharedNet(7)
		c := &nn.Checkpoint{Model: net, Optimizer: test.opt}
		if err := nn.LoadCheckpoint(filepath.Join("testdata", "earlier_"+name+".safetensors"), c); err != nil {
			t.Fatal(err)
		}
		thaw := freeze(other)
		pull(test.opt, net.Params())
		if !slices.Equal(shared.Weight.Value, test.weight) || !slices.Equal(shared.Bias.Value, test.bias) || c.Step != 5 {
			t.Errorf("%s: at step %d on to %v, %v, want 5 and %v, %v", name, c.Step, shared.Weight.Value, shared.Bias.Value, test.weight, test.bias)
		}
		thaw()
		before := other.Bias.Value[0]
		other.Bias.Grad[0] = 1
		test.opt.Step(net.Params())
		if got := (before - other.Bias.Value[0]) / 0.125; math.Abs(got-test.first) > 1e-6 {
			t.Errorf("%s: the layer that thaws makes a step of %v rates, want %v", name, got, test.first)
		}
	}
}

// nadamFirst returns the length of NAdam's first step, in rates, where the gradient is 1: by its
// formula.
func nadamFirst(beta, decay float64) float64 {
	mu := func(t float64) float64 { return beta * (1 - 0.5*math.Pow(0.96, t*decay)) }
	return 1 + mu(2)/(1-mu(1)*mu(2))*(1-beta)
}

// rewrite changes the tensors of a file.
func rewrite(t *testing.T, path string, change func(tensors []*nn.Param) []*nn.Param) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tensors, metadata, err := nn.ReadSafetensors(f)
	if err != nil {
		t.Fatal(err)
	}
	tensors = change(tensors)
	var text bytes.Buffer
	err = nn.WriteSafetensors(&text, func(yield func(string, *nn.Param) bool) {
		for _, p := range tensors {
			if !yield(p.Name, p) {
				return
			}
		}
	}, metadata)
	if err == nil {
		err = os.WriteFile(path, text.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// toEarlier gives the first parameter's number of steps to all, and likewise NAdam's product.
func toEarlier(tensors []*nn.Param) []*nn.Param {
	var list []*nn.Param
	for _, p := range tensors {
		place, what, _ := strings.Cut(strings.TrimPrefix(p.Name, "optimizer."), ".")
		switch {
		case !strings.HasPrefix(p.Name, "optimizer.") || what != "step" && what != "product":
		case place == "0":
			p.Name = "optimizer." + what
		default:
			continue
		}
		list = append(list, p)
	}
	return list
}

// TestCheckpointEarlierAll: every optimizer goes on from a file of the earlier layout to the same
// bits.
func TestCheckpointEarlierAll(t *testing.T) {
	for name, make := range optimizers {
		path := filepath.Join(t.TempDir(), "c")
		net, again := someNet(1), someNet(2)
		opt, other := make(), make()
		for range 4 {
			pull(opt, net.Params())
		}
		if err := nn.SaveCheckpoint(path, &nn.Checkpoint{Model: net, Optimizer: opt}); err != nil {
			t.Fatal(err)
		}
		rewrite(t, path, toEarlier)
		pull(other, again.Params()) // what it keeps is overwritten
		if err := nn.LoadCheckpoint(path, &nn.Checkpoint{Model: again, Optimizer: other}); err != nil {
			t.Fatal(err)
		}
		for range 4 {
			pull(opt, net.Params())
			pull(other, again.Params())
		}
		optest.Equal(t, name+" resumed", valuesOf(again), valuesOf(net), optest.Bits())
	}
}

// TestCheckpointCounts: a number of steps that is none is an error that names it, in both layouts,
// and changes nothing.
func TestCheckpointCounts(t *testing.T) {
	for _, bad := range []float64{-1, 0.5, math.NaN(), math.Inf(1), 0x1p53} {
		for name, change := range map[string]func([]*nn.Param) []*nn.Param{
			"optimizer.2.step": func(list []*nn.Param) []*nn.Param { return list },
			"optimizer.step":   toEarlier,
		} {
			path := filepath.Join(t.TempDir(), "c")
			net, opt := someNet(1), optim.NewAdam(0.1)
			pull(opt, net.Params())
			c := &nn.Checkpoint{Model: net, Optimizer: opt}
			if err := nn.SaveCheckpoint(path, c); err != nil {
				t.Fatal(err)
			}
			changed := false
			rewrite(t, path, func(list []*nn.Param) []*nn.Param {
				list = change(list)
				for _, p := range list {
					if p.Name == name {
						p.Value[0], changed = bad, true
					}
				}
				return list
			})
			if !changed {
				t.Fatalf("there is no tensor %s", name)
			}
			pull(opt, net.Params())
			values, kept := valuesOf(net), stateOf(opt, net.Params())
			want := fmt.Sprintf("c: tensor %q is %v, want a number of steps", name, bad)
			if err := nn.LoadCheckpoint(path, c); err == nil || !strings.HasSuffix(err.Error(), want) {
				t.Errorf("error %v, want %s", err, want)
			}
			what := fmt.Sprintf("%s of %v: ", name, bad)
			optest.Equal(t, what+"the model", valuesOf(net), values, optest.Bits())
			optest.Equal(t, what+"the optimizer", stateOf(opt, net.Params()), kept, optest.Bits())
		}
	}
}

// TestCheckpointStranger: a checkpoint that would lose what the optimizer keeps is refused.
func TestCheckpointStranger(t *testing.T) {
	net, opt, extra := someNet(1), optim.NewAdam(0.1), nn.NewParam("scale", 2, 1)
	c := &nn.Checkpoint{Model: net, Optimizer: opt}
	path := filepath.Join(t.TempDir(), "c")
	pull(opt, net.Params()[:2])
	if err := nn.SaveCheckpoint(path, c); err != nil {
		t.Errorf("a part of the model was moved: %v", err)
	}
	extra.Grad = nil
	pull(opt, append(net.Params(), extra))
	if err := nn.SaveCheckpoint(path, c); err != nil {
		t.Errorf("what is not of the model has not moved: %v", err)
	}
	extra.Grad = make([]float64, 2)
	pull(opt, append(net.Params(), extra))
	err := nn.SaveCheckpoint(path, c)
	if want := "nn: SaveCheckpoint: the optimizer has moved scale[2 1], which is no parameter of the model"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
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
