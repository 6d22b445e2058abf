package main

import (
	"fmt"
	"io"
	"math"

	reference "github.com/quartet-ad/ad/internal/golden"
)

// goMath are the functions of package math among the reference's: what a program
// without this module would call.
var goMath = map[string]func(x, y float64) float64{
	"sqrt": one64(math.Sqrt), "cbrt": one64(math.Cbrt),
	"exp": one64(math.Exp), "exp2": one64(math.Exp2), "expm1": one64(math.Expm1),
	"log": one64(math.Log), "log2": one64(math.Log2), "log10": one64(math.Log10), "log1p": one64(math.Log1p),
	"sin": one64(math.Sin), "cos": one64(math.Cos), "tan": one64(math.Tan),
	"asin": one64(math.Asin), "acos": one64(math.Acos), "atan": one64(math.Atan),
	"sinh": one64(math.Sinh), "cosh": one64(math.Cosh), "tanh": one64(math.Tanh),
	"asinh": one64(math.Asinh), "acosh": one64(math.Acosh), "atanh": one64(math.Atanh),
	"erf": one64(math.Erf), "erfc": one64(math.Erfc),
	"lgamma": func(x, _ float64) float64 { y, _ := math.Lgamma(x); return y },
	"pow":    math.Pow, "atan2": math.Atan2, "hypot": math.Hypot,
}

func one64(f func(float64) float64) func(x, _ float64) float64 {
	return func(x, _ float64) float64 { return f(x) }
}

// compareGoMath adds package math's value in a case, if it has the function.
func (f *function) compareGoMath(c reference.Case) {
	g := goMath[c.Op]
	if g == nil {
		return
	}
	y := 0.0
	if in, ok := c.Inputs["y"]; ok {
		y = in.Float()
	}
	f.goMath.add(g(c.Inputs["x"].Float(), y), c.Value.Float(), limits[0], c.ID)
}

// printGoMath prints how accurate package math is, and how accurate the values
// of its functions are here.
func (a accuracy) printGoMath(out io.Writer) {
	var theirs, ours tally
	functions := 0
	for _, f := range a.functions {
		if f.goMath.n > 0 {
			functions++
			theirs.merge(f.goMath)
			ours.merge(f.by[0][0])
		}
	}
	if functions == 0 {
		return
	}
	fmt.Fprintf(out, "\nvalues of the %d %s that package math has: %d numbers within 2 ulp\n", functions, plural(functions, "function"), theirs.n)
	fmt.Fprintf(out, "%-12s %10.2f %%   worst %.3g ulp at %s\n", "here", ours.percent(), ours.ulp, ours.at)
	fmt.Fprintf(out, "%-12s %10.2f %%   worst %.3g ulp at %s\n", "package math", theirs.percent(), theirs.ulp, theirs.at)
}
