package fuzz

import (
	"encoding/binary"

	"pgregory.net/rapid"
)

// A Case is a program and a point to run it at.
type Case struct {
	Program Program
	X       []float64
}

// Cases returns a rapid generator of programs, at points where most of their
// results are moderate numbers, as Random makes them.
func Cases() *rapid.Generator[Case] { return CasesOf(0) }

// CasesOf is Cases for programs of n inputs; of any number where n is 0.
func CasesOf(n int) *rapid.Generator[Case] {
	return rapid.Custom(func(t *rapid.T) Case {
		p, x := generate(drawn{t}, n)
		return Case{p, x}
	})
}

// Floats returns a rapid generator of numbers: round ones, moderate ones, special
// ones and any others, as a Decoder reads them.
func Floats() *rapid.Generator[float64] {
	return rapid.Custom(func(t *rapid.T) float64 { return NewDecoder(drawn{t}.bytes(9)).Float() })
}

// drawn is a source of randomness that rapid can shrink.
type drawn struct{ *rapid.T }

func (d drawn) intN(n int) int { return rapid.IntRange(0, n-1).Draw(d.T, "n") }

// bytes draws eight at a time, and stirs them: rapid prefers small numbers, and the
// small ones among bytes are few of the operations.
func (d drawn) bytes(n int) []byte {
	var data []byte
	for len(data) < n {
		u := rapid.Uint64().Draw(d.T, "bytes") * 0x9e3779b97f4a7c15
		data = binary.LittleEndian.AppendUint64(data, u^u>>32)
	}
	return data[:n]
}

func (d drawn) between(lo, hi float64) float64 {
	return rapid.Float64Range(lo, hi).Draw(d.T, "x")
}
