package kernel

import "sync"

// A packer copies panels into the order in which tiles read them.
type packer[T float32 | float64] struct {
	direct bool // T is float64: operands may also be read where they lie

	// Where not nil, these do the same as the loops below; rows is for a multiple
	// of 4 rows. interleave writes k numbers of each of four rows of src to columns
	// of dst, rows count numbers of each of k rows of src to rows of dst.
	interleave func(dst *T, width int, src *float64, stride, k int)
	rows       func(dst *T, width int, src *float64, stride, count, k int)
}

// panel writes rows×k numbers of a to dst, as k rows that lie width apart.
func (p *packer[T]) panel(dst []T, width int, a Matrix, rows, k int) {
	dst = dst[:width*(k-1)+rows]
	switch {
	case p.interleave != nil && a.Col == 1 && rows >= 4:
		for i := 0; i+4 <= rows; i += 4 {
			p.interleave(&dst[i], width, &a.Data[i*a.Row], a.Row, k)
		}
		for i := rows &^ 3; i < rows; i++ {
			for j, v := range a.Data[i*a.Row:][:k] {
				dst[j*width+i] = T(v)
			}
		}
	case p.rows != nil && a.Row == 1 && rows%4 == 0:
		p.rows(&dst[0], width, &a.Data[0], a.Col, rows, k)
	case a.Row == 1:
		for j := range k {
			out, in := dst[j*width:][:rows], a.Data[j*a.Col:][:rows]
			for i, v := range in {
				out[i] = T(v)
			}
		}
	default:
		for i := range rows {
			in := a.Data[i*a.Row:]
			for j := range k {
				dst[j*width+i] = T(in[j*a.Col])
			}
		}
	}
}

// A buffer holds the packed blocks of one product at a time.
type buffer[T float32 | float64] struct {
	a, b, rows []T
	c          []float64
}

func (b *buffer[T]) left(n int) []T  { return grow(&b.a, n) }
func (b *buffer[T]) right(n int) []T { return grow(&b.b, n) }

func (b *buffer[T]) sums(n int) []float64 { return grow(&b.c, n) }

func grow[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n)
	}
	return (*s)[:n]
}

// A pool keeps buffers, so that a product allocates none.
type pool[T float32 | float64] struct{ sync.Pool }

func (p *pool[T]) get() *buffer[T] {
	if b, ok := p.Get().(*buffer[T]); ok {
		return b
	}
	return new(buffer[T])
}

func (p *pool[T]) put(b *buffer[T]) { p.Put(b) }
