package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestSoftmax: rows sum to 1, their logarithms agree, and what comes back is
// the product with the Jacobian diag(y) - y·yᵀ.
func TestSoftmax(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	onAll(t, func(t *testing.T) {
		for n := 1; n < 40; n++ {
			const count = 3
			x, w := random(r, count*n), random(r, count*n)
			y, l, back := make([]float64, count*n), make([]float64, count*n), random(r, count*n)
			before := append([]float64(nil), back...)
			Softmax(y, x, n)
			LogSoftmax(l, x, n)
			SoftmaxBackward(back, y, w, n)
			for row := range count {
				var sum, norm float64
				for i := row * n; i < (row+1)*n; i++ {
					sum += math.Exp(x[i])
				}
				for i := row * n; i < (row+1)*n; i++ {
					norm += y[i] * w[i]
				}
				for i := row * n; i < (row+1)*n; i++ {
					want := math.Exp(x[i]) / sum
					if math.Abs(y[i]-want) > 1e-14*want || math.Abs(l[i]-math.Log(want)) > 1e-14*(1+math.Abs(l[i])) {
						t.Fatalf("rows of %d: y %v, log %v, want %v", n, y[i], l[i], want)
					}
					if b := before[i] + y[i]*(w[i]-norm); math.Abs(back[i]-b) > 1e-14*(math.Abs(b)+math.Abs(before[i])+math.Abs(norm)+1) {
						t.Fatalf("rows of %d: back %v, want %v", n, back[i], b)
					}
				}
			}
		}
		y := make([]float64, 3)
		Softmax(y, []float64{1, math.Inf(-1), 1}, 3)
		optest.Equal(t, "-Inf", y, []float64{0.5, 0, 0.5}, optest.Bits())
		for _, x := range [][]float64{{1, math.NaN(), 2}, {1, math.Inf(1), 2}, {math.Inf(-1), math.Inf(-1), math.Inf(-1)}} {
			if Softmax(y, x, 3); fmt.Sprint(y) != "[NaN NaN NaN]" {
				t.Errorf("Softmax(%v) = %v", x, y)
			}
		}
	})
}
