package rule

import (
	"math"
	"testing"
)

// TestHugeExponents: from 2⁵³ on every number is an even integer, and the exponents y-1 and
// y-3 of its derivatives are odd though they are not to be had as float64.
func TestHugeExponents(t *testing.T) {
	huge := []float64{0x1p53, 0x1p53 + 2, 0x1p54, 0x1p54 + 4, 1e17, 0x1p63, 0x1p64, 0x1p65, 1e100, 1e103, 1e154, 1e155, 1e200, math.MaxFloat64}
	for _, x := range []float64{-1, math.Nextafter(-1, 0), math.Nextafter(-1, -2), -0.5, -2, -1e-300, -1e300} {
		for _, y := range huge {
			for _, y := range []float64{y, -y} {
				z := pow(x, y)
				even := func(what string, v float64) {
					if math.Signbit(v) || v != v {
						t.Errorf("%s at (%v, %v): %v, want no minus", what, x, y, v)
					}
				}
				sign := math.Copysign(1, y) // of the odd powers, whose other sign is that of x
				even("value", z)
				even("slope", -sign*Pow.SlopeX(x, y, z))
				even("powslope", -sign*PowSlope.Value(x, y))
				even("curve", Pow.CurveXX(x, y, z))
				even("slope of powslope", PowSlope.SlopeX(x, y, PowSlope.Value(x, y)))
				even("powcurve", PowCurve.Value(x, y))
				even("curve of powslope", -sign*PowSlope.CurveXX(x, y, PowSlope.Value(x, y)))
			}
		}
	}
	for _, y := range huge { // y³ overflows from 1e103 on, y² from 1e155 on
		for _, y := range []float64{y, -y} {
			for what, got := range map[string][2]float64{
				"slope": {Pow.SlopeX(-1, y, 1), -y}, "powslope": {PowSlope.Value(-1, y), -y},
				"curve": {Pow.CurveXX(-1, y, 1), y * y}, "powcurve": {PowCurve.Value(-1, y), y * y},
				"curve of powslope": {PowSlope.CurveXX(-1, y, -y), -y * y * y},
			} {
				if got[0] != got[1] && !(math.Abs(got[0]-got[1]) <= min(0x1p-50*math.Abs(got[1]), math.MaxFloat64)) {
					t.Errorf("%s at (-1, %v): %v, want %v", what, y, got[0], got[1])
				}
			}
		}
	}
}
