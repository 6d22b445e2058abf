package kernel

import "fmt"

// kernels are the loops of one instruction set. They take pointers and counts;
// the functions that users call have checked the lengths.
type kernels struct {
	name    string
	float64 *engine[float64]
	float32 *engine[float32]

	exp, expm1, log, log1p, sigmoid, tanh, erf unary
}

// use are the kernels that this process runs with.
var use = runnable()[0]

type unary func(n int, dst, x *float64)

// on runs f over slices of the same length.
func (f unary) on(name string, dst, x []float64) {
	length(name, "x", len(x), len(dst))
	if len(dst) > 0 {
		f(len(dst), &dst[0], &x[0])
	}
}

// length panics if a slice has another length than dst.
func length(name, arg string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("kernel.%s: %s has length %d, dst %d", name, arg, got, want))
	}
}
