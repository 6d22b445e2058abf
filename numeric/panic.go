package numeric

import (
	"fmt"
	"slices"
)

// A PanicError is what an operator panics with where f panics: what f said, and the
// point where it was evaluated. That may be a step away from the point of the
// derivative; Settings hold f inside of its domain.
//
// Of a function of one complex number, as Taylor and Residue take, X has the real and the
// imaginary part. Of a step along an imaginary axis it has the real parts.
type PanicError struct {
	Op    string    // the operator
	X     []float64 // where f was evaluated
	Value any       // what f panicked with
}

// Error returns all of that in words.
func (e *PanicError) Error() string { return fmt.Sprintf("%s: f panics at %v: %v", e.Op, e.X, e.Value) }

// Unwrap returns what f panicked with if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// guarded returns f(z). A panic of f is passed on with the point.
func guarded[Z, Y any](op string, f func(Z) Y, z Z, point func(Z) []float64) Y {
	defer func() {
		if v := recover(); v != nil {
			panic(&PanicError{op, point(z), v})
		}
	}()
	return f(z)
}

func parts(z complex128) []float64    { return []float64{real(z), imag(z)} }
func realPart(z complex128) []float64 { return []float64{real(z)} }

// guarded returns f(x). A panic of f is passed on with the point.
func (p *probe) guarded(x []float64) []float64 {
	defer func() {
		if v := recover(); v != nil {
			panic(&PanicError{p.op, slices.Clone(x), v})
		}
	}()
	return p.f.at(x)
}
