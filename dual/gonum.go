package dual

import (
	gonum "gonum.org/v1/gonum/num/dual"
	"gonum.org/v1/gonum/num/hyperdual"
)

// FromGonum returns a dual number of gonum as New does: its tangent is present, even if it
// is 0, and belongs to no operator. Every bit of both parts is kept.
//
// Inside of a function that an operator differentiates, such a number is found as a
// variable of another derivative is: the operator panics. What is constant there goes by
// Const.
func FromGonum(x gonum.Number) Number { return New(x.Real, x.Emag) }

// Gonum returns x as a dual number of gonum, which does not tell a constant from a number
// whose tangent is 0, nor whose derivative a tangent is: the way back (FromGonum) makes
// neither a constant nor a variable of an operator. Of many tangents it has the first, as
// Tangent does.
func (x Number) Gonum() gonum.Number { return gonum.Number{Real: x.v, Emag: x.Tangent()} }

// HyperFromGonum returns a hyperdual number of gonum. A part that is 0 is absent if all
// parts but the value are, of either sign, and present otherwise; a part -0 becomes +0.
func HyperFromGonum(x hyperdual.Number) Hyper {
	if x.E1mag == 0 && x.E2mag == 0 && x.E1E2mag == 0 {
		return Hyper{v: x.Real}
	}
	return Hyper{x.Real, present(x.E1mag), present(x.E2mag), present(x.E1E2mag)}
}

// Gonum returns x as a hyperdual number of gonum, which does not tell an absent part from
// one that is 0: the way back (HyperFromGonum) makes a constant of a number whose parts
// are all 0, and else makes all three present. Other parts keep their bits.
func (x Hyper) Gonum() hyperdual.Number {
	return hyperdual.Number{Real: x.v, E1mag: x.e1 + 0, E2mag: x.e2 + 0, E1E2mag: x.e12 + 0}
}
