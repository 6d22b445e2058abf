package kernel

import (
	"math"
	"unsafe"
)

// portable are the kernels in Go alone. Tiles of 2×4 are the largest that stay
// in registers.
var portable = &kernels{
	name:    "portable",
	float64: &engine[float64]{tile: tileGo[float64], rows: 2, cols: 4, lanes: 1, pack: packer[float64]{direct: true}},
	float32: &engine[float32]{tile: tileGo[float32], rows: 2, cols: 4, lanes: 1},

	exp: each(expGo), expm1: each(expm1Go), log: each(logGo), log1p: each(math.Log1p), sigmoid: each(sigmoidGo), tanh: each(math.Tanh),
	erf: each(math.Erf), softplus: each(softplusGo), sigmoidSlope: each(sigmoidSlopeGo), tanhSlope: each(tanhSlopeGo), sqrt: each(math.Sqrt), relu: each(reluGo),
	add: addGo, sub: subGo, mul: mulGo, div: divGo, max: maxGo, min: minGo,
	mulAdd: mulAddGo, addPositive: addPositiveGo, mulShifted: mulShiftedGo,
	scale: scaleGo, shift: shiftGo, over: overGo, axpy: axpyGo, expShifted: expShiftedGo,
	combine: [4]combination{combineGo(8), combineGo(16), combineGo(32), combineGo(64)},
	lanes:   lanesGo,
	sum:     sumGo, sumSq: sumSqGo, greatest: greatestGo, dot: dotGo, sumExp: sumExpGo,
	descend: descendGo, momentum: momentumGo, nesterov: nesterovGo, adam: adamGo,
}

// slice returns the n numbers at x.
func slice(x *float64, n int) []float64 { return unsafe.Slice(x, n) }

func each(f func(float64) float64) unary {
	return func(n int, dst, x *float64) {
		d, s := slice(dst, n), slice(x, n)
		for i := range d {
			d[i] = f(s[i])
		}
	}
}
