package nn

import (
	"encoding/binary"
	"math"
)

// The element types of the format that are read: their names, the bytes of an element, and how
// elements become numbers.
var (
	dtypes     = []string{"F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"}
	dtypeSizes = []int8{8, 4, 2, 2, 8, 4, 2, 1, 8, 4, 2, 1, 1}
	decoders   = []func(x []float64, b []byte){
		eachOf(8, func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }),
		eachOf(4, func(b []byte) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(b))) }),
		eachOf(2, func(b []byte) float64 { return half(binary.LittleEndian.Uint16(b)) }),
		eachOf(2, func(b []byte) float64 {
			return float64(math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16))
		}),
		eachOf(8, func(b []byte) float64 { return float64(int64(binary.LittleEndian.Uint64(b))) }),
		eachOf(4, func(b []byte) float64 { return float64(int32(binary.LittleEndian.Uint32(b))) }),
		eachOf(2, func(b []byte) float64 { return float64(int16(binary.LittleEndian.Uint16(b))) }),
		eachOf(1, func(b []byte) float64 { return float64(int8(b[0])) }),
		eachOf(8, func(b []byte) float64 { return float64(binary.LittleEndian.Uint64(b)) }),
		eachOf(4, func(b []byte) float64 { return float64(binary.LittleEndian.Uint32(b)) }),
		eachOf(2, func(b []byte) float64 { return float64(binary.LittleEndian.Uint16(b)) }),
		eachOf(1, func(b []byte) float64 { return float64(b[0]) }),
		eachOf(1, func(b []byte) float64 { return float64(min(b[0], 1)) }),
	}
)

// eachOf returns a function that reads elements of a size one by one.
func eachOf(size int, read func(b []byte) float64) func(x []float64, b []byte) {
	return func(x []float64, b []byte) {
		for i := range x {
			x[i] = read(b[i*size:])
		}
	}
}

// half returns the number whose bits are those of IEEE 754's binary16.
func half(bits uint16) float64 {
	exponent, fraction := int(bits>>10&31), float64(bits&1023)
	x := math.Ldexp(1024+fraction, exponent-25)
	switch exponent {
	case 0:
		x = math.Ldexp(fraction, -24)
	case 31:
		x = math.Inf(1)
		if fraction != 0 {
			x = math.NaN()
		}
	}
	if bits>>15 != 0 {
		return -x
	}
	return x
}
