package kernel

import (
	"math"
	"testing"
)

func TestNorm(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, test := range []struct {
		x    []float64
		want float64
	}{
		{nil, 0},
		{[]float64{0, math.Copysign(0, -1)}, 0},
		{[]float64{3, -4}, 5},
		{[]float64{3e200, -4e200}, 5e200},
		{[]float64{3e-200, -4e-200}, 5e-200},
		{[]float64{5e-324, 0}, 5e-324},
		{[]float64{1.7e308}, 1.7e308},
		{[]float64{1.7e308, 1.7e308}, inf},
		{[]float64{1, -inf, 2}, inf},
		{[]float64{1, inf, nan}, nan},
		{[]float64{nan, 1e200}, nan},
	} {
		got := Norm(test.x)
		if got != test.want && !(math.Abs(got-test.want) <= 4e-16*test.want) && !(got != got && test.want != test.want) {
			t.Errorf("Norm(%v) = %v, want %v", test.x, got, test.want)
		}
	}
}
