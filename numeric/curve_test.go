package numeric_test

import (
	"math"
	"testing"
)

// TestHuge: a second derivative where h² overflows is that of a nearer point in other units, and as well known.
func TestHuge(t *testing.T) {
	const near, far = 300, 900
	at := func(places int, x float64) ([]float64, func(z []float64) float64) {
		f := func(z []float64) float64 {
			u, v := math.Ldexp(z[0], -places), math.Ldexp(z[1], -places)
			return math.Ldexp(math.Exp(math.Sin(u)*v)+u*u*u, places)
		}
		return []float64{math.Ldexp(x, places), math.Ldexp(0.75, places)}, f
	}
	n, known := 0, 0
	for _, s := range all {
		for _, x := range []float64{-3, 0.3, 1, 1.9, 6} {
			xn, fn := at(near, x)
			xf, ff := at(far, x)
			hn, hf := s.scheme.HessianResult(fn, xn), s.scheme.HessianResult(ff, xf)
			pn, pf := s.scheme.HVPResult(fn, xn, []float64{1, 2}), s.scheme.HVPResult(ff, xf, []float64{1, 2})
			for i := range hn {
				for j, want := range append(hn[i], pn[i]) {
					r := append(hf[i], pf[i])[j]
					if n++; !math.IsInf(r.Err, 1) {
						known++
					}
					// Second derivatives are 1/length times those at a distance of 1.
					want.Value, want.Err = math.Ldexp(want.Value, near-far), math.Ldexp(want.Err, near-far)
					want.Step = math.Ldexp(want.Step, far-near)
					if r != want {
						t.Errorf("%s at %v, entry %d, %d: %+v, want %+v", s.name, xf, i, j, r, want)
					}
				}
			}
		}
	}
	if n != len(all)*5*6 || known < n*9/10 {
		t.Errorf("%d derivatives, %d with an estimate", n, known)
	}
}
