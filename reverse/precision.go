package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// UseFloat32 makes the matrix products and convolutions that are recorded from now
// on, and their sweeps, compute in float32 inside, or in float64 again. All storage
// stays float64. It is off on a new tape, and Reset does not change it.
//
// A product in float32 takes about half as long. Its error is about 1e-7 times the
// sum of the absolute values of the products that it adds up, where that in
// float64 is 1e-16; operands beyond 3.4e38 overflow, and those below 1e-38 lose
// digits.
func (tp *Tape) UseFloat32(on bool) {
	t := (*tape)(tp)
	t.precision = kernel.Float64
	if on {
		t.precision = kernel.Float32
	}
}
