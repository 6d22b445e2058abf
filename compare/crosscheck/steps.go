package main

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
)

// A curve shows how far differences are from a derivative, by their step: large
// steps see the function bend, small ones see rounding errors.
type curve struct {
	name             string
	x                float64
	exact            float64 // the derivative, by dual numbers
	forward, central []sample
	found            sample  // what numeric takes by default, with its estimate as step
	estimate         float64 // of its relative error
}

// A sample is the relative error of a difference quotient with a step.
type sample struct{ step, err float64 }

// curves samples four functions: one that is tame, one that saturates, one with a
// small scale, and one that a large constant drowns.
func curves() []curve {
	return []curve{
		newCurve("exp(x)·sin(x)", 1, expSin[ad.Real], expSin[dual.Number]),
		newCurve("tanh(x)", 0.5, ad.Tanh[ad.Real], ad.Tanh[dual.Number]),
		newCurve("1/x", 0.01, ad.Reciprocal[ad.Real], ad.Reciprocal[dual.Number]),
		newCurve("sin(x) + 10⁶", 1, farSin[ad.Real], farSin[dual.Number]),
	}
}

func expSin[T ad.Scalar[T]](x T) T { return ad.Exp(x).Mul(ad.Sin(x)) }

func farSin[T ad.Scalar[T]](x T) T { return ad.Sin(x).Add(ad.Const[T](1e6)) }

// The steps that are sampled: 10^-15 to 1, some to a decade.
const (
	decades   = 15
	perDecade = 4
)

func newCurve(name string, x float64, f func(ad.Real) ad.Real, number func(dual.Number) dual.Number) curve {
	c := curve{name: name, x: x, exact: dual.Derivative(number, x)}
	plain := func(x float64) float64 { return float64(f(ad.Real(x))) }
	relative := func(y float64) float64 { return math.Abs(y-c.exact) / math.Abs(c.exact) }
	for i := range decades*perDecade + 1 {
		h := math.Pow(10, float64(i)/perDecade-decades)
		c.forward = append(c.forward, sample{h, relative(numeric.Forward.At(h).Derivative(plain, x))})
		c.central = append(c.central, sample{h, relative(numeric.Central.At(h).Derivative(plain, x))})
	}
	r := numeric.DerivativeResult(f, x)
	c.found = sample{r.Step, relative(r.Value)}
	c.estimate = r.Err / math.Abs(c.exact)
	return c
}

// best returns the sample around which errors are least: the largest of its own
// and its neighbors', so that a lucky one does not count.
func best(samples []sample) sample {
	around := func(i int) float64 { return max(samples[i-1].err, samples[i].err, samples[i+1].err) }
	b := 1
	for i := 2; i < len(samples)-1; i++ {
		if around(i) < around(b) {
			b = i
		}
	}
	return samples[b]
}
