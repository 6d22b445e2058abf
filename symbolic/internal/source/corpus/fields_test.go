package corpus

import (
	"testing"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/mat"
)

// TestFields: the gradient by a struct is a struct, and that by a vector a slice.
func TestFields(t *testing.T) {
	at := func(x []float64) decay {
		return decay{rate: x[0], weights: x[1:4], corner: [2]float64{x[4], x[5]}, shift: struct{ by float64 }{x[6]}, steps: 2}
	}
	flat := func(d decay) []float64 {
		return append(append([]float64{d.rate}, d.weights...), d.corner[0], d.corner[1], d.shift.by)
	}
	x := []float64{0.3, 0.5, -0.7, 1.1, 2, -1.5, 0.4}
	d, g := at(x), at([]float64{9, 9, 9, 9, 9, 9, 9})
	y := d.CostGrad(&g)
	want := numeric.Gradient(func(x []float64) float64 { d := at(x); return d.Cost() }, x)
	optest.Within(t, "Cost", []float64{y}, []float64{d.Cost()}, 1e-15)
	optest.Within(t, "the gradient against differences", flat(g), want, 1e-7)
	generic := func(x []dual.Number) dual.Number {
		return decayCostGeneric(&d, x[0], x[1:4], [2]dual.Number{x[4], x[5]}, x[6])
	}
	optest.Within(t, "the gradient against dual", flat(g), dual.Gradient(generic, x), 1e-14)
	for i := range x {
		v := make([]float64, len(x))
		v[i] = 1
		dot := at(v)
		_, got := d.CostJVP(&dot)
		optest.Within(t, "JVP", []float64{got}, []float64{flat(g)[i]}, 1e-14)
	}
	optest.Panics(t, "CostGrad: dGrad.weights and d.weights differ in length", func() { d.CostGrad(&decay{}) })

	gx := make([]float64, 2)
	y = forcedGrad(gx, &g, []float64{2, 3}, d)
	optest.Within(t, "forced", []float64{y}, []float64{forced([]float64{2, 3}, d)}, 1e-15)
	optest.Within(t, "forced in x", gx, []float64{0.3, -0.7 * 0.4}, 1e-15)
	optest.Within(t, "forced in d", flat(g), []float64{2, 0, 3 * 0.4, 0, 0, 0, 3 * -0.7}, 1e-15)

	v, gv := mat.NewVecDense(3, []float64{0.3, -2, 1.4}), make([]float64, 3)
	y = quadraticGrad(gv, v)
	optest.Within(t, "quadratic", []float64{y}, []float64{quadratic(v)}, 1e-14)
	optest.Within(t, "its gradient", gv, dual.Gradient(func(x []dual.Number) dual.Number { return quadraticGeneric(v, x) }, []float64{0.3, -2, 1.4}), 1e-13)
	_, dot := quadraticJVP(v, []float64{1, 2, 3})
	optest.Within(t, "its JVP", []float64{dot}, []float64{gv[0] + 2*gv[1] + 3*gv[2]}, 1e-14)
}
