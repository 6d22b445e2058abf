package reverse

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

func TestOperators(t *testing.T) {
	optest.Operators(t, optest.Backend[Var, Var]{
		Name: "reverse", Tolerance: 1e-12,
		Derivative: Derivative,
		Gradient:   Gradient,
		GradientTo: GradientTo,
		Jacobian:   Jacobian,
		JacobianTo: JacobianTo,
		JVP:        JVP,
		JVPTo:      JVPTo,
		VJP:        VJP,
		VJPTo:      VJPTo,
		Hessian:    Hessian,
		HessianTo:  HessianTo,
		HVP:        HVP,
		HVPTo:      HVPTo,
	})
}

func TestKnownWrongAnswers(t *testing.T) {
	power := func(p float64) func(Var) Var {
		return func(x Var) Var { return ad.PowReal(x, p) }
	}
	for _, test := range []struct {
		name string
		f    func(Var) Var
		x    float64
		want float64
	}{
		{"x² at 0", power(2), 0, 0},
		{"x³ at 1e-20", power(3), 1e-20, 3e-40},
		{"√x at 1e-20", ad.Sqrt[Var], 1e-20, 5e9},
		{"x³ at -2", power(3), -2, 12},
		{"x² at 0, again", func(x Var) Var { return x.Mul(x) }, 0, 0},
		{"√c at the constant 0", func(x Var) Var { return x.Add(ad.Sqrt(Var{})) }, 1, 1},
		{"log c at the constant 0", func(x Var) Var { return x.Sub(ad.Exp(ad.Log(Var{}))) }, 1, 1},
		{"-x", Var.Neg, 5, -1},
	} {
		if d := Derivative(test.f, test.x); math.Abs(d-test.want) > 1e-15*math.Abs(test.want) {
			t.Errorf("derivative of %s = %v, want %v", test.name, d, test.want)
		}
	}
}

// TestConcurrent: operators may be called from many goroutines at once, and give
// the same bits as one after the other.
func TestConcurrent(t *testing.T) {
	const goroutines = 64
	rounds := 10_000
	if testing.Short() {
		rounds = 100
	}
	f := func(x []Var) Var {
		return ad.LogSumExp([]Var{x[0].Mul(x[1]), ad.Sin(x[2]), optest.Rosenbrock(x[:2])})
	}
	want := Gradient(f, []float64{0.1, 0.2, 0.3})
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			g := make([]float64, 3)
			for range rounds {
				GradientTo(g, f, []float64{0.1, 0.2, 0.3})
				if !slices.Equal(g, want) {
					t.Errorf("gradient %v, want %v", g, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestMisuse: every misuse panics at the caller and says what is wrong.
func TestMisuse(t *testing.T) {
	f := func(x []Var) Var { return x[0] }
	g := func(x []Var) []Var { return x }
	noCurve := ad.NewOp(&ad.Func{Name: "step", Value: math.Floor, Slope: func(x, y float64) float64 { return 0 }})
	noCurve2 := ad.NewOp2(&ad.Func2{
		Name: "first", Value: func(x, y float64) float64 { return x },
		SlopeX: func(x, y, z float64) float64 { return 1 }, SlopeY: func(x, y, z float64) float64 { return 0 },
	})
	const nested = "reverse: a variable of another derivative got into the function (nested captures); " +
		"use Hessian or HVP for second derivatives, package symbolic to nest them, " +
		"or dual.DerivativeOf, GradientOf or JVPOf over Var, where what is captured is lifted (Of.Lift)"
	var kept Var
	Gradient(func(x []Var) Var { kept = x[0]; return x[0] }, []float64{2.5})
	const stale = "reverse: a Var (value 2.5) was kept past the end of its derivative"

	_, gradient, hessian := Problem(f)

	type misuse struct {
		want string
		f    func()
	}
	tests := []misuse{
		{"reverse.GradientTo: dst has length 1, want 2", func() { GradientTo(make([]float64, 1), f, make([]float64, 2)) }},
		{"reverse.JVP: v has length 1, want 2", func() { JVP(g, make([]float64, 2), make([]float64, 1)) }},
		{"reverse.JVPTo: dst has length 1, want 2", func() { JVPTo(make([]float64, 1), g, make([]float64, 2), make([]float64, 2)) }},
		{"reverse.VJP: w has length 1, want 2", func() { VJP(g, make([]float64, 2), make([]float64, 1)) }},
		{"reverse.VJPTo: dst has length 3, want 2", func() { VJPTo(make([]float64, 3), g, make([]float64, 2), make([]float64, 2)) }},
		{"reverse.JacobianTo: dst is 3×2, want 2×2", func() { JacobianTo(mat.NewDense(3, 2, nil), g, make([]float64, 2)) }},
		{"reverse.HessianTo: dst is 3×3, want 2×2", func() { HessianTo(mat.NewSymDense(3, nil), f, make([]float64, 2)) }},
		{"reverse.HVPTo: dst has length 3, want 2", func() { HVPTo(make([]float64, 3), f, make([]float64, 2), make([]float64, 2)) }},
		{"reverse.HVPTo: v has length 3, want 2", func() { HVPTo(make([]float64, 2), f, make([]float64, 2), make([]float64, 3)) }},
		{"reverse: step has no second derivative (its Curve is nil), which Hessian and HVP need", func() {
			Hessian(func(x []Var) Var { return x[0].Apply(noCurve) }, make([]float64, 1))
		}},
		{"reverse: first has no second derivative (its Curve is nil), which Hessian and HVP need", func() {
			Hessian(func(x []Var) Var { return x[0].Apply2(noCurve2, x[0]) }, make([]float64, 1))
		}},
		{stale, func() { Gradient(func([]Var) Var { return kept }, []float64{1}) }},
		{"reverse.GradientTo: dst has length 1, want 2", func() { gradient(make([]float64, 1), make([]float64, 2)) }},
		{"reverse.HessianTo: dst is 3×3, want 2×2", func() { hessian(mat.NewSymDense(3, nil), make([]float64, 2)) }},
		{nested, func() {
			Derivative(func(x Var) Var {
				value, _, _ := Problem(func(y []Var) Var { return x.Mul(y[0]) })
				return x.Const(value([]float64{1}))
			}, 1)
		}},
	}
	for _, use := range []func(x Var) Var{
		x2(Var.Add), x2(Var.Sub), x2(Var.Mul), x2(Var.Div), x2(ad.Hypot[Var]),
		x2(func(x, y Var) Var { return ad.Dot([]Var{x}, []Var{y}) }),
		x2(func(x, y Var) Var { return x.IfPos(x, y) }),
	} {
		tests = append(tests, misuse{nested, func() {
			Derivative(func(x Var) Var {
				return x.Const(Derivative(func(y Var) Var { outer = x; return use(y) }, 1))
			}, 1)
		}})
	}
	for _, use := range []func(){
		func() { kept.Add(kept) }, func() { kept.Sub(Var{}) }, func() { Var{}.Mul(kept) }, func() { kept.Div(kept) },
		func() { kept.Neg() }, func() { ad.Sin(kept) }, func() { ad.Pow(kept, kept) }, func() { ad.Sum([]Var{{}, kept}) },
	} {
		tests = append(tests, misuse{stale, use})
	}
	for _, test := range tests {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != test.want {
					t.Errorf("panic %q, want %q", got, test.want)
				}
			}()
			test.f()
		}()
	}
	// A tape that saw a panic is good for the next derivative.
	optest.Equal(t, "gradient after panics", Gradient(optest.Rosenbrock, []float64{-1.2, 1}), []float64{-215.6, -88}, rounding)
}

var outer Var

// x2 makes a use of an outer variable as the second operand, then the first.
func x2(f func(x, y Var) Var) func(Var) Var {
	return func(y Var) Var {
		f(y, Var{})
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), "nested captures") {
					panic(fmt.Sprintf("inner, outer: %v", r))
				}
			}()
			f(y, outer)
		}()
		return f(outer, y)
	}
}

// TestKeepsToItself: an inner derivative that captures nothing is fine.
func TestKeepsToItself(t *testing.T) {
	d := Derivative(func(x Var) Var {
		inner := Derivative(func(y Var) Var { return y.Mul(y) }, x.Float())
		return x.Mul(x.Const(inner))
	}, 3)
	if d != 6 {
		t.Errorf("derivative of x·c, c = 6: %v", d)
	}
}
