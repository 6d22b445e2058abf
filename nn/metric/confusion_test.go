package metric

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// matrixOf returns the confusion matrix of these counts.
func matrixOf(counts [][]int) *ConfusionMatrix {
	m := NewConfusionMatrix(len(counts))
	for i, row := range counts {
		for j, n := range row {
			for range n {
				m.Add([]int{i}, []int{j})
			}
		}
	}
	return m
}

// TestNotes checks the two example matrices of the notes, equations 33 and 34.
func TestNotes(t *testing.T) {
	m := matrixOf([][]int{{21, 2, 7}, {10, 11, 9}, {3, 1, 26}})
	if got, want := m.Class(0), (Counts{TP: 21, FP: 13, FN: 9, TN: 47}); got != want {
		t.Errorf("class 0: %+v, want %+v", got, want)
	}
	for _, test := range []struct {
		name string
		got  Score
		want float64 // to four decimals unless exact
	}{
		{"accuracy", m.Accuracy(), 58.0 / 90},
		{"F1 of class 0", m.Class(0).F1(), 0.65625},
		{"precision of class 0", m.Class(0).Precision(), 21.0 / 34},
		{"recall of class 0", m.Class(0).Recall(), 21.0 / 30},
		{"balanced accuracy", matrixOf([][]int{{3, 1}, {0, 2}}).BalancedAccuracy(), (3.0/4 + 1) / 2},
		{"macro F1", m.Macro(Counts.F1, Refuse), 0.6262},
		{"IoU of class 0", m.Class(0).IoU(), 0.4884},
		{"IoU of class 1", m.Class(1).IoU(), 0.3333},
		{"IoU of class 2", m.Class(2).IoU(), 0.5652},
		{"mean IoU", m.MeanIoU(), (21.0/43 + 11.0/33 + 26.0/46) / 3},
	} {
		if !test.got.Defined || !(math.Abs(test.got.Value-test.want) <= 5e-5) {
			t.Errorf("%s: got %v, want %v", test.name, test.got, test.want)
		}
	}

	perfect := matrixOf([][]int{{30, 0, 0}, {0, 30, 0}, {0, 0, 30}})
	for name, got := range map[string]Score{
		"accuracy": perfect.Accuracy(), "balanced accuracy": perfect.BalancedAccuracy(), "MCC": perfect.MCC(), "kappa": perfect.Kappa(),
		"macro F1": perfect.Macro(Counts.F1, Refuse), "weighted F1": perfect.Weighted(Counts.F1, Refuse), "micro F1": perfect.Micro().F1(),
		"mean IoU": perfect.MeanIoU(), "frequency weighted IoU": perfect.FrequencyWeightedIoU(), "mean Dice": perfect.MeanDice(),
	} {
		if !got.Defined || got.Value != 1 {
			t.Errorf("%s of a perfect classifier: %v", name, got)
		}
	}
}

// TestMeanIoU: a class that is in neither map is left out, one that is only
// predicted counts 0, and one that is predicted where nothing is labeled does
// not count at all.
func TestMeanIoU(t *testing.T) {
	tests := []struct {
		name             string
		classes          int
		truth, predicted []int
		want             float64
	}{
		{"absent class", 3, []int{0, 0, 1, 1}, []int{0, 0, 1, 1}, 1},
		{"only predicted", 3, []int{0, 0, 1, 1}, []int{0, 0, 1, 2}, (1 + 0.5 + 0) / 3},
		{"empty mask found empty", 2, []int{0, 0}, []int{0, 0}, 1},
		{"not labeled", 2, []int{0, 0, 255, 255}, []int{0, 0, 1, 1}, 1},
	}
	for _, test := range tests {
		m := NewConfusionMatrix(test.classes)
		m.AddExcept(255, test.truth, test.predicted)
		if got := m.MeanIoU(); got.Or(-1) != test.want {
			t.Errorf("%s: mean IoU %v, want %v", test.name, got, test.want)
		}
	}
}

// drawLabels draws the true and predicted classes of some samples.
func drawLabels(t *rapid.T, least int) (classes int, truth, predicted []int) {
	classes = rapid.IntRange(1, 5).Draw(t, "classes")
	n := rapid.IntRange(least, 40).Draw(t, "n")
	label := rapid.SliceOfN(rapid.IntRange(0, classes-1), n, n)
	return classes, label.Draw(t, "truth"), label.Draw(t, "predicted")
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
