package numeric_test

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// TestPanicsOfAll: whatever evaluates f passes its panic on, with the operator's name and the point.
func TestPanicsOfAll(t *testing.T) {
	cause := errors.New("no further")
	x, v := []float64{1, 2}, []float64{1, 1}
	var (
		scalar  func([]float64) float64
		vector  func([]float64) []float64
		number  func(float64) float64
		complex func(complex128) complex128
		bi      func(numeric.Bicomplex) numeric.Bicomplex
		cs      func([]complex128) complex128
		cv      func([]complex128) []complex128
	)
	pattern := sparse.Full(2, 2)
	matrix, colors := sparse.NewMatrix(pattern, nil), sparse.ColorColumns(pattern)
	c, two := numeric.ComplexStep, make([]float64, 2)
	inside := numeric.Central.With(numeric.Settings{Workers: 2})
	for _, o := range []struct {
		op string
		do func()
		at int // length of the point
	}{
		{"Derivative", func() { numeric.Derivative(number, 1) }, 1},
		{"DerivativeResult", func() { numeric.Central.DerivativeResult(number, 1) }, 1},
		{"DerivativeN", func() { numeric.DerivativeN(number, 1, 4) }, 1},
		{"DerivativeNResult", func() { numeric.FivePoint.DerivativeNResult(number, 1, 2) }, 1},
		{"Gradient", func() { numeric.Gradient(scalar, x) }, 2},
		{"GradientTo", func() { numeric.GradientTo(two, scalar, x) }, 2},
		{"GradientResult", func() { inside.GradientResult(scalar, x) }, 2},
		{"JacobianTo", func() { numeric.Jacobian(vector, x) }, 2},
		{"JacobianResult", func() { inside.JacobianResult(vector, x) }, 2},
		{"JVP", func() { numeric.JVP(vector, x, v) }, 2},
		{"JVPTo", func() { numeric.JVPTo(two, vector, x, v) }, 2},
		{"JVPResult", func() { inside.JVPResult(vector, x, v) }, 2},
		{"VJP", func() { numeric.VJP(vector, x, v) }, 2},
		{"VJPTo", func() { numeric.VJPTo(two, vector, x, v) }, 2},
		{"VJPResult", func() { inside.VJPResult(vector, x, v) }, 2},
		{"Hessian", func() { numeric.Hessian(scalar, x) }, 2},
		{"HessianTo", func() { numeric.HessianTo(new(mat.SymDense), scalar, x) }, 2},
		{"HessianResult", func() { inside.HessianResult(scalar, x) }, 2},
		{"HVP", func() { numeric.HVP(scalar, x, v) }, 2},
		{"HVPTo", func() { numeric.HVPTo(two, scalar, x, v) }, 2},
		{"HVPResult", func() { inside.HVPResult(scalar, x, v) }, 2},
		{"HessianDiag", func() { numeric.HessianDiag(scalar, x) }, 2},
		{"Laplacian", func() { inside.Laplacian(scalar, x) }, 2},
		{"LaplacianResult", func() { numeric.LaplacianResult(scalar, x) }, 2},
		{"SparseJacobian", func() { inside.SparseJacobian(vector, x, pattern) }, 2},
		{"SparseJacobianTo", func() { numeric.SparseJacobianTo(matrix, vector, x, colors) }, 2},
		{"SparseHessian", func() { inside.SparseHessian(scalar, x, pattern) }, 2},
		{"SparseHessianTo", func() { numeric.SparseHessianTo(matrix, scalar, x) }, 2},
		{"JacobianPattern", func() { numeric.JacobianPattern(vector, x) }, 2},
		{"Limit", func() { numeric.Limit(number, 1) }, 1},
		{"LimitFrom", func() { numeric.LimitFrom(number, 1, -1) }, 1},
		{"Limit", func() { numeric.Limit(number, math.Inf(1)) }, 1},
		{"Kink", func() { numeric.Kink(number, 1) }, 1},
		{"Study", func() { numeric.Study(number, 1) }, 1},
		{"StudyAgainst", func() { numeric.StudyAgainst(number, 1, 1) }, 1},
		{"Taylor", func() { numeric.Taylor(complex, 1, 3) }, 2},
		{"Residue", func() { numeric.Residue(complex, 1, 1) }, 2},
		{"BicomplexStep", func() { numeric.BicomplexStep(bi, 1) }, 1},
		{"BicomplexMixed", func() {
			numeric.BicomplexMixed(func(z []numeric.Bicomplex) numeric.Bicomplex { return bi(z[0]) }, x, 0, 1)
		}, 2},
		{"ComplexStep.Derivative", func() { c.Derivative(complex, 1) }, 1},
		{"ComplexStep.GradientTo", func() { c.Gradient(cs, x) }, 2},
		{"ComplexStep.JacobianTo", func() { c.Jacobian(cv, x) }, 2},
		{"ComplexStep.JVP", func() { c.JVP(cv, x, v) }, 2},
		{"ComplexStep.JVPTo", func() { c.JVPTo(two, cv, x, v) }, 2},
		{"ComplexStep.VJP", func() { c.VJP(cv, x, v) }, 2},
		{"ComplexStep.VJPTo", func() { c.VJPTo(two, cv, x, v) }, 2},
		{"ComplexStep.HessianTo", func() { c.Hessian(cs, x) }, 2},
		{"ComplexStep.HessianResult", func() { c.HessianResult(cs, x) }, 2},
		{"ComplexStep.HVP", func() { c.HVP(cs, x, v) }, 2},
		{"ComplexStep.HVPTo", func() { c.HVPTo(two, cs, x, v) }, 2},
	} {
		for _, good := range []int{0, 1} { // calls before the panic
			var calls atomic.Int64 // workers call, too
			more := func() {
				if calls.Add(1) > int64(good) {
					panic(cause)
				}
			}
			scalar = func(x []float64) float64 { more(); return x[0] * x[1] }
			vector = func(x []float64) []float64 { more(); return []float64{x[0], x[0] * x[1]} }
			number = func(x float64) float64 { more(); return x }
			complex = func(z complex128) complex128 { more(); return z }
			bi = func(z numeric.Bicomplex) numeric.Bicomplex { more(); return z }
			cs = func(z []complex128) complex128 { more(); return z[0] * z[1] }
			cv = func(z []complex128) []complex128 { more(); return []complex128{z[0], z[0] * z[1]} }
			if good == 1 && (strings.HasPrefix(o.op, "Bicomplex") || o.op == "ComplexStep.Derivative" || strings.HasPrefix(o.op, "ComplexStep.JVP")) {
				continue // a single call
			}
			func() {
				defer func() {
					v := recover()
					err, ok := v.(*numeric.PanicError)
					if !ok || !errors.Is(err, cause) || err.Op != "numeric."+o.op || len(err.X) != o.at || math.IsNaN(err.X[o.at-1]) && o.op != "JacobianPattern" {
						t.Errorf("%s: panics with %v", o.op, v)
					}
				}()
				o.do()
				t.Errorf("%s: the panic after %d calls is lost", o.op, good)
			}()
		}
	}
}

// TestPanicOfWorkers: the panic is that of the first input that has one, however many there are, and
// ends the work.
func TestPanicOfWorkers(t *testing.T) {
	const n = 500
	x := make([]float64, n)
	for _, workers := range []int{0, 2, 3, 16, 1000} {
		for _, first := range []int{0, 7, 30} {
			var calls atomic.Int64
			func() {
				defer func() {
					err, ok := recover().(*numeric.PanicError)
					if !ok || err.X[first] == 0 {
						t.Errorf("%d workers, inputs from %d on: panic %v", workers, first, err)
					}
				}()
				numeric.Central.With(numeric.Settings{Workers: workers}).Gradient(func(x []float64) float64 {
					calls.Add(1)
					for _, v := range x[first:] {
						if v != 0 {
							time.Sleep(time.Microsecond)
							panic("no further")
						}
					}
					return 1
				}, x)
			}()
			if workers < n && calls.Load() > int64(3*(first+workers)+3) {
				t.Errorf("%d workers: %d calls, and the first %d inputs are fine", workers, calls.Load(), first)
			}
		}
	}
}

// TestGoexit: a goroutine that f ends, as FailNow of a test does, is not taken for one that has finished.
func TestGoexit(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 16} {
		for _, from := range []float64{1, 5, 8} {
			returned, end := false, make(chan bool)
			go func() {
				defer close(end)
				g := numeric.Central.With(numeric.Settings{Workers: workers}).Gradient(func(x []float64) float64 {
					for i, v := range x {
						if v != float64(i+1) && float64(i+1) >= from {
							runtime.Goexit()
						}
					}
					return x[0]
				}, []float64{1, 2, 3, 4, 5, 6, 7, 8})
				returned = true
				t.Error(fmt.Sprint(workers, " workers return ", g))
			}()
			<-end
			if returned {
				t.Errorf("%d workers, one of which was ended, return", workers)
			}
		}
	}
}
