package compare_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

var grid = []float64{
	math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 5e-324, -5e-324,
	2.2250738585072014e-308, -2.2250738585072014e-308, 1, -1, math.MaxFloat64, -math.MaxFloat64,
}

func ap1[T ad.Scalar[T]](op ad.Op) func([]T) T { return func(x []T) T { return x[0].Apply(op) } }
func ap2[T ad.Scalar[T]](op ad.Op2) func([]T) T {
	return func(x []T) T { return x[0].Apply2(op, x[1]) }
}

func same(a, b float64) bool {
	return golden.ULP(a, b) <= 32 || math.Abs(a-b) <= 1e-322
}

func TestGridScratch(t *testing.T) {
	bad := 0
	chk := func(name string, x []float64, fd func([]dual.Number) dual.Number, fh func([]dual.Hyper) dual.Hyper, fr func([]reverse.Var) reverse.Var, fs func([]symbolic.Expr) symbolic.Expr) {
		gd := dual.Gradient(fd, x)
		gr := reverse.Gradient(fr, x)
		gs := symbolic.Gradient(fs, x)
		for i := range x {
			if !same(gd[i], gr[i]) || !same(gd[i], gs[i]) {
				bad++
				fmt.Println(name, x, "grad", i, gd[i], gr[i], gs[i])
			}
		}
		hd := dual.Hessian(fh, x)
		hr := reverse.Hessian(fr, x)
		hs := symbolic.Hessian(fs, x)
		for i := range x {
			for j := i; j < len(x); j++ {
				a, b, c := hd.At(i, j), hr.At(i, j), hs.At(i, j)
				if !same(a, b) || !same(a, c) {
					bad++
					fmt.Println(name, x, "hess", i, j, a, b, c)
				}
			}
		}
	}
	for _, l := range [][]*rule.Func{rule.Functions, rule.Helpers} {
		for _, r := range l {
			op := ad.NewOp(r)
			for _, x := range grid {
				chk(r.Name, []float64{x}, ap1[dual.Number](op), ap1[dual.Hyper](op), ap1[reverse.Var](op), ap1[symbolic.Expr](op))
			}
		}
	}
	for _, l := range [][]*rule.Func2{rule.Functions2, rule.Helpers2} {
		for _, r := range l {
			op := ad.NewOp2(r)
			for _, x := range grid {
				for _, y := range grid {
					chk(r.Name, []float64{x, y}, ap2[dual.Number](op), ap2[dual.Hyper](op), ap2[reverse.Var](op), ap2[symbolic.Expr](op))
				}
			}
		}
	}
	fmt.Println("bad", bad)
}
