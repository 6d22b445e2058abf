package metric

import (
	"math"
	"testing"
)

// TestRegressionScale: scores in range are found where sums or squares are not.
func TestRegressionScale(t *testing.T) {
	for _, c := range []struct {
		name             string
		score            func(truth, predicted []float64) Score
		truth, predicted []float64
		want             float64
	}{
		{"MAE", MAE, []float64{1.5e308, 1.5e308}, []float64{0.5e308, 0.5e308}, 1e308},
		{"MAE", MAE, []float64{1.5e308, -1.5e308, 1e308}, []float64{0, 0, 0}, 1e308 / 3 * 4},
		{"MSE", MSE, []float64{1e154, 1e154, 1e154}, []float64{0, 0, 0}, 1e308},
		{"RMSE", RMSE, []float64{1e300, 1e300}, []float64{0, 0}, 1e300},
		{"RMSE", RMSE, []float64{1e-200, 1e-200}, []float64{0, 0}, 1e-200},
		{"R2", R2, []float64{1e200, 2e200, 3e200}, []float64{1e200, 2e200, 2e200}, 0.5},
		{"R2", R2, []float64{1e-200, 2e-200, 3e-200}, []float64{1e-200, 2e-200, 2e-200}, 0.5},
		{"R2", R2, []float64{1.5e308, -1.5e308}, []float64{-1.5e308, -1.5e308}, -1},
	} {
		got := c.score(c.truth, c.predicted)
		if !(math.Abs(got.Value-c.want) <= 8e-16*math.Abs(c.want)) {
			t.Errorf("%s of %v and %v is %v, want %v", c.name, c.truth, c.predicted, got.Value, c.want)
		}
	}
	if got := MSE([]float64{1e200}, []float64{0}).Value; !math.IsInf(got, 1) {
		t.Errorf("a mean of squares beyond float64 is %v", got)
	}
}
