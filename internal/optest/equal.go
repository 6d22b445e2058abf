package optest

import (
	"math"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad/internal/golden"
)

// TB is what a check needs of a test. A *testing.T is one, and so is a *rapid.T.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// Equal fails the test unless got equals want under the options, and shows where they
// differ. Without options NaN equals NaN, and floats are otherwise compared by ==. An
// empty slice equals nil.
func Equal[V any](t TB, what string, got, want V, opts ...cmp.Option) {
	t.Helper()
	if identical(any(got), any(want)) { // as options of all kinds have it, in less time
		return
	}
	if len(opts) == 0 {
		opts = []cmp.Option{ULP(0)}
	}
	if diff := cmp.Diff(want, got, cmp.Options(opts), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// identical reports whether two values are lists of numbers that have the same bits,
// none of them NaN.
func identical(got, want any) bool {
	x, ok := got.([]float64)
	y, same := want.([]float64)
	return ok && same && slices.EqualFunc(x, y, func(x, y float64) bool {
		return x == x && math.Float64bits(x) == math.Float64bits(y)
	})
}

// ULP lets two floats be equal that are at most n units in the last place apart, as
// golden.ULP counts them. NaN equals NaN.
func ULP(n float64) cmp.Option {
	return cmp.Comparer(func(x, y float64) bool { return golden.ULP(x, y) <= n })
}

// Bits lets two floats be equal that have the same bits, or are both NaN.
func Bits() cmp.Option {
	return cmp.Comparer(func(x, y float64) bool {
		return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
	})
}
