package optim_test

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// TestAverage holds three updates against means by hand.
func TestAverage(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(model nn.Layer) *optim.Average
		want []float64 // after each update by the weights 1, 2, 4
	}{
		{"EMA", func(m nn.Layer) *optim.Average { return optim.NewEMA(m, 0.75) }, []float64{1, 1.25, 1.9375}},
		{"unbiased EMA", func(m nn.Layer) *optim.Average { return optim.NewUnbiasedEMA(m, 0.75) },
			// ((1-d)·d·1 + (1-d)·2)/(1-d²), and so on
			[]float64{1, (0.75 + 2) / 1.75, (0.5625 + 0.75*2 + 4) / (0.5625 + 0.75 + 1)}},
		{"SWA", optim.NewSWA, []float64{1, 1.5, 7.0 / 3}},
		{"EMA of the last", func(m nn.Layer) *optim.Average { return optim.NewEMA(m, 0) }, []float64{1, 2, 4}},
	} {
		p := nn.NewParam("p", 1)
		model := nn.Sequential{&fixed{params: []*nn.Param{p, p}}} // shared: averaged once
		average := c.make(model)
		average.Swap() // of nothing yet
		if average.Swap(); p.Value[0] != 0 {
			t.Errorf("%s: swapped before an update: %v", c.name, p.Value)
		}
		for i, v := range []float64{1, 2, 4} {
			p.Value[0] = v
			average.Update()
			average.Swap()
			optest.Within(t, c.name, p.Value, c.want[i:i+1], 1e-14)
			if average.Swap(); p.Value[0] != v {
				t.Errorf("%s: %v is back, want %v", c.name, p.Value[0], v)
			}
		}
		if n := average.Updates(); n != 3 {
			t.Errorf("%s: %d updates", c.name, n)
		}
		if n := memtest.Allocations(50, func() { average.Update(); average.Swap(); average.Swap() }); n != 0 {
			t.Errorf("%s: %v allocations", c.name, n)
		}
	}
}

// A fixed is a layer that has parameters and makes them anew at each call.
type fixed struct {
	nn.ReLU
	params []*nn.Param
}

func (l *fixed) Params() []*nn.Param {
	var list []*nn.Param
	for _, p := range l.params {
		again := *p
		list = append(list, &again)
	}
	return list
}

// TestAverageCheckpoint: an average that takes over from a checkpoint goes on to the same bits.
func TestAverageCheckpoint(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	models := []*nn.Linear{nn.NewLinear(3, 2, rng), nn.NewLinear(3, 2, rng)}
	averages := []*optim.Average{optim.NewUnbiasedEMA(models[0], 0.9), optim.NewUnbiasedEMA(models[1], 0.9)}
	averages[0].Update()
	models[0].Weight.Value[0]++
	averages[0].Update()
	path := filepath.Join(t.TempDir(), "checkpoint")
	if err := nn.SaveCheckpoint(path, &nn.Checkpoint{Model: models[0], More: averages[0].State()}); err != nil {
		t.Fatal(err)
	}
	if err := nn.LoadCheckpoint(path, &nn.Checkpoint{Model: models[1], More: averages[1].State()}); err != nil {
		t.Fatal(err)
	}
	for i, a := range averages {
		models[i].Weight.Value[1] = 5
		a.Update()
		a.Swap()
	}
	if !slices.Equal(models[0].Weight.Value, models[1].Weight.Value) {
		t.Errorf("the average is %v, resumed %v", models[0].Weight.Value, models[1].Weight.Value)
	}
}

// TestAverageBuffers: running averages are no weights, and UpdateBatchNorm computes them anew:
// the plain means of the batches' means and variances.
func TestAverageBuffers(t *testing.T) {
	norm := nn.NewBatchNorm1D(1)
	average := optim.NewSWA(norm)
	norm.Mean.Value[0], norm.Variance.Value[0] = math.NaN(), 7
	norm.SetTraining(false)
	average.Update()
	average.Swap()
	if v := norm.Variance.Value[0]; v != 7 {
		t.Errorf("the running variance is %v", v)
	}
	batches := [][]float64{{1, 3}, {2, 8}, {4, 4}} // means 2, 5, 4; variances 2, 18, 0
	tape := reverse.NewTape()
	optim.UpdateBatchNorm(norm, slices.Values(batches), func(x []float64) {
		tape.Reset()
		if !norm.Training() {
			t.Error("not in training")
		}
		norm.Forward(tape.Const(x, 2, 1))
	})
	optest.Within(t, "mean", norm.Mean.Value, []float64{11.0 / 3}, 1e-14)
	optest.Within(t, "variance", norm.Variance.Value, []float64{20.0 / 3}, 1e-14)
	if norm.Training() || norm.Momentum != 0.1 {
		t.Errorf("training %v, momentum %v afterwards", norm.Training(), norm.Momentum)
	}
}

func TestAveragePanics(t *testing.T) {
	model := nn.NewLinear(1, 1, rand.New(rand.NewPCG(1, 2)))
	average := optim.NewSWA(model)
	average.Update()
	average.Swap()
	for want, f := range map[string]func(){
		"optim: Update of an Average that is swapped in: Swap it out first": average.Update,
		"optim: State of an Average that is swapped in: Swap it out first":  func() { average.State() },
		"optim: NewEMA of decay 1, want at least 0 and less than 1":         func() { optim.NewEMA(model, 1) },
		"optim: NewUnbiasedEMA of decay NaN, want at least 0 and less than 1": func() {
			optim.NewUnbiasedEMA(model, math.NaN())
		},
	} {
		optest.Panics(t, want, f)
	}
}
