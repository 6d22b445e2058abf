package main

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

func residuals[T ad.Scalar[T]](p *regression) func([]T) []T {
	return func(b []T) []T {
		r := make([]T, len(p.residuals))
		for i, e := range p.residuals {
			r[i] = symbolic.Eval(e, p.parameters, b)
		}
		return r
	}
}

func (p *regression) problem() leastSquares {
	pushed, pulled, plain := residuals[dual.Number](p), residuals[reverse.Var](p), residuals[ad.Real](p)
	return leastSquares{
		residuals: func(x []float64) []float64 {
			b := make([]ad.Real, len(x))
			for i := range x {
				b[i] = ad.Real(x[i])
			}
			var r []float64
			for _, v := range plain(b) {
				r = append(r, float64(v))
			}
			return r
		},
		jacobian: func(dst *mat.Dense, x []float64) []float64 { return dual.JacobianTo(dst, pushed, x) },
		curvature: func(dst *mat.SymDense, x, w []float64) {
			reverse.HessianTo(dst, func(b []reverse.Var) reverse.Var {
				c := make([]reverse.Var, len(w))
				for i := range w {
					c[i] = ad.Const[reverse.Var](w[i])
				}
				return ad.Dot(c, pulled(b))
			}, x)
		},
	}
}

func digits(got, want []float64) float64 {
	d := 11.0
	for i := range got {
		e := math.Abs(got[i]-want[i]) / math.Abs(want[i])
		if !(e >= 0) {
			return 0
		}
		d = min(d, -math.Log10(e))
	}
	return max(d, 0)
}

func try() {
	all, _ := regressions()
	for _, p := range all {
		fmt.Printf("%-10s %-8s", p.name, p.difficulty)
		for _, s := range p.starts {
			f := levenbergMarquardt(p.problem(), s)
			sd := math.Sqrt(f.rss / float64(len(p.residuals)-len(p.certified)))
			fmt.Printf("  %5.2f (sd %5.2f) %5d", digits(f.x, p.certified), digits([]float64{sd}, []float64{p.deviation}), f.iterations)
		}
		fmt.Println()
	}
}
