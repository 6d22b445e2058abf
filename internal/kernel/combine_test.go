package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestCombine: rows of sums and quotients of rows, as term by term, to the bit.
func TestCombine(t *testing.T) {
	onAll(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for _, width := range combineWidths {
			const first, n = 5, 200
			terms := make([]Term, n)
			for i := range terms {
				terms[i] = Term{r.NormFloat64(), r.NormFloat64(), r.Int32N(int32(first + i)), r.Int32N(int32(first+i+1)) - 1}
			}
			terms[50].C, terms[51].A, terms[52].A = math.Inf(1), math.NaN(), 0
			rows := make([]float64, (first+n)*width)
			for i := range first * width {
				rows[i] = r.NormFloat64()
			}
			want := append([]float64{}, rows...)
			for i, s := range terms {
				for j := range width {
					z := &want[(first+i)*width+j]
					if *z = want[int(s.X)*width+j] / s.A; s.Y >= 0 {
						*z = float64(s.A*want[int(s.X)*width+j]) + float64(s.C*want[int(s.Y)*width+j])
					}
				}
			}
			Combine(rows, width, first, terms)
			optest.Equal(t, "rows", rows, want, optest.Bits())
			Combine(rows, width, first, nil)

			for want, bad := range map[string]Term{
				"kernel.Combine: row 6 is made of rows 6 and 0":          {X: 6},
				"kernel.Combine: row 6 is made of rows 0 and 1073741824": {Y: 1 << 30},
				"kernel.Combine: row 6 is made of rows -1 and -1":        {X: -1, Y: -1},
			} {
				optest.Panics(t, want, func() { Combine(rows, width, first, []Term{{}, bad, {}}) })
			}
		}
	})
	optest.Panics(t, "kernel.Combine: 2 rows of width 8 from 1 on, in 23 numbers", func() { Combine(make([]float64, 23), 8, 1, make([]Term, 2)) })
	optest.Panics(t, "kernel.Combine: 1 rows of width 9 from 0 on, in 23 numbers", func() { Combine(make([]float64, 23), 9, 0, make([]Term, 1)) })
}
