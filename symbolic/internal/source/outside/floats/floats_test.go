package floats

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	gonum "gonum.org/v1/gonum/floats"
)

// TestMeaning: the functions compute what gonum's do, but for the order of sums.
func TestMeaning(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, s := range [][]float64{{0.3, -1.2, 2, 0.7, -0.1}, {3}, {1e200, -3e200}, {1, 2, inf}, {-inf, 3}, {nan, 2, 1}, {2, nan, 1}, {nan}, {-inf}} {
		u := make([]float64, len(s))
		for i, v := range s {
			u[i] = 0.5*v*v - float64(i)
		}
		for name, f := range map[string][2]float64{
			"Sum":         {Sum(s), gonum.Sum(s)},
			"Dot":         {Dot(s, u), gonum.Dot(s, u)},
			"Prod":        {Prod(s), gonum.Prod(s)},
			"Max":         {Max(s), gonum.Max(s)},
			"Min":         {Min(s), gonum.Min(s)},
			"LogSumExp":   {LogSumExp(s), gonum.LogSumExp(s)},
			"Norm":        {Norm(s, 3), gonum.Norm(s, 3)},
			"Norm1":       {Norm1(s), gonum.Norm(s, 1)},
			"Norm2":       {Norm2(s), gonum.Norm(s, 2)},
			"NormInf":     {NormInf(s), gonum.Norm(s, inf)},
			"Distance":    {Distance(s, u, 3), gonum.Distance(s, u, 3)},
			"Distance1":   {Distance1(s, u), gonum.Distance(s, u, 1)},
			"Distance2":   {Distance2(s, u), gonum.Distance(s, u, 2)},
			"DistanceInf": {DistanceInf(s[:1], u[:1]), gonum.Distance(s[:1], u[:1], inf)},
		} {
			if name == "DistanceInf" && s[0] != s[0] {
				continue // gonum passes over NaN
			}
			optest.Equal(t, name, f[0], f[1], optest.ULP(8))
		}
		for name, f := range map[string][2]func(dst, s []float64){
			"Add":         {Add, gonum.Add},
			"Sub":         {Sub, gonum.Sub},
			"Mul":         {Mul, gonum.Mul},
			"Div":         {Div, gonum.Div},
			"AddConst":    {func(d, s []float64) { AddConst(s[0], d) }, func(d, s []float64) { gonum.AddConst(s[0], d) }},
			"Scale":       {func(d, s []float64) { Scale(s[0], d) }, func(d, s []float64) { gonum.Scale(s[0], d) }},
			"AddScaled":   {func(d, s []float64) { AddScaled(d, 2, s) }, func(d, s []float64) { gonum.AddScaled(d, 2, s) }},
			"AddTo":       {func(d, s []float64) { AddTo(d, s, d) }, func(d, s []float64) { gonum.AddTo(d, s, d) }},
			"SubTo":       {func(d, s []float64) { SubTo(d, s, d) }, func(d, s []float64) { gonum.SubTo(d, s, d) }},
			"MulTo":       {func(d, s []float64) { MulTo(d, s, d) }, func(d, s []float64) { gonum.MulTo(d, s, d) }},
			"DivTo":       {func(d, s []float64) { DivTo(d, s, d) }, func(d, s []float64) { gonum.DivTo(d, s, d) }},
			"ScaleTo":     {func(d, s []float64) { ScaleTo(d, 3, s) }, func(d, s []float64) { gonum.ScaleTo(d, 3, s) }},
			"AddScaledTo": {func(d, s []float64) { AddScaledTo(d, s, 3, d) }, func(d, s []float64) { gonum.AddScaledTo(d, s, 3, d) }},
			"CumSum":      {func(d, s []float64) { CumSum(d, s) }, func(d, s []float64) { gonum.CumSum(d, s) }},
			"CumProd":     {func(d, s []float64) { CumProd(d, s) }, func(d, s []float64) { gonum.CumProd(d, s) }},
		} {
			got, want := append([]float64(nil), u...), append([]float64(nil), u...)
			f[0](got, s)
			f[1](want, s)
			optest.Equal(t, name, got, want, optest.ULP(8))
		}
	}
}

// TestLengths: slices of different lengths and empty ones are refused as gonum does.
func TestLengths(t *testing.T) {
	a, b := make([]float64, 2), make([]float64, 3)
	for _, f := range []func(){func() { Dot(a, b) }, func() { Distance2(a, b) }, func() { Sub(a, b) }, func() { MulTo(a, a, b) }} {
		optest.Panics(t, badLength, f)
	}
	for _, f := range []func(){func() { Add(a, b) }, func() { AddTo(b, a, a) }, func() { CumSum(a, b) }, func() { ScaleTo(a, 2, b) }} {
		optest.Panics(t, badDstLength, f)
	}
	for _, f := range []func(){func() { Max(nil) }, func() { Min(nil) }, func() { LogSumExp(nil) }} {
		optest.Panics(t, zeroLength, f)
	}
}
