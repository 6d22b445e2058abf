package optim_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

// grouped returns two parameters, and an optimizer that moves them in groups: the second with
// momentum and with twice the rate.
func grouped() ([]*nn.Param, *optim.Groups) {
	a, b := nn.NewParam("a", 2), nn.NewParam("b", 1)
	copy(a.Value, []float64{1, -2})
	b.Value[0] = 3
	second := optim.NewGroup(&optim.SGD{Rate: 0.2, Momentum: 0.5}, b)
	second.Scale = 2
	return []*nn.Param{a, b}, optim.NewGroups(optim.NewGroup(&optim.SGD{Rate: 0.1, Decay: 0.5}, a), second)
}

func gradients(params []*nn.Param) {
	copy(params[0].Grad, []float64{1, 2})
	params[1].Grad[0] = 1
}

// TestGroups holds two steps against those by hand: rates and decay are those of the group.
func TestGroups(t *testing.T) {
	params, opt := grouped()
	gradients(params)
	opt.Step(params)
	// a - 0.1·(g + 0.5·a); v = 1, b - 0.2·v
	optest.Within(t, "a", params[0].Value, []float64{1 - 0.1*1.5, -2 - 0.1*1}, 1e-14)
	optest.Within(t, "b", params[1].Value, []float64{3 - 0.2}, 1e-14)
	opt.SetRate(0.5)
	gradients(params)
	opt.Step(params)
	// rates 0.5 and 1; v = 0.5 + 1
	optest.Within(t, "a", params[0].Value, []float64{0.85 - 0.5*(1+0.425), -2.1 - 0.5*(2-1.05)}, 1e-14)
	optest.Within(t, "b", params[1].Value, []float64{2.8 - 1.5}, 1e-14)
	if params[0].Grad[0] != 0 || params[1].Grad[0] != 0 {
		t.Error("the gradients are not cleared")
	}
	var names []string
	for _, p := range opt.State(params) {
		names = append(names, p.Name)
	}
	if want := []string{"0.step", "1.step", "1.velocity"}; !slices.Equal(names, want) {
		t.Errorf("state %q, want %q", names, want)
	}
	if n := memtest.Allocations(50, func() { gradients(params); opt.SetRate(0.01); opt.Step(params) }); n != 0 {
		t.Errorf("a step makes %v allocations", n)
	}
}

// TestGroupsOrder: the order of the list and of the groups makes no difference, and a frozen
// parameter may be in no group.
func TestGroupsOrder(t *testing.T) {
	params, opt := grouped()
	frozen := &nn.Param{Name: "frozen", Value: []float64{7}, Shape: []int{1}}
	list := []*nn.Param{params[1], frozen, params[0], params[1]} // one of them twice
	gradients(params)
	opt.Step(list)
	optest.Within(t, "a", params[0].Value, []float64{0.85, -2.1}, 1e-14)
	optest.Within(t, "b", params[1].Value, []float64{2.8}, 1e-14)
	var names []string
	for _, p := range opt.State(list) {
		names = append(names, p.Name)
	}
	if want := []string{"2.step", "0.step", "0.velocity"}; !slices.Equal(names, want) {
		t.Errorf("state %q, want %q", names, want)
	}
}

// A pair is a model of two parameters.
type pair struct {
	nn.Layer
	params []*nn.Param
}

func (p pair) Params() []*nn.Param { return p.params }

// TestGroupsCheckpoint: an optimizer that takes over from a checkpoint steps to the same bits.
func TestGroupsCheckpoint(t *testing.T) {
	params, opt := grouped()
	gradients(params)
	opt.Step(params)
	path := filepath.Join(t.TempDir(), "checkpoint")
	if err := nn.SaveCheckpoint(path, &nn.Checkpoint{Model: pair{params: params}, Optimizer: opt}); err != nil {
		t.Fatal(err)
	}
	others, other := grouped()
	if err := nn.LoadCheckpoint(path, &nn.Checkpoint{Model: pair{params: others}, Optimizer: other}); err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]*nn.Param{params, others} {
		gradients(list)
	}
	opt.Step(params)
	other.Step(others)
	for i := range params {
		if !slices.Equal(params[i].Value, others[i].Value) {
			t.Errorf("parameter %d is %v, resumed %v", i, params[i].Value, others[i].Value)
		}
	}
	stranger := nn.NewParam("c", 1)
	outside := optim.NewGroups(optim.NewGroup(&optim.SGD{Rate: 1}, stranger))
	outside.Step([]*nn.Param{stranger})
	err := nn.SaveCheckpoint(path, &nn.Checkpoint{Model: pair{params: params}, Optimizer: outside})
	if want := "nn: SaveCheckpoint: the optimizer has moved c[1], which is no parameter of the model"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestGroupsPanics(t *testing.T) {
	params, opt := grouped()
	sgd := &optim.SGD{Rate: 1}
	for want, f := range map[string]func(){
		"optim: Groups: parameter 1, c[3], is in no group": func() { opt.Step([]*nn.Param{params[0], nn.NewParam("c", 3)}) },
		"optim: NewGroups: groups 0 and 1 have one optimizer": func() {
			optim.NewGroups(optim.NewGroup(sgd, params[0]), optim.NewGroup(sgd, params[1]))
		},
		"optim: NewGroups: parameter a[2] is in the groups 0 and 1": func() {
			optim.NewGroups(optim.NewGroup(sgd, params[0]), optim.NewGroup(optim.NewAdam(1), params...))
		},
		"optim: NewGroups: group 0 has no optimizer": func() { optim.NewGroups(optim.Group{Params: params}) },
	} {
		optest.Panics(t, want, f)
	}
}
