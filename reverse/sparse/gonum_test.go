package sparse

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

func TestMatrixSymmetric(t *testing.T) {
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawSymmetric(t, 7)
		if p.n == 0 {
			t.Skip()
		}
		cases++
		s := integers(p, true, rand.New(rand.NewPCG(1, 2)))
		for _, got := range []mat.Matrix{s.SymDense(), s.SymBandDense()} {
			if !mat.Equal(got, s.Dense()) {
				t.Fatalf("%T is\n%v, want\n%v", got, mat.Formatted(got), s)
			}
		}
	})
	if cases < fully(50) {
		t.Errorf("%d cases", cases)
	}
	nan := NewMatrix(Full(2, 2), []float64{1, math.NaN(), math.NaN(), 2}).SymDense()
	if !math.IsNaN(nan.At(0, 1)) {
		t.Errorf("%v", mat.Formatted(nan))
	}
}
