package nn_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// TestSoak takes 10⁵ steps of training: the heap ends where it was after the first
// thousand, and no number is lost. In short mode there are fewer.
func TestSoak(t *testing.T) {
	steps := 100_000
	if testing.Short() {
		steps = 5_000
	}
	const batch, in, classes = 8, 4, 3
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{
		nn.NewLinear(in, 8, rng), nn.NewBatchNorm1D(8), nn.ReLU{}, nn.NewDropout(0.2, rng), nn.NewLinear(8, classes, rng),
	}
	opt, params, tape := optim.NewAdam(1e-3), net.Params(), reverse.NewTape()
	x, labels := make([]float64, batch*in), make([]int, batch)
	first, last := 0.0, 0.0
	step := func() float64 {
		for i := range labels {
			labels[i] = rng.IntN(classes)
			for j := range in {
				x[i*in+j] = rng.NormFloat64()
			}
			x[i*in+labels[i]] += 2
		}
		tape.Reset()
		loss := nn.CrossEntropy(net.Forward(tape.Const(x, batch, in)), labels)
		loss.Backward()
		opt.Step(params)
		return loss.Value()
	}
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for range 1000 {
		first += step() / 1000
	}
	before := heap()
	for k := range steps {
		loss := step()
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			t.Fatalf("the loss of step %d is %v", k, loss)
		}
		if k >= steps-1000 {
			last += loss / 1000
		}
	}
	if after := heap(); float64(after) > 1.05*float64(before)+16<<10 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
	if !(last < 0.9*first) {
		t.Errorf("the loss went from %v to %v", first, last)
	}
	for name, p := range nn.State(net) {
		for _, v := range p.Value {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%s has the element %v", name, v)
			}
		}
	}
}
