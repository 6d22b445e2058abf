package outside

import "slices"

// A List is one of which it is not known how long it will be. It grows in blocks, so that it takes,
// with the slice that is made of it in the end, twice its size at most.
type List[T any] struct {
	blocks [][]T
	n      int
}

// mostInBlock is how many elements a block has at most, leastInBlock the first one.
const mostInBlock, leastInBlock = 1 << 10, 8

// Len returns how many elements there are.
func (l *List[T]) Len() int { return l.n }

// Add adds an element, and returns a pointer to it, which holds while the list does.
func (l *List[T]) Add(v T) *T {
	last := len(l.blocks) - 1
	if last < 0 || len(l.blocks[last]) == cap(l.blocks[last]) {
		l.blocks = append(l.blocks, make([]T, 0, min(mostInBlock, max(leastInBlock, l.n))))
		last++
	}
	b := append(l.blocks[last], v)
	l.blocks[last] = b
	l.n++
	return &b[len(b)-1]
}

// Slice returns the elements, nil if there are none, and empties the list.
func (l *List[T]) Slice() []T {
	blocks, n := l.blocks, l.n
	*l = List[T]{}
	if n == 0 {
		return nil
	}
	x := make([]T, 0, n)
	for i, b := range blocks {
		x = append(x, b...)
		blocks[i] = nil
	}
	return x
}

// Pointers appends pointers to the elements to x.
func (l *List[T]) Pointers(x []*T) []*T {
	x = slices.Grow(x, l.n)
	for _, b := range l.blocks {
		for i := range b {
			x = append(x, &b[i])
		}
	}
	return x
}
