package compare

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
)

// TestWithOrdered: a function with data that looks at values has no form on paper either,
// and is judged without.
func TestWithOrdered(t *testing.T) {
	x := []float64{2, 3}
	for _, fn := range []Func{
		NewWith("larger", 2.5, larger[numeric.Real], larger[dual.Number], larger[dual.Hyper], larger[reverse.Var], nil),
		NewVectorWith("both", 2.5, twoResults[numeric.Real], twoResults[dual.Number], twoResults[dual.Hyper], twoResults[reverse.Var], nil),
	} {
		if r := Check(fn, x); r.Verdict() != Agree || len(r.Lacks) != 1 {
			t.Errorf("%v, lacks %q", r, r.Lacks)
		}
	}
}

// larger is the square of the first variable above the level, and else of the second.
func larger[T ad.Ordered[T]](x []T, level float64) T {
	if ad.Const[T](level).Less(x[0]) {
		return ad.Square(x[0])
	}
	return ad.Square(x[1])
}

func twoResults[T ad.Ordered[T]](x []T, level float64) []T {
	return []T{larger(x, level), x[0].Mul(x[1])}
}
