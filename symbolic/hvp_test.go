package symbolic

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestPowAtExponentZero: x^y is smooth at y = 0, and its slope in x, which is 0
// there, is not 0 beside it.
func TestPowAtExponentZero(t *testing.T) {
	pow := func(x []Expr) Expr { return ad.Pow(x[0], x[1]) }
	for _, base := range []float64{0.5, 4} {
		log := math.Log(base)
		optest.Equal(t, fmt.Sprintf("HVP of x^y at (%v, 0) along y", base), HVP(pow, []float64{base, 0}, []float64{0, 1}), []float64{1 / base, log * log}, rounding)
		optest.Equal(t, fmt.Sprintf("HVP of x^y at (%v, 0) along x", base), HVP(pow, []float64{base, 0}, []float64{1, 0}), []float64{0, 1 / base}, rounding)
	}
	for _, base := range []float64{0, 5e-324, inf, -2} {
		if g := Gradient(pow, []float64{base, 0}); g[0] != 0 {
			t.Errorf("slope of x^0 in x at %v: %v", base, g[0])
		}
	}
}
