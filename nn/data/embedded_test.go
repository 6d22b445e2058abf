package data

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"testing"
)

// The checksum is that of the pixels and digits as bytes, found from the copy in
// scikit-learn 1.2.1.
func TestDigits(t *testing.T) {
	s := Digits()
	var raw []byte
	count := make([]int, 10)
	for i := range s.Len() {
		for _, v := range s.Sample(i) {
			raw = append(raw, byte(16*v))
		}
		raw = append(raw, byte(s.Label(i)))
		count[s.Label(i)]++
	}
	sum := sha256.Sum256(raw)
	if got := hex.EncodeToString(sum[:]); got != "68aea062d35a127749050fa0e52dca09d6569ac08092c925610e0954e172dde2" {
		t.Errorf("checksum %s", got)
	}
	if want := []int{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}; !slices.Equal(count, want) || s.Len() != 1797 {
		t.Errorf("%d digits, of each %v, want %v", s.Len(), count, want)
	}
	if !slices.Equal(s.Shape, []int{1, 8, 8}) || len(s.Classes) != 10 || s.Classes[7] != "7" || slices.Min(s.X) != 0 || slices.Max(s.X) != 1 {
		t.Errorf("shape %v, classes %v, values from %g to %g", s.Shape, s.Classes, slices.Min(s.X), slices.Max(s.X))
	}
	if got, want := s.Sample(0)[8:16], []float64{0, 0, 13. / 16, 15. / 16, 10. / 16, 15. / 16, 5. / 16, 0}; !slices.Equal(got, want) {
		t.Errorf("the second row of the first digit is %v, want %v", got, want)
	}
}

func TestIris(t *testing.T) {
	s := Iris()
	if s.Len() != 150 || !slices.Equal(s.Classes, []string{"setosa", "versicolor", "virginica"}) {
		t.Fatalf("%d irises of %v", s.Len(), s.Classes)
	}
	mean := make([]float64, 4)
	for i := range s.Len() {
		if s.Label(i) != i/50 {
			t.Errorf("iris %d is of the species %d", i, s.Label(i))
		}
		for j, v := range s.Sample(i) {
			mean[j] += v / 150
		}
	}
	for j, want := range []float64{876.5 / 150, 458.6 / 150, 563.7 / 150, 179.9 / 150} {
		if math.Abs(mean[j]-want) > 1e-12 {
			t.Errorf("feature %d has the mean %g, want %g", j, mean[j], want)
		}
	}
	for i, want := range map[int][]float64{
		0:   {5.1, 3.5, 1.4, 0.2},
		34:  {4.9, 3.1, 1.5, 0.2}, // these two are wrong in other copies
		37:  {4.9, 3.6, 1.4, 0.1},
		149: {5.9, 3.0, 5.1, 1.8},
	} {
		if !slices.Equal(s.Sample(i), want) {
			t.Errorf("iris %d is %v, want %v", i, s.Sample(i), want)
		}
	}
}

func TestEmbeddedIsOwn(t *testing.T) {
	a, b := Digits(), Iris()
	a.X[3], b.X[3] = 9, 9
	if Digits().X[3] == 9 || Iris().X[3] == 9 {
		t.Error("a change of one set changes the next")
	}
}
