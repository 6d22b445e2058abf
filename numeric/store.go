package numeric

import "sync"

// pools keep what derivatives work with for the next ones, by its type: a kind is the key
// of a pool. In the steady state the To forms allocate nothing but the values that they
// return.
var pools sync.Map

type kind[T any] struct{}

// borrow returns a T that was given back, or a new one.
func borrow[T any]() *T {
	if pool, ok := pools.Load(kind[T]{}); ok {
		if v, ok := pool.(*sync.Pool).Get().(*T); ok {
			return v
		}
	}
	return new(T)
}

// giveBack gives back what was borrowed.
func giveBack[T any](v *T) {
	pool, ok := pools.Load(kind[T]{})
	if !ok {
		pool, _ = pools.LoadOrStore(kind[T]{}, new(sync.Pool))
	}
	pool.(*sync.Pool).Put(v)
}

// resized returns a list of length n, in the storage of s if that is large enough. Its
// entries are anything.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
