package kernel

import (
	"fmt"
	"math"
)

// Softmax writes to dst, for every row of n entries of x, their exponentials
// divided by the sum of these, without overflow on the way.
//
// Special cases are:
//
//	an entry of -Inf gives 0
//	a row with NaN or +Inf, or of -Inf alone, gives NaN
func Softmax(dst, x []float64, n int) {
	length("Softmax", "x", len(x), len(dst))
	whole("Softmax", len(x), n)
	for i := 0; i < len(x); i += n {
		use.expShifted(n, &dst[i], &x[i], -use.greatest(n, &x[i]))
		use.over(n, &dst[i], &dst[i], use.sum(n, &dst[i]))
	}
}

// LogSoftmax writes x less the LogSumExp of its row of n entries to dst.
//
// Special cases are those of Softmax, with -Inf for 0.
func LogSoftmax(dst, x []float64, n int) {
	length("LogSoftmax", "x", len(x), len(dst))
	whole("LogSoftmax", len(x), n)
	for i := 0; i < len(x); i += n {
		m := use.greatest(n, &x[i])
		l := math.Log(use.sumExp(n, &x[i], -m))
		use.shift(n, &dst[i], &x[i], -m)
		use.shift(n, &dst[i], &dst[i], -l)
	}
}

// SoftmaxBackward adds y·(w - Σ y·w) to dst in every row of n entries: what
// comes back through a softmax of value y.
func SoftmaxBackward(dst, y, w []float64, n int) {
	length("SoftmaxBackward", "w", len(w), len(dst))
	length("SoftmaxBackward", "y", len(y), len(dst))
	whole("SoftmaxBackward", len(y), n)
	for i := 0; i < len(y); i += n {
		use.mulShifted(n, &dst[i], &y[i], &w[i], -use.dot(n, &y[i], &w[i]))
	}
}

// whole panics if there is not a number of rows of n entries.
func whole(name string, all, n int) {
	if n < 0 || n == 0 && all > 0 || n > 0 && all%n != 0 {
		panic(fmt.Sprintf("kernel.%s: %d numbers are no rows of %d", name, all, n))
	}
}
