package adbench

import (
	"testing"

	"github.com/quartet-ad/ad/dual"
	"gonum.org/v1/gonum/mat"
)

// BenchmarkForward takes the Jacobians of the bundle adjustment and of hand tracking by dual
// numbers, without recording.
func BenchmarkForward(b *testing.B) {
	b.Run("bundle", func(b *testing.B) {
		p := readBundle(b)
		rows := make([]float64, len(p.weights)*bundleInputs)
		var j mat.Dense
		for b.Loop() {
			p.gather(rows)
			for i := range p.weights {
				dual.JacobianTo(&j, reprojection[dual.Number], rows[i*bundleInputs:][:bundleInputs])
			}
		}
	})
	b.Run("bundle on all cores", func(b *testing.B) {
		p := readBundle(b)
		rows := make([]float64, len(p.weights)*bundleInputs)
		dst := make([]float64, 2*len(rows))
		for b.Loop() {
			p.gather(rows)
			dual.JacobianBatchTo(dst, nil, reprojection[dual.Number], rows, bundleInputs)
		}
	})
	b.Run("hand", func(b *testing.B) {
		h, x := readHand(b, "simple1")
		var j mat.Dense
		for b.Loop() {
			dual.JacobianTo(&j, handErrors[dual.Number](h), x)
		}
	})
}
