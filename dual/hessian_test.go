package dual

import (
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// TestHessianTogether: entries that were looked at together are what they are one by one, to
// the bit.
func TestHessianTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 20).Draw(t, "n")
		number := rapid.OneOf(rapid.Float64Range(-3, 3), rapid.SampledFrom([]float64{0, 1, 1e-160, 1e200, inf, nan}))
		x := rapid.SliceOfN(number, n, n).Draw(t, "x")
		both := drawn[Hyper](t, wild)
		f := func(x []Hyper) Hyper { return both(x)[1] }
		one := SparseHessian(f, x, sparse.Full(n, n)).Values()
		optest.Equal(t, "Hessian", mat.DenseCopyOf(Hessian(f, x)).RawMatrix().Data, one, optest.Bits())
	})
}

// TestHessianEvaluations: structural zeros cost little, and nothing costs much more than
// before there is a zero.
func TestHessianEvaluations(t *testing.T) {
	for n, most := range map[int]struct{ chained, mixed int }{1: {2, 2}, 2: {4, 4}, 7: {29, 29}, 8: {32, 39}, 64: {448, 2097}} {
		count := func(f func([]Hyper) Hyper) (count int) {
			Hessian(func(x []Hyper) Hyper { count++; return f(x) }, spread(n))
			return count
		}
		if got := count(chained[Hyper]); got > most.chained {
			t.Errorf("%d evaluations of a chain of %d, want %d", got, n, most.chained)
		}
		if got := count(mixed[Hyper]); got > most.mixed {
			t.Errorf("%d evaluations of a function without zeros of %d, want %d", got, n, most.mixed)
		}
	}
}
