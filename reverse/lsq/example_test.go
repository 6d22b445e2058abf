package lsq_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/lsq"
	"gonum.org/v1/gonum/mat"
)

// A measured is the data of a fit.
type measured struct{ t, y []float64 }

// decay returns the residuals of a·exp(-b·t), a and b being the parameters.
func decay[T ad.Scalar[T]](p []T, d measured) []T {
	r := make([]T, len(d.t))
	for i, t := range d.t {
		r[i] = ad.Shift(p[0].Mul(ad.Exp(ad.Scale(p[1], -t))), -d.y[i])
	}
	return r
}

var counts = measured{
	t: []float64{0, 1, 2, 3, 4, 5, 6, 7},
	y: []float64{5.06, 3.05, 1.79, 1.13, 0.65, 0.42, 0.25, 0.13},
}

// A fit, with what is known of its parameters.
func Example() {
	f := reverse.Record(reverse.Bind(decay, counts), 2)
	r, err := lsq.Minimize(lsq.Dense(f), []float64{1, 1}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	lower, upper, err := r.ConfidenceIntervals(0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%v after %d steps, cost %.4f\n", r.Status, r.Iterations, r.Cost)
	for i, name := range []string{"a", "b"} {
		fmt.Printf("%s = %.3f, between %.3f and %.3f\n", name, r.X[i], lower[i], upper[i])
	}
	// Output:
	// FunctionConvergence after 12 steps, cost 0.0017
	// a = 5.058, between 5.003 and 5.113
	// b = 0.509, between 0.499 and 0.519
}

// A robust loss: one measurement is wrong, and hardly moves the fit.
func ExampleHuber() {
	d := measured{counts.t, append([]float64(nil), counts.y...)}
	d.y[3] = 4
	f := lsq.Dense(reverse.Record(reverse.Bind(decay, d), 2))
	s := lsq.NewSettings()
	for _, loss := range []lsq.Loss{nil, lsq.Huber(0.05)} {
		s.Loss = loss
		r, err := lsq.Minimize(f, []float64{1, 1}, s)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%.2f\n", r.X)
	}
	// Output:
	// [4.93 0.35]
	// [5.06 0.51]
}

// Bounds: a parameter that would leave its own stops there, exactly.
func ExampleSettings() {
	f := lsq.Dense(reverse.Record(reverse.Bind(decay, counts), 2))
	s := lsq.NewSettings()
	s.Lower, s.Upper = []float64{0, 0}, []float64{4.5, math.Inf(1)}
	r, err := lsq.Minimize(f, []float64{1, 1}, s)
	fmt.Printf("%.3f %v %v\n", r.X, r.Active, err)
	// Output: [4.500 0.456] [1 0] <nil>
}

// Residuals and a Jacobian of one's own; what the parameters are not determined by is an error.
func ExampleProblem() {
	p := lsq.Problem{
		Size: 3,
		Residuals: func(dst, x []float64) {
			for i := range dst {
				dst[i] = x[0]*x[1] - float64(i)
			}
		},
		Jacobian: func(dst *mat.Dense, x []float64) {
			for i := range 3 {
				dst.SetRow(i, []float64{x[1], x[0]})
			}
		},
	}
	r, err := lsq.Minimize(p, []float64{1, 3}, nil)
	fmt.Printf("%.6f %v\n", r.X[0]*r.X[1], err)
	_, err = r.Covariance(r.Variance())
	fmt.Println(err)
	// Output:
	// 1.000000 <nil>
	// lsq: the Jacobian has the rank 1 for 2 free parameters: parameter 0 is not determined
}

// A thousand unknowns in a chain: the Jacobian is sparse, and so is the factor.
func ExampleSparse() {
	const n = 1000
	f := reverse.Record(func(x []reverse.Var) []reverse.Var {
		var r []reverse.Var
		for i := 1; i < n; i++ {
			r = append(r, ad.Scale(x[i].Sub(x[i-1].Mul(x[i-1])), 10), ad.Shift(x[i-1], -1))
		}
		return r
	}, n)
	start := make([]float64, n)
	r, err := lsq.Minimize(lsq.Sparse(f), start, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("x[0] = %.6f, x[999] = %.6f, early %v\n", r.X[0], r.X[n-1], r.Status.Early())
	// Output: x[0] = 1.000000, x[999] = 1.000000, early false
}
