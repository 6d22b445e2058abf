package ad_test

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A survival is a study of light bulbs: the hours that each has burned, and whether it
// has failed by then.
type survival struct {
	hours  []float64
	failed []bool
}

// nll is the negative log-likelihood of a Weibull distribution whose parameters are the
// logarithms of its scale and its shape.
func nll[T ad.Scalar[T]](p []T, d survival) T {
	logScale, shape := p[0], ad.Exp(p[1])
	sum := ad.Const[T](0)
	for i, t := range d.hours {
		z := ad.Log(ad.Const[T](t)).Sub(logScale).Mul(shape) // log of (t/scale)^shape
		sum = sum.Add(ad.Exp(z))
		if d.failed[i] {
			sum = sum.Sub(p[1]).Sub(z)
		}
	}
	return sum
}

var bulbs = survival{
	hours:  []float64{410, 720, 890, 1000, 1000, 330, 640, 1000},
	failed: []bool{true, true, true, false, false, true, true, false},
}

// This file is a tour of the module: a likelihood with data is differentiated, checked
// and maximized.
func Example_likelihood() {
	p := []float64{7, 0.5}

	// Differentiate: Bind ties the data to the function, in every backend alike.
	fmt.Printf("reverse   %.6f\n", reverse.Gradient(reverse.Bind(nll, bulbs), p))
	fmt.Printf("dual      %.6f\n", dual.Gradient(dual.Bind(nll, bulbs), p))
	fmt.Printf("symbolic  %.6f\n", symbolic.Gradient(symbolic.Bind(nll, bulbs), p))
	fmt.Printf("numeric   %.6f\n", numeric.Gradient(numeric.Bind(nll, bulbs), p))

	// Check: all methods against each other, at points of one's own.
	report := compare.Check(compare.NewWith("nll", bulbs, nll, nll, nll, nll, nll), p)
	fmt.Println("agree:", report.OK())

	// Optimize: record the function once, and hand it to gonum.
	f := reverse.Record(reverse.Bind(nll, bulbs), len(p))
	var problem optimize.Problem
	problem.Func, problem.Grad, problem.Hess = f.Problem()
	result, err := optimize.Minimize(problem, p, nil, &optimize.Newton{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("scale %.1f hours, shape %.3f\n", math.Exp(result.X[0]), math.Exp(result.X[1]))

	// The inverse of the Hessian is the covariance of the estimate.
	var covariance mat.Dense
	if err := covariance.Inverse(f.Hessian(result.X)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("standard errors of the logarithms %.3f %.3f\n", math.Sqrt(covariance.At(0, 0)), math.Sqrt(covariance.At(1, 1)))
	// Output:
	// reverse   [0.771060 -1.413779]
	// dual      [0.771060 -1.413779]
	// symbolic  [0.771060 -1.413779]
	// numeric   [0.771060 -1.413779]
	// agree: true
	// scale 985.8 hours, shape 2.229
	// standard errors of the logarithms 0.206 0.396
}
