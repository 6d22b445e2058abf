package rule

import (
	"fmt"
	"math"
	"testing"
)

// Values by mpmath 1.2.1 with 60 digits, rounded.

func TestPolygamma(t *testing.T) {
	for _, c := range []struct{ x, gamma, psi0, psi1, psi2 float64 }{
		{0.1, 9.51350769866873, -10.423754940411076, 101.43329915079275, -2001.8614573783436},
		{0.5, 1.772453850905516, -1.9635100260214235, 4.934802200544679, -16.82879664423432},
		{1.0, 1.0, -0.5772156649015329, 1.6449340668482264, -2.4041138063191885},
		{1.4616321449683622, 0.8856031944108887, -9.241265521729427e-17, 0.9676722454476212, -0.8855263379671844},
		{3.7, 4.170651783796604, 1.1671535393615113, 0.3100378576700383, -0.09539530872855403},
		{10.5, 1133278.3889487856, 2.3030010342976865, 0.09991695605912673, -0.00997514424771517},
		{33.25, 6.288735965374881e+35, 3.4889418035209387, 0.030531979535421604, -0.0009321294003733813},
		{170.5, 5.56209241456e+305, 5.135799878794703, 0.005882335979579863, -3.460177680469097e-05},
		{-3.7, 0.2516439959024227, -0.8450768588704194, 14.84242186412428, -68.89345468867354},
		{1e-08, 99999999.42278434, -100000000.57721564, 1.0000000000000002e+16, -2e+24},
		{-1e-08, -100000000.57721567, 99999999.42278431, 1.0000000000000002e+16, 2e+24},
	} {
		near(t, fmt.Sprintf("gamma(%v)", c.x), Gamma.Value(c.x), c.gamma, 2)
		near(t, fmt.Sprintf("digamma(%v)", c.x), digamma(c.x), c.psi0, 4)
		near(t, fmt.Sprintf("polygamma(1, %v)", c.x), polygamma(1, c.x), c.psi1, 8)
		near(t, fmt.Sprintf("polygamma(2, %v)", c.x), polygamma(2, c.x), c.psi2, 16)
	}
	for _, c := range []struct{ n, x, want float64 }{
		{3, 0.7, 25.879149678427737},
		{3, 12.5, 0.0011534128049134052},
		{5, 2.25, 1.0564876812920458},
		{4, -0.3, 9731.83495623352},
		{3, -1.6, 283.40708267399356},
		{8, 30, -8.757097753984775e-09},
	} {
		near(t, fmt.Sprintf("polygamma(%v, %v)", c.n, c.x), polygamma(c.n, c.x), c.want, 32)
	}
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct{ n, x, want float64 }{
		{0, inf, inf}, {0, 0, -inf}, {0, math.Copysign(0, -1), inf}, {0, -3, nan}, {0, -inf, nan}, {0, nan, nan},
		{1, inf, 0}, {1, 0, inf}, {1, -3, inf}, {1, -inf, nan}, {2, -3, nan}, {2, inf, 0}, {1.5, 2, nan}, {-1, 2, nan},
	} {
		if got := polygamma(c.n, c.x); got != c.want && !(got != got && c.want != c.want) {
			t.Errorf("polygamma(%v, %v) = %v, want %v", c.n, c.x, got, c.want)
		}
	}
}

func TestLgamma(t *testing.T) {
	for _, c := range []struct{ x, want, ulps float64 }{
		{-2.4570247382208006, 5.619192358950097e-17, 64},
		{-2.747682646727413, 1.0234931857070284e-15, 16},
		{-3.955294284858598, -4.14382750757705e-16, 64},
		{-2.5, -0.056243716497674054, 16},
		{-4.5, -2.813084081769316, 4},
		{-5.1, -2.6399158167365524, 4},
		{-20.3, -41.887292480135244, 4},
		{5e-324, 744.4400719213812, 1},
	} {
		near(t, fmt.Sprintf("lgamma(%v)", c.x), lgamma(c.x), c.want, c.ulps)
	}
}

// TestPolygammaCurves: polygamma has the derivatives that follow it in x, and none in n.
func TestPolygammaCurves(t *testing.T) {
	for _, c := range []struct{ n, x, curve float64 }{
		{0, 1, -2.4041138063191885}, {0, 0.5, -16.82879664423432}, {1, 1, 6.493939402266829}, {2, 2.5, -0.3137559995067314},
	} {
		z := Polygamma.Value(c.n, c.x)
		near(t, fmt.Sprintf("∂²/∂x² of polygamma(%v, %v)", c.n, c.x), Polygamma.CurveYY(c.n, c.x, z), c.curve, 8)
		for name, f := range map[string]func(x, y, z float64) float64{
			"SlopeX": Polygamma.SlopeX, "CurveXX": Polygamma.CurveXX, "CurveXY": Polygamma.CurveXY,
		} {
			if got := f(c.n, c.x, z); got == got {
				t.Errorf("%s of polygamma(%v, %v) is %v, want NaN", name, c.n, c.x, got)
			}
		}
	}
}
