//go:build !race

// The race detector makes sync.Pool drop what it is given, at random.

package symbolic

import (
	"testing"

	"github.com/quartet-ad/ad"
)

func TestCompileAllocations(t *testing.T) {
	x := Var("x")
	p := Compile([]Expr{x}, ad.Exp(x.Mul(x)).Add(ad.Sin(x)))
	dst, at := make([]float64, 1), []float64{0.5}
	many, points := make([]float64, 200), make([]float64, 200)
	if n := testing.AllocsPerRun(100, func() { p.Eval(dst, at); p.EvalBatch(many, points) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
