// Command peers holds the schemes of package numeric against the differences that other
// tools take, at the same points: the errors, and how often f is evaluated.
//
//	go run ./numeric/peers
//
// gonum's are computed here; the others are in testdata/peers.json. Those of scipy's
// approx_derivative are what peers.py beside it writes. scipy.differentiate and numdifftools, which
// were not to be had as packages, were run as working copies of their algorithms with their
// defaults, made after their sources and held against the examples of their documentation; where
// the packages are installed, peers.py runs them too. The tables are Markdown, one for first and
// one for second derivatives.
package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/diff/fd"
)

//go:embed testdata/peers.json
var recorded []byte

// A recording is what a tool says of all points of all functions: derivatives and evaluations.
// The tool "exact" has the derivatives to the last place.
type recording struct {
	Tool    string
	Order   int
	Results [][2]*float64
}

// A line is what a tool does at all points of all functions.
type line struct {
	tool   string
	errors []float64 // relative, +Inf where there is no result
	evals  []int
}

func main() {
	for order := 1; order <= 2; order++ {
		lines, err := table(order)
		if err == nil {
			err = write(os.Stdout, order, lines)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// table returns the lines of all tools for derivatives of an order, in order of their evaluations.
func table(order int) ([]line, error) {
	exact, lines, err := recordings(order)
	if err != nil {
		return nil, err
	}
	for _, s := range []struct {
		name   string
		scheme numeric.Scheme
	}{
		{"Forward", numeric.Forward}, {"Central", numeric.Central}, {"FivePoint", numeric.FivePoint}, {"SevenPoint", numeric.SevenPoint},
		{"Richardson", numeric.Richardson}, {"Ridders", numeric.Ridders}, {"Adaptive", numeric.Adaptive},
	} {
		lines = append(lines, measure("numeric "+s.name, exact, func(f func(float64) float64, x float64) float64 {
			return s.scheme.DerivativeN(f, x, order)
		}))
	}
	lines = append(lines, complexSteps(order, exact))
	for name, formula := range map[string][2]fd.Formula{"Forward": {fd.Forward, fd.Forward2nd}, "Central": {fd.Central, fd.Central2nd}} {
		lines = append(lines, measure("gonum fd "+name, exact, func(f func(float64) float64, x float64) float64 {
			return fd.Derivative(f, x, &fd.Settings{Formula: formula[order-1]})
		}))
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		if d := mean(a.evals) - mean(b.evals); math.Abs(d) > 0.01 {
			return int(math.Copysign(1, d))
		}
		return int(math.Copysign(1, quantile(a.errors, 0.5)-quantile(b.errors, 0.5)))
	})
	return lines, nil
}

// measure takes derivatives everywhere.
func measure(tool string, exact []float64, derivative func(f func(float64) float64, x float64) float64) line {
	l := line{tool: tool}
	for i, want := range exact {
		evals, f := 0, functions[i/len(points)].f
		d := derivative(func(x float64) float64 { evals++; return f(x) }, points[i%len(points)])
		l.add(d, want, evals)
	}
	return l
}

// complexSteps is measure of the complex step.
func complexSteps(order int, exact []float64) line {
	l := line{tool: "numeric ComplexStep"}
	for i, want := range exact {
		evals, f, x := 0, functions[i/len(points)].z, points[i%len(points)]
		counted := func(z complex128) complex128 { evals++; return f(z) }
		var d float64
		if order == 1 {
			d = numeric.ComplexStep.Derivative(counted, x)
		} else {
			d = numeric.ComplexStep.Hessian(func(z []complex128) complex128 { return counted(z[0]) }, []float64{x}).At(0, 0)
		}
		l.add(d, want, evals)
	}
	return l
}

func (l *line) add(got, want float64, evals int) {
	e := math.Abs(got-want) / math.Abs(want)
	switch {
	case got == want: // both may be 0
		e = 0
	case e != e:
		e = math.Inf(1)
	}
	l.errors, l.evals = append(l.errors, e), append(l.evals, evals)
}

// recordings returns the derivatives of an order, and the lines of the tools that were recorded.
func recordings(order int) (exact []float64, lines []line, err error) {
	var all []recording
	if err := json.Unmarshal(recorded, &all); err != nil {
		return nil, nil, fmt.Errorf("testdata/peers.json: %w", err)
	}
	all = slices.DeleteFunc(all, func(r recording) bool { return r.Order != order })
	for _, r := range all {
		if len(r.Results) != len(functions)*len(points) {
			return nil, nil, fmt.Errorf("testdata/peers.json: %s has %d results, want %d", r.Tool, len(r.Results), len(functions)*len(points))
		}
		if r.Tool == "exact" {
			for _, d := range r.Results {
				exact = append(exact, number(d[0]))
			}
		}
	}
	if exact == nil {
		return nil, nil, fmt.Errorf("testdata/peers.json has no exact derivatives of order %d", order)
	}
	for _, r := range all {
		if r.Tool == "exact" {
			continue
		}
		l := line{tool: r.Tool}
		for i, d := range r.Results {
			l.add(number(d[0]), exact[i], int(number(d[1])))
		}
		lines = append(lines, l)
	}
	return exact, lines, nil
}

func number(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}

// digits is the error that the last column of a table counts.
func digits(order int) float64 { return []float64{1e-10, 1e-7}[order-1] }

func write(w io.Writer, order int, lines []line) error {
	_, err := fmt.Fprintf(w, "Derivatives of order %d of %d functions at %d points. The error is relative.\n\n| differences | evaluations | median error | 90 %% are below | are below %v |\n| --- | --- | --- | --- | --- |\n",
		order, len(functions), len(points), digits(order))
	for _, l := range lines {
		if err == nil {
			_, err = fmt.Fprintf(w, "| %s | %.1f | %.1e | %.1e | %.0f %% |\n", l.tool, mean(l.evals), quantile(l.errors, 0.5), quantile(l.errors, 0.9), 100*l.below(digits(order)))
		}
	}
	if err == nil {
		_, err = fmt.Fprintln(w)
	}
	return err
}

// below returns the share of errors that are at most e.
func (l *line) below(e float64) float64 {
	n := 0
	for _, v := range l.errors {
		if v <= e {
			n++
		}
	}
	return float64(n) / float64(len(l.errors))
}

func mean(n []int) float64 {
	sum := 0
	for _, v := range n {
		sum += v
	}
	return float64(sum) / float64(len(n))
}

// quantile returns the error that the share q of all does not exceed.
func quantile(errors []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(errors))
	return sorted[int(math.Ceil(q*float64(len(sorted))))-1]
}
