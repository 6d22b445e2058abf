package metric

import (
	"math"
	"testing"
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

// TestMisprint30: the second form of equation 30 as printed,
// 2TP / (TP + (FN+FP)/2), is twice the F1 score that the first form defines,
// and above 1.
func TestMisprint30(t *testing.T) {
	n := Counts{TP: 21, FP: 13, FN: 9}
	tp, fp, fn := 21.0, 13.0, 9.0
	first := 2 / (1/n.Precision().Value + 1/n.Recall().Value)
	near(t, []float64{n.F1().Value, first}, []float64{0.65625, 0.65625})
	if printed := 2 * tp / (tp + (fn+fp)/2); printed != 1.3125 {
		t.Errorf("the misprint gives %v, not 1.3125", printed)
	}
}

// TestMeanIoU: a class that is in neither map is left out, one that is only
// predicted counts 0, and one that is predicted where nothing is labelled does
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
		{"not labelled", 2, []int{0, 0, 255, 255}, []int{0, 0, 1, 1}, 1},
	}
	for _, test := range tests {
		m := NewConfusionMatrix(test.classes)
		m.AddExcept(255, test.truth, test.predicted)
		if got := m.MeanIoU(); got.Or(-1) != test.want {
			t.Errorf("%s: mean IoU %v, want %v", test.name, got, test.want)
		}
	}
}
