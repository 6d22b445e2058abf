package optim_test

import (
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
)

// TestCenteredRMSPropConstant: where gradients are constant their variance goes to 0, and s - m²
// as such would be the root of a negative number.
func TestCenteredRMSPropConstant(t *testing.T) {
	opt := &optim.RMSProp{Rate: 1e-3, Alpha: 0.5, Epsilon: 1e-8, Centered: true}
	p := nn.NewParam("p", 1)
	last := 0.0
	for k := range 3000 {
		p.Grad[0] = 0.3
		opt.Step([]*nn.Param{p})
		if !(p.Value[0] < last) {
			t.Fatalf("step %d: from %v to %v", k, last, p.Value[0])
		}
		last = p.Value[0]
	}
}
