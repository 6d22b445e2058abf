package numeric

import (
	"fmt"
	"slices"
)

// A PanicError is what an operator panics with where f panics: what f said, and the
// point where it was evaluated. That may be a step away from the point of the
// derivative; Settings hold f inside of its domain.
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

// guarded returns f(x). A panic of f is passed on with the point.
func (p *probe) guarded(x []float64) []float64 {
	defer func() {
		if v := recover(); v != nil {
			panic(&PanicError{p.op, slices.Clone(x), v})
		}
	}()
	return p.f.at(x)
}
