package numeric_test

import (
	"fmt"
	"math"
	"sync"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/mat"
)

// TestStorage: operators that share their storage do not disturb each other: at the same time, of
// other sizes, inside of f, and after a panic.
func TestStorage(t *testing.T) {
	inner := func(x []float64) float64 { return math.Sin(x[0]) * math.Exp(x[len(x)-1]) }
	nested := func(x []float64) float64 {
		g := numeric.Gradient(inner, x)
		return g[0] * g[len(g)-1]
	}
	fs := func(x []float64) []float64 { return append([]float64{inner(x)}, x...) }
	at := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = 0.3 + float64(i)/8
		}
		return x
	}
	all := func(n int) []any {
		x := at(n)
		func() {
			defer func() { _ = recover() }()
			numeric.Gradient(func(z []float64) float64 {
				if z[0] != x[0] {
					panic("no further")
				}
				return z[0]
			}, x)
		}()
		return []any{
			numeric.GradientResult(nested, x), numeric.HessianResult(inner, x), numeric.JacobianResult(fs, x),
			numeric.JVPResult(fs, x, x), numeric.VJPResult(fs, x, append([]float64{2}, x...)),
			numeric.FivePoint.HessianResult(inner, x), numeric.Central.With(numeric.Settings{Lower: x, Workers: 2}).HVPResult(inner, x, x),
			numeric.ComplexStep.HessianResult(func(z []complex128) complex128 { return z[0] * z[len(z)-1] * z[0] }, x),
		}
	}
	const most = 4
	var want [most + 1][]any
	for n := 1; n <= most; n++ {
		want[n] = all(n)
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for k := range most {
				n := 1 + (i+k)%most
				optest.Equal(t, fmt.Sprint(n, " inputs"), all(n), want[n])
			}
		})
	}
	group.Wait()
}

// What is returned is not written again.
func TestResultsAreKept(t *testing.T) {
	fs := func(x []float64) []float64 { return []float64{x[0] * x[1], x[0]} }
	x, v := []float64{2, 3}, []float64{1, 0}
	y := numeric.JVPTo(make([]float64, 2), fs, x, v)
	r := numeric.JVPResult(fs, x, v)
	value := numeric.ComplexStep.JacobianTo(mat.NewDense(2, 2, nil), func(z []complex128) []complex128 { return []complex128{z[0] * z[1], z[0]} }, x)
	numeric.JVPTo(make([]float64, 2), fs, []float64{7, 8}, []float64{5, 5})
	numeric.ComplexStep.JacobianTo(mat.NewDense(2, 2, nil), func(z []complex128) []complex128 { return []complex128{z[1], z[0]} }, v)
	optest.Equal(t, "value of JVPTo", y, []float64{6, 2})
	optest.Equal(t, "value of JacobianTo", value, []float64{6, 2})
	optest.Within(t, "JVPResult", valuesOf(r...), []float64{3, 1}, 1e-12)
}
