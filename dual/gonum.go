package dual

import (
	gonum "gonum.org/v1/gonum/num/dual"
	"gonum.org/v1/gonum/num/hyperdual"
)

// FromGonum returns a dual number of gonum as New does: its tangent is present, even if it
// is 0.
func FromGonum(x gonum.Number) Number { return New(x.Real, x.Emag) }

// Gonum returns x as a dual number of gonum, which does not tell a constant from a number
// whose tangent is 0.
func (x Number) Gonum() gonum.Number { return gonum.Number{Real: x.v, Emag: x.Tangent()} }

// HyperFromGonum returns a hyperdual number of gonum. A part that is 0 is absent if all
// parts but the value are, and present otherwise.
func HyperFromGonum(x hyperdual.Number) Hyper {
	if x.E1mag == 0 && x.E2mag == 0 && x.E1E2mag == 0 {
		return Hyper{v: x.Real}
	}
	return Hyper{x.Real, present(x.E1mag), present(x.E2mag), present(x.E1E2mag)}
}

// Gonum returns x as a hyperdual number of gonum.
func (x Hyper) Gonum() hyperdual.Number {
	return hyperdual.Number{Real: x.v, E1mag: x.e1 + 0, E2mag: x.e2 + 0, E1E2mag: x.e12 + 0}
}
