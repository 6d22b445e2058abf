package compare

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// trigamma is a formula of a function that package ad has no name for.
func trigamma[T ad.Scalar[T]](x []T) T {
	v := symbolic.Var("v")
	e, err := symbolic.Parse("polygamma(1, v)")
	if err != nil {
		panic(err)
	}
	return symbolic.Eval(e, []symbolic.Expr{v}, x)
}

// TestTrigamma: the second derivative of a parsed polygamma by every exact method.
func TestTrigamma(t *testing.T) {
	const want = 6.4939394022668291 // π⁴/15
	x := []float64{1}
	for name, got := range map[string]float64{
		"dual":     dual.Hessian(trigamma[dual.Hyper], x).At(0, 0),
		"reverse":  reverse.Hessian(trigamma[reverse.Var], x).At(0, 0),
		"symbolic": symbolic.Hessian(trigamma[symbolic.Expr], x).At(0, 0),
	} {
		if golden.ULP(got, want) > 8 {
			t.Errorf("%v by %s, want %v", got, name, want)
		}
	}
}
