package layout

import "github.com/quartet-ad/ad/reverse/internal/vector"

// A pick pairs places of a large array with those of a small one, which indices
// along an axis name: runs of inner elements, n of them in each of outer blocks.
type Pick struct {
	indices            []int
	same               bool // in every block
	outer, d, n, inner int  // d is the length of the axis in the large array
}

// Take makes the pick one of whole slices of a large array of the shape.
func (p *Pick) Take(axis int, indices, shape []int) {
	*p = Pick{indices, true, Size(shape[:axis]), shape[axis], len(indices), Stride(shape, axis)}
}

// Gather makes the pick one of single elements, n along the axis.
func (p *Pick) Gather(axis, n int, indices, shape []int) {
	*p = Pick{indices, false, Size(shape[:axis]), shape[axis], n, Stride(shape, axis)}
}

// Each calls f for every pair of runs of n elements.
func (p *Pick) Each(f func(small, large, n int)) {
	for b := range p.outer {
		for j := range p.n {
			small, block := (b*p.n+j)*p.inner, b*p.d*p.inner
			if p.same {
				f(small, block+p.indices[j]*p.inner, p.inner)
				continue
			}
			for i, k := range p.indices[small:][:p.inner] {
				f(small+i, block+k*p.inner+i, 1)
			}
		}
	}
}

// Read sets the elements of small to those of large.
func (p *Pick) Read(small, large []float64) {
	p.Each(func(i, k, n int) { copy(small[i:][:n], large[k:][:n]) })
}

// AddLarge adds the elements of small to those of large: read, transposed.
func (p *Pick) AddLarge(large, small []float64) {
	p.Each(func(i, k, n int) { AddFew(large[k:][:n], small[i:][:n]) })
}

// AddSmall adds the elements of large to those of small.
func (p *Pick) AddSmall(small, large []float64) {
	p.Each(func(i, k, n int) { AddFew(small[i:][:n], large[k:][:n]) })
}

// AddFew is vector.Add, without a call where it is a single element.
func AddFew(dst, x []float64) {
	if len(dst) == 1 {
		dst[0] += x[0]
		return
	}
	vector.Add(dst, x)
}
