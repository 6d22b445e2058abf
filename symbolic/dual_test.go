package symbolic_test

import (
	"flag"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/symbolic"
)

var dualTreesFlag = flag.Int("dual-trees", 600, "how many random expressions TestDual tries")

// TestDual: the derivatives of random expressions, in forward and in reverse order and
// from a compiled program, are those of dual numbers, which read other columns of the table.
func TestDual(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	vars := []symbolic.Expr{symbolic.Var("x"), symbolic.Var("y")}
	compared := 0
	for i := range *dualTreesFlag {
		e := symbolic.RandomTree(r, 1+i%12)
		x := []float64{4*r.Float64() - 2, 0.2 + 2*r.Float64()}
		d := symbolic.D(e, vars[0])
		largest, ok := symbolic.TameAt(e, vars, x)
		more, okD := symbolic.TameAt(d, vars, x)
		if e.Terms() > 3000 || !ok || !okD {
			continue
		}
		compared++
		want := dual.Gradient(func(x []dual.Number) dual.Number { return symbolic.Eval(e, vars, x) }, x)[0]
		compiled := make([]float64, 3)
		symbolic.Compile(vars, append(symbolic.Grad(e, vars), d)...).Eval(compiled, x)
		point := []ad.Real{ad.Real(x[0]), ad.Real(x[1])}
		for what, got := range map[string]float64{"D": float64(symbolic.Eval(d, vars, point)), "Grad": compiled[0], "compiled D": compiled[2]} {
			if !(math.Abs(got-want) <= 1e-9*(1+largest*largest+more*more)) {
				t.Errorf("%s of %s at %v: %v, by dual numbers %v", what, e.String(), x, got, want)
			}
		}
	}
	if compared < *dualTreesFlag/15 {
		t.Errorf("%d of %d compared", compared, *dualTreesFlag)
	}
}
