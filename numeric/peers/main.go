// Command peers holds the schemes of package numeric against the differences that other
// tools take, at the same points: the errors, and how often f is evaluated.
//
//	go run ./numeric/peers
//
// gonum's are computed here; the others are in testdata/peers.json. Those of scipy's
// approx_derivative are what peers.py beside it writes. scipy.differentiate and numdifftools, which
// were not to be had as packages, were run as working copies of their algorithms with their
// defaults, made after their sources and held against the examples of their documentation; where
// the packages are installed, peers.py runs them too. The table is Markdown.
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

// A line is what a tool does at all points of all functions.
type line struct {
	tool   string
	errors []float64 // relative, +Inf where there is no result
	evals  []int
}

func main() {
	lines, err := table()
	if err == nil {
		err = write(os.Stdout, lines)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// table returns the lines of all tools, in order of their evaluations.
func table() ([]line, error) {
	var lines []line
	for _, s := range []struct {
		name   string
		scheme numeric.Scheme
	}{
		{"Forward", numeric.Forward}, {"Central", numeric.Central}, {"FivePoint", numeric.FivePoint}, {"SevenPoint", numeric.SevenPoint},
		{"Richardson", numeric.Richardson}, {"Ridders", numeric.Ridders}, {"Adaptive", numeric.Adaptive},
	} {
		lines = append(lines, measure("numeric "+s.name, s.scheme.Derivative))
	}
	lines = append(lines, complexSteps())
	for name, formula := range map[string]fd.Formula{"Forward": fd.Forward, "Central": fd.Central} {
		lines = append(lines, measure("gonum fd "+name, func(f func(float64) float64, x float64) float64 {
			return fd.Derivative(f, x, &fd.Settings{Formula: formula})
		}))
	}
	others, err := others()
	if err != nil {
		return nil, err
	}
	lines = append(lines, others...)
	slices.SortStableFunc(lines, func(a, b line) int {
		if d := mean(a.evals) - mean(b.evals); math.Abs(d) > 0.01 {
			return int(math.Copysign(1, d))
		}
		return int(math.Copysign(1, quantile(a.errors, 0.5)-quantile(b.errors, 0.5)))
	})
	return lines, nil
}

// measure takes derivatives everywhere.
func measure(tool string, derivative func(f func(float64) float64, x float64) float64) line {
	l := line{tool: tool}
	for _, c := range functions {
		for _, x := range points {
			evals := 0
			d := derivative(func(x float64) float64 { evals++; return c.f(x) }, x)
			l.add(d, c.slope(x), evals)
		}
	}
	return l
}

// complexSteps is measure of the complex step.
func complexSteps() line {
	l := line{tool: "numeric ComplexStep"}
	for _, c := range functions {
		for _, x := range points {
			evals := 0
			d := numeric.ComplexStep.Derivative(func(z complex128) complex128 { evals++; return c.z(z) }, x)
			l.add(d, c.slope(x), evals)
		}
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

// others returns the lines of the tools that were recorded.
func others() ([]line, error) {
	var tools []struct {
		Tool    string
		Results [][2]*float64
	}
	if err := json.Unmarshal(recorded, &tools); err != nil {
		return nil, fmt.Errorf("testdata/peers.json: %w", err)
	}
	var lines []line
	for _, t := range tools {
		if len(t.Results) != len(functions)*len(points) {
			return nil, fmt.Errorf("testdata/peers.json: %s has %d results, want %d", t.Tool, len(t.Results), len(functions)*len(points))
		}
		l := line{tool: t.Tool}
		for i, r := range t.Results {
			d, evals := math.NaN(), 0.0
			if r[0] != nil {
				d = *r[0]
			}
			if r[1] != nil {
				evals = *r[1]
			}
			l.add(d, functions[i/len(points)].slope(points[i%len(points)]), int(evals))
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func write(w io.Writer, lines []line) error {
	_, err := fmt.Fprintf(w, "%d functions at %d points. The error is relative.\n\n| differences | evaluations | median error | 90 %% are below | are below 1e-10 |\n| --- | --- | --- | --- | --- |\n",
		len(functions), len(points))
	for _, l := range lines {
		if err == nil {
			_, err = fmt.Fprintf(w, "| %s | %.1f | %.1e | %.1e | %.0f %% |\n", l.tool, mean(l.evals), quantile(l.errors, 0.5), quantile(l.errors, 0.9), 100*l.below(1e-10))
		}
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
