package optest

import (
	"math"
	"testing"
)

func TestRelative(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		got, want []float64
		distance  float64
	}{
		{nil, nil, 0},
		{[]float64{1, 2}, []float64{1, 2}, 0},
		{[]float64{1, 2}, []float64{2, 2}, 0.5},
		{[]float64{0, 4}, []float64{1, 4}, 0.25},
		{[]float64{nan, inf, 1}, []float64{nan, inf, 1}, 0},
		{[]float64{inf, 5}, []float64{inf, 4}, 0.25},
		{[]float64{nan, 5}, []float64{nan, 4}, 0.25},
		{[]float64{1}, []float64{1, 2}, inf},
		{[]float64{nan}, []float64{1}, inf},
		{[]float64{1}, []float64{nan}, inf},
		{[]float64{inf}, []float64{-inf}, inf},
		{[]float64{1}, []float64{inf}, inf},
	} {
		if d := relative(c.got, c.want); d != c.distance {
			t.Errorf("%v and %v: %v, want %v", c.got, c.want, d, c.distance)
		}
	}
}
