package layout

import "github.com/quartet-ad/ad/internal/kernel"

// A triangle says how a triangular n×n matrix is stored: only that half of a square
// is read. With unit, its diagonal is not read either, but taken for ones.
type Triangle struct {
	N                       int
	Upper, Transposed, Unit bool
}

// T is the transposed matrix, in the same storage.
func (s Triangle) T() Triangle {
	s.Transposed = !s.Transposed
	return s
}

// Solve replaces the n×k matrix b by the solution x of a·x = b, by substitution.
func (s Triangle) Solve(a, b []float64, k int) {
	n := s.N
	for step := range n {
		i, first, last := step, 0, step // rows first to last-1 are solved
		if s.Upper != s.Transposed {
			i = n - 1 - step
			first, last = i+1, n
		}
		x := b[i*k:][:k]
		for j := first; j < last; j++ {
			kernel.Axpy(x, -a[s.At(i, j)], b[j*k:][:k])
		}
		if s.Unit {
			continue
		}
		d := a[s.At(i, i)]
		for c := range x {
			x[c] /= d
		}
	}
}

// Times adds to the n×k matrix dst the product of a and b.
func (s Triangle) Times(dst, a, b []float64, scale float64, k int) {
	s.Each(func(i, j int) { kernel.Axpy(dst[i*k:][:k], scale*a[s.At(i, j)], b[j*k:][:k]) })
}

// AddProduct adds to the triangle the product of the n×k matrix x and the
// transposed one y.
func (s Triangle) AddProduct(dst, x, y []float64, scale float64, k int) {
	s.Each(func(i, j int) { dst[s.At(i, j)] += scale * kernel.Dot(x[i*k:][:k], y[j*k:][:k]) })
}

// Each calls f for every place of the triangle.
func (s Triangle) Each(f func(i, j int)) {
	for i := range s.N {
		first, last := 0, i+1
		if s.Upper != s.Transposed {
			first, last = i, s.N
		}
		for j := first; j < last; j++ {
			f(i, j)
		}
	}
}

// At is the index of an element.
func (s Triangle) At(i, j int) int {
	if s.Transposed {
		i, j = j, i
	}
	return i*s.N + j
}

// Transpose exchanges rows and columns of an n×n matrix.
func Transpose(a []float64, n int) {
	for i := range n {
		for j := range i {
			a[i*n+j], a[j*n+i] = a[j*n+i], a[i*n+j]
		}
	}
}
