package optim_test

import (
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

// TestLion holds Lion against its formula, written out.
func TestLion(t *testing.T) {
	opt := &optim.Lion{Rate: 0.1, Beta1: 0.9, Beta2: 0.99, Decoupled: 0.5}
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
