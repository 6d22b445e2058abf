package layout

import "slices"

// Rows lay an array out by rows, each with the elements that go together along axes:
// where those are the last ones, it lies so already.
type Rows struct {
	move   Move // from the array to the rows
	N      int  // the length of a row
	direct bool // the rows are the array
	spare  []float64
}

// Over makes the rows go along axes of a shape, which have been checked; all if
// there are none.
func (r *Rows) Over(shape, axes []int) {
	var along [MaxRank]bool
	r.N = 1
	for i, d := range shape {
		along[i] = len(axes) == 0
		for _, axis := range axes {
			along[i] = along[i] || axis == i || axis == i-len(shape)
		}
		if along[i] {
			r.N *= d
		}
	}
	r.move.Begin(0, 0)
	to := Size(shape)
	for _, inside := range [...]bool{false, true} {
		for i, d := range shape {
			if along[i] == inside {
				to /= max(d, 1)
				r.move.Axis(d, Stride(shape, i), to)
			}
		}
	}
	r.direct = r.move.Identity()
}

// Of returns the array x by rows: in buf, which grows, unless it lies so already.
func (r *Rows) Of(x []float64, buf *[]float64) []float64 {
	if r.direct {
		return x
	}
	*buf = slices.Grow((*buf)[:0], len(x))[:len(x)]
	r.move.Carry(*buf, x)
	return *buf
}

// Add adds to the array dst what f adds to its rows.
func (r *Rows) Add(dst []float64, f func(dst []float64)) {
	if r.direct {
		f(dst)
		return
	}
	r.spare = slices.Grow(r.spare[:0], len(dst))[:len(dst)]
	clear(r.spare)
	f(r.spare)
	r.move.Fetch(dst, r.spare)
}

// Room returns the rows of the array x, to be set: in buf, unless it lies so
// already.
func (r *Rows) Room(x []float64, buf *[]float64) []float64 {
	if r.direct {
		return x
	}
	*buf = slices.Grow((*buf)[:0], len(x))[:len(x)]
	return *buf
}

// Back sets the array x to its rows, which room returned.
func (r *Rows) Back(x, rows []float64) {
	if !r.direct {
		clear(x)
		r.move.Fetch(x, rows)
	}
}

// Row returns the k-th row.
func (r *Rows) Row(x []float64, k int) []float64 { return x[k*r.N:][:r.N] }
