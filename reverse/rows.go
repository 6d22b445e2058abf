package reverse

import "slices"

// rows lay an array out by rows, each with the elements that go together along axes:
// where those are the last ones, it lies so already.
type rows struct {
	move   move // from the array to the rows
	n      int  // the length of a row
	direct bool // the rows are the array
	spare  []float64
}

// over makes the rows go along axes of a shape, which have been checked; all if
// there are none.
func (r *rows) over(shape, axes []int) {
	var along [maxRank]bool
	r.n = 1
	for i, d := range shape {
		along[i] = len(axes) == 0
		for _, axis := range axes {
			along[i] = along[i] || axis == i || axis == i-len(shape)
		}
		if along[i] {
			r.n *= d
		}
	}
	r.move.begin(0, 0)
	to := sizeOf(shape)
	for _, inside := range [...]bool{false, true} {
		for i, d := range shape {
			if along[i] == inside {
				to /= max(d, 1)
				r.move.axis(d, stride(shape, i), to)
			}
		}
	}
	r.direct = r.move.identity()
}

// of returns the array x by rows: in buf, which grows, unless it lies so already.
func (r *rows) of(x []float64, buf *[]float64) []float64 {
	if r.direct {
		return x
	}
	*buf = slices.Grow((*buf)[:0], len(x))[:len(x)]
	r.move.carry(*buf, x)
	return *buf
}

// add adds to the array dst what f adds to its rows.
func (r *rows) add(dst []float64, f func(dst []float64)) {
	if r.direct {
		f(dst)
		return
	}
	r.spare = zeroed(r.spare, len(dst))
	f(r.spare)
	r.move.fetch(dst, r.spare)
}

// room returns the rows of the array x, to be set: in buf, unless it lies so
// already.
func (r *rows) room(x []float64, buf *[]float64) []float64 {
	if r.direct {
		return x
	}
	*buf = slices.Grow((*buf)[:0], len(x))[:len(x)]
	return *buf
}

// back sets the array x to its rows, which room returned.
func (r *rows) back(x, rows []float64) {
	if !r.direct {
		clear(x)
		r.move.fetch(x, rows)
	}
}

// row returns the k-th row.
func (r *rows) row(x []float64, k int) []float64 { return x[k*r.n:][:r.n] }
