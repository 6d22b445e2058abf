// Package check holds the argument checks that the operators of all four
// backends share, so that a misuse reads the same everywhere: the operator, what
// is wrong, and the numbers.
package check

import (
	"fmt"
	"unsafe"

	"gonum.org/v1/gonum/mat"
)

// Length panics if a slice argument does not have the length wanted. The
// operator's name comes with its package: "dual.JVP".
func Length(op, arg string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("%s: %s has length %d, want %d", op, arg, got, want))
	}
}

// Overlap reports whether two slices share memory.
func Overlap(a, b []float64) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	at := func(x *float64) uintptr { return uintptr(unsafe.Pointer(x)) }
	return at(&a[0]) <= at(&b[len(b)-1]) && at(&b[0]) <= at(&a[len(a)-1])
}

// Dense makes dst r×c if it is empty, and panics if it has another size, or if r
// or c is 0.
func Dense(op string, dst *mat.Dense, r, c int) {
	if r == 0 || c == 0 {
		panic(fmt.Sprintf("%s: a %d×%d matrix has no entries", op, r, c))
	}
	if dst.IsEmpty() {
		dst.ReuseAs(r, c)
		return
	}
	if gr, gc := dst.Dims(); gr != r || gc != c {
		panic(fmt.Sprintf("%s: dst is %d×%d, want %d×%d", op, gr, gc, r, c))
	}
}

// Sym makes dst n×n if it is empty, and panics if it has another size, or if n
// is 0.
func Sym(op string, dst *mat.SymDense, n int) {
	if n == 0 {
		panic(fmt.Sprintf("%s: a 0×0 matrix has no entries", op))
	}
	if dst.IsEmpty() {
		dst.ReuseAsSym(n)
		return
	}
	if got := dst.SymmetricDim(); got != n {
		panic(fmt.Sprintf("%s: dst is %d×%d, want %d×%d", op, got, got, n, n))
	}
}
