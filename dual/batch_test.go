package dual

import (
	"runtime"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// TestJacobianBatch: the Jacobians at many points are those at each of them, to the bit,
// on however many cores; where slopes are infinite too.
func TestJacobianBatch(t *testing.T) {
	f := func(x []Number) []Number {
		return []Number{chained(x), ad.Sqrt(x[0].Sub(x[0].Const(0.5))).Add(mixed(x)), x[1].Const(2)}
	}
	for _, n := range []int{2, 7, 15, 40} {
		const points = 43
		x := spread(n * points)
		dst, y := make([]float64, 3*n*points), make([]float64, 3*points)
		for _, cores := range []int{1, 4} {
			before := runtime.GOMAXPROCS(cores)
			JacobianBatchTo(dst, y, f, x, n)
			runtime.GOMAXPROCS(before)
			for i := range points {
				var j mat.Dense
				value := JacobianTo(&j, f, x[i*n:][:n])
				optest.Equal(t, "Jacobian", dst[3*n*i:][:3*n], j.RawMatrix().Data, optest.Bits())
				optest.Equal(t, "value", y[3*i:][:3], value, optest.Bits())
			}
		}
	}
	JacobianBatchTo(nil, nil, f, nil, 3)
	g := swirl[Number]
	for want, bad := range map[string]func(){
		"dual.JacobianBatchTo: x has length 7, want a multiple of the 3 inputs":                  func() { JacobianBatchTo(nil, nil, g, spread(7), 3) },
		"dual.JacobianBatchTo: x has length 6, want a multiple of the 0 inputs":                  func() { JacobianBatchTo(nil, nil, g, spread(6), 0) },
		"dual.JacobianBatchTo: dst has length 17, want a multiple of the 6 inputs of all points": func() { JacobianBatchTo(make([]float64, 17), nil, g, spread(6), 3) },
		"dual.JacobianBatchTo: y has length 5, want 6":                                           func() { JacobianBatchTo(make([]float64, 18), make([]float64, 5), g, spread(6), 3) },
		"dual.JacobianBatchTo: the result of f has length 3, want 2":                             func() { JacobianBatchTo(make([]float64, 12), nil, g, spread(6), 3) },
		"dual.JacobianBatchTo: dst has length 1, want 0":                                         func() { JacobianBatchTo(make([]float64, 1), nil, g, nil, 3) },
	} {
		optest.Panics(t, want, bad)
	}
	optest.Panics(t, confusion("JacobianBatchTo"), func() {
		JacobianBatchTo(make([]float64, 6), nil, func(x []Number) []Number { return []Number{New(1, 2)} }, spread(6), 3)
	})
}
