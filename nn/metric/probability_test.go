package metric

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

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
