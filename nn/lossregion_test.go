package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
	"pgregory.net/rapid"
)

// TestRegions: losses of overlap lie between 0 and 1, are 0 of equal masks, and are
// tied to each other.
func TestRegions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tape := reverse.NewTape()
		p := tape.Const(drawn(t, "p", 12, 0, 1), 2, 2, 3)
		bits := rapid.SliceOfN(rapid.IntRange(0, 1), 12, 12).Draw(t, "mask")
		mv := make([]float64, 12)
		for i, b := range bits {
			mv[i] = float64(b)
		}
		mask := tape.Const(mv, 2, 2, 3)
		o := RegionOptions{Reduction: ReduceNone, Batch: rapid.Bool().Draw(t, "batch")}
		for name, f := range map[string]func(p, m reverse.Array) reverse.Array{
			"DiceLoss":            func(p, m reverse.Array) reverse.Array { return DiceLoss(p, m, 1, o) },
			"DiceSquaredLoss":     func(p, m reverse.Array) reverse.Array { return DiceSquaredLoss(p, m, 1, o) },
			"JaccardLoss":         func(p, m reverse.Array) reverse.Array { return JaccardLoss(p, m, 1, o) },
			"TverskyLoss":         func(p, m reverse.Array) reverse.Array { return TverskyLoss(p, m, 0.3, 0.7, 1, o) },
			"FocalTverskyLoss":    func(p, m reverse.Array) reverse.Array { return FocalTverskyLoss(p, m, 0.3, 0.7, 0.75, 1, o) },
			"GeneralizedDiceLoss": func(p, m reverse.Array) reverse.Array { return GeneralizedDiceLoss(p, m, 1, o) },
		} {
			for _, v := range f(p, mask).Values() {
				if !(v >= 0 && v <= 1) {
					t.Errorf("%s is %v", name, v)
				}
			}
			for _, v := range f(mask, mask).Values() {
				if v != 0 {
					t.Errorf("%s of equal masks is %v", name, v)
				}
			}
		}
		dice, jaccard := DiceLoss(p, mask, 0, o).Values(), JaccardLoss(p, mask, 0, o).Values()
		for i, d := range dice { // J = D/(2-D) of the coefficients
			want := 1 - (1-d)/(1+d) // NaN of nothing
			if j := jaccard[i]; !(math.Abs(j-want) <= 1e-12) && (j == j || d == d) {
				t.Errorf("Jaccard %v of Dice %v, want %v", j, d, want)
			}
		}
	})
}

// TestFocalTverskyAtZero: a perfect prediction has gradient 0, although the power has
// an infinite slope.
func TestFocalTverskyAtZero(t *testing.T) {
	tape := reverse.NewTape()
	p := tape.Param([]float64{0, 1, 1}, nil)
	y := FocalTverskyLoss(p, tape.Const([]float64{0, 1, 1}), 0.3, 0.7, 0.75, 1)
	y.Backward()
	if y.Value() != 0 {
		t.Errorf("value %v", y.Value())
	}
	for _, g := range p.Grad() {
		if g != 0 {
			t.Errorf("gradient %v", p.Grad())
		}
	}
}
