package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// engines are all that this processor can run, the portable ones among them.
func engines64() map[string]*engine[float64] {
	return map[string]*engine[float64]{"portable": portable64, "chosen": engine64}
}

// random returns n numbers of all signs and a few powers of 2.
func random(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

func TestQuick(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		m, n, k := 1+r.IntN(50), 1+r.IntN(60), r.IntN(40)
		a := RowMajor(random(r, m*k+10), k)
		if r.IntN(2) == 0 {
			a = RowMajor(a.Data, m).T()
		}
		b := RowMajor(random(r, n*k+10), n)
		if r.IntN(2) == 0 {
			b = RowMajor(b.Data, k).T()
		}
		c := random(r, m*n)
		add := r.IntN(2) == 0
		want := make([]float64, m*n)
		for i := range m {
			for j := range n {
				var s float64
				for p := range k {
					s += a.Data[i*a.Row+p*a.Col] * b.Data[p*b.Row+j*b.Col]
				}
				if add {
					s += c[i*n+j]
				}
				want[i*n+j] = s
			}
		}
		Gemm(Precision(r.IntN(2)), m, n, k, c, n, a, b, add)
		for i := range c {
			if math.Abs(c[i]-want[i]) > 1e-4 {
				t.Fatal(m, n, k, add, i, c[i], want[i])
			}
		}
	}
}
