package main

import (
	"fmt"
	"io"
	"math"
	"regexp"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/lsq"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

// A nistResult tells how well a dataset's certified parameters were found.
type nistResult struct {
	Name, Difficulty         string
	Parameters, Observations int
	Fits                     [2]nistFit // from the first and the second start
}

// A nistFit is where the fit from one start ended. Digits are the common
// logarithm of the relative error, negated, of the parameter that has the least:
// 11 at the most, which is how many are certified.
type nistFit struct {
	X               []float64 // the parameters
	Digits          float64
	Deviation       float64 // of the residuals
	DeviationDigits float64
	Iterations      int
}

// What is wanted of the fits: from the second start, which is close to the
// solution, all of them; from the first, all but two.
const (
	certifiedDigits = 11
	wantedDigits1   = 6
	wantedDigits2   = 8
	mayMiss1        = 2
)

// nist fits every dataset whose name matches the pattern, from both starts.
func nist(tick func(name string), pattern *regexp.Regexp) ([]nistResult, error) {
	all, err := regressions()
	if err != nil {
		return nil, err
	}
	var results []nistResult
	for _, p := range all {
		name := "regression/" + p.name
		if !pattern.MatchString(name) {
			continue
		}
		tick(name)
		n, m := len(p.certified), len(p.residuals)
		r := nistResult{Name: p.name, Difficulty: p.difficulty, Parameters: n, Observations: m}
		for i, start := range p.starts {
			f, err := lsq.Minimize(p.leastSquares(), start, nil)
			if err != nil {
				return nil, fmt.Errorf("%s from start %d: %v", name, i+1, err)
			}
			deviation := math.Sqrt(2 * f.Cost / float64(m-n))
			r.Fits[i] = nistFit{
				X: f.X, Digits: digits(f.X, p.certified),
				Deviation: deviation, DeviationDigits: digits([]float64{deviation}, []float64{p.deviation}),
				Iterations: f.Jacobians,
			}
		}
		results = append(results, r)
	}
	return results, nil
}

// leastSquares returns the dataset as a problem: the Jacobian by dual numbers,
// a pass for every parameter, and the curvature by the tape.
func (p *regression) leastSquares() lsq.Problem {
	plain, number, tape := residuals[ad.Real](p), residuals[dual.Number](p), residuals[reverse.Var](p)
	return lsq.Problem{
		Size: len(p.residuals),
		Residuals: func(dst, x []float64) {
			for i, v := range plain(ad.Consts[ad.Real](x)) {
				dst[i] = v.Float()
			}
		},
		Jacobian: func(dst *mat.Dense, x []float64) { dual.JacobianTo(dst, number, x) },
		Curvature: func(dst *mat.SymDense, x, w []float64) {
			weights := ad.Consts[reverse.Var](w)
			reverse.HessianTo(dst, func(b []reverse.Var) reverse.Var { return ad.Dot(weights, tape(b)) }, x)
		},
	}
}

// residuals returns the residuals of all observations as functions of the
// parameters.
func residuals[T ad.Scalar[T]](p *regression) func([]T) []T {
	return func(b []T) []T {
		r := make([]T, len(p.residuals))
		for i, e := range p.residuals {
			r[i] = symbolic.Eval(e, p.parameters, b)
		}
		return r
	}
}

// digits returns how many decimal digits two vectors have in common, by the entry
// that has the fewest. None of what is wanted may be 0.
func digits(got, want []float64) float64 {
	least := float64(certifiedDigits)
	for i, w := range want {
		d := -math.Log10(math.Abs(got[i]-w) / math.Abs(w))
		if math.IsNaN(d) {
			d = 0
		}
		least = min(least, d)
	}
	return max(least, 0)
}

// printNIST prints the results and reports whether the parameters were found as
// closely as wanted.
func printNIST(out io.Writer, results []nistResult) bool {
	if len(results) == 0 {
		return true
	}
	fmt.Fprintf(out, "\nregressions with certified solutions (NIST): digits found of all parameters, from start 1 and start 2\n")
	fmt.Fprintf(out, "%-12s %-10s %10s %12s %9s %10s %9s %10s\n",
		"dataset", "difficulty", "parameters", "observations", "digits 1", "iterations", "digits 2", "iterations")
	reached := [2]int{}
	for _, r := range results {
		fmt.Fprintf(out, "%-12s %-10s %10d %12d", r.Name, r.Difficulty, r.Parameters, r.Observations)
		for i, wanted := range []float64{wantedDigits1, wantedDigits2} {
			f := r.Fits[i]
			fmt.Fprintf(out, " %9.1f %10d", f.Digits, f.Iterations)
			if f.Digits >= wanted {
				reached[i]++
			}
		}
		fmt.Fprintln(out)
	}
	n := len(results)
	fmt.Fprintf(out, "\nNIST: %d of %d fits to %d digits from start 1, %d of %d to %d digits from start 2\n",
		reached[0], n, wantedDigits1, reached[1], n, wantedDigits2)
	if n-reached[0] > mayMiss1 || reached[1] < n {
		fmt.Fprintf(out, "wanted: all but %d from start 1, all from start 2\n", mayMiss1)
		return false
	}
	return true
}
