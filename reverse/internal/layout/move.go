package layout

import (
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// A move takes elements of an array to places in another, along axes of its own:
// dims are their lengths, from and to the strides in both arrays. An element may be
// taken to several places, by a stride of 0 in from, but no place is taken twice.
type Move struct {
	dims, from, to []int
	at, into       int // where the first element lies in both arrays

	others *Move // the axes that transpose leaves
}

// Begin makes the move one of a single element.
func (m *Move) Begin(at, into int) {
	m.dims, m.from, m.to = m.dims[:0], m.from[:0], m.to[:0]
	m.at, m.into = at, into
}

// Axis adds an axis inside of those that there are. Axes that go on from one to the
// next are one.
func (m *Move) Axis(n, from, to int) {
	last := len(m.dims) - 1
	switch {
	case n == 1:
	case last >= 0 && m.from[last] == n*from && m.to[last] == n*to:
		m.dims[last] *= n
		m.from[last], m.to[last] = from, to
	default:
		m.dims, m.from, m.to = append(m.dims, n), append(m.from, from), append(m.to, to)
	}
}

// Step returns the strides along a run.
func (m *Move) Step() (from, to int) {
	if last := len(m.dims) - 1; last >= 0 {
		return m.from[last], m.to[last]
	}
	return 1, 1
}

// Identity reports whether elements stay where they are.
func (m *Move) Identity() bool {
	from, to := m.Step()
	return len(m.dims) <= 1 && from == 1 && to == 1 && m.at == 0 && m.into == 0
}

// tile is how long runs are whose elements lie far apart, while those of the next
// run lie beside them: as many cache lines are in use at a time.
const tile = 8

// Each calls f for runs along the last axis: n elements from at and into on.
func (m *Move) Each(f func(at, into, n int)) {
	last := len(m.dims) - 1
	if last < 0 {
		f(m.at, m.into, 1)
		return
	}
	for _, d := range m.dims {
		if d == 0 {
			return
		}
	}
	length := m.dims[last]
	for _, s := range m.from[:last] {
		if s != 0 && magnitude(s) < magnitude(m.from[last]) {
			length = tile
		}
	}
	for start := 0; start < m.dims[last]; start += length {
		n := min(length, m.dims[last]-start)
		at, into := m.at+start*m.from[last], m.into+start*m.to[last]
		var index [MaxRank]int
		for axis := last; axis >= 0; {
			f(at, into, n)
			for axis = last - 1; axis >= 0; axis-- {
				index[axis]++
				at, into = at+m.from[axis], into+m.to[axis]
				if index[axis] < m.dims[axis] {
					break
				}
				at, into = at-m.from[axis]*m.dims[axis], into-m.to[axis]*m.dims[axis]
				index[axis] = 0
			}
		}
	}
}

func magnitude(n int) int { return max(n, -n) }

// transposes calls f for every matrix that the move transposes, if it is one that
// does: the matrix begins at at and into; rows and columns are axes. It reports
// whether it did.
func (m *Move) transposes(f func(at, into, rows, columns int)) bool {
	const worth = 8
	rows := len(m.dims) - 1
	if rows < 1 || m.from[rows] == 1 || m.to[rows] != 1 {
		return false
	}
	columns := slices.Index(m.from, 1)
	if columns < 0 ||
		min(m.dims[rows], m.dims[columns]) < worth || m.from[rows] < m.dims[columns] || m.to[columns] < m.dims[rows] {
		return false
	}
	if m.others == nil {
		m.others = new(Move)
	}
	m.others.Begin(m.at, m.into)
	for i, n := range m.dims {
		if i != rows && i != columns {
			m.others.Axis(n, m.from[i], m.to[i])
		}
	}
	from, to := m.others.Step()
	m.others.Each(func(at, into, n int) {
		for i := range n {
			f(at+i*from, into+i*to, rows, columns)
		}
	})
	return true
}

// Carry sets the elements of dst that something is taken to.
func (m *Move) Carry(dst, src []float64) {
	if m.transposes(func(at, into, rows, columns int) {
		kernel.Transpose(dst[into:], m.to[columns], src[at:], m.from[rows], m.dims[rows], m.dims[columns], false)
	}) {
		return
	}
	from, to := m.Step()
	m.Each(func(at, into, n int) {
		if from == 1 && to == 1 {
			copy(dst[into:][:n], src[at:][:n])
			return
		}
		for range n {
			dst[into] = src[at]
			at, into = at+from, into+to
		}
	})
}

// Fetch adds to every element of dst those of src that it was taken to: carry,
// transposed.
func (m *Move) Fetch(dst, src []float64) {
	if m.transposes(func(at, into, rows, columns int) {
		kernel.Transpose(dst[at:], m.from[rows], src[into:], m.to[columns], m.dims[columns], m.dims[rows], true)
	}) {
		return
	}
	from, to := m.Step()
	m.Each(func(at, into, n int) {
		switch {
		case from == 1 && to == 1:
			vector.Add(dst[at:][:n], src[into:][:n])
		case from == 0 && to == 1:
			dst[at] += kernel.Sum(src[into:][:n])
		default:
			for range n {
				dst[at] += src[into]
				at, into = at+from, into+to
			}
		}
	})
}
