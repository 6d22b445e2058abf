package metric

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

func TestUndefined(t *testing.T) {
	none := NewConfusionMatrix(3)
	one := NewConfusionMatrix(3) // all samples and predictions of class 0, class 2 is absent
	one.Add([]int{0, 0}, []int{0, 0})
	same := NewConfusionMatrix(2)
	same.Add([]int{0, 1}, []int{1, 1})
	allPositive, allNegative := []bool{true, true}, []bool{false, false}
	score := []float64{0.25, 0.75}
	uncounted := Counts{TP: 1, FP: 1, FN: 1, TN: -1}
	var noCurve Curve

	tests := []struct {
		name   string
		got    Score
		reason string
	}{
		{"the zero Score", Score{}, ""},
		{"precision", Counts{FN: 3, TN: 2}.Precision(), "no positive predictions"},
		{"recall", Counts{FP: 3, TN: 2}.Recall(), "no positive samples"},
		{"specificity", Counts{TP: 3, FN: 2}.Specificity(), "no negative samples"},
		{"false positive rate", Counts{TP: 3, FN: 2}.FalsePositiveRate(), "no negative samples"},
		{"F1", Counts{TN: 2}.F1(), "absent from labels and predictions"},
		{"F2", Counts{TN: 2}.FBeta(2), "absent from labels and predictions"},
		{"F0", Counts{TN: 2, FN: 1}.FBeta(0), "no positive predictions"},
		{"F∞", Counts{TN: 2, FP: 1}.FBeta(math.Inf(1)), "no positive samples"},
		{"IoU", one.Class(2).IoU(), "absent from labels and predictions"},
		{"Dice", one.Class(2).Dice(), "absent from labels and predictions"},
		{"accuracy of counts", Counts{}.Accuracy(), "no samples"},
		{"MCC of counts", Counts{}.MCC(), "no samples"},
		{"specificity uncounted", uncounted.Specificity(), "true negatives are not counted"},
		{"false positive rate uncounted", uncounted.FalsePositiveRate(), "true negatives are not counted"},
		{"accuracy uncounted", uncounted.Accuracy(), "true negatives are not counted"},
		{"MCC uncounted", uncounted.MCC(), "true negatives are not counted"},
		{"accuracy", none.Accuracy(), "no samples"},
		{"MCC", none.MCC(), "no samples"},
		{"kappa", none.Kappa(), "no samples"},
		{"MCC of one class", one.MCC(), "all samples are of one class"},
		{"MCC of one prediction", same.MCC(), "all predictions are of one class"},
		{"kappa of one class", one.Kappa(), "all samples and predictions are of one class"},
		{"mean IoU of nothing", none.MeanIoU(), "nothing that is defined to average"},
		{"frequency weighted IoU of nothing", none.FrequencyWeightedIoU(), "nothing to average"},
		{"strict mean", one.Macro(Counts.Recall, Refuse), "score 1: no positive samples"},
		{"mean of none", Mean(nil, AsZero), "nothing to average"},
		{"AUC without samples", Sweep(nil, nil).AUC(), "no positive samples"},
		{"AUC of no curve", noCurve.AUC(), "no samples"},
		{"AUC of positives", Sweep(allPositive, score).AUC(), "no negative samples"},
		{"AUC of negatives", Sweep(allNegative, score).AUC(), "no positive samples"},
		{"AP of negatives", Sweep(allNegative, score).AveragePrecision(Step), "no positive samples"},
		{"AP of no curve", noCurve.AveragePrecision(Step), "no positive samples"},
		{"AUC of detections", SweepDetections(make([]Object, 1), nil, 0.5, COCO).AUC(), "true negatives are not counted"},
		{"distance from nothing", Hausdorff([]int{0, 0}, []int{0, 1}, 2, 1), "no positive samples"},
		{"distance to nothing", Hausdorff([]int{0, 1}, []int{0, 0}, 2, 1), "no positive predictions"},
		{"log loss", LogLoss(nil, nil), "no samples"},
		{"Brier", Brier(nil, nil), "no samples"},
		{"calibration", CalibrationError(nil, nil, 10), "no samples"},
		{"top k", TopK(nil, nil, 1), "no samples"},
		{"MSE", MSE(nil, nil), "no values"},
		{"RMSE", RMSE(nil, nil), "no values"},
		{"MAE", MAE(nil, nil), "no values"},
		{"R2", R2(nil, nil), "no values"},
		{"R2 of a constant", R2([]float64{2, 2}, []float64{2, 3}), "all true values are equal"},
		{"mAP without objects", MeanAP(nil, make([]Detection, 1), COCOThresholds(), COCO, AllPoint), "no objects"},
	}
	for _, test := range tests {
		switch {
		case test.got.Defined:
			t.Errorf("%s: got %v, want undefined", test.name, test.got)
		case test.got.Reason != test.reason:
			t.Errorf("%s: undefined as %q, want %q", test.name, test.got.Reason, test.reason)
		case test.reason != "" && !math.IsNaN(test.got.Value):
			t.Errorf("%s: value %v where it is undefined", test.name, test.got.Value)
		case test.got.Or(0.25) != 0.25:
			t.Errorf("%s: Or(0.25) = %v", test.name, test.got.Or(0.25))
		}
	}
}

func TestPolicy(t *testing.T) {
	half := Score{Value: 0.5, Defined: true}
	missing := Score{Value: math.NaN(), Reason: "of a test"}
	tests := []struct {
		policy         Policy
		mean, weighted float64 // NaN where undefined
	}{
		{Exclude, 0.5, 0.5},
		{AsZero, 0.25, 0.125},
		{AsOne, 0.75, 0.875},
		{Refuse, nan, nan},
	}
	for _, test := range tests {
		scores := []Score{half, missing}
		optest.Equal(t, "mean", Mean(scores, test.policy).Value, test.mean)
		optest.Equal(t, "weighted mean", WeightedMean(scores, []float64{1, 3}, test.policy).Value, test.weighted)
		optest.Equal(t, "mean of one", WeightedMean(scores, []float64{2, 0}, test.policy).Value, 0.5)
	}
}

// TestSpecial holds values at the edges of what is defined.
func TestSpecial(t *testing.T) {
	inf, huge := math.Inf(1), math.MaxFloat64
	tests := []struct {
		name      string
		got, want float64
	}{
		{"F1 without a true positive", Counts{FP: 1, FN: 1}.F1().Value, 0},
		{"F0 is precision", Counts{TP: 1, FP: 2, FN: 4}.FBeta(0).Value, 1.0 / 3},
		{"F∞ is recall", Counts{TP: 1, FP: 2, FN: 4}.FBeta(inf).Value, 1.0 / 5},
		{"F of a huge beta", Counts{TP: 1, FP: 2, FN: 4}.FBeta(1e200).Value, 1.0 / 5},
		{"MCC of a perfect classifier", Counts{TP: 3, TN: 4}.MCC().Value, 1},
		{"MCC of the opposite", Counts{FP: 3, FN: 4}.MCC().Value, -1},
		{"log loss of certainty", LogLoss([]bool{true, false}, []float64{1, 0}).Value, 0},
		{"log loss of a certain error", LogLoss([]bool{true}, []float64{0}).Value, inf},
		{"log loss near 0", LogLoss([]bool{false}, []float64{1e-20}).Value, 1e-20},
		{"AUC with infinite scores", Sweep([]bool{true, false, true}, []float64{inf, -inf, -inf}).AUC().Value, 0.75},
		{"AUC with zeros of both signs", Sweep([]bool{true, false}, []float64{0, math.Copysign(0, -1)}).AUC().Value, 0.5},
		{"top 1 of a tie", TopK([]int{0, 0, 1}, []float64{2, 2, 2, 2, 2, 2}, 1).Value, 2.0 / 3},
		{"top k of all", TopK([]int{0, 1}, []float64{2, 3, 3, 2}, 5).Value, 1},
		{"RMSE of huge errors", RMSE([]float64{1e200, 1e200}, []float64{0, 0}).Value, 1e200},
		{"RMSE of tiny errors", RMSE([]float64{1e-200, 1e-200}, []float64{0, 0}).Value, 1e-200},
		{"RMSE of an infinite error", RMSE([]float64{inf, 1}, []float64{0, 0}).Value, inf},
		{"RMSE of NaN", RMSE([]float64{nan, 1}, []float64{0, 0}).Value, nan},
		{"MSE of NaN", MSE([]float64{nan, 1}, []float64{0, 0}).Value, nan},
		{"R2 where the ends are equal", R2([]float64{1, 2, 1}, []float64{1, 2, 1}).Value, 1},
		{"R2 of the mean", R2([]float64{1, 3}, []float64{2, 2}).Value, 0},
		{"R2 of huge values", R2([]float64{0, 2e200}, []float64{1e200, 1e200}).Value, 0},
		{"R2 of NaN", R2([]float64{1, nan}, []float64{1, nan}).Value, nan},
		{"IoU of empty boxes", IoU(Box{}, Box{}), 0},
		{"IoU with an empty box", IoU(Box{0, 0, 2, 2}, Box{1, 1, 1, 2}), 0},
		{"IoU with a box inside out", IoU(Box{0, 0, 2, 2}, Box{2, 2, 0, 0}), 0},
		{"IoU of boxes that touch", IoU(Box{0, 0, 1, 1}, Box{1, 0, 2, 1}), 0},
		{"IoU of huge boxes", IoU(Box{0, 0, 2e200, 2e200}, Box{0, 0, 1e200, 2e200}), 0.5},
		{"IoU of the largest boxes", IoU(Box{-huge, -huge, huge, huge}, Box{-huge, 0, huge, huge}), 0.5},
		{"IoU of tiny boxes", IoU(Box{0, 0, 2e-200, 2e-200}, Box{0, 0, 1e-200, 2e-200}), 0.5},
		{"IoU with NaN", IoU(Box{0, 0, nan, 1}, Box{0, 0, 1, 1}), nan},
		{"IoU of infinite boxes", IoU(Box{0, 0, inf, 1}, Box{0, 0, inf, 1}), nan},
		{"area", Box{1, 2, 3, 5}.Area(), 6},
		{"area of a box inside out", Box{3, 5, 1, 2}.Area(), 0},
		{"area of a line", Box{0, 1, inf, 1}.Area(), 0},
		{"area with NaN", Box{0, 0, nan, 1}.Area(), nan},
		{"AP without a detection", SweepDetections(make([]Object, 2), nil, 0.5, COCO).AveragePrecision(AllPoint).Value, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { optest.Equal(t, "result", test.got, test.want, near) })
	}
}

func TestMisuse(t *testing.T) {
	two := NewConfusionMatrix(2)
	tests := []struct {
		want string
		do   func()
	}{
		{"metric: NewConfusionMatrix of 0 classes, want 1 or more", func() { NewConfusionMatrix(0) }},
		{"metric: Add of 2 labels and 1 predictions", func() { two.Add([]int{0, 1}, []int{0}) }},
		{"metric: AddExcept of 1 labels and 0 predictions", func() { two.AddExcept(7, []int{0}, nil) }},
		{"metric: sample 1 of class 2 predicted as 0, of 2 classes", func() { two.Add([]int{0, 2}, []int{0, 0}) }},
		{"metric: sample 0 of class 0 predicted as -1, of 2 classes", func() { two.Add([]int{0}, []int{-1}) }},
		{"metric: class 2 of 2, which are numbered from 0", func() { two.At(0, 2) }},
		{"metric: class -1 of 2, which are numbered from 0", func() { two.Class(-1) }},
		{"metric: class 2 of 2, which are numbered from 0", func() { two.Predicted(2) }},
		{"metric: Merge of 2 and 3 classes", func() { two.Merge(NewConfusionMatrix(3)) }},
		{"metric: 1 names of 2 classes", func() { two.Report("cat") }},
		{"metric: no policy 4, of Exclude to Refuse, 0 to 3", func() { Mean(nil, 4) }},
		{"metric: WeightedMean of 1 scores and 0 weights", func() { WeightedMean(make([]Score, 1), nil, AsZero) }},
		{"metric: WeightedMean with weight -1 at 0, want finite and not negative", func() { WeightedMean(make([]Score, 1), []float64{-1}, AsZero) }},
		{"metric: FBeta with beta -1, want 0 or more", func() { Counts{}.FBeta(-1) }},
		{"metric: FBeta with beta NaN, want 0 or more", func() { Counts{}.FBeta(nan) }},
		{"metric: Sweep of 1 labels and 2 predictions", func() { Sweep(make([]bool, 1), make([]float64, 2)) }},
		{"metric: score 1 of Sweep is NaN", func() { Sweep(make([]bool, 2), []float64{0, nan}) }},
		{"metric: no interpolation 4, of Step to HundredOnePoint, 0 to 3", func() { Sweep(nil, nil).AveragePrecision(4) }},
		{"metric: LogLoss of 1 labels and 0 predictions", func() { LogLoss(make([]bool, 1), nil) }},
		{"metric: LogLoss of probability 1.5 at 0, want 0 to 1", func() { LogLoss(make([]bool, 1), []float64{1.5}) }},
		{"metric: Brier of probability NaN at 0, want 0 to 1", func() { Brier(make([]bool, 1), []float64{nan}) }},
		{"metric: CalibrationError of 0 bins, want 1 or more", func() { CalibrationError(nil, nil, 0) }},
		{"metric: CalibrationError of probability -1 at 0, want 0 to 1", func() { CalibrationError(make([]bool, 1), []float64{-1}, 2) }},
		{"metric: TopK of 2 labels and 3 scores, which are no whole number of rows", func() { TopK(make([]int, 2), make([]float64, 3), 1) }},
		{"metric: TopK of 0 labels and 3 scores, which are no whole number of rows", func() { TopK(nil, make([]float64, 3), 1) }},
		{"metric: TopK with k = 0, want 1 or more", func() { TopK(make([]int, 1), make([]float64, 3), 0) }},
		{"metric: TopK of label 3 at 0, of 3 classes", func() { TopK([]int{3}, make([]float64, 3), 1) }},
		{"metric: score 2 of sample 0 of TopK is NaN", func() { TopK([]int{0}, []float64{0, 0, nan}, 1) }},
		{"metric: R2 of 1 labels and 2 predictions", func() { R2(make([]float64, 1), make([]float64, 2)) }},
		{"metric: Hausdorff of 3 labels and 2 predictions", func() { Hausdorff(make([]int, 3), make([]int, 2), 1, 0) }},
		{"metric: Hausdorff of 3 pixels in rows of 2, which are no whole number", func() { Hausdorff(make([]int, 3), make([]int, 3), 2, 0) }},
		{"metric: NMS of 1 boxes and 2 scores", func() { NMS(make([]Box, 1), make([]float64, 2), 0.5) }},
		{"metric: NMS with threshold NaN, want a number", func() { NMS(nil, nil, nan) }},
		{"metric: score 0 of NMS is NaN", func() { NMS(make([]Box, 1), []float64{nan}, 0.5) }},
		{"metric: SoftNMS of score -1 at 0, want 0 or more", func() { SoftNMS(make([]Box, 1), []float64{-1}, GaussianDecay(0.5), 0) }},
		{"metric: GaussianDecay of 0, want a sigma of more than 0", func() { GaussianDecay(0) }},
		{"metric: IoU threshold 0, want more than 0 and at most 1", func() { Match(nil, nil, 0, COCO) }},
		{"metric: no matching 2, of COCO 0 and VOC 1", func() { Match(nil, nil, 0.5, 2) }},
		{"metric: score 0 of Match is NaN", func() { Match(nil, []Detection{{Score: nan}}, 0.5, VOC) }},
	}
	for _, test := range tests {
		t.Run(test.want, func(t *testing.T) {
			defer func() {
				if got := recover(); got != test.want {
					t.Errorf("panic %v, want %q", got, test.want)
				}
			}()
			test.do()
		})
	}
}

func TestAddAllocatesNothing(t *testing.T) {
	m := NewConfusionMatrix(3)
	truth, predicted := []int{0, 1, 2, 1}, []int{0, 2, 2, 1}
	if n := memtest.Allocations(100, func() { m.Add(truth, predicted); m.AddExcept(1, truth, predicted) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

const eps = 1e-12

// inUnit fails unless s is undefined with a reason or in [0, 1].
func inUnit(t *rapid.T, name string, s Score) {
	if s.Defined == (s.Reason != "") || s.Defined && !(s.Value >= 0 && s.Value <= 1) {
		t.Fatalf("%s is %v (%+v)", name, s, s)
	}
}

func same(t *rapid.T, name string, a, b Score) {
	optest.Equal(t, name, a, b, cmpopts.EquateApprox(0, eps), cmpopts.EquateNaNs())
}
