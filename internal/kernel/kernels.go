package kernel

import (
	"fmt"
	"sync"
)

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

	sum, sumSq, greatest func(n int, x *float64) float64
	dot                  func(n int, x, y *float64) float64
	sumExp               func(n int, x *float64, a float64) float64

	descend            func(n int, p, g *float64, rate, decay float64)
	momentum, nesterov func(n int, p, v, g *float64, rate, decay, mu float64)
	adam               func(n int, p, m, v, g *float64, rate, keep, decay, a, b, scale, epsilon float64)
}

// use are the kernels that this process runs with.
var use = runnable()[0]

type (
	unary  func(n int, dst, x *float64)
	scaled func(n int, dst, x *float64, a float64)
	binary func(n int, dst, x, y *float64)
)

func (f unary) on(name string, dst, x []float64) {
	length(name, "x", len(x), len(dst))
	loop{unary: f, dst: dst, x: x}.run()
}

func (f scaled) on(name string, dst, x []float64, a float64) {
	length(name, "x", len(x), len(dst))
	loop{scaled: f, dst: dst, x: x, a: a}.run()
}

func (f binary) on(name string, dst, x, y []float64) {
	length(name, "x", len(x), len(dst))
	length(name, "y", len(y), len(dst))
	loop{binary: f, dst: dst, x: x, y: y}.run()
}

// A loop is one of the functions on slices.
type loop struct {
	unary     unary
	scaled    scaled
	binary    binary
	dst, x, y []float64
	a         float64
}

var loops = sync.Pool{New: func() any { return new(loop) }}

func (l loop) run() {
	if len(l.dst) < shareLoop || parts() == 1 {
		l.span(0, len(l.dst))
		return
	}
	t := loops.Get().(*loop)
	*t = l
	share(t, parts())
	*t = loop{}
	loops.Put(t)
}

func (l *loop) do(part, parts int) { l.span(span(len(l.dst), 64, part, parts)) }

// span does the elements from to to.
func (l *loop) span(from, to int) {
	n := to - from
	switch {
	case n == 0:
	case l.unary != nil:
		l.unary(n, &l.dst[from], &l.x[from])
	case l.scaled != nil:
		l.scaled(n, &l.dst[from], &l.x[from], l.a)
	case l.binary != nil:
		l.binary(n, &l.dst[from], &l.x[from], &l.y[from])
	default:
		clear(l.dst[from:to])
	}
}

// length panics if a slice has another length than the first.
func length(name, arg string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("kernel.%s: %s has length %d, want %d", name, arg, got, want))
	}
}
