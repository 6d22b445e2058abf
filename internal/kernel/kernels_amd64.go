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
	float64: &engine[float64]{tile: tile64AVX2, listed: listed64AVX2, rows: 4, cols: 12, lanes: 4, pack: pack64},
	float32: &engine[float32]{tile: tile32AVX2, listed: listed32AVX2, rows: 4, cols: 24, lanes: 8, pack: pack32},

	exp: expAVX2, expm1: expm1AVX2, log: logAVX2, log1p: log1pAVX2, sigmoid: sigmoidAVX2, tanh: tanhAVX2,
	erf: erfAVX2, softplus: softplusAVX2, sigmoidSlope: sigmoidSlopeAVX2, tanhSlope: tanhSlopeAVX2, sqrt: sqrtAVX2, relu: reluAVX2,
	add: addAVX2, sub: subAVX2, mul: mulAVX2, div: divAVX2, max: maxAVX2, min: minAVX2,
	mulAdd: mulAddAVX2, addPositive: addPositiveAVX2, mulShifted: mulShiftedAVX2,
	scale: scaleAVX2, shift: shiftAVX2, over: overAVX2, axpy: axpyAVX2, expShifted: expShiftedAVX2,
	combine: [4]combination{combine8AVX2, combine16AVX2, combine32AVX2, combine64AVX2},
	lanes:   lanesAVX2,
	sum:     sumAVX2, sumSq: sumSqAVX2, greatest: greatestAVX2, dot: dotAVX2, sumExp: sumExpAVX2,
	descend: descendAVX2, momentum: momentumAVX2, nesterov: nesterovAVX2, adam: adamAVX2,
}

// Tiles of products fill 24 of 32 registers with sums.
var avx512 = &kernels{
	name:    "AVX512",
	float64: &engine[float64]{tile: tile64AVX512, listed: listed64AVX512, rows: 8, cols: 24, lanes: 8, pack: pack64},
	float32: &engine[float32]{tile: tile32AVX512, listed: listed32AVX512, rows: 8, cols: 48, lanes: 16, pack: pack32},

	exp: expAVX512, expm1: expm1AVX512, log: logAVX512, log1p: log1pAVX512, sigmoid: sigmoidAVX512, tanh: tanhAVX512,
	erf: erfAVX512, softplus: softplusAVX512, sigmoidSlope: sigmoidSlopeAVX512, tanhSlope: tanhSlopeAVX512, sqrt: sqrtAVX512, relu: reluAVX512,
	add: addAVX512, sub: subAVX512, mul: mulAVX512, div: divAVX512, max: maxAVX512, min: minAVX512,
	mulAdd: mulAddAVX512, addPositive: addPositiveAVX512, mulShifted: mulShiftedAVX512,
	scale: scaleAVX512, shift: shiftAVX512, over: overAVX512, axpy: axpyAVX512, expShifted: expShiftedAVX512,
	combine: [4]combination{combine8AVX512, combine16AVX512, combine32AVX512, combine64AVX512},
	lanes:   lanesAVX512,
	sum:     sumAVX512, sumSq: sumSqAVX512, greatest: greatestAVX512, dot: dotAVX512, sumExp: sumExpAVX512,
	descend: descendAVX512, momentum: momentumAVX512, nesterov: nesterovAVX512, adam: adamAVX512,
}
