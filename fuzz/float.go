package fuzz

import (
	"encoding/binary"
	"math"
	"slices"
)

// A Decoder turns bytes into numbers, for fuzz targets: the fuzzer chooses the
// bytes, and every number can come out. It never runs dry: after the last byte it
// reads zeros.
type Decoder struct {
	data []byte
	more func() []byte // where more comes from after the last byte; nil where nothing does
}

// NewDecoder returns a Decoder that reads data.
func NewDecoder(data []byte) *Decoder { return &Decoder{data: data} }

// Byte reads one byte.
func (d *Decoder) Byte() byte {
	if len(d.data) == 0 {
		if d.more == nil {
			return 0
		}
		d.data = d.more()
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b
}

// Special returns the numbers at which something may break: zeros of both signs,
// infinities, NaN, subnormal numbers, the ends of the range, and numbers whose
// squares and reciprocals lie beyond them.
func Special() []float64 { return slices.Clone(special[:]) }

var special = [16]float64{
	0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(),
	5e-324, -5e-324, 0x1p-1022, -0x1p-1023, 1e-300, -1e-300, 1e300, -1e300,
	math.MaxFloat64, -math.MaxFloat64, 1e154,
}

// The first byte of a number says what it is. Below gridEnd it is a number of
// eighths, from -8 to 63/8: where kinks and ties are. Below fineEnd two more bytes
// follow, a number of 4096ths between -8 and 8: far from kinks, and moderate.
// Below specialEnd it is one of the special numbers. Otherwise the eight bytes of
// its bit pattern follow.
const (
	gridEnd    = 128
	fineEnd    = 224
	specialEnd = fineEnd + len(special)

	gridUnit = 1.0 / 8
	fineUnit = 1.0 / 4096
)

// Float reads a number. One byte is enough for a round or special one, three for
// one between -8 and 8, and nine for any other.
func (d *Decoder) Float() float64 {
	switch b := int(d.Byte()); {
	case b < gridEnd/2:
		return gridUnit * float64(b)
	case b < gridEnd:
		return gridUnit * float64(b-gridEnd)
	case b < fineEnd:
		return fineUnit * float64(int16(d.word(2)))
	case b < specialEnd:
		return special[b-fineEnd]
	}
	return math.Float64frombits(d.word(8))
}

// word reads a whole number of n bytes, the most significant one first.
func (d *Decoder) word(n int) uint64 {
	var w uint64
	for range n {
		w = w<<8 | uint64(d.Byte())
	}
	return w
}

// Vector reads n numbers, each as Float does: infinities, NaN and subnormal numbers among
// them. See Point for finite ones, which a derivative written by hand can be judged at.
func (d *Decoder) Vector(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = d.Float()
	}
	return x
}

// AppendFloat appends to data the shortest bytes that Float reads as x, to the
// bit.
func AppendFloat(data []byte, x float64) []byte {
	if i := slices.IndexFunc(special[:], func(s float64) bool { return sameBits(s, x) }); i >= 0 && x != 0 || sameBits(x, math.Copysign(0, -1)) {
		return append(data, byte(fineEnd+i))
	}
	if k := x / gridUnit; k == math.Trunc(k) && -gridEnd/2 <= k && k < gridEnd/2 {
		return append(data, byte(int(k))&(gridEnd-1))
	}
	if k := x / fineUnit; k == math.Trunc(k) && math.Abs(k) < 1<<15 {
		return binary.BigEndian.AppendUint16(append(data, gridEnd), uint16(int16(k)))
	}
	return binary.BigEndian.AppendUint64(append(data, byte(specialEnd)), math.Float64bits(x))
}

// sameBits reports whether two numbers have the same bits: the two zeros are
// different, and NaN is like itself.
func sameBits(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
