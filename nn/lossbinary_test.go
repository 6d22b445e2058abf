package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// TestFocalSaturated: gradients are finite at logits of any size, for every gamma, and
// second derivatives up to where the curve of a power below 1 overflows.
func TestFocalSaturated(t *testing.T) {
	for _, gamma := range []float64{0, 0.1, 0.5, 1, 1.5, 2, 5} {
		for _, logit := range []float64{0, 1, 36, 40, 150, 350, 372, 700, 740, 745, 746, 1e3, 1e6, 1e300} {
			for name, f := range map[string]func(x reverse.Array) reverse.Array{
				"FocalSoftmax": func(x reverse.Array) reverse.Array { return FocalSoftmax(x, []int{0, 0}, gamma) },
				"FocalSigmoid": func(x reverse.Array) reverse.Array {
					return FocalSigmoid(x, x.Tape().Const([]float64{1, 0, 1, 1, 0, 0.5}, 2, 3), 0.25, gamma)
				},
			} {
				tape := reverse.NewTape()
				x := tape.Param([]float64{logit, -logit, 0, -logit, logit, 0}, nil, 2, 3)
				y := f(x)
				y.Backward()
				numbers := append([]float64{y.Value()}, x.Grad()...)
				if logit <= 150 || logit >= 746 {
					numbers = append(numbers, y.HVP([]float64{1}, []reverse.Array{x}, [][]float64{{1, -0.5, 2, 0.25, 1, -3}})[0]...)
				}
				for _, z := range numbers {
					if math.IsNaN(z) || math.IsInf(z, 0) {
						t.Fatalf("%s: gamma %v at logits ±%v: value and derivatives %v", name, gamma, logit, numbers)
					}
				}
			}
		}
	}
}
