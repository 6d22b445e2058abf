package dual_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// close lets numbers differ by 1e-12 of themselves, and of 1.
var closely = cmpopts.EquateApprox(1e-12, 1e-12)

// TestOfRows: the slope of every function of the table is the one of its row, at
// ordinary points and at the points where rules have something to decide.
func TestOfRows(t *testing.T) {
	points := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 3, -3, 6, 2.5, -7.25, 1e-300, -1e-300, 5e-324, 1e200, -1e200, 900, -900,
		math.Inf(1), math.Inf(-1), math.NaN(), 0.99999999, -0.99999999, 1.0000001, 20.5, -20.5, 45, -45}
	equal := func(name string, got, want float64) {
		t.Helper()
		if d := math.Abs(got - want); d > 1e-11*math.Abs(want) && d > 1e-307 || got-got != want-want {
			if !(math.IsInf(got, 1) && math.IsInf(want, 1)) && !(math.IsInf(got, -1) && math.IsInf(want, -1)) && !(got != got && want != want) {
				t.Errorf("%s = %v, want %v", name, got, want)
			}
		}
	}
	for _, row := range append(append([]*rule.Func{}, rule.Functions...), rule.Helpers...) {
		op := ad.NewOp((*ad.Func)(row))
		for _, x := range points {
			y, d := dual.DerivativeOf(func(x dual.Of[ad.Real]) dual.Of[ad.Real] { return x.Apply(op) }, ad.Real(x))
			equal(row.Name+" "+ad.Real(x).String(), float64(y), row.Value(x))
			equal("slope of "+row.Name+" at "+ad.Real(x).String(), float64(d), row.Slope(x, row.Value(x)))
		}
	}
	for _, row := range append(append([]*rule.Func2{}, rule.Functions2...), rule.Helpers2...) {
		op := ad.NewOp2((*ad.Func2)(row))
		for _, x := range points {
			for _, y := range points {
				// The slopes of two helpers' rows overflow there, or lose a 0 against an infinity here.
				if far := math.Abs(x*y) < 1e-150 || math.Abs(x) > 1e150 || math.Abs(y) > 1e150; far && (row == rule.Fraction || row == rule.Unit) {
					continue
				}
				f := func(x []dual.Of[ad.Real]) dual.Of[ad.Real] { return x[0].Apply2(op, x[1]) }
				z, g := dual.GradientOf(f, []ad.Real{ad.Real(x), ad.Real(y)})
				at := " at " + ad.Real(x).String() + ", " + ad.Real(y).String()
				want := row.Value(x, y)
				equal(row.Name+at, float64(z), want)
				equal("x slope of "+row.Name+at, float64(g[0]), row.SlopeX(x, y, want))
				equal("y slope of "+row.Name+at, float64(g[1]), row.SlopeY(x, y, want))
			}
		}
	}
}

func TestOfNests(t *testing.T) {
	type one = dual.Of[ad.Real]
	type two = dual.Of[one]
	// d/dx [x · d/dy (x+y)] is 1, and not 2: the captured x is lifted.
	_, d := dual.DerivativeOf(func(x one) one {
		_, inner := dual.DerivativeOf(func(y two) two { return y.Lift(x).Add(y) }, ad.Const[one](1))
		return x.Mul(inner)
	}, 1)
	optest.Equal(t, "derivative of x·∂(x+y)/∂y", float64(d), 1)
	// d/dx [x · d/dy (x·y²)] at y = x is d/dx 2x³ … of which the inner point moves too.
	_, d = dual.DerivativeOf(func(x one) one {
		_, inner := dual.DerivativeOf(func(y two) two { return y.Lift(x).Mul(y).Mul(y) }, x)
		return x.Mul(inner)
	}, 3)
	optest.Equal(t, "derivative of x·∂(xy²)/∂y at y = x", float64(d), 54)
	// Three deep, of functions of the table: (sin x)‴ = -cos x, and of others.
	for name, f := range map[string]func(dual.Of[two]) dual.Of[two]{
		"sin": ad.Sin[dual.Of[two]], "tanh": ad.Tanh[dual.Of[two]], "gelu": ad.GELU[dual.Of[two]], "sqrt": ad.Sqrt[dual.Of[two]],
		"lgamma": ad.Lgamma[dual.Of[two]], "power": func(x dual.Of[two]) dual.Of[two] { return ad.PowReal(x, 2.5) },
	} {
		third := func(x one) one {
			_, d := dual.DerivativeOf(func(x two) two { _, d := dual.DerivativeOf(f, x); return d }, x)
			return d
		}
		_, got := dual.DerivativeOf(third, 0.7)
		jets := map[string]func(dual.Jet) dual.Jet{
			"sin": ad.Sin[dual.Jet], "tanh": ad.Tanh[dual.Jet], "gelu": ad.GELU[dual.Jet], "sqrt": ad.Sqrt[dual.Jet],
			"lgamma": ad.Lgamma[dual.Jet], "power": func(x dual.Jet) dual.Jet { return ad.PowReal(x, 2.5) },
		}
		optest.Equal(t, "third derivative of "+name, float64(got), dual.Derivatives(jets[name], 0.7, 3)[3], closely)
	}
}

func TestOfConfusion(t *testing.T) {
	type one = dual.Of[ad.Real]
	defer func() {
		if s, _ := recover().(string); !strings.Contains(s, "perturbation confusion") {
			t.Errorf("panic %q", s)
		}
	}()
	dual.DerivativeOf(func(x one) one { // two derivatives of one type
		_, d := dual.DerivativeOf(func(y one) one { return y.Mul(x) }, x.Value())
		return x.Mul(x.Lift(d))
	}, 1)
}

// TestOfOwnFunction: the slope of a user's function, and its slope.
func TestOfOwnFunction(t *testing.T) {
	op := ad.NewOp(&ad.Func{
		Name: "x⁴", Value: func(x float64) float64 { return x * x * x * x },
		Slope: func(x, _ float64) float64 { return 4 * x * x * x }, Curve: func(x, _ float64) float64 { return 12 * x * x },
	})
	op2 := ad.NewOp2(&ad.Func2{
		Name: "x²y", Value: func(x, y float64) float64 { return x * x * y },
		SlopeX: func(x, y, _ float64) float64 { return 2 * x * y }, SlopeY: func(x, _, _ float64) float64 { return x * x },
		CurveXX: func(_, y, _ float64) float64 { return 2 * y }, CurveXY: func(x, _, _ float64) float64 { return 2 * x },
		CurveYY: func(_, _, _ float64) float64 { return 0 },
	})
	g := reverse.Gradient(func(x []reverse.Var) reverse.Var {
		_, d := dual.DerivativeOf(func(x dual.Of[reverse.Var]) dual.Of[reverse.Var] { return x.Apply(op).Apply2(op2, x) }, x[0])
		return d // (x⁸·x)′ = 9x⁸
	}, []float64{1.5})
	optest.Equal(t, "gradient of the slope", g[0], 72*math.Pow(1.5, 7), closely)
	own := func(x dual.Jet) dual.Jet { return x.Apply(op).Apply2(op2, x) }
	optest.Equal(t, "derivatives", dual.Derivatives(own, 1.5, 2), []float64{math.Pow(1.5, 9), 9 * math.Pow(1.5, 8), 72 * math.Pow(1.5, 7)}, closely)
	optest.Panics(t, "dual: x⁴ is no function of package ad: a Jet takes its first two derivatives from its Slope and Curve, and this one is of order 3; "+
		"write it in terms of functions of package ad", func() { dual.Taylor(own, 1.5, 3) })
}

// TestOfOverOthers: the gradient of a squared slope, over every number type.
func TestOfOverOthers(t *testing.T) {
	want := 2 * math.Cos(0.7) * -math.Sin(0.7)
	optest.Equal(t, "reverse", reverse.Derivative(slopeSquared[reverse.Var], 0.7), want, closely)
	optest.Equal(t, "dual", dual.Derivative(slopeSquared[dual.Number], 0.7), want, closely)
	optest.Equal(t, "symbolic", symbolic.Derivative(slopeSquared[symbolic.Expr], 0.7), want, closely)
	optest.Equal(t, "jet", dual.Taylor(slopeSquared[dual.Jet], 0.7, 1)[1], want, closely)
	h := dual.Hessian(func(x []dual.Hyper) dual.Hyper { return slopeSquared(x[0]) }, []float64{0.7})
	optest.Equal(t, "second", h.At(0, 0), -2*math.Cos(1.4), closely)
}

func slopeSquared[T ad.Scalar[T]](x T) T {
	_, d := dual.DerivativeOf(ad.Sin[dual.Of[T]], x)
	return d.Mul(d)
}
