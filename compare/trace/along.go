package trace

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A Sample is a function of one input with its first two derivatives.
type Sample struct {
	X     Float `json:"x"`
	Value Float `json:"value"`
	Slope Float `json:"slope"`
	Curve Float `json:"curve"` // the second derivative
}

// A Profile is a function along one of its inputs, the others held.
type Profile struct {
	Samples []Sample `json:"samples"`
	At      Sample   `json:"at"`     // at the point
	Secant  Quotient `json:"secant"` // numeric's forward difference of the step that was asked for
	End     Sample   `json:"end"`    // where the secant ends, with its value alone
}

// Along says how a function is followed along an input.
type Along struct {
	Input  int       // which
	Method string    // of the derivatives: dual, reverse, symbolic or numeric
	At     []float64 // where samples are taken; fewer, evenly chosen, of a long formula
	Step   float64   // of the secant
}

// mostSampled bounds samples times operations.
const mostSampled = 50_000

// TextAlong follows the formula that a text writes along an input. The point and the errors
// are those of Text.
//
// Cost: for each sample an evaluation, a derivative and a second derivative by the method.
func TextAlong(text string, names []string, x []float64, a Along) (*Profile, error) {
	vars, err := variables(names, x)
	if err != nil {
		return nil, err
	}
	f, e, err := fromText(text, vars)
	if err != nil {
		return nil, err
	}
	if a.Input < 0 || a.Input >= len(x) {
		return nil, fmt.Errorf("there is no input %d", a.Input)
	}
	p := new(Profile)
	err = attempt("along "+names[a.Input], func() {
		run := &follower{f: f, e: e, vars: vars, x: append([]float64(nil), x...), input: a.Input}
		every := max(1, (len(a.At)*e.Nodes()+mostSampled-1)/mostSampled)
		for i := 0; i < len(a.At); i += every {
			p.Samples = append(p.Samples, run.sample(a.Method, a.At[i]))
		}
		p.At = run.sample(a.Method, x[a.Input])
		d := numeric.Forward.At(a.Step).DerivativeResult(run.value, x[a.Input])
		exact := run.sample("dual", x[a.Input]).Slope
		p.Secant = Quotient{Scheme: "forward", Step: Float(a.Step), Value: Float(d.Value), Err: Float(d.Value) - exact, Estimate: Float(d.Err)}
		end := x[a.Input] + a.Step
		p.End = Sample{X: Float(end), Value: Float(run.value(end)), Slope: Float(math.NaN()), Curve: Float(math.NaN())}
	})
	return p, err
}

// A follower moves one input of a function.
type follower struct {
	f     Function
	e     symbolic.Expr
	vars  []symbolic.Expr
	x     []float64
	input int

	paper []symbolic.Expr // the first two derivatives, once they are asked for
	plain engine[ad.Real]
}

func (r *follower) value(v float64) float64 {
	x := r.plain.start(reals(r.x))
	r.plain.v[r.input], r.plain.size = ad.Real(v), 0
	return float64(r.plain.lift(r.f(x)))
}

// sample differentiates twice by a method.
func (r *follower) sample(method string, v float64) Sample {
	s := Sample{X: Float(v), Value: Float(r.value(v))}
	var slope, curve float64
	x, one := []float64{v}, []float64{1}
	switch method {
	case "reverse":
		slope = reverse.Gradient(held[reverse.Var](r), x)[0]
		curve = reverse.HVP(held[reverse.Var](r), x, one)[0]
	case "symbolic":
		if r.paper == nil {
			d := symbolic.D(r.e, r.vars[r.input])
			r.paper = []symbolic.Expr{d, symbolic.D(d, r.vars[r.input])}
		}
		all := reals(r.x)
		all[r.input] = ad.Real(v)
		slope = float64(symbolic.Eval(r.paper[0], r.vars, all))
		curve = float64(symbolic.Eval(r.paper[1], r.vars, all))
	case "numeric":
		slope = numeric.DerivativeResult(r.value, v).Value
		curve = numeric.Hessian(func(x []float64) float64 { return r.value(x[0]) }, x).At(0, 0)
	default:
		slope = dual.JVP(vector(held[dual.Number](r)), x, one)[0]
		curve = dual.HVP(held[dual.Hyper](r), x, one)[0]
	}
	s.Slope, s.Curve = Float(slope), Float(curve)
	return s
}

// held returns the function of the one input that moves.
func held[T ad.Scalar[T]](r *follower) func([]T) T {
	e := new(engine[T])
	x := make([]T, len(r.x))
	return func(v []T) T {
		for i := range x {
			x[i] = ad.Const[T](r.x[i])
		}
		x[r.input] = v[0]
		y := e.lift(r.f(e.start(x)))
		e.size = 0
		return y
	}
}
