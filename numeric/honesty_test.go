package numeric_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// A trial is a derivative, and what it should be.
type trial struct {
	what string
	r    numeric.Result
	want float64
}

// kinds make trials of every kind of function on which an estimate may fail.
var kinds = map[string]func(rng *rand.Rand, s numeric.Scheme) []trial{
	"fractional powers": func(rng *rand.Rand, s numeric.Scheme) []trial {
		p, q := 0.05+2.95*rng.Float64(), float64(rng.IntN(3))
		off := 0.0
		if rng.IntN(2) == 0 {
			off = math.Pow(10, -12*rng.Float64())
		}
		f := func(x float64) float64 {
			if x == 0 {
				return 0
			}
			return math.Pow(x, p) * math.Pow(math.Log(x), q)
		}
		// (xᵖ·logᵠ x)′ = xᵖ⁻¹·logᵠ⁻¹ x·(p·log x + q)
		slope := 0.0
		if off == 0 {
			if p < 1 || p == 1 && q > 0 {
				slope = math.Inf(1)
			}
		} else if l := math.Log(off); q == 0 {
			slope = p * math.Pow(off, p-1)
		} else {
			slope = math.Pow(off, p-1) * math.Pow(l, q-1) * (p*l + q)
		}
		what := fmt.Sprintf("x^%v·log^%v at %v", p, q, off)
		return []trial{{what, s.DerivativeResult(f, off), slope}}
	},
	"edges of domains": func(rng *rand.Rand, s numeric.Scheme) []trial {
		x := math.Pow(10, -8*rng.Float64())
		a := math.Exp(rng.NormFloat64())
		// asin near 1 and log near 0, beside something smooth, both in their bounds and where they are NaN.
		asin := func(z float64) float64 { return math.Atan2(z, math.Sqrt((1-z)*(1+z))) + a*math.Cos(z) }
		log := func(z float64) float64 { return math.Log(z) + a*math.Sin(z) }
		exp := func(z float64) float64 {
			if z < 0 {
				return math.NaN()
			}
			return math.Exp(a * z)
		}
		at := 1 - x
		gap := 1 - at
		in := s.With(numeric.Settings{Lower: []float64{0}, Upper: []float64{1}})
		slope := 1/math.Sqrt(gap*(1+at)) - a*math.Sin(at)
		return []trial{
			{fmt.Sprintf("asin at %v", at), s.DerivativeResult(asin, at), slope},
			{fmt.Sprintf("asin at %v in bounds", at), in.DerivativeResult(asin, at), slope},
			{fmt.Sprintf("log at %v", x), s.DerivativeResult(log, x), 1/x + a*math.Cos(x)},
			{fmt.Sprintf("log at %v in bounds", x), in.DerivativeResult(log, x), 1/x + a*math.Cos(x)},
			{fmt.Sprintf("exp(%vx) from 0 on at %v", a, x), s.DerivativeResult(exp, x), a * math.Exp(a*x)},
		}
	},
	"kinks near the point": func(rng *rand.Rand, s numeric.Scheme) []trial {
		c, jump := math.Pow(10, -9*rng.Float64())*float64(1-2*rng.IntN(2)), math.Exp(rng.NormFloat64())
		x := rng.NormFloat64()
		kink := x + c
		f := func(z float64) float64 { return math.Sin(z) + jump*math.Abs(z-kink) }
		return []trial{{fmt.Sprintf("a kink of %v at %v, %v away", jump, x, c), s.DerivativeResult(f, x), math.Cos(x) + math.Copysign(jump, x-kink)}}
	},
	"noise": func(rng *rand.Rand, s numeric.Scheme) []trial {
		level, x := math.Pow(10, -15+12*rng.Float64()), rng.NormFloat64()
		f := func(z float64) float64 { return math.Exp(z) + level*noise(z) }
		given := s.With(numeric.Settings{Noise: level})
		return []trial{
			{fmt.Sprintf("noise of %v at %v", level, x), s.DerivativeResult(f, x), math.Exp(x)},
			{fmt.Sprintf("noise of %v at %v, given", level, x), given.DerivativeResult(f, x), math.Exp(x)},
		}
	},
	"float32": func(rng *rand.Rand, s numeric.Scheme) []trial {
		x := float64(float32(rng.NormFloat64() * math.Pow(10, 2*rng.Float64()-1)))
		f := func(z float64) float64 {
			return float64(float32(math.Sin(float64(float32(z)))) * float32(math.Exp(float64(float32(z))/4)))
		}
		e := math.Exp(x / 4)
		return []trial{{fmt.Sprintf("float32 at %v", x), s.DerivativeResult(f, x), e * (math.Cos(x) + math.Sin(x)/4)}}
	},
	"sizes together": func(rng *rand.Rand, s numeric.Scheme) []trial {
		a, b := math.Pow(10, 16*rng.Float64()-8), math.Pow(10, 16*rng.Float64()-8)
		x := []float64{a * (1 + rng.Float64()), b * (1 + rng.Float64())}
		v := []float64{rng.NormFloat64(), rng.NormFloat64()}
		if rng.IntN(2) == 0 {
			v[0], v[1] = v[0]*a, v[1]*b
		}
		// A function whose scales are those of the coordinates.
		f := func(z []float64) []float64 {
			return []float64{math.Log(z[0]) * math.Sqrt(z[1]), math.Sin(z[0]/a) + math.Exp(-z[1]/b)}
		}
		want := []float64{
			v[0]/x[0]*math.Sqrt(x[1]) + math.Log(x[0])/2/math.Sqrt(x[1])*v[1],
			math.Cos(x[0]/a)*v[0]/a - math.Exp(-x[1]/b)*v[1]/b,
		}
		var trials []trial
		for k, r := range s.JVPResult(f, x, v) {
			trials = append(trials, trial{fmt.Sprintf("output %d at %v along %v", k, x, v), r, want[k]})
		}
		return trials
	},
}

// TestHonesty: the true error is below the estimate in 99.5 % of all trials of a kind, and below ten
// times the estimate in all of them.
func TestHonesty(t *testing.T) {
	trials := 2000
	if testing.Short() {
		trials = 300
	}
	for _, s := range all {
		if !slices.Contains([]string{"Richardson", "RichardsonForward", "Ridders", "Adaptive"}, s.name) {
			continue
		}
		for kind, make := range kinds {
			rng := rand.New(rand.NewPCG(11, 12))
			n, none, within, worst, what := 0, 0, 0, 0.0, ""
			for range trials {
				for _, c := range make(rng, s.scheme) {
					n++
					q := exceeded(c.r, c.want)
					if math.IsInf(c.r.Err, 1) {
						none++
					}
					if q <= 1 {
						within++
					}
					if q > worst {
						worst, what = q, fmt.Sprintf("%s: %+v, want %v", c.what, c.r, c.want)
					}
				}
			}
			t.Logf("%s, %s: %.2f %% of %d within the estimate, %.1f %% without one, worst %.2f: %s", s.name, kind, percent(within, n), n, percent(none, n), worst, what)
			if worst > honesty {
				t.Errorf("%s, %s: an estimate is exceeded %.3g times: %s", s.name, kind, worst, what)
			}
			if within*1000 < 995*n {
				t.Errorf("%s, %s: %.2f %% are within the estimate, want 99.5 %%", s.name, kind, percent(within, n))
			}
		}
	}
}
