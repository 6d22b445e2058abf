package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const eps = 1e-12

// inUnit fails unless s is undefined with a reason or in [0, 1].
func inUnit(t *rapid.T, name string, s Score) {
	if s.Defined == (s.Reason != "") || s.Defined && !(s.Value >= 0 && s.Value <= 1) {
		t.Fatalf("%s is %v (%+v)", name, s, s)
	}
}

func same(t *rapid.T, name string, a, b Score) {
	if a.Defined != b.Defined || a.Reason != b.Reason || a.Defined && !(math.Abs(a.Value-b.Value) <= eps) {
		t.Fatalf("%s: %v and %v", name, a, b)
	}
}

// drawLabels draws the true and predicted classes of some samples.
func drawLabels(t *rapid.T, least int) (classes int, truth, predicted []int) {
	classes = rapid.IntRange(1, 5).Draw(t, "classes")
	n := rapid.IntRange(least, 40).Draw(t, "n")
	label := rapid.SliceOfN(rapid.IntRange(0, classes-1), n, n)
	return classes, label.Draw(t, "truth"), label.Draw(t, "predicted")
}

func TestCountsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(0, 20)
		n := Counts{TP: count.Draw(t, "TP"), FP: count.Draw(t, "FP"), FN: count.Draw(t, "FN"), TN: count.Draw(t, "TN")}
		p, r, f, iou := n.Precision(), n.Recall(), n.F1(), n.IoU()
		for name, s := range map[string]Score{
			"precision": p, "recall": r, "F1": f, "IoU": iou, "specificity": n.Specificity(), "FPR": n.FalsePositiveRate(),
			"accuracy": n.Accuracy(), "F2": n.FBeta(2),
		} {
			inUnit(t, name, s)
		}
		same(t, "F1 and FBeta(1)", f, n.FBeta(1))
		if n.TP > 0 {
			same(t, "F1 and the harmonic mean", f, Score{Value: 2 / (1/p.Value + 1/r.Value), Defined: true})
			if f.Value < min(p.Value, r.Value)-eps || f.Value > max(p.Value, r.Value)+eps {
				t.Fatalf("F1 %v is not between precision %v and recall %v", f, p, r)
			}
		}
		if iou.Defined {
			same(t, "Dice and IoU", n.Dice(), Score{Value: 2 * iou.Value / (1 + iou.Value), Defined: true})
		}
		if s, fpr := n.Specificity(), n.FalsePositiveRate(); s.Defined && math.Abs(s.Value+fpr.Value-1) > eps {
			t.Fatalf("specificity %v, false positive rate %v", s, fpr)
		}
	})
}

func TestConfusionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes, truth, predicted := drawLabels(t, 0)
		m, transposed := NewConfusionMatrix(classes), NewConfusionMatrix(classes)
		m.Add(truth, predicted)
		transposed.Add(predicted, truth)

		for name, s := range map[string]Score{
			"accuracy": m.Accuracy(), "balanced accuracy": m.BalancedAccuracy(), "mean IoU": m.MeanIoU(), "mean Dice": m.MeanDice(),
			"frequency weighted IoU": m.FrequencyWeightedIoU(), "macro F1": m.Macro(Counts.F1, AsZero),
		} {
			inUnit(t, name, s)
		}
		for name, s := range map[string]Score{"MCC": m.MCC(), "kappa": m.Kappa()} {
			if s.Defined && !(math.Abs(s.Value) <= 1+eps) {
				t.Fatalf("%s is %v", name, s)
			}
		}
		same(t, "kappa transposed", m.Kappa(), transposed.Kappa())
		same(t, "micro precision and recall", Score{Value: m.Micro().Precision().Or(2), Defined: true}, Score{Value: m.Micro().Recall().Or(2), Defined: true})
		if len(truth) > 0 {
			same(t, "micro F1 and accuracy", m.Micro().F1(), m.Accuracy())
			same(t, "weighted recall and accuracy", m.Weighted(Counts.Recall, Refuse), m.Accuracy())
		}
		var sum Counts
		for k := range classes {
			n, back := m.Class(k), transposed.Class(k)
			if n.FP != back.FN || n.FN != back.FP || n.TN != back.TN || n.TP+n.FP+n.FN+n.TN != len(truth) {
				t.Fatalf("class %d: %+v, transposed %+v, of %d samples", k, n, back, len(truth))
			}
			sum = Counts{sum.TP + n.TP, sum.FP + n.FP, sum.FN + n.FN, sum.TN + n.TN}
		}
		if sum != m.Micro() {
			t.Fatalf("Micro is %+v, the sum over classes %+v", m.Micro(), sum)
		}
		if classes == 2 {
			same(t, "MCC of the matrix and of the counts", m.MCC(), m.Class(1).MCC())
		}
	})
}

// TestConfusionStream: order and batches do not matter, merging is adding, and
// a matrix that was reset is as new.
func TestConfusionStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes, truth, predicted := drawLabels(t, 1)
		whole, parts, rest := NewConfusionMatrix(classes), NewConfusionMatrix(classes), NewConfusionMatrix(classes)
		whole.Add(truth, predicted)
		rest.Add(predicted, truth)
		rest.Reset()
		order := rapid.Permutation(indices(len(truth))).Draw(t, "order")
		cut := rapid.IntRange(0, len(order)).Draw(t, "cut")
		parts.Add(pick(truth, order[:cut]), pick(predicted, order[:cut]))
		rest.Add(pick(truth, order[cut:]), pick(predicted, order[cut:]))
		parts.Merge(rest)
		if whole.String() != parts.String() || parts.Total() != len(truth) {
			t.Fatalf("whole:\n%vparts:\n%v", whole, parts)
		}
		ignore := truth[0]
		rest.Reset()
		rest.AddExcept(ignore, truth, predicted)
		for i := range classes {
			for j := range classes {
				want := whole.At(i, j)
				if i == ignore {
					want = 0
				}
				if got := rest.At(i, j); got != want {
					t.Fatalf("%d at %d, %d without class %d, want %d", got, i, j, ignore, want)
				}
			}
		}
	})
}

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

// TestAveragePrecisionProperties: all variants lie in [0, 1], the envelope is
// above the steps, interpolation agrees with its definition, and a perfect
// ranking has 1.
func TestAveragePrecisionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positive, score := drawScores(t)
		curve := Sweep(positive, score)
		for how := Step; how <= HundredOnePoint; how++ {
			inUnit(t, "average precision", curve.AveragePrecision(how))
		}
		p := curve[0].FN
		if p == 0 {
			return
		}
		if step, all := curve.AveragePrecision(Step), curve.AveragePrecision(AllPoint); step.Value > all.Value+eps {
			t.Fatalf("steps %v, envelope %v", step, all)
		}
		for how, n := range map[Interpolation]int{ElevenPoint: 10, HundredOnePoint: 100} {
			sum := 0.0
			for i := range n + 1 {
				best := 0.0
				for _, at := range curve[1:] {
					if at.TP*n >= i*p {
						best = max(best, at.Precision().Value)
					}
				}
				sum += best
			}
			same(t, "interpolation", curve.AveragePrecision(how), Score{Value: sum / float64(n+1), Defined: true})
		}
		for i, positive := range positive {
			if positive {
				score[i] += 100
			}
		}
		for how := Step; how <= HundredOnePoint; how++ {
			if s := Sweep(positive, score).AveragePrecision(how); !(math.Abs(s.Value-1) <= eps) {
				t.Fatalf("perfect ranking: %v", s)
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

func TestCalibrationError(t *testing.T) {
	tests := []struct {
		name       string
		correct    []bool
		confidence []float64
		bins       int
		want       float64
	}{
		{"certain and right", []bool{true, true}, []float64{1, 1}, 10, 0},
		{"certain and wrong", []bool{false, false}, []float64{1, 1}, 10, 1},
		{"half right", []bool{true, false}, []float64{0.5, 0.5}, 10, 0},
		{"0.7 ends a bin", []bool{true, false}, []float64{0.7, 0.65}, 10, 0.175},
		{"0.3 ends a bin", []bool{true, false}, []float64{0.3, 0.35}, 10, 0.525},
		{"0 is in the first bin", []bool{true, false}, []float64{0, 0.1}, 10, 0.45},
		{"0.29 ends a bin of a hundred", []bool{true, false}, []float64{0.29, 0.285}, 100, 0.2125},
		{"one bin", []bool{true, false, false, true}, []float64{0.1, 0.9, 0.8, 0.6}, 1, 0.1},
	}
	for _, test := range tests {
		if got := CalibrationError(test.correct, test.confidence, test.bins); !(math.Abs(got.Value-test.want) <= eps) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
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

func TestTopKProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes, truth, predicted := drawLabels(t, 1)
		score := make([]float64, classes*len(truth))
		for i, k := range predicted {
			score[i*classes+k] = 1
		}
		m := NewConfusionMatrix(classes)
		m.Add(truth, predicted)
		same(t, "top 1 and accuracy", TopK(truth, score, 1), m.Accuracy())
		last := 0.0
		for k := 1; k <= classes; k++ {
			s := TopK(truth, score, k)
			if !(s.Value >= last) {
				t.Fatalf("top %d accuracy %v, top %d %v", k-1, last, k, s)
			}
			last = s.Value
		}
		if last != 1 {
			t.Fatalf("all classes are not always among %d: %v", classes, last)
		}
	})
}
