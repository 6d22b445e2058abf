package metric

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
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

func TestRegressionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		sixteenths := rapid.Map(rapid.IntRange(-1600, 1600), func(i int) float64 { return float64(i) / 16 })
		values := rapid.SliceOfN(sixteenths, n, n)
		truth, predicted := values.Draw(t, "truth"), values.Draw(t, "predicted")
		mse, rmse, mae, r2 := MSE(truth, predicted).Value, RMSE(truth, predicted).Value, MAE(truth, predicted).Value, R2(truth, predicted)
		if !(math.Abs(rmse*rmse-mse) <= eps*mse) || !(mae >= 0 && mae <= rmse*(1+eps)) {
			t.Fatalf("MSE %v, RMSE %v, MAE %v", mse, rmse, mae)
		}
		if r2.Defined && !(r2.Value <= 1) {
			t.Fatalf("R² %v", r2)
		}
		if perfect := R2(truth, truth); perfect.Defined != r2.Defined || perfect.Defined && perfect.Value != 1 {
			t.Fatalf("R² of the truth: %v", perfect)
		}
	})
}

// TestUnits: metrics of lengths do not depend on the unit, and those of values and
// boxes scale as their formulas do, also where areas and squares leave the floats.
func TestUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coordinate := rapid.Custom(func(t *rapid.T) float64 { // that does not underflow itself
			return math.Ldexp(float64(rapid.IntRange(-5<<20, 5<<20).Draw(t, "x")), -20)
		})
		box := func(name string) Box {
			v := rapid.SliceOfN(coordinate, 4, 4).Draw(t, name)
			return Box{min(v[0], v[2]), min(v[1], v[3]), max(v[0], v[2]), max(v[1], v[3])}
		}
		boxes, scores := []Box{box("a"), box("b"), box("c"), box("d")}, []float64{0.9, 0.8, 0.7, 0.6}
		truth, predicted := rapid.SliceOfN(coordinate, 5, 5).Draw(t, "truth"), rapid.SliceOfN(coordinate, 5, 5).Draw(t, "predicted")
		for _, e := range []int{-498, -30, -10, 10, 30, 498} { // powers of 2 do not round
			scaled := func(x []float64) []float64 {
				y := make([]float64, len(x))
				for i, v := range x {
					y[i] = math.Ldexp(v, e)
				}
				return y
			}
			inUnits := make([]Box, len(boxes))
			for i, b := range boxes {
				v := scaled([]float64{b.X1, b.Y1, b.X2, b.Y2})
				inUnits[i] = Box{v[0], v[1], v[2], v[3]}
			}
			near := func(name string, got, want Score, power int) {
				back := math.Ldexp(got.Value, -power*e)
				if got.Defined != want.Defined || want.Defined && !(math.Abs(back-want.Value) <= 1e-14*max(1, math.Abs(want.Value))) {
					t.Errorf("%s in units of 2^%d is %v, want %v", name, -e, back, want)
				}
			}
			for i := range boxes {
				for j := range boxes {
					near("IoU", defined(IoU(inUnits[i], inUnits[j])), defined(IoU(boxes[i], boxes[j])), 0)
				}
			}
			if !slices.Equal(NMS(inUnits, scores, 0.3), NMS(boxes, scores, 0.3)) {
				t.Errorf("NMS in units of 2^%d differs", -e)
			}
			y, x := scaled(truth), scaled(predicted)
			near("MSE", MSE(y, x), MSE(truth, predicted), 2)
			near("RMSE", RMSE(y, x), RMSE(truth, predicted), 1)
			near("MAE", MAE(y, x), MAE(truth, predicted), 1)
			near("R2", R2(y, x), R2(truth, predicted), 0)
		}
	})
}

// TestMeanNearOverflow: a mean is finite where only the sum of what it is of is not.
func TestMeanNearOverflow(t *testing.T) {
	zero, large := []float64{0, 0, 0}, []float64{1e308, 1e308, 1.5e308}
	if got := MAE(zero, large).Value; !(math.Abs(got-(1e308/3+1e308/3+0.5e308)) <= 1e293) {
		t.Errorf("MAE %v", got)
	}
	if got := MSE(zero, []float64{1e154, 1e154, 1e154}).Value; !(math.Abs(got-1e308) <= 1e293) {
		t.Errorf("MSE %v", got)
	}
	if got := MSE(zero, large).Value; !math.IsInf(got, 1) {
		t.Errorf("MSE %v", got)
	}
}
