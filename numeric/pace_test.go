package numeric_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// A singular is a function of one number that is smooth but for one point, where its
// quotients converge as a fractional power of the step, as a logarithm, or not.
type singular struct {
	name string
	f    func(x float64) float64
	x    float64
	want [2][3]float64 // first and second derivative: to the left, both, to the right
}

// limits returns a derivative that is b·uᵉ on both sides of u = 0, times sign on the
// left, in the limit u = 0.
func limits(b, e, sign float64) [3]float64 {
	switch {
	case e > 0 || b == 0:
		return [3]float64{}
	case e < 0:
		b *= math.Inf(1)
	}
	both := b
	if sign < 0 {
		both = math.NaN()
	}
	return [3]float64{sign * b, both, b}
}

// everywhere is a derivative that is the same from all sides.
func everywhere(d float64) [3]float64 { return [3]float64{d, d, d} }

// singularities are functions of u with their derivatives where u is not 0, and there.
var singularities = map[string]func(a float64) (f func(u float64) float64, d1, d2 func(u float64) float64, at0 [2][3]float64){
	"|u|^a": func(a float64) (f, d1, d2 func(u float64) float64, at0 [2][3]float64) {
		f = func(u float64) float64 { return math.Pow(math.Abs(u), a) }
		d1 = func(u float64) float64 { return math.Copysign(a*math.Pow(math.Abs(u), a-1), u) }
		d2 = func(u float64) float64 { return a * (a - 1) * math.Pow(math.Abs(u), a-2) }
		return f, d1, d2, [2][3]float64{limits(a, a-1, -1), limits(a*(a-1), a-2, 1)}
	},
	"sign(u)|u|^a": func(a float64) (f, d1, d2 func(u float64) float64, at0 [2][3]float64) {
		f = func(u float64) float64 { return math.Copysign(math.Pow(math.Abs(u), a), u) }
		d1 = func(u float64) float64 { return a * math.Pow(math.Abs(u), a-1) }
		d2 = func(u float64) float64 { return math.Copysign(1, u) * a * (a - 1) * math.Pow(math.Abs(u), a-2) }
		return f, d1, d2, [2][3]float64{limits(a, a-1, 1), limits(a*(a-1), a-2, -1)}
	},
	"u^a": func(a float64) (f, d1, d2 func(u float64) float64, at0 [2][3]float64) {
		f = func(u float64) float64 { return math.Pow(u, a) }
		d1 = func(u float64) float64 { return a * math.Pow(u, a-1) }
		d2 = func(u float64) float64 { return a * (a - 1) * math.Pow(u, a-2) }
		return f, d1, d2, [2][3]float64{limits(a, a-1, 1), limits(a*(a-1), a-2, 1)}
	},
	"u·log|u|": func(float64) (f, d1, d2 func(u float64) float64, at0 [2][3]float64) {
		f = func(u float64) float64 {
			if u == 0 {
				return 0
			}
			return u * math.Log(math.Abs(u))
		}
		d1 = func(u float64) float64 { return math.Log(math.Abs(u)) + 1 }
		d2 = func(u float64) float64 { return 1 / u }
		return f, d1, d2, [2][3]float64{everywhere(math.Inf(-1)), {math.Inf(-1), math.NaN(), math.Inf(1)}}
	},
	"u²·log|u|": func(float64) (f, d1, d2 func(u float64) float64, at0 [2][3]float64) {
		f = func(u float64) float64 {
			if u == 0 {
				return 0
			}
			return u * u * math.Log(math.Abs(u))
		}
		d1 = func(u float64) float64 { return 2*u*math.Log(math.Abs(u)) + u }
		d2 = func(u float64) float64 { return 2*math.Log(math.Abs(u)) + 3 }
		return f, d1, d2, [2][3]float64{everywhere(0), everywhere(math.Inf(-1))}
	},
}

// newSingular returns c·s(x-x0) + smooth(x) at the distance off from x0.
func newSingular(name string, a, c, x0, off float64, withSmooth bool) singular {
	x := x0 + off
	u := x - x0 // exactly
	f, d1, d2, want := singularities[name](a)
	if u != 0 {
		want = [2][3]float64{everywhere(d1(u)), everywhere(d2(u))}
	}
	smooth, s1, s2 := func(float64) float64 { return 0 }, 0.0, 0.0
	if withSmooth {
		smooth, s1, s2 = func(x float64) float64 { return math.Sin(x) + 2 }, math.Cos(x), -math.Sin(x)
	}
	for i := range 3 {
		want[0][i] = c*want[0][i] + s1
		want[1][i] = c*want[1][i] + s2
	}
	return singular{
		name: fmt.Sprintf("%s, a=%.4g c=%.3g x0=%v off=%.3g smooth=%v", name, a, c, x0, off, withSmooth),
		f:    func(x float64) float64 { return c*f(x-x0) + smooth(x) }, x: x, want: want,
	}
}

// results returns the derivatives of s by a scheme, and the truth on its side.
func (s singular) results(t *testing.T, scheme numeric.Scheme, name string) (r [2]numeric.Result, want [2]float64) {
	t.Helper()
	side := 1
	switch {
	case strings.HasSuffix(name, "Forward"):
		side = 2
	case strings.HasSuffix(name, "Backward"):
		side = 0
	}
	r[0] = scheme.DerivativeResult(s.f, s.x)
	r[1] = scheme.HessianResult(func(x []float64) float64 { return s.f(x[0]) }, []float64{s.x})[0][0]
	return r, [2]float64{s.want[0][side], s.want[1][side]}
}

// exceeded returns how many times the error is greater than its estimate, +Inf where there
// is no derivative but an estimate. A kink is no derivative, and its status says so.
func exceeded(r numeric.Result, want float64) float64 {
	switch {
	case math.IsInf(r.Err, 1), math.IsNaN(want) && r.Status == numeric.Kinked:
		return 0
	case !finite(want):
		return math.Inf(1)
	}
	return math.Abs(r.Value-want) / (r.Err + 1e-290)
}

func TestSlowConvergence(t *testing.T) {
	for _, s := range []singular{
		newSingular("u^a", 1.1, 1, 0, 0, false),
		newSingular("u^a", 1.1, 1, 3, 0, false),
		newSingular("u^a", 1.02, 1, 0, 0, false),
		newSingular("|u|^a", 2.1, 1, 0, 0, false),
		newSingular("|u|^a", 2.05, 1, 0, 0, true),
		newSingular("|u|^a", 0.5, 1, 0, 0, false),
		newSingular("|u|^a", 0.95, 7, 0, 0, true),
		newSingular("|u|^a", 1.05, 1, 2, 1e-12, true),
		newSingular("|u|^a", 1.9, 1, 2, 1e-9, true),
		newSingular("sign(u)|u|^a", 1.05, 1, 0, 0, true),
		newSingular("sign(u)|u|^a", 1.5, 1, 0, 0, false),
		newSingular("sign(u)|u|^a", 2.5, 1, 0, 1e-10, true),
		newSingular("u·log|u|", 0, 1, 0, 0, false),
		newSingular("u·log|u|", 0, 1e-2, 3, 0, true),
		newSingular("u²·log|u|", 0, 1, 0, 0, false),
		newSingular("u²·log|u|", 0, 1, 0, 0, true),
		newSingular("u²·log|u|", 0, 1, 3, 1e-12, true),
		newSingular("|u|^a", 0.8366, 1, 6, -6.5e-11, false), // quotients turn round before the cusp
		newSingular("|u|^a", 0.9207, 3.01, 2.5, 1.38e-9, true),
		newSingular("|u|^a", 0.6145, 6.16, 10.5, 3.9e-9, false),
		newSingular("|u|^a", 0.9396, 30.6, 0, 6.95e-11, true),
		newSingular("|u|^a", 0.4602, 1, 0, -3.49e-7, false),
		newSingular("sign(u)|u|^a", 2.897, 1, 0, -7.24e-9, true), // its moves are below rounding
	} {
		for _, scheme := range schemes {
			r, want := s.results(t, scheme.scheme, scheme.name)
			for k := range r {
				if q := exceeded(r[k], want[k]); q > honesty {
					t.Errorf("%s, %s of order %d: %+v, want %v", s.name, scheme.name, k+1, r[k], want[k])
				}
			}
		}
	}
}

// TestRandomSingularities: of fractional powers and logarithms, at the singularity
// and near it, shifted, scaled and with a smooth function beside. Estimates hold
// wherever the singularity is to be seen above rounding: of other seeds, one in 60000 does not, an
// even |u|^0.12 that is taken for noise. A second derivative that an odd power
// contributes to is below rounding at all steps if the point is near enough.
func TestRandomSingularities(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	names := []string{"|u|^a", "sign(u)|u|^a", "u^a", "u·log|u|", "u²·log|u|"}
	points := 1500
	if testing.Short() {
		points = 600
	}
	type tally struct{ all, none, exceeded, above, useful int }
	var sums [2][2]tally // plain or extrapolated, at the singularity or near it
	for range points {
		a := float64(rng.IntN(4)) + 0.06 + 0.88*rng.Float64()
		c, x0, off := 1.0, 0.0, 0.0
		if rng.IntN(2) == 0 {
			c = math.Exp(2 * rng.NormFloat64())
		}
		if rng.IntN(2) == 0 {
			x0 = math.Round(8*rng.NormFloat64()) / 2
		}
		if rng.IntN(2) == 0 {
			off = math.Pow(10, -12+9*rng.Float64()) * float64(1-2*rng.IntN(2))
		}
		s := newSingular(names[rng.IntN(len(names))], a, c, x0, off, rng.IntN(2) == 0)
		for _, scheme := range schemes {
			r, want := s.results(t, scheme.scheme, scheme.name)
			for k := range r {
				i := 0
				if strings.Contains(scheme.name, "Richardson") || scheme.name == "Ridders" || scheme.name == "Adaptive" {
					i = 1
				}
				n := &sums[i][min(1, int(math.Ceil(math.Abs(off))))]
				n.all++
				q := exceeded(r[k], want[k])
				if q > 1 {
					n.above++
				}
				switch {
				case math.IsInf(r[k].Err, 1):
					n.none++
				case q > honesty:
					n.exceeded++
					t.Logf("%s, %s of order %d: %v ± %.3g, want %v", s.name, scheme.name, k+1, r[k].Value, r[k].Err, want[k])
					if k == 0 || off == 0 {
						t.Errorf("%s, %s of order %d: %+v, want %v", s.name, scheme.name, k+1, r[k], want[k])
					}
				case r[k].Err < 0.01*math.Abs(want[k]):
					n.useful++
				}
			}
		}
	}
	for i, kind := range []string{"quotients", "extrapolated"} {
		for k, place := range []string{"at", "near"} {
			n := sums[i][k]
			t.Logf("%s, %s the singularity: %d derivatives, %d without an estimate, %d to 1 %%, %d above the estimate, %d ten times", kind, place, n.all, n.none, n.useful, n.above, n.exceeded)
			if n.all < points || n.exceeded*2000 > n.all {
				t.Errorf("%s, %s the singularity: %d of %d estimates are exceeded ten times", kind, place, n.exceeded, n.all)
			}
		}
		if all, above := sums[i][0].all+sums[i][1].all, sums[i][0].above+sums[i][1].above; above*200 > all {
			t.Errorf("%s: %d of %d derivatives are above the estimate", kind, above, all)
		}
	}
}

// TestSlowIsSharp: where convergence is slow but goes on, there still is an estimate.
func TestSlowIsSharp(t *testing.T) {
	for _, a := range []float64{1.3, 1.5, 1.8, 2.2, 2.5, 3.5} {
		s := newSingular("sign(u)|u|^a", a, 1, 0, 0, true)
		if r := numeric.DerivativeResult(s.f, 0); r.Err > 0.1 || math.Abs(r.Value-1) > honesty*r.Err {
			t.Errorf("%s: %+v, want 1", s.name, r)
		}
		s = newSingular("|u|^a", a, 1, 0, 0, true)
		if r := numeric.DerivativeResult(s.f, 0); r.Err > 0.1 || math.Abs(r.Value-1) > honesty*r.Err {
			t.Errorf("%s: %+v, want 1", s.name, r)
		}
	}
}
