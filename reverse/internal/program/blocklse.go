package program

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
)

// logSumExp computes a statement of that kind. It keeps in rows what pullLogSumExp needs:
// the exponentials of the operands less the largest, then their sum.
func (b *Block) logSumExp(z []float64, l *List, row int) {
	sum := b.work(row + len(l.X))
	for k, place := range l.X {
		e := b.work(row + k)
		copy(e, b.ones)
		b.scale(e, place)
		if k == 0 {
			copy(z, e)
		} else {
			kernel.Max(z, z, e)
		}
	}
	clear(sum)
	for k := range l.X {
		e := b.work(row + k)
		kernel.Sub(e, e, z)
		kernel.Exp(e, e)
		kernel.Add(sum, sum, e)
	}
	log := b.work(b.saved)
	kernel.Log(log, sum)
	kernel.Add(z, z, log)
	for i, v := range z {
		if v-v != 0 || math.Abs(v) < 0.25 { // by the rule: infinities, NaN, and what log(sum) is too coarse for
			z[i] = b.applyLane(l, i)
		}
	}
}

// pullLogSumExp sweeps a statement that logSumExp has computed. Where the value is not
// finite, neither are the adjoints.
func (b *Block) pullLogSumExp(w []float64, l *List, row int) {
	share := b.work(b.saved)
	kernel.Div(share, w, b.work(row+len(l.X)))
	for k, place := range l.X {
		e := b.work(row + k)
		if a := b.AdjointRow(place); a != nil {
			kernel.MulAdd(a, share, e)
		} else if at := b.at[place]; at >= 0 {
			b.Shared[at] += kernel.Dot(share, e)
		}
	}
}

// softened reports whether an n-ary statement is computed by logSumExp.
func (pl *Plan) softened(k int32) bool {
	in := &pl.p.Code[k]
	return in.Op.Kind() == Nary && pl.p.Lists[in.Op.Index()].Row == rule.LogSumExp &&
		!pl.exact[pl.p.First+int(k)] && len(pl.p.Lists[in.Op.Index()].X) > 0
}
