package reverse

import (
	"math"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/reverse/internal/program"
)

// nowhere is a slot that no tape has, and noOp a statement that is none.
const (
	nowhere = ^uint32(0)
	noOp    = ^program.Op(0)
)

// poison overwrites what the tape has in use, as it does on release in a build
// with the tag poison: what reads it afterwards gets NaN, or panics.
func (t *tape) poison() {
	nan := math.NaN()
	for i := range t.n {
		*t.edgesOf(i) = edgePair{nan, nan, nowhere, nowhere}
		c := t.chunks[i/chunkLen]
		c.value[i%chunkLen], c.op[i%chunkLen] = nan, noOp
	}
	for i := range t.nary {
		t.nary[i] = naryStatement{nil, -1, nowhere, nowhere, nowhere}
	}
	for i := range t.vars {
		t.vars[i] = Var{t, uint64(nowhere), nan}
	}
	check.Fill(t.operands, nowhere)
	for _, s := range [...][]float64{t.slopes, t.v, t.x, t.y, t.spare, t.adj, t.tan, t.dadj, t.vx, t.cx} {
		check.Fill(s, nan)
	}
	poisonArrays(t.arrays[:t.arraysUsed])
	for _, s := range [...][]bool{t.reached, t.moved, t.adjMoved} {
		check.Fill(s, true)
	}
}

// poisonArrays overwrites what arrays have in use of their own.
func poisonArrays(arrays []*array) {
	for _, a := range arrays {
		if a.lent {
			a.data[primal] = nil
		}
		if a.borrowed {
			a.data[adjoint] = nil
		}
		for _, values := range a.data {
			check.Fill(values, math.NaN())
		}
	}
}
