package compare

import (
	"strings"
	"testing"
)

// TestReferenceAlone: a wrong reference stands against four methods that agree, and is named.
// Where a method is wrong, the reference names it.
func TestReferenceAlone(t *testing.T) {
	fn := New("rosenbrock", rosenbrock, rosenbrock, rosenbrock, rosenbrock, rosenbrock)
	x := []float64{-1.2, 1}
	for name, ref := range map[string]Reference{
		"Jacobian": {Jacobian: []float64{-215.6, 88}},
		"Hessian":  {Hessian: []float64{1330, 480, 480, 201}},
	} {
		if r := Against(fn, x, ref); !strings.HasPrefix(r.Culprit, "the reference, or what all methods have in common: the reference stands alone against 4 that agree") {
			t.Errorf("a wrong %s: culprit %q", name, r.Culprit)
		}
	}
	if r := Against(fn, x, Reference{Jacobian: []float64{-215.6, -88}, Hessian: []float64{1330, 480, 480, 200}}); !r.OK() {
		t.Error(r)
	}
}
