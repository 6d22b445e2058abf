package catalog

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/problems"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// TestProblems holds the test problems against their golden residuals,
// Jacobians, values, gradients and Hessians, by every method, within tolerances
// that the judge computes.
func TestProblems(t *testing.T) {
	cases, err := golden.Load("test_functions")
	if err != nil {
		t.Fatal(err)
	}
	byName := catalogByName()
	points, numbers, compared := 0, 0, 0
	check := func(name string, x []float64, ref compare.Reference) {
		f, ok := byName[name]
		if !ok {
			t.Fatalf("the catalog has no %s", name)
		}
		alone, r := compare.Check(f, x), compare.Against(f, x, ref)
		if !r.OK() {
			t.Error(r)
		}
		numbers += len(ref.Value) + len(ref.Jacobian) + len(ref.Hessian)
		compared += r.Comparisons - alone.Comparisons
	}
	for _, c := range cases {
		name := c.Params["name"].(string)
		for _, e := range c.Evaluations {
			points++
			x := e.X.Floats()
			ref := compare.Reference{Value: e.F.Floats(), Jacobian: e.Grad.Floats()}
			if len(e.Hess.Data) > 0 {
				// Differences in 80-digit arithmetic, which leave some 1e-98
				// of a second derivative that is 0.
				for _, h := range e.Hess.Floats() {
					if math.Abs(h) < 1e-90 {
						h = 0
					}
					ref.Hessian = append(ref.Hessian, h)
				}
			}
			check("problem/"+name, x, ref)
			if c.Op == "least_squares" {
				check("residual/"+name, x, compare.Reference{Value: e.Residual.Floats(), Jacobian: e.Jacobian.Floats()})
			}
		}
	}
	t.Logf("%d numbers at %d points: %d comparisons", numbers, points, compared)
	if points != 76 || numbers != 4340 || compared != 15900 {
		t.Error("want 4340 numbers at 76 points: 15900 comparisons")
	}
}

// TestMinima: at the listed minima the value is that listed and the gradient is
// 0, to what the rounding of x and of the arithmetic amounts to; and Newton's
// method finds them from the starting points, with the value, gradient and
// Hessian that package reverse hands to gonum.
func TestMinima(t *testing.T) {
	cases, err := golden.Load("test_functions")
	if err != nil {
		t.Fatal(err)
	}
	// From these two starts Newton's method descends to another local minimum.
	elsewhere := map[string]bool{"goldstein_price": true, "levy": true}
	byName := catalogByName()
	minima, found := 0, 0
	for i, p := range problems.All[reverse.Var]() {
		c := cases[i]
		if c.Params["name"] != p.Name || !slices.Equal(c.Start.Floats(), p.Start) {
			t.Fatalf("%s from %v, golden has %s from %v", p.Name, p.Start, c.ID, c.Start.Floats())
		}
		least := math.Inf(1)
		for _, m := range c.Minima {
			minima++
			least = min(least, m.F.Float())
			stationary(t, byName["problem/"+p.Name], p.Objective, m.X.Floats(), m.F.Float())
		}
		var problem optimize.Problem
		problem.Func, problem.Grad, problem.Hess = reverse.Problem(p.Objective)
		settings := &optimize.Settings{GradientThreshold: 1e-12}
		r, err := optimize.Minimize(problem, p.Start, settings, &optimize.Newton{})
		switch hit := r != nil && r.F-least <= 1e-10*problem.Func(p.Start); {
		case hit:
			found++
		case !elsewhere[p.Name]:
			t.Errorf("%s: Newton's method ended at %v, error %v; want the value %v", p.Name, r, err, least)
		}
	}
	if minima != 24 || found != 22 {
		t.Errorf("%d minima, %d of them found; want 24 and 22", minima, found)
	}
}

// stationary checks that x is a minimum of the objective with the value want, as
// closely as floats can say.
func stationary(t *testing.T, f compare.Func, objective func([]reverse.Var) reverse.Var, x []float64, want float64) {
	const unit = 0x1p-53
	g := make([]float64, len(x))
	y := reverse.GradientTo(g, objective, x)
	h := reverse.Hessian(objective, x)
	axis := make([]float64, len(x))
	valueTolerance := 4 * unit * want
	for i, gi := range g {
		axis[i] = 1
		rounding := compare.Roundings(f, x, axis, axis)[0]
		axis[i] = 0
		tolerance := rounding.U
		if i == 0 {
			valueTolerance += rounding.Value
		}
		for j := range x {
			tolerance += math.Abs(h.At(i, j)) * unit * math.Abs(x[j])
			valueTolerance += math.Abs(h.At(i, j)) * unit * math.Abs(x[i]) * unit * math.Abs(x[j]) / 2
		}
		if !(math.Abs(gi) <= tolerance) {
			t.Errorf("%s: gradient %d at the minimum is %g, want 0 within %.2g", f.Name, i, gi, tolerance)
		}
	}
	if !(math.Abs(y-want) <= valueTolerance) {
		t.Errorf("%s: value %v at the minimum, want %v within %.2g", f.Name, y, want, valueTolerance)
	}
}

// TestBridge: what package reverse hands to gonum equals the derivatives by dual
// numbers, for every problem at its start.
func TestBridge(t *testing.T) {
	numbers, hypers := problems.All[dual.Number](), problems.All[dual.Hyper]()
	for i, p := range problems.All[reverse.Var]() {
		value, gradient, hessian := reverse.Problem(p.Objective)
		n := len(p.Start)
		g, h := make([]float64, n), mat.NewSymDense(n, nil)
		gradient(g, p.Start)
		hessian(h, p.Start)
		want := make([]float64, n)
		y := dual.GradientTo(want, numbers[i].Objective, p.Start)
		optest.Within(t, p.Name+" value", []float64{value(p.Start)}, []float64{y}, 0)
		optest.Within(t, p.Name+" gradient", g, want, 1e-14)
		optest.Within(t, p.Name+" Hessian", mat.DenseCopyOf(h).RawMatrix().Data, mat.DenseCopyOf(dual.Hessian(hypers[i].Objective, p.Start)).RawMatrix().Data, 1e-14)
	}
}

// catalogByName returns the functions of the catalog under names like
// loss/huber.
func catalogByName() map[string]compare.Func {
	byName := make(map[string]compare.Func)
	for _, e := range Functions() {
		byName[e.Group+"/"+e.Func.Name] = e.Func
	}
	return byName
}
