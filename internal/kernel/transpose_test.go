package kernel

import (
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestTranspose: matrices of all shapes up to two squares, with what surrounds them.
func TestTranspose(t *testing.T) {
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 1))
		for _, rows := range []int{0, 1, 3, 4, 31, 32, 37, 70} {
			for _, columns := range []int{0, 1, 5, 8, 32, 33, 64} {
				for _, add := range []bool{false, true} {
					lds, ldd := columns+3, rows+2
					src, dst := random(r, rows*lds), random(r, columns*ldd)
					want := append([]float64(nil), dst...)
					for i := range rows {
						for j := range columns {
							if !add {
								want[j*ldd+i] = 0
							}
							want[j*ldd+i] += src[i*lds+j]
						}
					}
					Transpose(dst, ldd, src, lds, rows, columns, add)
					optest.Equal(t, "Transpose", dst, want, optest.Bits())
				}
			}
		}
	})
	if !panics(func() { Transpose(make([]float64, 5), 2, make([]float64, 6), 3, 2, 3, false) }) {
		t.Error("no panic where dst is too short")
	}
}
