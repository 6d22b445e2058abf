package kernel

import "sync"

// A sharedProduct is a product that several cores work on, each on some rows or
// columns of c. Sums over k are never split, so that they keep their bits.
type sharedProduct struct{ product }

var sharedProducts = sync.Pool{New: func() any { return new(sharedProduct) }}

func (p *product) share() {
	s := sharedProducts.Get().(*sharedProduct)
	s.product = *p
	Share(s, parts())
	s.product = product{}
	sharedProducts.Put(s)
}

func (s *sharedProduct) Do(part, parts int) {
	rows, lanes := use.float64.rows, use.float64.lanes
	if s.precision == Float32 {
		rows, lanes = use.float32.rows, use.float32.lanes
	}
	if s.m > s.n {
		i0, i1 := span(s.m, rows, part, parts)
		s.part(i0, i1, 0, s.n)
	} else {
		j0, j1 := span(s.n, lanes, part, parts)
		s.part(0, s.m, j0, j1)
	}
}
