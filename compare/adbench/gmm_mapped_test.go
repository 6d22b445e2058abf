package adbench

import (
	"fmt"
	"maps"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// mixtureTerm returns the logarithm of the density of a mixture at a point, up to a
// constant, in plain scalars: a function of the parameters, in the order that gmm takes
// them in, and of the point.
func mixtureTerm[T ad.Scalar[T]](d, k int) func(in []T) T {
	size := d * (d + 1) / 2
	return func(in []T) T {
		alpha, mu, icf, x := in[:k], in[k:k+k*d], in[k+k*d:k+k*d+k*size], in[k+k*d+k*size:]
		terms, diff, image, row := make([]T, k), make([]T, d), make([]T, d), make([]T, d)
		for c := range k {
			q := icf[c*size:][:size]
			columns := lower(q, d)
			for i := range d {
				diff[i] = x[i].Sub(mu[c*d+i])
				for j := range i + 1 {
					row[j] = columns[j][i-j]
				}
				image[i] = ad.Dot(row[:i+1], diff[:i+1])
			}
			terms[c] = alpha[c].Add(ad.Sum(q[:d])).Sub(ad.Const[T](0.5).Mul(ad.SumSq(image)))
		}
		return ad.LogSumExp(terms)
	}
}

// A mappedMixture is gmm with a recorded term, mapped over the points; the rest is in
// operations on arrays.
type mappedMixture struct {
	*mixtureProgram
	term *reverse.Func
}

func newMappedMixture(g *Mixture) *mappedMixture {
	inputs := g.k*(1+g.d+g.d*(g.d+1)/2) + g.d
	return &mappedMixture{newMixtureProgram(g), reverse.Record(mixtureTerm[reverse.Var](g.d, g.k), inputs)}
}

// gradient adds the gradient at x to dst and returns the value.
func (p *mappedMixture) gradient(dst, x []float64) float64 {
	p.tape.Reset()
	t, d, k, n := p.tape, p.d, p.k, len(p.Mixture.points)
	size := d * (d + 1) / 2
	a, b := k, k+k*d
	alpha := t.Param(x[:a], dst[:a], k)
	mu := t.Param(x[a:b], dst[a:b], k*d)
	icf := t.Param(x[b:], dst[b:], k, size)
	terms := p.term.MapRows(alpha, mu, icf.Reshape(k*size), t.Const(p.points, n, d))

	logs := icf.Slice(reverse.Range{}, reverse.Range{Stop: d})
	below := icf.Slice(reverse.Range{}, reverse.Range{Start: d, Stop: size})
	squares := ad.Exp(logs).SumSq().Add(below.SumSq())
	prior := squares.Scale(p.gamma * p.gamma / 2).Sub(logs.Sum().Scale(float64(p.m)))
	y := terms.Sum().Sub(alpha.LogSumExp().Scale(float64(n))).Add(prior).Add(ad.Const[reverse.Array](p.constant()))
	y.Backward()
	return y.Value()
}

// TestMixtureMapped holds the mapped program against ADBench's values, and against the
// gradient by hand where they are not at hand.
func TestMixtureMapped(t *testing.T) {
	all := maps.Clone(gmmGradients)
	all["d20_K25"] = gmmLarge
	for name, want := range all {
		g, x := readMixture(t, name)
		dst := make([]float64, len(x))
		want.check(t, name, newMappedMixture(g).gradient(dst, x), dst)
	}
	g, x := bigMixture(32, 5)
	got, want := make([]float64, len(x)), make([]float64, len(x))
	y, wantY := newMappedMixture(g).gradient(got, x), newPlainMixture(g).gradient(want, x)
	optest.Within(t, "d32_K5 value", []float64{y}, []float64{wantY}, 1e-10)
	optest.Within(t, "d32_K5 gradient", got, want, 1e-10)
}

// BenchmarkMixtureMapped measures the gradient of the mapped program, which is recorded
// once, against the objective in plain Go.
func BenchmarkMixtureMapped(b *testing.B) {
	for _, size := range []struct{ d, k int }{{2, 5}, {10, 5}, {10, 10}, {20, 25}, {32, 50}, {64, 25}} {
		b.Run(fmt.Sprintf("d%d_K%d", size.d, size.k), func(b *testing.B) {
			g, x := bigMixture(size.d, size.k)
			plain, mapped, dst := newPlainMixture(g), newMappedMixture(g), make([]float64, len(x))
			byTurns(b, "x-primal", func() { clear(dst); mapped.gradient(dst, x) }, func() { plain.primal(x) })
		})
	}
}
