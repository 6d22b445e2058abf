package fuzz

import (
	"encoding/binary"

	"gonum.org/v1/gonum/mat"
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

// Drawn returns a rapid generator of what read reads from a Decoder, so that what is
// decoded in a fuzz target is drawn in rapid.Check in the same way:
//
//	func argument(d *fuzz.Decoder) input { return input{d.Simplex(3), d.Positive()} }
//
//	f.Fuzz(func(t *testing.T, data []byte) { property(t, argument(fuzz.NewDecoder(data))) })
//	rapid.Check(t, func(t *rapid.T) { property(t, fuzz.Drawn(argument).Draw(t, "x")) })
//
// The Decoder has as many bytes as read wants.
func Drawn[V any](read func(d *Decoder) V) *rapid.Generator[V] {
	return rapid.Custom(func(t *rapid.T) V {
		return read(&Decoder{more: func() []byte { return drawn{t}.bytes(8) }})
	})
}

// Floats returns a rapid generator of numbers: round ones, moderate ones, special
// ones and any others, as Decoder.Float reads them.
func Floats() *rapid.Generator[float64] { return Drawn((*Decoder).Float) }

// Points returns a rapid generator of points, as Decoder.Point reads them.
func Points(n int) *rapid.Generator[[]float64] {
	return Drawn(func(d *Decoder) []float64 { return d.Point(n) })
}

// Ranges returns a rapid generator of numbers from lo to hi, as Decoder.Range reads them.
func Ranges(lo, hi float64) *rapid.Generator[float64] {
	return Drawn(func(d *Decoder) float64 { return d.Range(lo, hi) })
}

// Positives returns a rapid generator of numbers above 0, as Decoder.Positive reads them.
func Positives() *rapid.Generator[float64] { return Drawn((*Decoder).Positive) }

// Probabilities returns a rapid generator of numbers from 0 to 1, as Decoder.Probability
// reads them.
func Probabilities() *rapid.Generator[float64] { return Drawn((*Decoder).Probability) }

// Simplexes returns a rapid generator of n probabilities with the sum 1, as Decoder.Simplex
// reads them.
func Simplexes(n int) *rapid.Generator[[]float64] {
	return Drawn(func(d *Decoder) []float64 { return d.Simplex(n) })
}

// SPDs returns a rapid generator of symmetric positive definite matrices, as Decoder.SPD
// reads them.
func SPDs(n int) *rapid.Generator[*mat.SymDense] {
	return Drawn(func(d *Decoder) *mat.SymDense { return d.SPD(n) })
}

// Ties returns a rapid generator of n numbers of which some are equal, as Decoder.Ties
// reads them.
func Ties(n int) *rapid.Generator[[]float64] {
	return Drawn(func(d *Decoder) []float64 { return d.Ties(n) })
}

// Kinks returns a rapid generator of numbers at and beside those given, as Decoder.Kink
// reads them.
func Kinks(at ...float64) *rapid.Generator[float64] {
	return Drawn(func(d *Decoder) float64 { return d.Kink(at...) })
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
