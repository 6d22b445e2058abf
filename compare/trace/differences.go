package trace

import (
	"math"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
)

// A Study is the derivative by one input by difference quotients of many steps.
type Study struct {
	Input  int        `json:"input"`
	Exact  Float      `json:"exact"`  // dual's derivative
	Points []Quotient `json:"points"` // of one scheme after the other, the longest step first
	Best   []int      `json:"best"`   // for each scheme, the point that is nearest to Exact
	Found  Quotient   `json:"found"`  // by extrapolation, without being told a step
}

// A Quotient is a derivative by differences and its error, split in two.
type Quotient struct {
	Scheme   string `json:"scheme"` // forward, central or richardson
	Step     Float  `json:"step"`
	Value    Float  `json:"value"`
	Err      Float  `json:"error"`    // Value minus Exact
	Estimate Float  `json:"estimate"` // numeric's own, of the error's size

	// Truncation is what the terms of the Taylor series come to that the quotient
	// leaves in: dual's jets know them. Where the series does not settle at the step
	// it is all of the error. Rounding is the rest.
	Truncation Float `json:"truncation"`
	Rounding   Float `json:"rounding"`
}

// The steps of a study go down from a quarter of the size of x, or 1, by so many decades.
const (
	decades   = 15
	perDecade = 3
	seriesLen = 14 // derivatives that a truncation error is made of
)

// mostStudied bounds inputs times operands: a study evaluates the function a thousand times.
const mostStudied = 2000

func (r *tracer) differences() {
	if len(r.x)*r.size > mostStudied {
		return
	}
	for i, x := range r.x {
		if math.IsNaN(x) || math.IsInf(x, 0) { // there is no step from there
			r.t.Studies = nil
			return
		}
		r.t.Studies = append(r.t.Studies, r.study(i))
	}
}

func (r *tracer) study(input int) Study {
	f := func(v float64) float64 {
		x := reals(r.x)
		x[input] = numeric.Real(v)
		return float64(over[numeric.Real](r.f)(x))
	}
	var series []float64
	_ = attempt("", func() { // a function of the user's may have no derivatives of high order
		v := make([]float64, len(r.x))
		v[input] = 1
		c := make([]float64, seriesLen+1)
		dual.JetTo(c, over[dual.Jet](r.f), r.x, v)
		series = c
	})
	x, exact := r.x[input], float64(r.t.Gradient[input].Dual)
	s := Study{Input: input, Exact: Float(exact)}
	for _, scheme := range []struct {
		name string
		*numeric.Scheme
		every int // of the terms of the series, from the second or third on
	}{{"forward", &numeric.Forward, 1}, {"central", &numeric.Central, 2}} {
		best := -1
		for k := range decades*perDecade + 1 {
			h := max(math.Abs(x), 1) * math.Pow(10, -float64(k)/perDecade)
			d := scheme.At(h).DerivativeResult(f, x)
			if math.IsNaN(d.Value) || math.IsInf(d.Value, 0) {
				continue
			}
			q := Quotient{Scheme: scheme.name, Step: Float(h), Value: Float(d.Value), Err: Float(d.Value - exact), Estimate: Float(d.Err)}
			q.Truncation = q.Err
			if t, ok := truncation(series, h, scheme.every); ok {
				q.Truncation = Float(t)
			}
			q.Rounding = q.Err - q.Truncation
			s.Points = append(s.Points, q)
			if n := len(s.Points) - 1; best < 0 || math.Abs(float64(q.Err)) < math.Abs(float64(s.Points[best].Err)) {
				best = n
			}
		}
		if best >= 0 {
			s.Best = append(s.Best, best)
		}
	}
	g := r.t.Gradient[input]
	d := numeric.DerivativeResult(f, x)
	s.Found = Quotient{Scheme: "richardson", Step: Float(d.Step), Value: g.Differences, Err: g.Differences - s.Exact, Estimate: g.Estimate}
	return s
}

// truncation returns the terms of a Taylor series that a quotient of the step h has beside
// the derivative, every one or every other one. It reports false if they do not settle.
func truncation(series []float64, h float64, every int) (sum float64, ok bool) {
	last := math.Inf(1)
	for k := 1 + every; k < len(series); k += every {
		last = series[k] * math.Pow(h, float64(k-1))
		sum += last
	}
	return sum, math.Abs(last) <= 1e-3*math.Abs(sum)
}
