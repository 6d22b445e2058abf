//go:build !purego

package kernel

var engine64, engine32 = chooseEngines()

func chooseEngines() (*engine[float64], *engine[float32]) {
	pack64 := packer[float64]{direct: true, interleave: interleave64AVX2, rows: rows64AVX2}
	pack32 := packer[float32]{interleave: interleave32AVX2, rows: rows32AVX2}
	switch {
	case hasAVX512:
		return &engine[float64]{tile: tile64AVX512, rows: 8, cols: 24, lanes: 8, pack: pack64},
			&engine[float32]{tile: tile32AVX512, rows: 8, cols: 48, lanes: 16, pack: pack32}
	case hasAVX2:
		return &engine[float64]{tile: tile64AVX2, rows: 4, cols: 12, lanes: 4, pack: pack64},
			&engine[float32]{tile: tile32AVX2, rows: 4, cols: 24, lanes: 8, pack: pack32}
	}
	return portable64, portable32
}
