//go:build !purego

package kernel

// runnable returns the kernels for this processor, the fastest first.
func runnable() []*kernels {
	switch {
	case hasAVX512:
		return []*kernels{avx512, avx2, portable}
	case hasAVX2:
		return []*kernels{avx2, portable}
	}
	return []*kernels{portable}
}

var (
	pack64 = packer[float64]{direct: true, interleave: interleave64AVX2, rows: rows64AVX2}
	pack32 = packer[float32]{interleave: interleave32AVX2, rows: rows32AVX2}
)

// Tiles of products fill 12 of 16 registers with sums.
var avx2 = &kernels{
	name:    "AVX2",
	float64: &engine[float64]{tile: tile64AVX2, rows: 4, cols: 12, lanes: 4, pack: pack64},
	float32: &engine[float32]{tile: tile32AVX2, rows: 4, cols: 24, lanes: 8, pack: pack32},

	exp: expAVX2, expm1: expm1AVX2, log: logAVX2, log1p: log1pAVX2,
	sigmoid: sigmoidAVX2, tanh: tanhAVX2, erf: erfAVX2,
}

// Tiles of products fill 24 of 32 registers with sums.
var avx512 = &kernels{
	name:    "AVX512",
	float64: &engine[float64]{tile: tile64AVX512, rows: 8, cols: 24, lanes: 8, pack: pack64},
	float32: &engine[float32]{tile: tile32AVX512, rows: 8, cols: 48, lanes: 16, pack: pack32},

	exp: expAVX512, expm1: expm1AVX512, log: logAVX512, log1p: log1pAVX512,
	sigmoid: sigmoidAVX512, tanh: tanhAVX512, erf: erfAVX512,
}
