package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// A triangle says how a triangular n×n matrix is stored: only that half of a square
// is read. With unit, its diagonal is not read either, but taken for ones.
type triangle struct {
	n                       int
	upper, transposed, unit bool
}

// t is the transposed matrix, in the same storage.
func (s triangle) t() triangle {
	s.transposed = !s.transposed
	return s
}

// solve replaces the n×k matrix b by the solution x of a·x = b, by substitution.
func (s triangle) solve(a, b []float64, k int) {
	n := s.n
	for step := range n {
		i, first, last := step, 0, step // rows first to last-1 are solved
		if s.upper != s.transposed {
			i = n - 1 - step
			first, last = i+1, n
		}
		x := b[i*k:][:k]
		for j := first; j < last; j++ {
			kernel.Axpy(x, -a[s.at(i, j)], b[j*k:][:k])
		}
		if s.unit {
			continue
		}
		d := a[s.at(i, i)]
		for c := range x {
			x[c] /= d
		}
	}
}

// times adds to the n×k matrix dst the product of a and b.
func (s triangle) times(dst, a, b []float64, scale float64, k int) {
	s.each(func(i, j int) { kernel.Axpy(dst[i*k:][:k], scale*a[s.at(i, j)], b[j*k:][:k]) })
}

// addProduct adds to the triangle the product of the n×k matrix x and the
// transposed one y.
func (s triangle) addProduct(dst, x, y []float64, scale float64, k int) {
	s.each(func(i, j int) { dst[s.at(i, j)] += scale * kernel.Dot(x[i*k:][:k], y[j*k:][:k]) })
}

// each calls f for every place of the triangle.
func (s triangle) each(f func(i, j int)) {
	for i := range s.n {
		first, last := 0, i+1
		if s.upper != s.transposed {
			first, last = i, s.n
		}
		for j := first; j < last; j++ {
			f(i, j)
		}
	}
}

// at is the index of an element.
func (s triangle) at(i, j int) int {
	if s.transposed {
		i, j = j, i
	}
	return i*s.n + j
}

// transpose exchanges rows and columns of an n×n matrix.
func transpose(a []float64, n int) {
	for i := range n {
		for j := range i {
			a[i*n+j], a[j*n+i] = a[j*n+i], a[i*n+j]
		}
	}
}

// squareOf returns the n of a shape [n n], and panics with the name of an operation
// if it is another.
func squareOf(name string, x Array) int {
	shape := x.Shape()
	if len(shape) != 2 || shape[0] != shape[1] {
		panicShape(name, shape)
	}
	return shape[0]
}
