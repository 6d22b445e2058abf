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

// Split returns the rows of c, or if there are fewer of them its columns.
func (s *sharedProduct) Split(int) (n, unit int) {
	rows, lanes := use.float64.rows, use.float64.lanes
	if s.precision == Float32 {
		rows, lanes = use.float32.rows, use.float32.lanes
	}
	if s.m > s.n {
		return s.m, rows
	}
	return s.n, lanes
}

func (s *sharedProduct) Do(from, to int) {
	if s.m > s.n {
		s.part(from, to, 0, s.n)
	} else {
		s.part(0, s.m, from, to)
	}
}
