package exercises

// Dual is a number with a tangent. Its parts may have tangents themselves, of other derivatives:
// the tag says which derivative a tangent belongs to. A number without one has the tag 0.
type Dual struct {
	Tag             int
	Value           float64 // if the tag is 0
	Primal, Tangent *Dual   // if it is not
}

// Plain returns a number without a tangent.
func Plain(v float64) Dual { return Dual{Value: v} }

// Split returns x with regard to a tag: a number of another tag has the tangent 0.
func (x Dual) Split(tag int) (primal, tangent Dual) {
	if x.Tag == tag && tag != 0 {
		return *x.Primal, *x.Tangent
	}
	return x, Plain(0)
}

// Join returns the number of these parts.
func Join(tag int, primal, tangent Dual) Dual {
	return Dual{Tag: tag, Primal: &primal, Tangent: &tangent}
}

// Add returns x + y, for the outer one of their tags first.
func (x Dual) Add(y Dual) Dual {
	tag := max(x.Tag, y.Tag)
	if tag == 0 {
		return Plain(x.Value + y.Value)
	}
	a, da := x.Split(tag)
	b, db := y.Split(tag)
	return Join(tag, a.Add(b), da.Add(db))
}

// Mul returns x * y.
func (x Dual) Mul(y Dual) Dual {
	tag := max(x.Tag, y.Tag)
	if tag == 0 {
		return Plain(x.Value * y.Value)
	}
	a, da := x.Split(tag)
	b, db := y.Split(tag)
	return Join(tag, a.Mul(b), a.Mul(db).Add(da.Mul(b)))
}
