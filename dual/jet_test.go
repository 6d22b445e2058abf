package dual_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/symbolic"
)

// TestJetAgainstSymbolic: the series of every function of the table, up to order 10,
// against a formula that was differentiated as often. The two share the values of
// functions and nothing else.
func TestJetAgainstSymbolic(t *testing.T) {
	order := 10
	if testing.Short() {
		order = 5
	}
	x := symbolic.Var("x")
	checks := 0
	check := func(name string, f func(dual.Jet) dual.Jet, e symbolic.Expr, at float64) {
		got := dual.Derivatives(f, at, order)
		for k := 0; k <= order; k++ {
			want := float64(symbolic.Eval(e, []symbolic.Expr{x}, []ad.Real{ad.Real(at)}))
			scale := math.Abs(want)
			for j := 0; j < k; j++ { // a derivative near a zero of its own
				scale = max(scale, 1e-3*math.Abs(got[j]))
			}
			if math.Abs(got[k]-want) > 1e-9*scale && !(got[k] != got[k] && want != want) {
				t.Errorf("%s at %v: derivative %d = %v, symbolic has %v", name, at, k, got[k], want)
				break
			}
			checks++
			e = symbolic.D(e, x)
		}
	}
	for _, row := range append(append([]*rule.Func{}, rule.Functions...), rule.Helpers...) {
		op := ad.NewOp((*ad.Func)(row))
		for _, s := range []float64{0.13, 0.47, 0.61, 0.89} {
			at := row.Lo + s*(row.Hi-row.Lo)
			if math.Abs(at) > 6 {
				at /= 5
			}
			check(row.Name, func(x dual.Jet) dual.Jet { return x.Apply(op) }, x.Apply(op), at)
			// And of a curved argument.
			curved := func(v dual.Jet) dual.Jet {
				return ad.Shift(ad.Scale(v.Mul(v), 0.05), at-0.05*at*at).Apply(op)
			}
			check(row.Name+" of a square", curved, ad.Shift(ad.Scale(x.Mul(x), 0.05), at-0.05*at*at).Apply(op), at)
		}
	}
	for _, row := range append(append([]*rule.Func2{}, rule.Functions2...), rule.Helpers2...) {
		op := ad.NewOp2((*ad.Func2)(row))
		for _, s := range []float64{0.15, 0.45, 0.8} {
			a, b := row.Lo[0]+s*(row.Hi[0]-row.Lo[0]), row.Lo[1]+(1-s)*(row.Hi[1]-row.Lo[1])
			a, b = min(max(a, -4), 4), min(max(b, -15), 15)
			if row == rule.Polygamma {
				a = 1
			}
			const at = 0.3
			first, second := line[dual.Jet](a, 0.3), line[dual.Jet](b, -0.2)
			if row != rule.Polygamma {
				check(row.Name+" of both", func(v dual.Jet) dual.Jet { return first(v).Apply2(op, second(v)) },
					line[symbolic.Expr](a, 0.3)(x).Apply2(op, line[symbolic.Expr](b, -0.2)(x)), at)
				check(row.Name+" of the first", func(v dual.Jet) dual.Jet { return first(v).Apply2(op, v.Const(b)) },
					line[symbolic.Expr](a, 0.3)(x).Apply2(op, x.Const(b)), at)
			}
			check(row.Name+" of the second", func(v dual.Jet) dual.Jet { return v.Const(a).Apply2(op, second(v)) },
				x.Const(a).Apply2(op, line[symbolic.Expr](b, -0.2)(x)), at)
		}
	}
	if checks < 5000 {
		t.Errorf("%d checks", checks)
	}
}

// line returns the function a + slope·(x-0.3).
func line[T ad.Scalar[T]](a, slope float64) func(T) T {
	return func(x T) T { return ad.Shift(ad.Scale(ad.Shift(x, -0.3), slope), a) }
}
