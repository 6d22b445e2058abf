package dual

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestJetHugeExponents: y-1 is odd where y is 2⁵³ or more, though no float64 says so. Of a
// power and of its slope, series have the signs that the rows have.
func TestJetHugeExponents(t *testing.T) {
	for _, y := range []float64{0x1p53, 0x1p53 + 2, 0x1p54 + 4, 1e17, 1e50} {
		for _, y := range []float64{y, -y} {
			power := Derivatives(func(x Jet) Jet { return ad.Pow(x, x.Const(y)) }, -1, 4)
			slope := Derivatives(func(x Jet) Jet { return x.Apply2(opPowSlope, x.Const(y)) }, -1, 3)
			want := []float64{1, -y, y * y, -math.Pow(y, 3), math.Pow(y, 4)}
			optest.Equal(t, "power", power, want, optest.ULP(64))
			optest.Equal(t, "slope", slope, want[1:], optest.ULP(64))
		}
	}
}
