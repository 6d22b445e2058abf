package reverse_test

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
)

// rosenbrock is the chained Rosenbrock function, 8 operations a term.
func rosenbrock[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	sum := ad.Const[T](0)
	for i := range x[1:] {
		a := one.Sub(x[i])
		b := x[i+1].Sub(x[i].Mul(x[i]))
		sum = sum.Add(a.Mul(a)).Add(hundred.Mul(b.Mul(b)))
	}
	return sum
}

// rosenbrockN is the same function as one sum of squares.
func rosenbrockN[T ad.Scalar[T]](x []T) T {
	one, ten := ad.Const[T](1), ad.Const[T](10)
	r := make([]T, 0, 2*len(x))
	for i := range x[1:] {
		r = append(r, one.Sub(x[i]), ten.Mul(x[i+1].Sub(x[i].Mul(x[i]))))
	}
	return ad.SumSq(r)
}

func start(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i%7) * 0.3
	}
	return x
}

const ops = 8 * 999

func perOp(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/ops, "ns/operation")
}

func BenchmarkRosenbrock(b *testing.B) {
	x := start(1000)
	b.Run("Real", func(b *testing.B) {
		r := make([]ad.Real, len(x))
		for i := range x {
			r[i] = ad.Real(x[i])
		}
		for b.Loop() {
			rosenbrock(r)
		}
		perOp(b)
	})
	b.Run("Number", func(b *testing.B) {
		dst := make([]float64, 1)
		for b.Loop() {
			_ = dst
			dual.JVP(func(x []dual.Number) []dual.Number { return []dual.Number{rosenbrock(x)} }, x, x)
		}
		perOp(b)
	})
	g := make([]float64, len(x))
	b.Run("reverse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			reverse.GradientTo(g, rosenbrock, x)
		}
		perOp(b)
	})
	b.Run("reverseN", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			reverse.GradientTo(g, rosenbrockN, x)
		}
		perOp(b)
	})
}
