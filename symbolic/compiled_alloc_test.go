package symbolic

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
)

func TestCompileAllocations(t *testing.T) {
	x := Var("x")
	p := Compile([]Expr{x}, ad.Exp(x.Mul(x)).Add(ad.Sin(x)))
	dst, at := make([]float64, 1), []float64{0.5}
	many, points := make([]float64, 200), make([]float64, 200)
	if n := memtest.Allocations(100, func() { p.Eval(dst, at); p.EvalBatch(many, points) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
