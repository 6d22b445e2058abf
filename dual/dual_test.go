package dual

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// rounding lets numbers differ by 1e-12 of themselves, and of 1.
var rounding = cmpopts.EquateApprox(1e-12, 1e-12)

func TestOperators(t *testing.T) {
	optest.Operators(t, optest.Backend[Number, Hyper]{
		Name: "dual", Tolerance: 1e-12,
		Derivative: Derivative,
		Gradient:   Gradient,
		GradientTo: GradientTo,
		Jacobian:   Jacobian,
		JacobianTo: JacobianTo,
		JVP:        JVP,
		JVPTo:      JVPTo,
		VJP:        VJP,
		VJPTo:      VJPTo,
		Hessian:    Hessian,
		HessianTo:  HessianTo,
		HVP:        HVP,
		HVPTo:      HVPTo,
	})
}

// TestMisuse: what the operators of all packages say is tested with them.
func TestMisuse(t *testing.T) {
	noCurve := ad.NewOp(&ad.Func{Name: "flat", Value: math.Floor, Slope: func(x, y float64) float64 { return 0 }})
	ragged := 0
	for want, f := range map[string]func(){
		"dual.JacobianTo: the result of f has length 2, want 1": func() {
			Jacobian(func(x []Number) []Number { ragged++; return x[:ragged] }, make([]float64, 2))
		},
		"dual: flat has no second derivative (its Curve is nil), which Hessian and HVP need": func() {
			Hessian(func(x []Hyper) Hyper { return x[0].Apply(noCurve) }, make([]float64, 1))
		},
	} {
		optest.Panics(t, want, f)
	}
}
