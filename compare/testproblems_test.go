package compare

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

// TestProblems holds the test problems against their golden residuals,
// Jacobians, values, gradients and Hessians, by every method, within tolerances
// that the judge computes.
func TestProblems(t *testing.T) {
	cases, err := golden.Load("test_functions")
	if err != nil {
		t.Fatal(err)
	}
	byName := make(map[string]Func)
	for _, e := range Catalogue() {
		byName[e.Group+"/"+e.Func.Name] = e.Func
	}
	points, numbers, compared := 0, 0, 0
	check := func(name string, x []float64, ref Reference) {
		f, ok := byName[name]
		if !ok {
			t.Fatalf("the catalogue has no %s", name)
		}
		alone, r := Check(f, x), Against(f, x, ref)
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
			ref := Reference{Value: e.F.Floats(), Jacobian: e.Grad.Floats()}
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
				check("residual/"+name, x, Reference{Value: e.Residual.Floats(), Jacobian: e.Jacobian.Floats()})
			}
		}
	}
	t.Logf("%d numbers at %d points, %d comparisons", numbers, points, compared)
}
