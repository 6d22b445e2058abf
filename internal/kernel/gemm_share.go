package kernel

import "sync"

// A sharedProduct is a product that several cores work on, each on some rows or
// columns of c. Sums over k are never split, so that they keep their bits.
type sharedProduct struct {
	product
	done sync.WaitGroup
}

var sharedProducts = sync.Pool{New: func() any { return new(sharedProduct) }}

func (p *product) share() {
	s := sharedProducts.Get().(*sharedProduct)
	s.product = *p
	share(s, parts(), &s.done)
	s.product = product{}
	sharedProducts.Put(s)
}

// tileUnit is a multiple of the rows and of the columns of every tile.
const tileUnit = 48

func (s *sharedProduct) do(part, parts int) {
	if s.m > s.n {
		i0, i1 := span(s.m, tileUnit, part, parts)
		s.part(i0, i1, 0, s.n)
	} else {
		j0, j1 := span(s.n, tileUnit, part, parts)
		s.part(0, s.m, j0, j1)
	}
}
