package reverse

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

func TestProdOfZeros(t *testing.T) {
	prod := func(x Array) Array { return x.Prod() }
	v := []float64{1, 10, 100}
	for _, test := range []struct{ x, y, g, h []float64 }{
		{[]float64{2, 3, 5}, []float64{30}, []float64{15, 10, 6}, []float64{350, 205, 23}},
		{[]float64{0, 3, 5}, []float64{0}, []float64{15, 0, 0}, []float64{350, 5, 3}},
		{[]float64{0, 0, 5}, []float64{0}, []float64{0, 0, 0}, []float64{50, 5, 0}},
		{[]float64{0, 0, 0}, []float64{0}, []float64{0, 0, 0}, []float64{0, 0, 0}},
		{[]float64{1e200, 1e-200, 1e200}, []float64{1e200}, []float64{1, inf, 1}, nil},
	} {
		y, g, h := derivatives(test.x, v, prod)
		optest.Within(t, "Prod", append(y, g...), append(test.y, test.g...), 1e-11)
		if test.h != nil {
			optest.Equal(t, "HVP", h, test.h)
		}
	}
}

func TestNorm2Edges(t *testing.T) {
	for _, test := range []struct{ x, y, g []float64 }{
		{[]float64{0, 0}, []float64{0}, []float64{0, 0}},
		{[]float64{3e-200, 4e-200}, []float64{5e-200}, []float64{0.6, 0.8}},
		{[]float64{3e300, -4e300}, []float64{5e300}, []float64{0.6, -0.8}},
		{[]float64{0, -0x1p-1074}, []float64{0x1p-1074}, []float64{0, -1}},
		{[]float64{inf, 1}, []float64{inf}, Gradient(ad.Norm2[Var], []float64{inf, 1})},
		{[]float64{nan, 1}, []float64{nan}, []float64{nan, nan}},
	} {
		y, g, _ := derivatives(test.x, []float64{1, 1}, func(x Array) Array { return x.Norm2() })
		optest.Within(t, "Norm2", y, test.y, 1e-11)
		optest.Within(t, "gradient", g, test.g, 1e-11)
	}
}

// TestVarianceCorrection: where nothing is left to divide by.
func TestVarianceCorrection(t *testing.T) {
	tape := NewTape()
	x := tape.Const([]float64{1, 2, 3, 5, 5, 5}, 2, 3)
	optest.Equal(t, "Variance", x.Variance(1, 1).Values(), []float64{1, 0})
	optest.Equal(t, "Variance", x.Variance(3, 1).Values(), []float64{inf, nan})
	optest.Equal(t, "Variance", x.Variance(9, 1).Values(), []float64{inf, nan})
}
