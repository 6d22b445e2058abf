package nn_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/nn"
)

// TestLBFGSRounding: a minimum that is reached to rounding is no error, whatever the
// units of the loss; a gradient that is wrong is one.
func TestLBFGSRounding(t *testing.T) {
	for _, scale := range []float64{1e-10, 1, 1e10} {
		for _, offset := range []float64{0, 149, -1e6} {
			p := nn.NewParam("p", 3)
			copy(p.Value, []float64{3, -2, 0.5})
			r, err := nn.LBFGS{Tolerance: 1e-300}.Minimize([]*nn.Param{p}, func() float64 {
				loss := offset
				for i, x := range p.Value {
					d := x - float64(i) - 0.1
					loss += math.Sqrt(1+d*d) * float64(i+1)
					p.Grad[i] += scale * d / math.Sqrt(1+d*d) * float64(i+1)
				}
				return scale * loss
			})
			if err != nil || !r.Converged {
				t.Errorf("scale %g, offset %g: %+v, %v", scale, offset, r, err)
			}
			for i, x := range p.Value {
				if math.Abs(x-float64(i)-0.1) > 1e-3 {
					t.Errorf("scale %g, offset %g: at %v", scale, offset, p.Value)
					break
				}
			}
		}
	}
	p := nn.NewParam("p", 1)
	p.Value[0] = 3
	if r, err := (nn.LBFGS{}).Minimize([]*nn.Param{p}, func() float64 {
		p.Grad[0] -= 2 * p.Value[0] // the sign is wrong
		return 149 + p.Value[0]*p.Value[0]
	}); err == nil || r.Converged {
		t.Errorf("a wrong gradient: %+v, %v", r, err)
	}
}
