package kernel

import (
	"testing"
)

// TestSlopes holds the slopes to their bound where they are small too.
func TestSlopes(t *testing.T) {
	onAll(t, func(t *testing.T) {
		for i := range 400 {
			x := float64(i)/10 - 20
			got := make([]float64, 2)
			SigmoidSlope(got[:1], []float64{x})
			TanhSlope(got[1:], []float64{x})
			s := bigSigmoid(bigFloat(x))
			s.Mul(s, bigSigmoid(bigFloat(-x)))
			h := bigSigmoid(bigFloat(2 * x))
			h.Mul(h, bigSigmoid(bigFloat(-2*x)))
			h.Mul(h, bigFloat(4))
			if d, e := ulps(got[0], s), ulps(got[1], h); d > 4 || e > 4 {
				t.Errorf("at %v: %g and %g ULP", x, d, e)
			}
		}
	})
}
