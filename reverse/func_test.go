package reverse

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad"
)

func rosenbrockOf[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	z := ad.Const[T](0)
	for i := range len(x) - 1 {
		a := one.Sub(x[i])
		b := x[i+1].Sub(x[i].Mul(x[i]))
		z = z.Add(a.Mul(a)).Add(hundred.Mul(b).Mul(b))
	}
	return z
}

func TestFuncQuick(t *testing.T) {
	f := Record(rosenbrockOf, 10)
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, 10)
	for range 100 {
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		g, want := f.Gradient(x), Gradient(rosenbrockOf, x)
		for i := range g {
			if math.Abs(g[i]-want[i]) > 1e-12*(1+math.Abs(want[i])) {
				t.Fatal(g, want)
			}
		}
		h, wantH := f.Hessian(x), Hessian(rosenbrockOf, x)
		for i := range g {
			for j := range g {
				if math.Abs(h.At(i, j)-wantH.At(i, j)) > 1e-12*(1+math.Abs(wantH.At(i, j))) {
					t.Fatal(h, wantH)
				}
			}
		}
	}
	t.Logf("%+v %d", (*f.programs.Load())[0].saved, len(*f.programs.Load()))
}

func BenchmarkReplayRosenbrock(b *testing.B) {
	x := make([]float64, 1000)
	for i := range x {
		x[i] = 1 + 0.1*float64(i%7)
	}
	f := Record(rosenbrockOf, len(x))
	y, g := make([]float64, 1), make([]float64, len(x))
	b.Run("Eval", func(b *testing.B) {
		for b.Loop() {
			f.EvalTo(y, x)
		}
	})
	b.Run("Gradient", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.GradientTo(g, x)
		}
	})
	b.Run("Fresh", func(b *testing.B) {
		for b.Loop() {
			GradientTo(g, rosenbrockOf, x)
		}
	})
}
