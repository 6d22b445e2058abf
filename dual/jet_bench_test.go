package dual

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
)

func smooth[T ad.Scalar[T]](x T) T {
	return ad.Tanh(ad.Sin(x).Mul(ad.Exp(x))).Div(ad.Sqrt(ad.Shift(x.Mul(x), 1)))
}

// BenchmarkJet against derivatives of derivatives: a series of order n costs n², nesting 2ⁿ.
func BenchmarkJet(b *testing.B) {
	for _, n := range []int{1, 2, 4, 6, 10, 20, 40} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Taylor(smooth[Jet], 0.3, n)
			}
		})
	}
}

type (
	nested1 = Of[ad.Real]
	nested2 = Of[nested1]
	nested3 = Of[nested2]
	nested4 = Of[nested3]
)

func derive[T ad.Scalar[T]](f func(Of[T]) Of[T]) func(T) T {
	return func(x T) T { _, d := DerivativeOf(f, x); return d }
}

func BenchmarkNested(b *testing.B) {
	for n, f := range []func(ad.Real) ad.Real{
		1: derive(smooth[nested1]), 2: derive(derive(smooth[nested2])),
		4: derive(derive(derive(derive(smooth[nested4])))),
	} {
		if f == nil {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				f(0.3)
			}
		})
	}
}
