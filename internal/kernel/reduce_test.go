package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestReductions: sums of integers are exact in every order; every length is
// tried, and a NaN and infinities at every place.
func TestReductions(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	onAll(t, func(t *testing.T) {
		for n := range 140 {
			data, other := integers(r, n+8), integers(r, n+8)
			data[n], other[n] = math.NaN(), math.NaN()
			x, y := data[:n], other[:n]
			sum, squares, dot, greatest := 0.0, 0.0, 0.0, math.Inf(-1)
			for i := range x {
				sum += x[i]
				squares += x[i] * x[i]
				dot += x[i] * y[i]
				greatest = max(greatest, x[i])
			}
			for name, c := range map[string][2]float64{
				"Sum": {Sum(x), sum}, "SumSq": {SumSq(x), squares}, "Dot": {Dot(x, y), dot}, "Greatest": {Greatest(x), greatest},
			} {
				if c[0] != c[1] {
					t.Fatalf("%s of %d is %g, want %g", name, n, c[0], c[1])
				}
			}
			for i := range x {
				old := x[i]
				x[i] = math.NaN()
				if s := []float64{Sum(x), SumSq(x), Dot(x, y), Dot(y, x), Greatest(x), LogSumExp(x)}; fmt.Sprint(s) != "[NaN NaN NaN NaN NaN NaN]" {
					t.Fatalf("a NaN at %d of %d gives %v", i, n, s)
				}
				x[i] = math.Inf(1)
				if s := []float64{Sum(x), SumSq(x), Greatest(x), LogSumExp(x)}; fmt.Sprint(s) != "[+Inf +Inf +Inf +Inf]" {
					t.Fatalf("+Inf at %d of %d gives %v", i, n, s)
				}
				x[i] = old
			}
		}
	})
}

// TestLogSumExp against a sum of float64 exponentials, far from 0 too.
func TestLogSumExp(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 3))
	onAll(t, func(t *testing.T) {
		for n := range 50 {
			x := random(r, n)
			for _, shift := range []float64{0, 1e3, -1e3} {
				var sum float64
				for i := range x {
					sum += math.Exp(x[i])
				}
				shifted := make([]float64, n)
				Shift(shifted, shift, x)
				if got, want := LogSumExp(shifted), math.Log(sum)+shift; !(math.Abs(got-want) <= 1e-14+1e-12*math.Abs(shift)/1e3) && got != want {
					t.Errorf("of %d entries about %g: %v, want %v", n, shift, got, want)
				}
			}
		}
		inf := math.Inf(-1)
		if got := LogSumExp([]float64{inf, inf}); got != inf {
			t.Errorf("of -Inf: %v", got)
		}
	})
}

// TestRows: a row added to every row, and the rows' sum.
func TestRows(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	onAll(t, func(t *testing.T) {
		for n := 1; n < 30; n++ {
			x, row := integers(r, 4*n), integers(r, n)
			got, sums := make([]float64, 4*n), append([]float64(nil), row...)
			AddRows(got, x, row)
			SumRows(sums, x)
			for i := range got {
				if got[i] != x[i]+row[i%n] {
					t.Fatalf("AddRows of %d: [%d] = %v", n, i, got[i])
				}
			}
			for i, s := range sums {
				if want := row[i] + x[i] + x[n+i] + x[2*n+i] + x[3*n+i]; s != want {
					t.Fatalf("SumRows of %d: [%d] = %v, want %v", n, i, s, want)
				}
			}
			for f, plain := range map[Activation]func(dst, x []float64){Identity: func(d, x []float64) { copy(d, x) }, Rectify: ReLU, Squash: Tanh, Logistic: Sigmoid} {
				fused, want := make([]float64, 4*n), make([]float64, 4*n)
				Activate(fused, x, row, f)
				plain(want, got)
				optest.Equal(t, fmt.Sprintf("activation %d", f), fused, want, optest.Bits())
			}
		}
	})
}
