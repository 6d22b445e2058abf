package optim_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/nn"
)

// BenchmarkStep gives ns a parameter, of 100000, with the copy of gradients to them.
func BenchmarkStep(b *testing.B) {
	names := make([]string, 0, len(optimizers))
	for name := range optimizers {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			opt, p := optimizers[name](), nn.NewParam("p", 100, 1000)
			params, grads := []*nn.Param{p}, make([]float64, len(p.Grad))
			rng := rand.New(rand.NewPCG(1, 2))
			for i := range grads {
				grads[i] = rng.NormFloat64()
			}
			for b.Loop() {
				copy(p.Grad, grads)
				opt.Step(params)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(grads)), "ns/param")
		})
	}
}
