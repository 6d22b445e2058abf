//go:build !purego

package kernel

// Tiles fill 12 of 16 registers with sums, or 24 of 32.
var (
	pack64 = packer[float64]{direct: true, interleave: interleave64AVX2, rows: rows64AVX2}
	pack32 = packer[float32]{interleave: interleave32AVX2, rows: rows32AVX2}

	avx2     = &engines{&engine[float64]{tile: tile64AVX2, rows: 4, cols: 12, lanes: 4, pack: pack64}, &engine[float32]{tile: tile32AVX2, rows: 4, cols: 24, lanes: 8, pack: pack32}}
	avx512   = &engines{&engine[float64]{tile: tile64AVX512, rows: 8, cols: 24, lanes: 8, pack: pack64}, &engine[float32]{tile: tile32AVX512, rows: 8, cols: 48, lanes: 16, pack: pack32}}
	products = runnable()[0]
)

// runnable returns the engines for this processor, the fastest first.
func runnable() []*engines {
	switch {
	case hasAVX512:
		return []*engines{avx512, avx2, portable}
	case hasAVX2:
		return []*engines{avx2, portable}
	}
	return []*engines{portable}
}
