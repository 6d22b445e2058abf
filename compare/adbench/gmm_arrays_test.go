package adbench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// A mixtureProgram is gmm in operations on arrays: the points are columns, so that
// every operation runs along all of them.
type mixtureProgram struct {
	*Mixture
	tape   *reverse.Tape
	points []float64 // point by point
	zeros  []float64
	square []int // where the entries of a component's Q are among a 0 and its parameters
}

func newMixtureProgram(g *Mixture) *mixtureProgram {
	p := &mixtureProgram{Mixture: g, tape: reverse.NewTape(), zeros: make([]float64, g.k)}
	for _, x := range g.points {
		p.points = append(p.points, x...)
	}
	// The parameters are the diagonal, then what is below it column by column.
	p.square = make([]int, g.d*g.d)
	at := 1 + g.d
	for j := range g.d {
		p.square[j*g.d+j] = 1 + j
		for i := j + 1; i < g.d; i++ {
			p.square[i*g.d+j] = at
			at++
		}
	}
	return p
}

// gradient adds the gradient at x to dst and returns the value.
func (p *mixtureProgram) gradient(dst, x []float64) float64 {
	p.tape.Reset()
	y := p.value(dst, x)
	y.Backward()
	return y.Value()
}

func (p *mixtureProgram) value(dst, x []float64) reverse.Array {
	d, k, n := p.d, p.k, len(p.Mixture.points)
	size := d * (d + 1) / 2
	t, a, b := p.tape, k, k+k*d
	alpha := t.Param(x[:a], dst[:a], k)
	mu := t.Param(x[a:b], dst[a:b], k, d, 1)
	icf := t.Param(x[b:], dst[b:], k, size)
	points := t.Const(p.points, n, d)

	logs := icf.Slice(reverse.Range{}, reverse.Range{Stop: d})
	below := icf.Slice(reverse.Range{}, reverse.Range{Start: d, Stop: size})
	diagonal := ad.Exp(logs)
	logDet := logs.Sum(1)
	q := reverse.Concat(1, t.Const(p.zeros, k, 1), diagonal, below).Take(1, p.square)
	image := q.Reshape(k*d, d).MatMulT(points)
	image = image.Sub(q.Reshape(k, d, d).MatMul(mu).Reshape(k*d, 1))
	terms := image.Reshape(k, d, n).SumSq(1).Scale(-0.5).Add(alpha.Add(logDet).Reshape(k, 1))

	prior := diagonal.SumSq().Add(below.SumSq()).Scale(p.gamma * p.gamma / 2).Sub(logDet.Sum().Scale(float64(p.m)))
	return terms.LogSumExp(0).Sum().Sub(alpha.LogSumExp().Scale(float64(n))).Add(prior).Add(ad.Const[reverse.Array](p.constant()))
}

// TestMixtureArrays holds the program over arrays against the gradient by hand.
func TestMixtureArrays(t *testing.T) {
	for _, name := range []string{"d2_K5", "d10_K10"} {
		g, x := readMixture(t, name)
		p := newMixtureProgram(g)
		got, want := make([]float64, len(x)), make([]float64, len(x))
		y, wantY := p.gradient(got, x), newPlainMixture(g).gradient(want, x)
		if math.Abs(y-wantY) > 1e-10*math.Abs(wantY) {
			t.Errorf("%s: value %v, want %v", name, y, wantY)
		}
		optest.Within(t, name+" gradient", got, want, 1e-10)
	}
}

// bigMixture returns a mixture of a size that ADBench has, with points and
// parameters at random.
func bigMixture(d, k int) (*Mixture, []float64) {
	rng := rand.New(rand.NewPCG(uint64(d), uint64(k)))
	g := &Mixture{d: d, k: k, gamma: 1, m: 0}
	for range 1000 {
		g.points = append(g.points, normal(rng, d))
	}
	return g, normal(rng, k*(1+d+d*(d+1)/2))
}

func normal(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

// BenchmarkMixtureArrays measures the gradient over arrays against the objective in
// plain Go.
func BenchmarkMixtureArrays(b *testing.B) {
	for _, size := range []struct{ d, k int }{{2, 5}, {10, 5}, {10, 10}, {20, 25}, {32, 50}, {64, 25}} {
		b.Run(fmt.Sprintf("d%d_K%d", size.d, size.k), func(b *testing.B) {
			g, x := bigMixture(size.d, size.k)
			plain, arrays, dst := newPlainMixture(g), newMixtureProgram(g), make([]float64, len(x))
			arrays.gradient(dst, x)
			byTurns(b, "x-primal", func() {
				clear(dst)
				arrays.gradient(dst, x)
			}, func() { plain.primal(x) })
		})
	}
}
