//go:build !purego

package kernel

// runnable returns the kernels for this processor, the fastest first. Every
// arm64 has NEON.
func runnable() []*kernels { return []*kernels{&neon, portable} }

// neon are the portable kernels but for products of matrices.
var neon = func() kernels {
	k := *portable
	k.name = "NEON"
	k.float64 = &engine[float64]{tile: tile64NEON, rows: 4, cols: 8, lanes: 8, pack: packer[float64]{direct: true}}
	k.float32 = &engine[float32]{tile: tile32NEON, rows: 4, cols: 16, lanes: 16}
	return k
}()

// sums64NEON and sums32NEON write the sums of four rows and of all columns that
// their registers hold.

//go:noescape
func sums64NEON(k int, a *float64, ars, acs int, b *float64, brs int, sums *[32]float64)

//go:noescape
func sums32NEON(k int, a *float32, ars, acs int, b *float32, brs int, sums *[64]float32)

func tile64NEON(k int, a *float64, ars, acs int, b *float64, brs int, c *float64, ldc, rows, cols int, add bool) {
	var sums [32]float64
	if rows < 4 { // the first row four times over
		for i := range rows {
			var row [32]float64
			sums64NEON(k, at(a, i*ars), 0, acs, b, brs, &row)
			copy(sums[8*i:8*i+8], row[:8])
		}
	} else {
		sums64NEON(k, a, ars, acs, b, brs, &sums)
	}
	storeSums(sums[:], 8, c, ldc, rows, cols, add)
}

func tile32NEON(k int, a *float32, ars, acs int, b *float32, brs int, c *float64, ldc, rows, cols int, add bool) {
	var sums [64]float32
	if rows < 4 {
		for i := range rows {
			var row [64]float32
			sums32NEON(k, at(a, i*ars), 0, acs, b, brs, &row)
			copy(sums[16*i:16*i+16], row[:16])
		}
	} else {
		sums32NEON(k, a, ars, acs, b, brs, &sums)
	}
	storeSums(sums[:], 16, c, ldc, rows, cols, add)
}
