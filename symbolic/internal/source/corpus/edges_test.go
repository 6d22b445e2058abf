package corpus

import (
	"testing"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// TestEdges: what is not reached, and what does not move, contributes nothing, not even
// against an infinite slope, as in dual numbers and on the tape.
func TestEdges(t *testing.T) {
	for _, p := range []program{
		{"scaledRoot", scaledRoot, scaledRootGrad, scaledRootJVP, scaledRootGeneric[dual.Number], scaledRootGeneric[reverse.Var], scaledRootHVP, scaledRootHessian, nil},
		{"shiftedRoot", shiftedRoot, shiftedRootGrad, shiftedRootJVP, shiftedRootGeneric[dual.Number], shiftedRootGeneric[reverse.Var], shiftedRootHVP, shiftedRootHessian, nil},
		{"skippedRoot", skippedRoot, skippedRootGrad, skippedRootJVP, skippedRootGeneric[dual.Number], skippedRootGeneric[reverse.Var], skippedRootHVP, skippedRootHessian, nil},
		{"skippedInLoop", skippedInLoop, skippedInLoopGrad, skippedInLoopJVP, skippedInLoopGeneric[dual.Number], skippedInLoopGeneric[reverse.Var], skippedInLoopHVP, skippedInLoopHessian, nil},
		{"skippedElement", skippedElement, skippedElementGrad, skippedElementJVP, skippedElementGeneric[dual.Number], skippedElementGeneric[reverse.Var], skippedElementHVP, skippedElementHessian, nil},
		{"branchAway", branchAway, branchAwayGrad, branchAwayJVP, branchAwayGeneric[dual.Number], branchAwayGeneric[reverse.Var], branchAwayHVP, branchAwayHessian, nil},
		{"quotientAway", quotientAway, quotientAwayGrad, quotientAwayJVP, quotientAwayGeneric[dual.Number], quotientAwayGeneric[reverse.Var], quotientAwayHVP, quotientAwayHessian, nil},
	} {
		for _, x := range [][]float64{{0, 2}, {1, 2}, {0.5, 2}, {0.5, -2}} {
			grad := make([]float64, 2)
			p.grad(grad, x)
			optest.Within(t, p.name+": gradient against dual", grad, dual.Gradient(p.forward, x), 1e-12)
			optest.Within(t, p.name+": gradient against reverse", grad, reverse.Gradient(p.tape, x), 1e-12)
			for _, v := range [][]float64{{1, 0}, {0, 1}, {0.5, -1}} {
				_, dot := p.jvp(x, v)
				want := dual.JVP(func(x []dual.Number) []dual.Number { return []dual.Number{p.forward(x)} }, x, v)
				optest.Within(t, p.name+": JVP", []float64{dot}, want, 1e-12)
				hvp := make([]float64, 2)
				p.hvp(grad, hvp, x, v)
				optest.Within(t, p.name+": gradient of HVP", grad, reverse.Gradient(p.tape, x), 1e-12)
				optest.Within(t, p.name+": HVP", hvp, reverse.HVP(p.tape, x, v), 1e-12)
			}
		}
	}
}
