package reverse_test

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
)

// chained is the chained Rosenbrock function, eight operations a term.
func chained[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	sum := ad.Const[T](0)
	for i := range x[1:] {
		a := one.Sub(x[i])
		b := x[i+1].Sub(x[i].Mul(x[i]))
		sum = sum.Add(a.Mul(a)).Add(hundred.Mul(b.Mul(b)))
	}
	return sum
}

// summed returns the same function as one sum of squares, over residuals that it
// keeps from call to call.
func summed[T ad.Scalar[T]]() func(x []T) T {
	var residuals []T
	return func(x []T) T {
		one, ten := ad.Const[T](1), ad.Const[T](10)
		residuals = residuals[:0]
		for i := range x[1:] {
			residuals = append(residuals, one.Sub(x[i]), ten.Mul(x[i+1].Sub(x[i].Mul(x[i]))))
		}
		return ad.SumSq(residuals)
	}
}

// BenchmarkRosenbrock differentiates the chained Rosenbrock function of 1000
// variables, 7992 operations: the time an operation takes over plain floats
// through the generic function, over dual numbers in one direction, and for the
// whole gradient on a tape, recorded and swept each time. The last is the same
// function with an n-ary statement, counted as the operations of the
// first.
func BenchmarkRosenbrock(b *testing.B) {
	const n, operations = 1000, 7992
	x := make([]float64, n)
	real := make([]ad.Real, n)
	for i := range x {
		x[i] = float64(i%7) * 0.3
		real[i] = ad.Real(x[i])
	}
	g := make([]float64, n)
	sum := summed[reverse.Var]()
	for _, c := range []struct {
		name string
		run  func(b *testing.B)
	}{
		{"Real", func(b *testing.B) {
			for b.Loop() {
				chained(real)
			}
		}},
		{"dual.Number", func(b *testing.B) {
			dual.JVP(func(x []dual.Number) []dual.Number {
				for b.Loop() {
					chained(x)
				}
				return nil
			}, x, x)
		}},
		{"reverse", func(b *testing.B) {
			for b.Loop() {
				reverse.GradientTo(g, chained, x)
			}
		}},
		{"reverse.SumSq", func(b *testing.B) {
			for b.Loop() {
				reverse.GradientTo(g, sum, x)
			}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			c.run(b)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/operations, "ns/operation")
		})
	}
}
