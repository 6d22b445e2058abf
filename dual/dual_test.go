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

// TestDerivativesArePlusZero: a derivative that is 0 is +0 in every operator, as for few
// inputs so for many.
func TestDerivativesArePlusZero(t *testing.T) {
	for name, f := range map[string]func(x []Number) Number{
		"a constant": func(x []Number) Number { return x[0].Const(5).Neg() },
		"a slope":    func(x []Number) Number { return x[0].Mul(x[0]).Neg() },
	} {
		list := func(x []Number) []Number { return []Number{f(x)} }
		one := []float64{1}
		got := []float64{
			Derivative(func(x Number) Number { return f([]Number{x}) }, 0),
			JVP(list, []float64{0}, one)[0],
			VJP(list, []float64{0}, one)[0],
		}
		for _, n := range []int{1, 3, 8, 200} {
			got = append(append(got, Gradient(f, make([]float64, n))...), Jacobian(list, make([]float64, n)).RawMatrix().Data...)
		}
		optest.Equal(t, name, got, make([]float64, len(got)), optest.Bits())
	}
	square := func(x Jet) Jet { return x.Mul(x).Neg() }
	optest.Equal(t, "Taylor", Taylor(square, 0, 2), []float64{0, 0, -1}, optest.Bits())
	j, err := Implicit(func(x, y []Number) []Number { return []Number{y[0].Sub(x[0].Mul(x[0]))} }, []float64{0}, []float64{0})
	if err != nil {
		t.Fatal(err)
	}
	optest.Equal(t, "Implicit", j.At(0, 0), 0, optest.Bits())
}
