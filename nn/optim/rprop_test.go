package optim_test

import (
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

// TestRpropTinyGradients: signs count, not the product of gradients, which underflows.
func TestRpropTinyGradients(t *testing.T) {
	opt, p := optim.NewRprop(0.01), nn.NewParam("p", 1)
	for range 2 {
		p.Grad[0] = 1e-200
		opt.Step([]*nn.Param{p})
	}
	if want := -(0.01 + 0.01*1.2); p.Value[0] != want {
		t.Errorf("two steps to %v, want %v", p.Value[0], want)
	}
}
