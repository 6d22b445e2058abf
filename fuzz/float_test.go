package fuzz

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestFloats: every number survives the codec to the bit.
func TestFloats(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 0))
	numbers := append(Special(), 1, -1, 0.125, -8, 7.875, 8, 1e-3, 3.14, 0.5+0x1p-12, math.Float64frombits(0x7ff8000000000001))
	for range 10_000 {
		numbers = append(numbers, math.Float64frombits(r.Uint64()), float64(r.IntN(200)-100)/8, float64(r.IntN(1<<16)-1<<15)/4096)
	}
	for _, x := range numbers {
		data := AppendFloat(nil, x)
		d := NewDecoder(data)
		if y := d.Float(); !sameBits(x, y) || len(d.data) != 0 {
			t.Errorf("%v (%x) is decoded as %v from % x", x, math.Float64bits(x), y, data)
		}
	}
	for b := range 256 {
		data := []byte{byte(b), 0x12, 0x34}
		x := NewDecoder(data).Float()
		if y := NewDecoder(AppendFloat(nil, x)).Float(); !sameBits(x, y) {
			t.Errorf("byte %d: %v is encoded and decoded as %v", b, x, y)
		}
	}
}
