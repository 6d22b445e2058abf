package fuzz

import (
	"math/rand/v2"
	"testing"
)

// AddSeeds gives a fuzz target of one []byte the seeds of this package: for a
// Decoder, the special numbers and kinks in all pairs; for Decode, programs.
//
//	func FuzzMine(f *testing.F) {
//		fuzz.AddSeeds(f)
//		f.Fuzz(func(t *testing.T, data []byte) {
//			compare.Test(t, mine, fuzz.NewDecoder(data).Vector(2))
//		})
//	}
func AddSeeds(f *testing.F) {
	numbers := append(Special(), 1, -1, 0.5, 3, -3, 6)
	for _, x := range numbers {
		for _, y := range numbers {
			f.Add(AppendFloat(AppendFloat(nil, x), y))
		}
	}
	r := rand.New(rand.NewPCG(0, 0))
	for range 64 {
		f.Add(Encode(Random(r)))
	}
}
