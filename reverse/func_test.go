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

func medley[T ad.Scalar[T]](x []T) []T {
	c := ad.Const[T]
	a := ad.Sin(x[0]).Mul(x[1]).Add(ad.Exp(x[2].Div(c(3))))
	b := x[0].Sub(x[1]).IfPos(x[0].Mul(c(2)), ad.Tanh(x[2]))
	d := ad.LogSumExp(x)
	e := ad.Max(x[0], x[1]).Add(ad.Hypot(x[1], x[2])).Sub(c(1).Sub(x[0])).Add(c(2).Div(x[2])).Add(x[0].Mul(x[1]))
	return []T{a.Mul(b).Add(d), e.Neg().Mul(ad.SumSq(x)), c(7), ad.Dot(x, []T{a, b, c(2)})}
}

func TestBatch(t *testing.T) {
	f := Record(medley, 3)
	rng := rand.New(rand.NewPCG(1, 2))
	for _, k := range []int{1, 5, 64, 65, 1000, 5000} {
		x, w := make([]float64, 3*k), make([]float64, 4*k)
		for i := range x {
			x[i] = math.Round(4*rng.NormFloat64()) / 2
		}
		for i := range w {
			w[i] = rng.NormFloat64()
		}
		y, g, j := f.EvalBatch(x), f.VJPBatch(x, w), f.JacobianBatch(x)
		same := func(what string, got, want float64) {
			if got != want && math.Abs(got-want) > 1e-12*(1+math.Abs(want)) && !(got != got && want != want) {
				t.Fatalf("%d: %s %v, want %v", k, what, got, want)
			}
		}
		for p := range k {
			at := x[3*p:][:3]
			for i, v := range f.Eval(at) {
				same("value", y[4*p+i], v)
			}
			for i, v := range VJP(medley, at, w[4*p:][:4]) {
				same("VJP", g[3*p+i], v)
			}
			jac := Jacobian(medley, at)
			for i := range 12 {
				same("Jacobian", j[12*p+i], jac.At(i/3, i%3))
			}
		}
	}
	t.Logf("%+v %d", (*f.programs.Load())[0].saved, len(*f.programs.Load()))
}

func BenchmarkBatch(b *testing.B) {
	const k = 4096
	f := Record(rosenbrockOf, 10)
	x := make([]float64, 10*k)
	for i := range x {
		x[i] = 1 + 0.1*float64(i%7)
	}
	y, g := make([]float64, k), make([]float64, len(x))
	b.Run("Eval", func(b *testing.B) {
		for b.Loop() {
			f.EvalBatchTo(y, x)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/k/72, "ns/op/point")
	})
	b.Run("Gradient", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.GradientBatchTo(g, y, x)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/k/72, "ns/op/point")
	})
}
