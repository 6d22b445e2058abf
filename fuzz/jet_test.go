package fuzz

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/symbolic"
)

// FuzzJet: the series of a program along a line has the derivatives of its formula.
func FuzzJet(f *testing.F) {
	AddSeeds(f)
	for i, op := range operations {
		n := 1
		switch op.kind {
		case apply2:
			n = 2
		case apply, applyWith:
		default:
			continue
		}
		for k, x := range append(Special(), 1, -1, 0.5, -2) {
			s := statement{op: i, args: []int{0, 1}[:n], c: 0.5}
			f.Add(Encode(program(n, s), []float64{x, Special()[(k+5)%16]}[:n]))
			f.Add(Encode(program(n, s), []float64{x, 2}[:n]))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, x := Decode(data)
		new(jets).check(t, p, x)
	})
}

// TestJet is FuzzJet on programs of moderate numbers.
func TestJet(t *testing.T) {
	programs := *programsFlag
	if testing.Short() {
		programs = 500
	}
	var j jets
	for seed := range uint64(programs) {
		p, x := Random(rand.New(rand.NewPCG(4, seed)))
		j.check(t, p, x)
	}
	t.Logf("%d derivatives compared, %d unknown", j.compared, j.unknown)
	if j.compared < 5*programs || j.compared < 5*j.unknown {
		t.Error("too little was compared")
	}
}

const (
	jetOrder  = 6
	mostNodes = 2000 // of a formula that is differentiated again
)

// jets compares series with formulas, and counts.
type jets struct{ compared, unknown int }

// check compares the derivatives of p at x along a line: dual.JetTo by one evaluation, package
// symbolic by one formula after another. Each side has the error bounds of its own operations.
// Where the formula has a bound, the series is not infinite, nor NaN if it has one.
func (j *jets) check(t *testing.T, p Program, x []float64) {
	v := []float64{1, -0.5, 0}[:p.inputs]
	series := make([]float64, jetOrder+1)
	dual.JetTo(series, over[dual.Jet](p), x, v)
	bounds := dual.JetAlong(over[dual.JetOf[number]](p), numbers(x), numbers(v), jetOrder)

	vars, along := make([]symbolic.Expr, p.inputs), make([]symbolic.Expr, p.inputs)
	for i := range vars {
		vars[i], along[i] = symbolic.Var(fmt.Sprint("x", i)), ad.Const[symbolic.Expr](v[i])
	}
	formula, factorial := Eval(p, vars), 1.0
	for k := range series {
		factorial *= max(1, float64(k))
		got := number{series[k] * factorial, bounds[k].err * factorial}
		want := symbolic.Eval(formula, vars, numbers(x))
		switch bounded := got.err < 1e200; {
		case want.known() && (bounded && !(math.Abs(got.v-want.v) <= got.err+want.err) || math.IsInf(got.v, 0)):
			t.Errorf("derivative %d at %v along %v: %v ± %.2g by the series, %v ± %.2g by the formula of\n%v\nbits %x",
				k, x, v, got.v, got.err, want.v, want.err, p, bits(x))
			return
		case want.known() && bounded:
			j.compared++
		default:
			j.unknown++
		}
		if formula.Nodes() > mostNodes {
			return
		}
		formula = symbolic.Directional(formula, vars, along)
	}
}
