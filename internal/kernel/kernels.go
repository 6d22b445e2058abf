package kernel

import "fmt"

// kernels are the loops of one instruction set. They take pointers and counts;
// the functions that users call have checked the lengths.
type kernels struct {
	name    string
	float64 *engine[float64]
	float32 *engine[float32]

	exp, expm1, log, log1p, sigmoid, tanh, erf    unary
	softplus, sigmoidSlope, tanhSlope, sqrt, relu unary
	scale, shift, over, axpy, expShifted          scaled
	add, sub, mul, div, max, min                  binary
	mulAdd, addPositive                           binary
	mulShifted                                    func(n int, dst, x, y *float64, a float64)

	combine [4]combination // of rows of 8, 16, 32 and 64 numbers
	lanes   func(n int, rows *float64, count int, ops *int32) (done int)

	sum, sumSq, greatest func(n int, x *float64) float64
	dot                  func(n int, x, y *float64) float64
	sumExp               func(n int, x *float64, a float64) float64

	descend            descent
	momentum, nesterov velocity
	adam               moments
}

// use are the kernels that this process runs with.
var use = runnable()[0]

type (
	unary  func(n int, dst, x *float64)
	scaled func(n int, dst, x *float64, a float64)
	binary func(n int, dst, x, y *float64)

	descent  func(n int, p, g *float64, rate, decay float64)
	velocity func(n int, p, v, g *float64, rate, decay, mu float64)
	moments  func(n int, p, m, v, g *float64, rate, keep, decay, a, hold, b, scale, epsilon float64)
)

// length panics if a slice has another length than the first.
func length(name, arg string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("kernel.%s: %s has length %d, want %d", name, arg, got, want))
	}
}
