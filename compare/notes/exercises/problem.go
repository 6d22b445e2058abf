package exercises

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// Engines are what is judged.
type Engines struct {
	Accumulate, Order, Seed func(t *Tape) []float64
	Tags                    func() func(f func(Dual) Dual, x Dual) Dual
	Step                    func(f func(x []float64) float64, x []float64) []float64
}

// Broken are the engines of this package, each with its bug.
var Broken = Engines{accumulate, order, seed, tags, step}

// A Problem is an engine, and a function at a point where its bug shows. The engine stands in
// for one of the four methods.
type Problem struct {
	Name, Method string // of the bug and its file; of the method
	Formula      string
	X            []float64
	Bug, Hint    string
	Engine       func(x []float64) []float64 // the gradient
	real         func([]numeric.Real) numeric.Real
	number       func([]dual.Number) dual.Number
	hyper        func([]dual.Hyper) dual.Hyper
	tape         func([]reverse.Var) reverse.Var
	paper        func([]symbolic.Expr) symbolic.Expr
}

func fanOut[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0].Mul(x[1])).Add(x[0]) }

func chain[T ad.Scalar[T]](x []T) T { return ad.Exp(ad.Sin(x[0])).Mul(x[1]) }

func ratio[T ad.Scalar[T]](x []T) T { return ad.Log(x[0]).Div(x[1]) }

// nested is x·d/dy(xy + y²) at y = 2, which is x·(x + 4).
func nested[T ad.Scalar[T]](x []T) T { return x[0].Mul(ad.Shift(x[0], 4)) }

func small[T ad.Scalar[T]](x []T) T { return ad.Log(x[0]).Mul(x[1]) }

// Problems returns the exercises for some engines.
func Problems(e Engines) []Problem {
	onTape := func(sweep func(*Tape) []float64, f func([]Var) Var) func([]float64) []float64 {
		return func(x []float64) []float64 { return sweep(Record(f, x)) }
	}
	return []Problem{
		{"accumulate", "reverse", "sin(a*b)+a", []float64{0.5, 3}, "an adjoint is assigned where it must be added to", "a is used twice. Which of its two shares is left?",
			onTape(e.Accumulate, fanOut[Var]), fanOut[numeric.Real], fanOut[dual.Number], fanOut[dual.Hyper], fanOut[reverse.Var], fanOut[symbolic.Expr]},
		{"order", "reverse", "exp(sin(a))*b", []float64{1, 2}, "operations are swept in the order in which they were computed", "When is the adjoint of sin(a) complete, and when is it handed on?",
			onTape(e.Order, chain[Var]), chain[numeric.Real], chain[dual.Number], chain[dual.Hyper], chain[reverse.Var], chain[symbolic.Expr]},
		{"seed", "reverse", "ln(a)/b", []float64{2, 5}, "the adjoint of the result is never set to 1", "All of it is 0. Where does the first number other than 0 come from?",
			onTape(e.Seed, ratio[Var]), ratio[numeric.Real], ratio[dual.Number], ratio[dual.Hyper], ratio[reverse.Var], ratio[symbolic.Expr]},
		{"tags", "dual", "a*(a+4)", []float64{3}, "two nested derivatives share one tag: perturbation confusion", "The function is a·d/dy(a·y + y²) at y = 2. Does the inner derivative see that a moves?",
			func(x []float64) []float64 {
				derivative := e.Tags()
				outer := derivative(func(a Dual) Dual {
					return a.Mul(derivative(func(y Dual) Dual { return a.Mul(y).Add(y.Mul(y)) }, Plain(2)))
				}, Plain(x[0]))
				return []float64{outer.Value}
			}, nested[numeric.Real], nested[dual.Number], nested[dual.Hyper], nested[reverse.Var], nested[symbolic.Expr]},
		{"step", "numeric", "ln(a)*b", []float64{3e-5, 2}, "the step does not know how large x is", "How large is the step, and how large is a?",
			func(x []float64) []float64 {
				return e.Step(func(x []float64) float64 { return float64(small(ad.Consts[ad.Real](x))) }, x)
			}, small[numeric.Real], small[dual.Number], small[dual.Hyper], small[reverse.Var], small[symbolic.Expr]},
	}
}

// Gradients returns the gradient by dual, reverse, symbolic and numeric, with the engine's in the
// place of its method.
func (p Problem) Gradients() map[string][]float64 {
	all := map[string][]float64{
		"dual":     dual.Gradient(p.number, p.X),
		"reverse":  reverse.Gradient(p.tape, p.X),
		"symbolic": symbolic.Gradient(p.paper, p.X),
		"numeric":  numeric.Gradient(p.real, p.X),
	}
	all[p.Method] = p.Engine(p.X)
	return all
}

// Check returns what compare.Check says of the four methods, with the engine in the place of its
// method. Differences are not judged that way: an engine of differences is held against dual by
// Test.
func (p Problem) Check() compare.Report { return compare.Check(p.fn(), p.X) }

func (p Problem) fn() compare.Func {
	number, tape := p.number, p.tape
	switch p.Method {
	case "dual":
		number = planted(p, number)
	case "reverse":
		tape = planted(p, tape)
	}
	return compare.New(p.Formula, p.real, number, p.hyper, tape, p.paper)
}

// planted returns f with what the engine's gradient is off as a slope more. Where the engine is
// right that is f itself.
func planted[T ad.Ordered[T]](p Problem, f func([]T) T) func([]T) T {
	return func(x []T) T {
		at := make([]float64, len(x))
		for i := range x {
			at[i] = x[i].Float()
		}
		y := f(x)
		right, got := dual.Gradient(p.number, at), p.Engine(at)
		for i := range x {
			if off := got[i] - right[i]; off != 0 {
				y = y.Add(ad.Scale(ad.Shift(x[i], -at[i]), off))
			}
		}
		return y
	}
}

// Test reports what is wrong with the engine to t: by compare.Test, and an engine of differences if
// it is off by more than a millionth.
func (p Problem) Test(t compare.TB) {
	t.Helper()
	if p.Method != "numeric" {
		compare.Test(t, p.fn(), p.X)
		return
	}
	right, got := dual.Gradient(p.number, p.X), p.Engine(p.X)
	for i := range right {
		if !(math.Abs(got[i]-right[i]) <= 1e-6*math.Abs(right[i])) {
			t.Errorf("%s: the derivative of %s by input %d is %v, and differences say %v", p.Name, p.Formula, i, right[i], got[i])
		}
	}
}
