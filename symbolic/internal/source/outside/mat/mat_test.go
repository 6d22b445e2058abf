package mat

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	gonum "gonum.org/v1/gonum/mat"
)

// TestMeaning: the functions compute what gonum's do, but for the order of sums.
func TestMeaning(t *testing.T) {
	for _, s := range [][]float64{{0.3, -1.2, 2, 0.7, -0.1}, {3}, {1e200, -3e200}} {
		v := gonum.NewVecDense(len(s), s)
		for name, f := range map[string][2]float64{
			"Dot":     {Dot(v, v), gonum.Dot(v, v)},
			"Sum":     {Sum(v), gonum.Sum(v)},
			"Max":     {Max(v), gonum.Max(v)},
			"Min":     {Min(v), gonum.Min(v)},
			"Norm1":   {Norm1(v), gonum.Norm(v, 1)},
			"Norm2":   {Norm2(v), gonum.Norm(v, 2)},
			"NormInf": {NormInf(v), gonum.Norm(v, math.Inf(1))},
		} {
			optest.Equal(t, name, f[0], f[1], optest.ULP(8))
		}
	}
	optest.Panics(t, badShape, func() { Dot(gonum.NewVecDense(2, nil), gonum.NewVecDense(3, nil)) })
}
