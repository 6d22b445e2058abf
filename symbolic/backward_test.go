package symbolic

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// TestOrders: the derivatives in forward and in reverse order have the same
// value.
func TestOrders(t *testing.T) {
	vars := []Expr{Var("x"), Var("y")}
	tried, compared := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		e := expression().Draw(t, "e")
		point := []ad.Real{ad.Real(rapid.Float64Range(-3, 3).Draw(t, "x")), ad.Real(rapid.Float64Range(-3, 3).Draw(t, "y"))}
		for i, g := range Grad(e, vars) {
			tried++
			forward, backward := float64(Eval(D(e, vars[i]), vars, point)), float64(Eval(g, vars, point))
			if math.Abs(forward) > 1e100 || math.Abs(backward) > 1e100 || forward != forward || backward != backward {
				continue // the order of operations decides where it overflows
			}
			compared++
			if math.Abs(forward-backward) > 1e-6*(math.Abs(forward)+math.Abs(backward))+1e-12*largest(D(e, vars[i]), g, vars, point)+1e-100 {
				t.Fatalf("∂/∂%v of %v at %v: forward %v, backward %v", vars[i], e, point, forward, backward)
			}
		}
	})
	if compared < tried/4 {
		t.Errorf("%d of %d derivatives compared", compared, tried)
	}
}

// largest returns the largest absolute value that occurs while a and b are
// evaluated: where terms cancel, their rounding errors stay.
func largest(a, b Expr, vars []Expr, x []ad.Real) float64 {
	var all []Expr
	for _, s := range compile(a, b).steps {
		all = append(all, wrap(s.node))
	}
	m := 0.0
	for _, v := range run(compile(all...), vars, x) {
		m = max(m, math.Abs(float64(v)))
	}
	return m
}

// TestSmallAdjoints: the slope of a quotient is there before an adjoint comes. Where
// the adjoint and the quotient are both small, their product is subnormal, and a small
// divisor makes digits of what is left of it.
func TestSmallAdjoints(t *testing.T) {
	vars, point := []Expr{Var("x"), Var("y")}, []ad.Real{3e-260, 2e-100}
	for text, want := range map[string][]float64{
		"3e-160*(x/y)":    {1.5e-60, -2.25e-220},
		"-(3e-160*(x/y))": {-1.5e-60, 2.25e-220},
		"hypot(x/y, 1)":   {7.5e-61, -1.125e-220},
		"square(x/y)":     {1.5e-60, -2.25e-220},
	} {
		var got []float64
		for _, g := range Grad(parse1(t, text), vars) {
			got = append(got, float64(Eval(g, vars, point)))
		}
		optest.Equal(t, "gradient of "+text, got, want, optest.ULP(4))
	}
}
