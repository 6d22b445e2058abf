package numeric_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

// TestDirectionsOfAllSizes: a vector that is a power of two as long has products that are as long, and bit by
// bit where it is very long or very short.
func TestDirectionsOfAllSizes(t *testing.T) {
	x := []float64{0.7, 2, -0.4}
	fs := func(x []float64) []float64 { return []float64{math.Sin(x[0]) + x[1]*x[1]*x[2], x[0] * x[1]} }
	f := func(x []float64) float64 { return fs(x)[0] }
	in := numeric.Settings{Lower: []float64{0, 0, -1}, Upper: []float64{0.7, 3, 0}}
	for _, s := range all {
		for _, scheme := range []numeric.Scheme{s.scheme, s.scheme.With(in)} {
			if s.sided > 0 {
				scheme = s.scheme
			}
			v := []float64{1, -0.5, 1.25}
			jv, hv := scheme.JVPResult(fs, x, v), scheme.HVPResult(f, x, v)
			for _, e := range []int{-1060, -700, -300, -30, 30, 300, 700, 1015} {
				long := make([]float64, len(v))
				for i := range v {
					long[i] = math.Ldexp(v[i], e)
				}
				for what, pair := range map[string][2][]numeric.Result{
					"JVP": {scheme.JVPResult(fs, x, long), jv}, "HVP": {scheme.HVPResult(f, x, long), hv},
				} {
					for k, r := range pair[0] {
						name := fmt.Sprintf("%s.%s by 2^%d, entry %d", s.name, what, e, k)
						want := math.Ldexp(pair[1][k].Value, e)
						if e > -1000 && (e < -100 || e > 100) {
							optest.Equal(t, name, r.Value, want)
						}
						if !(math.Abs(r.Value-want) <= 2*r.Err) || math.IsInf(r.Err, 1) != math.IsInf(pair[1][k].Err, 1) {
							t.Errorf("%s: %+v, want %v", name, r, want)
						}
					}
				}
			}
		}
	}
	// The step of At is measured along v.
	v := []float64{0x1p-300, 0x1p-301, 0}
	if r := numeric.Central.At(0x1p290).JVPResult(fs, x, v)[1]; math.Abs(r.Value-math.Ldexp(2.35, -300)) > r.Err || r.Step != 0x1p290 {
		t.Errorf("a step of 2^290 along a vector of 2^-300: %+v", r)
	}
}
