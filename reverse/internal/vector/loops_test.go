package vector

import (
	"math"
	"testing"
)

// TestZeros: what is 0 contributes nothing, not even against an infinite factor; what
// is not follows IEEE.
func TestZeros(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	x, s := []float64{0, 2, 0, 3}, []float64{inf, 5, nan, -1}
	dst := []float64{1, 1, 1, 1}
	AddProduct(dst, x, s)
	for i, want := range []float64{1, 11, 1, -2} {
		if dst[i] != want {
			t.Errorf("AddProduct: element %d is %v, want %v", i, dst[i], want)
		}
	}
	if got := Dot(x, s); got != 7 {
		t.Errorf("Dot = %v, want 7", got)
	}
	AddScaledProduct(dst, 2, x, s)
	for i, want := range []float64{1, 31, 1, -8} {
		if dst[i] != want {
			t.Errorf("AddScaledProduct: element %d is %v, want %v", i, dst[i], want)
		}
	}
	if got := Dot([]float64{0, 1}, []float64{0, inf}); got != inf {
		t.Errorf("Dot = %v, want +Inf", got)
	}
	for _, c := range []struct {
		x        []float64
		sum, all bool
	}{
		{nil, true, true},
		{[]float64{1, -2}, true, true},
		{[]float64{1, nan}, false, false},
		{[]float64{inf, -inf}, false, false},
		{[]float64{math.MaxFloat64, math.MaxFloat64}, false, true},
	} {
		if SumFinite(c.x) != c.sum || AllFinite(c.x) != c.all {
			t.Errorf("%v: finite %v, %v, want %v, %v", c.x, SumFinite(c.x), AllFinite(c.x), c.sum, c.all)
		}
	}
}
