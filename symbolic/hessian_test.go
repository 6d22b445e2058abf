package symbolic

import (
	"testing"

	"github.com/quartet-ad/ad"
	"gonum.org/v1/gonum/mat"
)

// TestNorm2: an entry of 0 is nothing special.
func TestNorm2(t *testing.T) {
	h := Hessian(ad.Norm2[Expr], []float64{0, 2})
	if h.At(0, 0) != 0.5 || h.At(0, 1) != 0 || h.At(1, 1) != 0 {
		t.Errorf("Hessian of the norm at (0, 2): %v", mat.Formatted(h))
	}
}
