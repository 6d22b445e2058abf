package reverse

import "github.com/quartet-ad/ad/reverse/internal/layout"

// A scan goes over the lines along an axis: n elements each, inner apart in the data.
type scan struct{ n, inner int }

// along makes the scan go along an axis of a shape. It panics if that is out of range.
func (s *scan) along(name string, axis int, shape []int) {
	axis = layout.Axis(name, axis, shape)
	s.n, s.inner = shape[axis], layout.Stride(shape, axis)
}

// each calls f with the place of the first element of every line in data of so many elements.
func (s scan) each(size int, f func(first int)) {
	for block := 0; block < size; block += s.n * s.inner {
		for i := range s.inner {
			f(block + i)
		}
	}
}
