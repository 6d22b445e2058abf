package dual

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

func TestNoAllocation(t *testing.T) {
	x, v, dst := []float64{-1.2, 1}, []float64{1, 2}, make([]float64, 2)
	points, many := spread(100), make([]float64, 100)
	h, large := mat.NewSymDense(2, nil), mat.NewSymDense(20, nil)
	coefficients := make([]float64, 8)
	for name, f := range map[string]func(){
		"GradientTo":           func() { GradientTo(dst, optest.Rosenbrock, x) },
		"GradientTo of many":   func() { GradientTo(many, chained[Number], points) },
		"GradientTo of a norm": func() { GradientTo(many, ad.Norm2[Number], points) },
		"HessianTo":            func() { HessianTo(h, optest.Rosenbrock, x) },
		"HessianTo of many":    func() { HessianTo(large, chained[Hyper], points[:20]) },
		"HVPTo":                func() { HVPTo(dst, optest.Rosenbrock, x, v) },
		"TaylorTo":             func() { TaylorTo(coefficients, smooth[Jet], 0.3) },
		"TaylorTo of all":      func() { TaylorTo(coefficients, every, 0.3) },
		"JetTo":                func() { JetTo(coefficients, optest.Rosenbrock, x, v) },
		"JetTo of many":        func() { JetTo(coefficients, chained[Jet], points, points) },
	} {
		if n := memtest.Allocations(1000, f); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

// TestResultAllocation: what returns the values of f allocates them, and nothing else. The
// rows of a sparse Hessian take a list.
func TestResultAllocation(t *testing.T) {
	for _, n := range []int{2, 9, 130} {
		x, v, dst := spread(n), spread(n), make([]float64, n)
		y := make([]Number, n)
		f := func(x []Number) []Number {
			for i := range y {
				y[i] = ad.Sin(x[i].Mul(x[(i+1)%n]))
			}
			return y
		}
		j := mat.NewDense(n, n, nil)
		pattern := sparse.Band(n, n, 1, n)
		matrix, colors := sparse.NewMatrix(pattern, nil), sparse.ColorColumns(pattern)
		symmetric := sparse.NewMatrix(sparse.Band(n, n, 1, 1), nil)
		for name, c := range map[string]struct {
			f    func()
			most float64
		}{
			"JacobianTo":       {func() { JacobianTo(j, f, x) }, 1},
			"JVPTo":            {func() { JVPTo(dst, f, x, v) }, 1},
			"VJPTo":            {func() { VJPTo(dst, f, x, v) }, 1},
			"GaussNewtonTo":    {func() { GaussNewtonTo(dst, f, x, v) }, 2},
			"SparseJacobianTo": {func() { SparseJacobianTo(matrix, f, x, colors) }, 1},
			"SparseHessianTo":  {func() { SparseHessianTo(symmetric, chained[Hyper], x) }, 1},
		} {
			if got := memtest.Allocations(20, c.f); got > c.most {
				t.Errorf("%s of %d inputs allocates %v times, want %v", name, n, got, c.most)
			}
		}
	}
}

// every is a function of all kinds of recurrences.
func every(x Jet) Jet {
	half := x.Const(0.5)
	sum := ad.Const[Jet](0)
	for _, op := range []ad.Op{
		ad.OpSquare, ad.OpCube, ad.OpReciprocal, ad.OpSqrt, ad.OpRsqrt, ad.OpCbrt, ad.OpExp, ad.OpExp2, ad.OpExpm1, ad.OpLog, ad.OpLog2, ad.OpLog1p,
		ad.OpSin, ad.OpCos, ad.OpTan, ad.OpSinh, ad.OpCosh, ad.OpTanh, ad.OpAsin, ad.OpAcos, ad.OpAtan, ad.OpAsinh, ad.OpAtanh,
		ad.OpErf, ad.OpLgamma, ad.OpGamma, ad.OpDigamma, ad.OpSigmoid, ad.OpSiLU, ad.OpGELU, ad.OpMish, ad.OpHardSwish, ad.OpAbs,
	} {
		sum = sum.Add(x.Apply(op))
	}
	for _, op := range []ad.Op2{ad.OpPow, ad.OpAtan2, ad.OpHypot, ad.OpMax, ad.OpLogAddExp, ad.OpXLogY, ad.OpSoftplus, ad.OpELU} {
		sum = sum.Add(x.Apply2(op, half)).Sub(half.Apply2(op, x)).Mul(half).Add(x.Apply2(op, sum.Mul(half)).Div(x))
	}
	return sum.IfPos(sum.Neg(), half)
}

// TestBatchAllocation: eight blocks of points allocate what eight evaluations of f do, which
// is their results, and the job that cores share.
func TestBatchAllocation(t *testing.T) {
	const n, points = 9, 512
	x, dst := spread(points*n), make([]float64, points*n)
	f := func(x []Number) []Number { return []Number{mixed(x)} }
	JacobianBatchTo(dst, nil, f, x, n)
	if got := memtest.Allocations(20, func() { JacobianBatchTo(dst, nil, f, x, n) }); got > 10 {
		t.Errorf("%v allocations at %d points", got, points)
	}
}
