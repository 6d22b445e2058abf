package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func indices(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

func pick[T any](x []T, order []int) []T {
	var y []T
	for _, i := range order {
		y = append(y, x[i])
	}
	return y
}

// drawScores draws positives and scores with many ties.
func drawScores(t *rapid.T) (positive []bool, score []float64) {
	n := rapid.IntRange(0, 40).Draw(t, "n")
	positive = rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "positive")
	for _, i := range rapid.SliceOfN(rapid.IntRange(-5, 5), n, n).Draw(t, "score") {
		score = append(score, float64(i))
	}
	return positive, score
}

// TestCurveProperties compares the area under the ROC curve with its
// definition over pairs, and checks the order of the points.
func TestCurveProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positive, score := drawScores(t)
		curve := Sweep(positive, score)
		order := rapid.Permutation(indices(len(score))).Draw(t, "order")
		if again := Sweep(pick(positive, order), pick(score, order)); !slices.Equal(curve, again) {
			t.Fatalf("the curve depends on the order: %v, %v", curve, again)
		}
		var pairs, won float64
		for i := range score {
			for j := range score {
				if positive[i] && !positive[j] {
					pairs++
					if score[i] > score[j] {
						won++
					} else if score[i] == score[j] {
						won += 0.5
					}
				}
			}
		}
		auc := curve.AUC()
		if auc.Defined != (pairs > 0) || auc.Defined && auc.Value != won/pairs {
			t.Fatalf("AUC %v, by pairs %v of %v", auc, won, pairs)
		}
		for i, p := range curve {
			tp, fp := 0, 0
			for j, s := range score {
				if s >= p.Threshold && positive[j] {
					tp++
				} else if s >= p.Threshold {
					fp++
				}
			}
			if p.TP != tp || p.FP != fp || p.TP+p.FP+p.FN+p.TN != len(score) || i > 0 && !(p.Threshold < curve[i-1].Threshold) {
				t.Fatalf("point %d: %+v, want TP %d and FP %d", i, p, tp, fp)
			}
		}
	})
}

// TestLargeInputs: sorting is the only thing that is not linear. An area by
// pairs would take 10¹⁰ steps here.
func TestLargeInputs(t *testing.T) {
	positive, score := randomScores(200000)
	curve := Sweep(positive, score)
	if auc := curve.AUC(); !(math.Abs(auc.Value-0.5) <= 0.01) {
		t.Errorf("AUC of random scores: %v", auc)
	}
	if ap := curve.AveragePrecision(AllPoint); !(math.Abs(ap.Value-0.5) <= 0.01) {
		t.Errorf("AP of random scores: %v", ap)
	}
}

func randomScores(n int) (positive []bool, score []float64) {
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		positive = append(positive, r.IntN(2) == 0)
		score = append(score, r.NormFloat64())
	}
	return positive, score
}
