package symbolic_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// TestHugeExponents: c-1 stands in the derivative of x^c only where it is the number that it
// should be. Of 2⁵³ and more it is odd, and its float64 is even; of 1e-20 it is no whole
// number.
func TestHugeExponents(t *testing.T) {
	power := func(c float64) func(symbolic.Expr) symbolic.Expr {
		return func(x symbolic.Expr) symbolic.Expr { return ad.Pow(x, x.Const(c)) }
	}
	for _, c := range []float64{0x1p53 - 1, 0x1p53, 0x1p53 + 2, 1e17, 1e200, -0x1p53 + 1, -0x1p53, -1e17, -1e200} {
		want := -c * math.Pow(-1, c)
		if got := symbolic.Derivative(power(c), -1); got != want {
			t.Errorf("(x^%v)′ at -1: %v, want %v", c, got, want)
		}
	}
	for _, c := range []float64{1e-20, -1e-20, 0x1p-53} {
		if got := symbolic.Derivative(power(c), -2); got == got {
			t.Errorf("(x^%v)′ at -2: %v, want NaN", c, got)
		}
	}
}
