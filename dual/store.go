package dual

import (
	"math"
	"sync"
	"sync/atomic"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
)

// A store lends the coefficients of the series of a derivative: len of them for each that
// is not a constant. Over ad.Real they are taken from chunks, and used again after the
// derivative has ended; over other types each list is its own.
//
// A function may share its work among goroutines.
type store[T any] struct {
	len  int
	from *lender[T] // nil over other types than ad.Real
}

type lender[T any] struct{ chunk atomic.Pointer[chunk[T]] }

type chunk[T any] struct {
	used atomic.Int64
	c    []T
}

const (
	firstChunk   = 1 << 12 // coefficients
	largestChunk = 1 << 17 // 1 MB
)

var lenders = sync.Pool{New: func() any {
	l := new(lender[ad.Real])
	l.chunk.Store(&chunk[ad.Real]{c: make([]ad.Real, firstChunk)})
	return l
}}

// newStore returns a store for series of n coefficients that release gives back.
func newStore(n int) store[ad.Real] {
	return store[ad.Real]{n, lenders.Get().(*lender[ad.Real])}
}

func release(st store[ad.Real]) {
	c := st.from.chunk.Load()
	if check.Poison {
		check.Fill(c.c[:min(len(c.c), int(c.used.Load()))], ad.Real(math.NaN()))
	}
	c.used.Store(0)
	lenders.Put(st.from)
}

// list returns n coefficients 0, with room for those of a series.
func (st store[T]) list(n int) []T {
	room := max(n, st.len)
	if st.from == nil || room > largestChunk {
		return make([]T, n, room)
	}
	return st.from.list(n, room)
}

func (l *lender[T]) list(n, room int) []T {
	for {
		c := l.chunk.Load()
		if end := int(c.used.Add(int64(room))); end <= len(c.c) {
			list := c.c[end-room : end-room+n : end]
			clear(list)
			return list
		}
		// Series that are in use keep the old chunk.
		l.chunk.CompareAndSwap(c, &chunk[T]{c: make([]T, max(room, min(2*len(c.c), largestChunk)))})
	}
}

// one returns a series of one coefficient.
func (st store[T]) one(c T) []T {
	if st.from == nil {
		l := make([]T, 1, st.len)
		l[0] = c
		return l
	}
	l := st.from.list(1, st.len)
	l[0] = c
	return l
}

// clone returns a copy of x of at least n coefficients.
func (st store[T]) clone(x []T, n int) []T {
	l := st.list(max(len(x), n))
	copy(l, x)
	return l
}
