package notes

import (
	"math/rand/v2"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// seeded returns a generator, so that a page is the same every time.
func seeded(n uint64) *rand.Rand { return rand.New(rand.NewPCG(2021, n)) }

// walk lets an optimizer go so many steps from a start, by gradients of the tape, and returns every
// point on the way. The function may be another one in every step.
func walk(opt nn.Optimizer, start []float64, steps int, f func(step int) func(x []reverse.Var) reverse.Var) (path [][]float64) {
	p := nn.NewParam("x", len(start))
	copy(p.Value, start)
	path = append(path, start)
	for k := range steps {
		reverse.GradientTo(p.Grad, f(k), p.Value)
		opt.Step([]*nn.Param{p})
		path = append(path, append([]float64(nil), p.Value...))
	}
	return path
}

// columns returns the coordinates of a path in the plane.
func columns(path [][]float64) (xs, ys []float64) {
	for _, p := range path {
		xs, ys = append(xs, p[0]), append(ys, p[1])
	}
	return xs, ys
}

// reals returns numbers as a function over ad.Real takes them.
func reals(x ...float64) []ad.Real { return ad.Consts[ad.Real](x) }
